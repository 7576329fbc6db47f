//! What kinds of clients there are, how they prove themselves, and which step may follow which.

use crate::domain_enum;
use crate::foundation::error::{Error, Fault, Result};

domain_enum! {
    /// Whether a client can keep a secret (OAuth 2.1, section 2.1).
    pub enum OAuthClientKind {
        /// An app on people's devices: everybody can read what is in it, so it has no secret.
        Public = "public",
        /// A system on a server, which keeps its key or secret to itself.
        Confidential = "confidential",
    }
}

domain_enum! {
    /// Where a client stands. Only an approved one gets tokens, and only while it is approved are they good.
    pub enum OAuthClientStatus {
        /// Registered; nobody has decided yet.
        Pending = "pending",
        /// It may ask for tokens.
        Approved = "approved",
        /// It was turned away; its developers may register anew.
        Refused = "refused",
        /// It may not ask for tokens until it is let in again; those that it has are good for nothing meanwhile.
        Suspended = "suspended",
    }
}

domain_enum! {
    /// How a client proves to be who it says.
    pub enum ClientAuthMethod {
        /// Not at all: of public clients. Their codes are bound by PKCE.
        None = "none",
        /// By a secret in the header `Authorization` (RFC 6749, section 2.3.1).
        ClientSecretBasic = "client_secret_basic",
        /// By an assertion that it signs with its own key (RFC 7523).
        PrivateKeyJwt = "private_key_jwt",
    }
}

domain_enum! {
    /// What a client may turn into tokens (OAuth 2.1, section 4).
    pub enum ClientGrantType {
        /// A code that somebody's consent gave.
        AuthorizationCode = "authorization_code",
        /// A refresh token that came with such a code.
        RefreshToken = "refresh_token",
        /// Its own proof: it acts for itself.
        ClientCredentials = "client_credentials",
    }
}

/// A step in the life of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It may ask for tokens.
    Approve,
    /// It is turned away.
    Refuse,
    /// It is stopped.
    Suspend,
    /// It may go on.
    Resume,
}

impl OAuthClientStatus {
    /// Where a client stands after `step`.
    ///
    /// # Errors
    /// `oauth_client_not_pending`, `oauth_client_not_approved`, `oauth_client_not_suspended`.
    pub fn after(self, step: Step) -> Result<Self> {
        match (step, self) {
            (Step::Approve, Self::Pending) => Ok(Self::Approved),
            (Step::Refuse, Self::Pending) => Ok(Self::Refused),
            (Step::Suspend, Self::Approved) => Ok(Self::Suspended),
            (Step::Resume, Self::Suspended) => Ok(Self::Approved),
            (Step::Approve | Step::Refuse, _) => Err(Error::conflict("oauth_client_not_pending")),
            (Step::Suspend, _) => Err(Error::conflict("oauth_client_not_approved")),
            (Step::Resume, _) => Err(Error::conflict("oauth_client_not_suspended")),
        }
    }

    /// Whether it can still be changed and given secrets: one that was turned away registers anew.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// The most secrets of a client that are good at once: the old one and the new one, so that it can be changed
/// without a pause.
pub const MOST_SECRETS: u64 = 2;
/// The longest time that a secret is good, in days.
pub const MOST_SECRET_DAYS: i64 = 366;

/// For how many days a secret shall be good.
///
/// # Errors
/// `client_secret_days_out_of_range`.
pub fn secret_days(days: i64) -> std::result::Result<i64, Fault> {
    if (1..=MOST_SECRET_DAYS).contains(&days) {
        Ok(days)
    } else {
        Err(Fault::new("", "client_secret_days_out_of_range").with("max", MOST_SECRET_DAYS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn the_lists_are_told_alike_everywhere() {
        assert_enum_travels(OAuthClientKind::ALL, OAuthClientKind::as_str);
        assert_enum_travels(OAuthClientStatus::ALL, OAuthClientStatus::as_str);
        assert_enum_travels(ClientAuthMethod::ALL, ClientAuthMethod::as_str);
        assert_enum_travels(ClientGrantType::ALL, ClientGrantType::as_str);
    }

    #[test]
    fn only_these_steps_lead_on() {
        use OAuthClientStatus::{Approved, Pending, Refused, Suspended};
        let known = [
            (Pending, Step::Approve, Approved),
            (Pending, Step::Refuse, Refused),
            (Approved, Step::Suspend, Suspended),
            (Suspended, Step::Resume, Approved),
        ];
        for from in OAuthClientStatus::ALL {
            for step in [Step::Approve, Step::Refuse, Step::Suspend, Step::Resume] {
                let expected = known.iter().find(|row| (row.0, row.1) == (*from, step)).map(|row| row.2);
                assert_eq!(from.after(step).ok(), expected, "{from} {step:?}");
            }
        }
    }

    #[test]
    fn a_secret_is_good_for_a_year_at_most() {
        assert!(secret_days(1).is_ok() && secret_days(366).is_ok());
        for bad in [i64::MIN, -1, 0, 367, i64::MAX] {
            assert_eq!(secret_days(bad).unwrap_err().code, "client_secret_days_out_of_range");
        }
    }
}
