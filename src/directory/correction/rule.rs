//! The states of a correction: requested → accepted, rejected or withdrawn. Until when it must be answered, how many one
//! may have open, and who decides.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

/// How long there is to answer: three times 24 hours (UU PDP 27/2022, article 30).
pub const WITHIN: TimeDelta = TimeDelta::hours(72);
/// How many one person may have open at once.
pub const MOST_OPEN: u64 = 3;
/// The most characters of what else is wrong.
pub const WORDS: usize = 2_000;

domain_enum! {
    /// Where a correction stands.
    pub enum CorrectionStatus {
        /// Waits for whoever looks after the record.
        Requested = "requested",
        /// The record was changed as wished. Final.
        Accepted = "accepted",
        /// The record stays as it is, for a stated reason. Final.
        Rejected = "rejected",
        /// Taken back by whoever asked. Final.
        Withdrawn = "withdrawn",
    }
}

impl CorrectionStatus {
    /// requested → accepted.
    ///
    /// # Errors
    /// `correction_not_requested` with `status`.
    pub fn accept(self) -> Result<Self> {
        self.end(Self::Accepted)
    }

    /// requested → rejected.
    ///
    /// # Errors
    /// `correction_not_requested` with `status`.
    pub fn reject(self) -> Result<Self> {
        self.end(Self::Rejected)
    }

    /// requested → withdrawn.
    ///
    /// # Errors
    /// `correction_not_requested` with `status`.
    pub fn withdraw(self) -> Result<Self> {
        self.end(Self::Withdrawn)
    }

    fn end(self, next: Self) -> Result<Self> {
        if self == Self::Requested {
            return Ok(next);
        }
        Err(Error::conflict_with(Fault::new("", "correction_not_requested").with("status", self)))
    }

    /// Whether it waits longer than it may.
    pub fn is_overdue(self, due_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self == Self::Requested && due_at < now
    }
}

/// Until when what was asked for at `asked` must be answered.
pub fn due_at(asked: DateTime<Utc>) -> DateTime<Utc> {
    asked + WITHIN
}

/// That somebody with `open` corrections may ask for one more.
///
/// # Errors
/// `corrections_too_many` with `most`.
pub fn may_ask(open: u64) -> Result<()> {
    if open < MOST_OPEN {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "corrections_too_many").with("most", MOST_OPEN)))
}

/// That whoever decides is not whom it is about.
///
/// # Errors
/// `correction_own`.
pub fn may_decide(is_own: bool) -> Result<()> {
    if is_own { Err(Error::conflict("correction_own")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(CorrectionStatus::ALL, CorrectionStatus::as_str);
    }

    #[test]
    fn each_is_answered_once() {
        use CorrectionStatus::{Accepted, Rejected, Requested, Withdrawn};
        for status in CorrectionStatus::ALL.iter().copied() {
            let answers = [status.accept(), status.reject(), status.withdraw()].map(Result::ok);
            let open = [Some(Accepted), Some(Rejected), Some(Withdrawn)];
            assert_eq!(answers, if status == Requested { open } else { [None; 3] }, "{status}");
        }
    }

    #[test]
    fn what_waits_longer_than_72_hours_is_overdue_and_nothing_else() {
        let asked = DateTime::UNIX_EPOCH;
        let due = due_at(asked);
        assert_eq!(due - asked, TimeDelta::hours(72));
        for status in CorrectionStatus::ALL.iter().copied() {
            assert!(!status.is_overdue(due, due), "{status}");
            let late = status.is_overdue(due, due + TimeDelta::seconds(1));
            assert_eq!(late, status == CorrectionStatus::Requested, "{status}");
        }
    }

    #[test]
    fn a_fourth_and_ones_own_are_refused() {
        assert!(may_ask(MOST_OPEN - 1).is_ok() && may_decide(false).is_ok());
        assert_eq!(may_ask(MOST_OPEN).unwrap_err().code(), "corrections_too_many");
        assert_eq!(may_decide(true).unwrap_err().code(), "correction_own");
    }
}
