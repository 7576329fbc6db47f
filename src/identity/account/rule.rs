//! What an account is called, and what state it is in.

use crate::domain_enum;
use crate::foundation::{
    error::{Error, Fault, Result},
    text,
};

domain_enum! {
    /// Whether somebody can sign in with an account.
    pub enum AccountStatus {
        /// A link was sent; no password was set yet.
        Invited = "invited",
        /// They can sign in.
        Active = "active",
        /// They cannot, and what they had open is closed.
        Blocked = "blocked",
    }
}

domain_enum! {
    /// The language in which somebody is written to.
    pub enum AccountLanguage {
        /// Indonesian.
        Id = "id",
        /// English.
        En = "en",
    }
}

impl AccountStatus {
    /// The state after blocking.
    ///
    /// # Errors
    /// `account_already_blocked`.
    pub fn block(self) -> Result<Self> {
        if self == Self::Blocked {
            Err(Error::conflict("account_already_blocked"))
        } else {
            Ok(Self::Blocked)
        }
    }

    /// The state after unblocking: as before, which a password tells.
    ///
    /// # Errors
    /// `account_not_blocked`.
    pub fn unblock(self, has_password: bool) -> Result<Self> {
        match self {
            Self::Blocked if has_password => Ok(Self::Active),
            Self::Blocked => Ok(Self::Invited),
            Self::Invited | Self::Active => Err(Error::conflict("account_not_blocked")),
        }
    }

    /// That a link may be sent.
    ///
    /// # Errors
    /// `account_blocked`.
    pub fn may_be_written_to(self) -> Result<()> {
        if self == Self::Blocked { Err(Error::conflict("account_blocked")) } else { Ok(()) }
    }
}

/// What somebody signs in with: 3 to 100 letters, digits and `. _ - @ +`, in lower case and composed.
///
/// # Errors
/// `login_malformed`, and as [`text::line`].
pub fn login(raw: &str) -> std::result::Result<String, Fault> {
    let login = text::line(raw, 100)?.to_lowercase();
    let plain = |c: char| c.is_alphanumeric() || "._-@+".contains(c);
    let length = login.chars().count();
    if (3..=100).contains(&length) && login.chars().all(plain) {
        Ok(login)
    } else {
        Err(Fault::new("", "login_malformed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_and_languages_are_told_alike_everywhere() {
        assert_enum_travels(AccountStatus::ALL, AccountStatus::as_str);
        assert_enum_travels(AccountLanguage::ALL, AccountLanguage::as_str);
    }

    #[test]
    fn a_login_has_one_form() {
        assert_eq!(login(" Budi.Santoso@Belajar.ID ").unwrap(), "budi.santoso@belajar.id");
        assert_eq!(login("se\u{301}kar").unwrap(), "sékar");
        for bad in ["", "ab", "budi santoso", "budi<b>", "budi\u{202E}", "a\"b", &"x".repeat(101)] {
            assert!(login(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_account_is_blocked_once_and_comes_back_as_it_was() {
        use AccountStatus::{Active, Blocked, Invited};
        assert_eq!(Active.block().unwrap(), Blocked);
        assert_eq!(Blocked.block().unwrap_err().code(), "account_already_blocked");
        assert_eq!(Blocked.unblock(true).unwrap(), Active);
        assert_eq!(Blocked.unblock(false).unwrap(), Invited);
        assert_eq!(Active.unblock(true).unwrap_err().code(), "account_not_blocked");
        assert_eq!(Blocked.may_be_written_to().unwrap_err().code(), "account_blocked");
    }
}
