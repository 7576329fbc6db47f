//! The states of a round: computed → announced → final; announced → computed, for a reason. And of an objection: open →
//! upheld | dismissed.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

/// Days for which an announcement can be objected to before it is final.
pub const CONTEST_DAYS: i64 = 14;

domain_enum! {
    /// Where a round stands.
    pub enum AwardRoundStatus {
        /// Counted; only those who look after the region see it, and it may be counted again.
        Computed = "computed",
        /// Told to everybody; communities may object.
        Announced = "announced",
        /// Settled. Final.
        Final = "final",
    }
}

impl AwardRoundStatus {
    fn refused(self, code: &'static str) -> Error {
        Error::conflict_with(Fault::new("", code).with("status", self))
    }

    /// That it may be counted again.
    ///
    /// # Errors
    /// `award_round_not_computed` with `status`.
    pub fn require_computed(self) -> Result<()> {
        if self == Self::Computed { Ok(()) } else { Err(self.refused("award_round_not_computed")) }
    }

    /// That it was announced and is not final.
    ///
    /// # Errors
    /// `award_round_not_announced` with `status`.
    pub fn require_announced(self) -> Result<()> {
        if self == Self::Announced { Ok(()) } else { Err(self.refused("award_round_not_announced")) }
    }

    /// computed → announced.
    ///
    /// # Errors
    /// As [`Self::require_computed`].
    pub fn announce(self) -> Result<Self> {
        self.require_computed().map(|()| Self::Announced)
    }

    /// announced → computed.
    ///
    /// # Errors
    /// As [`Self::require_announced`].
    pub fn retract(self) -> Result<Self> {
        self.require_announced().map(|()| Self::Computed)
    }

    /// announced → final, once the days for objections are over and each of them was decided.
    ///
    /// # Errors
    /// As [`Self::require_announced`]; else every rule that says no: `award_contest_open` with `until`,
    /// `award_objections_open` with `count`.
    pub fn finalise(self, contest_until: DateTime<Utc>, open: u64, now: DateTime<Utc>) -> Result<Self> {
        self.require_announced()?;
        let mut faults = Vec::new();
        if now < contest_until {
            faults.push(Fault::new("", "award_contest_open").with("until", contest_until.to_rfc3339()));
        }
        if open > 0 {
            faults.push(Fault::new("", "award_objections_open").with("count", open));
        }
        Error::conflicts(faults).map(|()| Self::Final)
    }
}

/// Until when an announcement can be objected to.
pub fn contest_until(announced_at: DateTime<Utc>) -> DateTime<Utc> {
    announced_at + TimeDelta::days(CONTEST_DAYS)
}

/// That a community may still object.
///
/// # Errors
/// `award_round_not_announced` with `status`; `award_contest_over` with `until`.
pub fn require_contest(
    status: AwardRoundStatus,
    contest_until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    status.require_announced()?;
    match contest_until {
        Some(until) if now >= until => {
            Err(Error::conflict_with(Fault::new("", "award_contest_over").with("until", until.to_rfc3339())))
        }
        _ => Ok(()),
    }
}

domain_enum! {
    /// Where an objection stands.
    pub enum AwardObjectionStatus {
        /// To be decided.
        Open = "open",
        /// The community was counted again, by the records as they were then.
        Upheld = "upheld",
        /// What was announced stays.
        Dismissed = "dismissed",
    }
}

domain_enum! {
    /// What is decided about an objection.
    pub enum AwardObjectionOutcome {
        /// Count the community again, by the records as they are now.
        Upheld = "upheld",
        /// What was announced stays.
        Dismissed = "dismissed",
    }
}

impl AwardObjectionStatus {
    /// open → upheld | dismissed.
    ///
    /// # Errors
    /// `award_objection_decided` with `status`.
    pub fn decide(self, outcome: AwardObjectionOutcome) -> Result<Self> {
        match (self, outcome) {
            (Self::Open, AwardObjectionOutcome::Upheld) => Ok(Self::Upheld),
            (Self::Open, AwardObjectionOutcome::Dismissed) => Ok(Self::Dismissed),
            _ => Err(Error::conflict_with(Fault::new("", "award_objection_decided").with("status", self))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AwardRoundStatus::*, *};
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_798_000_000 + minute * 60, 0).unwrap()
    }

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(AwardRoundStatus::ALL, AwardRoundStatus::as_str);
        assert_enum_travels(AwardObjectionStatus::ALL, AwardObjectionStatus::as_str);
        assert_enum_travels(AwardObjectionOutcome::ALL, AwardObjectionOutcome::as_str);
    }

    #[test]
    fn each_step_starts_where_the_domain_says_and_nowhere_else() {
        for status in AwardRoundStatus::ALL.iter().copied() {
            assert_eq!(status.announce().ok(), (status == Computed).then_some(Announced), "{status}");
            assert_eq!(status.retract().ok(), (status == Announced).then_some(Computed), "{status}");
            assert_eq!(status.finalise(at(0), 0, at(0)).ok(), (status == Announced).then_some(Final));
            assert_eq!(require_contest(status, Some(at(1)), at(0)).is_ok(), status == Announced, "{status}");
        }
    }

    #[test]
    fn an_objection_is_decided_once() {
        use AwardObjectionOutcome as To;
        use AwardObjectionStatus as Is;
        assert_eq!(Is::Open.decide(To::Upheld).ok(), Some(Is::Upheld));
        assert_eq!(Is::Open.decide(To::Dismissed).ok(), Some(Is::Dismissed));
        for decided in [Is::Upheld, Is::Dismissed] {
            for outcome in AwardObjectionOutcome::ALL {
                assert_eq!(decided.decide(*outcome).unwrap_err().code(), "award_objection_decided");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_is_final_before_fourteen_days_and_the_last_decision(after in 0i64..60_000, open in 0u64..3) {
            let until = contest_until(at(0));
            let over = after >= CONTEST_DAYS * 24 * 60;
            prop_assert_eq!(Announced.finalise(until, open, at(after)).is_ok(), over && open == 0);
            // One may object for exactly as long as it cannot be final.
            prop_assert_eq!(require_contest(Announced, Some(until), at(after)).is_ok(), !over);
        }
    }
}
