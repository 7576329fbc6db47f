//! What may be said about one's own learning: pure.

use super::{competency::MODEL, input::AddLearningEvidenceInput};
use crate::{
    domain_enum,
    foundation::{
        error::{Error, Fault, Faults, Result as Answer},
        text,
    },
};

/// The most characters of a period's name, of a goal or what evidence shows, and of a reflection.
const PERIOD: usize = 60;
/// See above.
pub const TEXT: usize = 1_000;
/// See above.
pub const REFLECTION: usize = 10_000;

/// The most plans of a person.
pub const PLANS: u64 = 40;
/// The most goals of a plan.
pub const GOALS: u64 = 50;
/// The most pieces of evidence of a plan.
pub const EVIDENCE: u64 = 100;
/// The most reflections of a plan.
pub const REFLECTIONS: u64 = 500;
/// The most self-assessments of a plan.
pub const ASSESSMENTS: u64 = 500;
/// With how many one goal or reflection is shared at most.
pub const SHARES: u64 = 10;

domain_enum! {
    /// Where a goal stands.
    pub enum GoalStatus {
        /// Being worked on.
        Open = "open",
        /// Reached, as the person sees it.
        Reached = "reached",
        /// No longer pursued.
        Dropped = "dropped",
    }
}

impl GoalStatus {
    /// open → reached | dropped, and either back to open.
    ///
    /// # Errors
    /// `goal_not_open` with `status`.
    pub fn settle(self, to: Self) -> Answer<Self> {
        if self == Self::Open || to == Self::Open || self == to {
            return Ok(to);
        }
        Err(Error::conflict_with(Fault::new("", "goal_not_open").with("status", self)))
    }

    /// That it may be changed.
    ///
    /// # Errors
    /// `goal_not_open` with `status`.
    pub fn require_open(self) -> Answer<()> {
        if self == Self::Open {
            return Ok(());
        }
        Err(Error::conflict_with(Fault::new("", "goal_not_open").with("status", self)))
    }
}

/// A period's name.
///
/// # Errors
/// As [`text::line`].
pub fn period(raw: &str) -> Result<String, Fault> {
    text::line(raw, PERIOD)
}

/// A code of the competency model.
///
/// # Errors
/// `competency_unknown`.
pub fn competency(raw: &str) -> Result<String, Fault> {
    let code = raw.trim().to_uppercase();
    if MODEL.has(&code) { Ok(code) } else { Err(Fault::new("", "competency_unknown")) }
}

/// A level of the competency model.
///
/// # Errors
/// `competency_level_unknown`.
pub fn level(raw: i32) -> Result<i32, Fault> {
    if MODEL.has_level(raw) { Ok(raw) } else { Err(Fault::new("", "competency_level_unknown")) }
}

/// That evidence names exactly one thing: `evidence_names_one`.
pub fn one_thing(input: &AddLearningEvidenceInput, faults: &mut Faults) {
    let named = [
        input.certificate_id.is_some(),
        input.activity_id.is_some(),
        input.artefact_id.is_some(),
        input.url.is_some(),
    ];
    faults.require(named.iter().filter(|is| **is).count() == 1, "", "evidence_names_one");
}

/// That there is room for one more.
///
/// # Errors
/// `learning_too_many` with `max`.
pub fn require_room(there: u64, max: u64) -> Answer<()> {
    if there < max {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "learning_too_many").with("max", max)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use GoalStatus::{Dropped, Open, Reached};

    #[test]
    fn a_goal_is_reached_or_dropped_and_taken_up_again() {
        assert_enum_travels(GoalStatus::ALL, GoalStatus::as_str);
        for (from, to, is_allowed) in [
            (Open, Reached, true),
            (Open, Dropped, true),
            (Reached, Open, true),
            (Dropped, Open, true),
            (Reached, Reached, true),
            (Reached, Dropped, false),
            (Dropped, Reached, false),
        ] {
            assert_eq!(from.settle(to).is_ok(), is_allowed, "{from} {to}");
        }
        assert!(Open.require_open().is_ok() && Reached.require_open().is_err());
    }

    #[test]
    fn only_what_the_model_has_is_known() {
        assert_eq!(competency(" k1").unwrap(), "K1");
        assert_eq!(competency("K9").unwrap_err().code, "competency_unknown");
        assert!(level(5).is_ok() && [0, 6, -1, i32::MIN].into_iter().all(|bad| level(bad).is_err()));
    }
}
