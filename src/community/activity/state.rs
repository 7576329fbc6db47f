//! The states of an activity: planned → held | cancelled(reason); held → reported (minutes, attendance in) →
//! credited; reported → held again, for a reason, while nobody's credit counts it.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where an activity stands.
    pub enum ActivityStatus {
        /// In the plan.
        Planned = "planned",
        /// Did not or will not take place, for a stated reason. Final.
        Cancelled = "cancelled",
        /// Took place; its report is due.
        Held = "held",
        /// Its minutes and attendance are in.
        Reported = "reported",
        /// Counted towards somebody's credit; what was reported stays.
        Credited = "credited",
    }
}

impl ActivityStatus {
    /// That it is still to come, so that it may be changed.
    ///
    /// # Errors
    /// `activity_not_planned` with `status`.
    pub fn require_planned(self) -> Result<()> {
        if self == Self::Planned { Ok(()) } else { Err(self.refusal("activity_not_planned")) }
    }

    /// That attendance is taken: until the report is complete.
    ///
    /// # Errors
    /// `activity_takes_no_attendance` with `status`.
    pub fn require_attendance(self) -> Result<()> {
        if self.takes_attendance() { Ok(()) } else { Err(self.refusal("activity_takes_no_attendance")) }
    }

    /// Whether attendance is taken: until the report is complete.
    pub const fn takes_attendance(self) -> bool {
        matches!(self, Self::Planned | Self::Held)
    }

    /// That what is particular to it may be said: until the report is complete.
    ///
    /// # Errors
    /// `activity_detail_closed` with `status`.
    pub fn require_detail_open(self) -> Result<()> {
        if self.takes_attendance() { Ok(()) } else { Err(self.refusal("activity_detail_closed")) }
    }

    /// That it was noted as held and its report is not complete: members may say that they were there.
    ///
    /// # Errors
    /// `activity_not_held` with `status`.
    pub fn require_held(self) -> Result<()> {
        if self == Self::Held { Ok(()) } else { Err(self.refusal("activity_not_held")) }
    }

    /// That what it cost may still be changed.
    ///
    /// # Errors
    /// `activity_credited`.
    pub fn require_uncredited(self) -> Result<()> {
        if self == Self::Credited { Err(Error::conflict("activity_credited")) } else { Ok(()) }
    }

    /// planned → cancelled; and held → cancelled, where it was noted as held by mistake.
    ///
    /// # Errors
    /// `activity_not_planned` with `status`.
    pub fn cancel(self) -> Result<Self> {
        if self == Self::Held {
            Ok(Self::Cancelled)
        } else {
            self.require_planned().map(|()| Self::Cancelled)
        }
    }

    /// planned → held.
    ///
    /// # Errors
    /// `activity_not_planned` with `status`.
    pub fn hold(self) -> Result<Self> {
        self.require_planned().map(|()| Self::Held)
    }

    /// held → reported.
    ///
    /// # Errors
    /// `activity_not_held` with `status`.
    pub fn report(self) -> Result<Self> {
        self.require_held().map(|()| Self::Reported)
    }

    /// reported → held.
    ///
    /// # Errors
    /// `activity_credited` once it counts for somebody, `activity_not_reported` with `status` otherwise.
    pub fn reopen(self) -> Result<Self> {
        self.require_uncredited()?;
        if self == Self::Reported { Ok(Self::Held) } else { Err(self.refusal("activity_not_reported")) }
    }

    fn refusal(self, code: &'static str) -> Error {
        Error::conflict_with(Fault::new("", code).with("status", self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    type Step = fn(ActivityStatus) -> Result<ActivityStatus>;

    const STEPS: [Step; 4] =
        [ActivityStatus::cancel, ActivityStatus::hold, ActivityStatus::report, ActivityStatus::reopen];

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(ActivityStatus::ALL, ActivityStatus::as_str);
    }

    #[test]
    fn exactly_these_steps_are_allowed() {
        use ActivityStatus::{Cancelled, Held, Planned, Reported};
        let mut allowed = Vec::new();
        for from in ActivityStatus::ALL {
            for (nth, step) in STEPS.iter().enumerate() {
                allowed.extend(step(*from).ok().map(|to| (*from, nth, to)));
            }
        }
        assert_eq!(
            allowed,
            [
                (Planned, 0, Cancelled),
                (Planned, 1, Held),
                (Held, 0, Cancelled),
                (Held, 2, Reported),
                (Reported, 3, Held)
            ]
        );
    }

    #[test]
    fn a_refusal_names_its_rule() {
        let code = |told: Result<ActivityStatus>| told.unwrap_err().code();
        assert_eq!(code(ActivityStatus::Reported.cancel()), "activity_not_planned");
        assert_eq!(code(ActivityStatus::Planned.report()), "activity_not_held");
        assert_eq!(code(ActivityStatus::Held.reopen()), "activity_not_reported");
        assert_eq!(code(ActivityStatus::Credited.reopen()), "activity_credited");
    }

    proptest! {
        #[test]
        fn what_is_cancelled_or_credited_stays_and_a_report_needs_a_meeting(
            start in 0usize..5, steps in proptest::collection::vec(0usize..4, 0..20),
        ) {
            let mut at = ActivityStatus::ALL[start];
            for nth in steps {
                let Ok(next) = STEPS[nth](at) else { continue };
                prop_assert!(!matches!(at, ActivityStatus::Cancelled | ActivityStatus::Credited));
                prop_assert!(next != ActivityStatus::Reported || at == ActivityStatus::Held);
                prop_assert!(next != ActivityStatus::Planned);
                prop_assert_eq!(next.takes_attendance(), next.require_attendance().is_ok());
                at = next;
            }
        }
    }
}
