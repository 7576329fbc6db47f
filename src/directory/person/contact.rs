//! How to reach a person. Kept in one form, so that two spellings are one address.

use super::identifiers::mangled_by_spreadsheet;
use crate::foundation::error::Fault;

/// The country prefix of numbers that are written without one (reference data of the installation).
pub const HOME_PREFIX: &str = "62";

/// A telephone number in international form, `+62…`, 8 to 15 digits.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Phone(String);

/// An e-mail address; the domain in small letters. Sane, not proven: only a letter to it proves it.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Phone {
    /// The number from what was typed: `0812-3456-7890`, `+62 812 3456 7890` and `812 3456 7890` are one.
    ///
    /// # Errors
    /// `number_mangled_by_spreadsheet`, `phone_malformed`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let cell = raw.trim().trim_start_matches('\'');
        if mangled_by_spreadsheet(cell) {
            return Err(Fault::new("", "number_mangled_by_spreadsheet"));
        }
        let plain: String = cell.chars().filter(|c| !" \u{A0}.-()/".contains(*c)).collect();
        let digits = match (plain.strip_prefix('+'), plain.strip_prefix('0')) {
            (Some(international), _) => international.to_owned(),
            (None, Some(national)) => format!("{HOME_PREFIX}{national}"),
            (None, None) if plain.starts_with(HOME_PREFIX) => plain,
            (None, None) => format!("{HOME_PREFIX}{plain}"),
        };
        let sound = (8..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if sound { Ok(Self(format!("+{digits}"))) } else { Err(Fault::new("", "phone_malformed")) }
    }

    /// The number in international form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Email {
    /// The address from what was typed.
    ///
    /// # Errors
    /// `email_malformed`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let malformed = || Fault::new("", "email_malformed");
        let (local, domain) = raw.trim().rsplit_once('@').ok_or_else(malformed)?;
        let local_sound = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
        let label = |l: &str| {
            (1..=63).contains(&l.len())
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let domain_sound = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label);
        if local_sound && domain_sound && local.len() + domain.len() < 254 {
            Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
        } else {
            Err(malformed())
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone(hidden)")
    }
}

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Email(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_number_are_one_number() {
        for spelling in
            ["081234567890", "+62 812-3456-7890", "62812 3456 7890", "(0812) 3456.7890", "81234567890"]
        {
            assert_eq!(Phone::parse(spelling).unwrap().as_str(), "+6281234567890", "{spelling}");
        }
        assert_eq!(Phone::parse("+1 202 555 0143").unwrap().as_str(), "+12025550143");
    }

    #[test]
    fn what_no_one_can_call_is_refused() {
        for wrong in ["", "-", "08", "belum ada", "+0812345678", "0812345678901234567", "0812x3456789"] {
            assert_eq!(Phone::parse(wrong).unwrap_err().code, "phone_malformed", "{wrong}");
        }
        assert_eq!(Phone::parse("8.12346E+10").unwrap_err().code, "number_mangled_by_spreadsheet");
    }

    #[test]
    fn an_address_has_one_form() {
        assert_eq!(Email::parse(" Budi.S+guru@Belajar.ID ").unwrap().as_str(), "Budi.S+guru@belajar.id");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in
            ["", "budi", "budi@", "@x.id", "budi@localhost", "bu di@x.id", "a@b@.id", "a@-x.id", "a\n@x.id"]
        {
            assert_eq!(Email::parse(wrong).unwrap_err().code, "email_malformed", "{wrong}");
        }
    }

    #[test]
    fn contacts_do_not_show_themselves_in_logs() {
        let shown = format!("{:?}{:?}", Phone::parse("081234567890"), Email::parse("budi@x.id"));
        assert!(!shown.contains("8123") && !shown.contains("budi"), "{shown}");
    }

    proptest! {
        #[test]
        fn a_kept_number_is_its_own_form(raw in "[+0-9 ()-]{0,20}") {
            if let Ok(phone) = Phone::parse(&raw) {
                prop_assert_eq!(Phone::parse(phone.as_str()).unwrap(), phone);
            }
        }
    }
}
