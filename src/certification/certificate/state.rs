//! The states of a certificate: valid ⇄ suspended → revoked (final), valid → revoked,
//! valid → superseded (final). Expiry is no state but follows from `validUntil`.
//! Pure: no clock and no storage.

use crate::domain_enum;
use crate::foundation::error::{Error, Result};
use chrono::NaiveDate;

/// The state a certificate was brought into, as the database keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// As issued.
    Valid,
    /// Set aside for a reason, may come back.
    Suspended,
    /// Taken back for a reason, for ever.
    Revoked,
    /// Replaced by a correction that names it.
    Superseded,
}

domain_enum! {
    /// What a certificate is worth today. Expiry follows from the date; everything else someone decided.
    pub enum CertificateStatus {
        /// Genuine and good.
        Valid = "valid",
        /// Genuine, but set aside for a reason: not to be relied on for now.
        Suspended = "suspended",
        /// Taken back by its issuer, for ever.
        Revoked = "revoked",
        /// Replaced by a corrected certificate.
        Superseded = "superseded",
        /// Genuine, but its last day has passed.
        Expired = "expired",
    }
}

/// What can be done to a certificate. Suspending and revoking want a reason, which the
/// command demands as a type; superseding wants the certificate that takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// Set aside.
    Suspend,
    /// Bring back from suspension.
    Reinstate,
    /// Take back for ever.
    Revoke,
    /// Replace by a correction.
    Supersede,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Valid, Self::Suspended, Self::Revoked, Self::Superseded];

    /// The text in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
        }
    }

    /// The state of a certificate's row.
    ///
    /// # Errors
    /// `internal` when the column holds what no rule knows.
    pub fn of(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| Error::internal("certificate.status", "is none of its states"))
    }

    /// The state after `change`.
    ///
    /// # Errors
    /// `Conflict` by the rule that stands against it: `certificate_already_revoked`,
    /// `certificate_already_superseded`, `certificate_already_suspended`,
    /// `certificate_not_suspended`, `certificate_suspended`.
    pub fn after(self, change: Change) -> Result<Self> {
        let refused = match (self, change) {
            (Self::Valid, Change::Suspend) => return Ok(Self::Suspended),
            (Self::Suspended, Change::Reinstate) => return Ok(Self::Valid),
            (Self::Valid | Self::Suspended, Change::Revoke) => return Ok(Self::Revoked),
            (Self::Valid, Change::Supersede) => return Ok(Self::Superseded),
            (Self::Revoked, _) => "certificate_already_revoked",
            (Self::Superseded, _) => "certificate_already_superseded",
            (Self::Suspended, Change::Suspend) => "certificate_already_suspended",
            (Self::Valid, Change::Reinstate) => "certificate_not_suspended",
            // A correction says the claim stands; while it is in doubt it must first be reinstated.
            (Self::Suspended, Change::Supersede) => "certificate_suspended",
        };
        Err(Error::conflict(refused))
    }

    /// What a certificate in this state, good through `valid_until`, is worth on `today`
    /// (the date in the issuer's time zone). A state that someone decided outweighs expiry.
    pub fn shown(self, valid_until: Option<NaiveDate>, today: NaiveDate) -> CertificateStatus {
        match self {
            Self::Valid if valid_until.is_some_and(|last| last < today) => CertificateStatus::Expired,
            Self::Valid => CertificateStatus::Valid,
            Self::Suspended => CertificateStatus::Suspended,
            Self::Revoked => CertificateStatus::Revoked,
            Self::Superseded => CertificateStatus::Superseded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    const CHANGES: [Change; 4] = [Change::Suspend, Change::Reinstate, Change::Revoke, Change::Supersede];

    #[test]
    fn the_whole_table_of_changes() {
        let table: Vec<String> = State::ALL
            .into_iter()
            .flat_map(|from| CHANGES.map(|change| (from, change)))
            .map(|(from, change)| match from.after(change) {
                Ok(to) => format!("{} {change:?} -> {}", from.as_str(), to.as_str()),
                Err(e) => format!("{} {change:?} x {}", from.as_str(), e.code()),
            })
            .collect();
        assert_eq!(
            table,
            [
                "valid Suspend -> suspended",
                "valid Reinstate x certificate_not_suspended",
                "valid Revoke -> revoked",
                "valid Supersede -> superseded",
                "suspended Suspend x certificate_already_suspended",
                "suspended Reinstate -> valid",
                "suspended Revoke -> revoked",
                "suspended Supersede x certificate_suspended",
                "revoked Suspend x certificate_already_revoked",
                "revoked Reinstate x certificate_already_revoked",
                "revoked Revoke x certificate_already_revoked",
                "revoked Supersede x certificate_already_revoked",
                "superseded Suspend x certificate_already_superseded",
                "superseded Reinstate x certificate_already_superseded",
                "superseded Revoke x certificate_already_superseded",
                "superseded Supersede x certificate_already_superseded",
            ]
        );
    }

    #[test]
    fn a_certificate_is_good_through_its_last_day() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        assert_eq!(State::Valid.shown(None, day(22)), CertificateStatus::Valid);
        assert_eq!(State::Valid.shown(Some(day(22)), day(22)), CertificateStatus::Valid);
        assert_eq!(State::Valid.shown(Some(day(22)), day(23)), CertificateStatus::Expired);
        assert_eq!(State::Revoked.shown(Some(day(22)), day(23)), CertificateStatus::Revoked);
        assert_eq!(State::Suspended.shown(Some(day(22)), day(23)), CertificateStatus::Suspended);
        assert_eq!(State::Superseded.shown(None, day(23)), CertificateStatus::Superseded);
    }

    #[test]
    fn what_is_shown_is_told_alike_everywhere_and_expiry_is_never_stored() {
        assert_enum_travels(CertificateStatus::ALL, CertificateStatus::as_str);
        for state in State::ALL {
            assert_eq!(State::of(state.as_str()).unwrap(), state);
            assert!(CertificateStatus::parse(state.as_str()).is_ok());
        }
        assert!(State::of("expired").is_err());
    }
}
