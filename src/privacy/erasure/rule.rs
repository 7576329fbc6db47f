//! From asking to be erased to being it. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    domain_enum,
    foundation::error::{Error, Result},
};

domain_enum! {
    /// Where a request to be erased stands.
    pub enum ErasureStatus {
        /// Waits for the ministry.
        Requested = "requested",
        /// Everything that says who they are is gone. Final.
        Done = "done",
        /// Turned down, with a reason. Final.
        Rejected = "rejected",
        /// Taken back. Final.
        Withdrawn = "withdrawn",
    }
}

domain_enum! {
    /// What stays of somebody who was erased.
    pub enum ErasureKept {
        /// Certificates, without the name.
        Certificate = "certificate",
        /// That somebody took part in a training, without a name.
        Enrolment = "enrolment",
        /// What happened, in the sealed order of events.
        Event = "event",
    }
}

/// How long the answer may take: three times 24 hours.
const ANSWER: TimeDelta = TimeDelta::hours(72);

/// Until when a request that came at `asked` is to be answered.
pub fn due(asked: DateTime<Utc>) -> DateTime<Utc> {
    asked + ANSWER
}

impl ErasureStatus {
    /// That nothing was decided yet.
    ///
    /// # Errors
    /// `erasure_done`, `erasure_rejected` or `erasure_withdrawn`.
    pub fn require_open(self) -> Result<()> {
        match self {
            Self::Requested => Ok(()),
            Self::Done => Err(Error::conflict("erasure_done")),
            Self::Rejected => Err(Error::conflict("erasure_rejected")),
            Self::Withdrawn => Err(Error::conflict("erasure_withdrawn")),
        }
    }
}

/// Who takes part in a decision.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    /// Who asked, as the audit trail names them.
    pub requester: &'a str,
    /// Who is to be erased.
    pub person: Uuid,
    /// Who decides, as the audit trail names them.
    pub decider: &'a str,
    /// The person that the decider is, where they are one.
    pub as_person: Option<Uuid>,
}

/// That two pairs of eyes see what cannot be undone.
///
/// # Errors
/// `erasure_own`.
pub fn require_other(parties: Parties<'_>) -> Result<()> {
    let own = parties.requester == parties.decider || parties.as_person == Some(parties.person);
    if own { Err(Error::conflict("erasure_own")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decided_stays_decided() {
        for status in ErasureStatus::ALL {
            assert_eq!(status.require_open().is_ok(), *status == ErasureStatus::Requested, "{status}");
        }
    }

    #[test]
    fn nobody_decides_what_they_asked_for_or_what_is_about_them() {
        let (person, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let of = |requester, decider, as_person| Parties { requester, person, decider, as_person };
        assert!(require_other(of("a", "b", None)).is_ok());
        assert!(require_other(of("a", "b", Some(other))).is_ok());
        assert!(require_other(of("a", "a", None)).is_err());
        assert!(require_other(of("a", "b", Some(person))).is_err());
    }

    #[test]
    fn the_law_gives_three_times_24_hours() {
        let asked = DateTime::UNIX_EPOCH;
        assert_eq!((due(asked) - asked).num_hours(), 3 * 24);
    }
}
