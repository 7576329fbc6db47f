//! The states of a peer observation: planned → observed → feedback_given → reflected → closed; feedback_given →
//! closed(reason), where the observed teacher wants no reflection; planned → cancelled(reason). What somebody wrote they may put right until the other has gone on.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where a peer observation stands.
    pub enum ObservationStatus {
        /// One of the two proposed it; it is held once the other agrees.
        Planned = "planned",
        /// The observer wrote down what was seen and heard.
        Observed = "observed",
        /// The observer said what they think; the observed teacher's turn.
        FeedbackGiven = "feedback_given",
        /// The observed teacher wrote what they make of it, for themselves.
        Reflected = "reflected",
        /// Done. Final.
        Closed = "closed",
        /// Did not take place, for a stated reason. Final.
        Cancelled = "cancelled",
    }
}

impl ObservationStatus {
    fn refused(self, code: &'static str) -> Error {
        Error::conflict_with(Fault::new("", code).with("status", self))
    }

    /// That its plan may still change: it is agreed to, changed or cancelled only while planned.
    ///
    /// # Errors
    /// `observation_not_planned` with `status`.
    pub fn require_planned(self) -> Result<()> {
        if self == Self::Planned { Ok(()) } else { Err(self.refused("observation_not_planned")) }
    }

    /// planned → cancelled.
    ///
    /// # Errors
    /// `observation_not_planned` with `status`.
    pub fn cancel(self) -> Result<Self> {
        self.require_planned().map(|()| Self::Cancelled)
    }

    /// planned → observed, once both agreed; observed → observed, to put it right before feedback.
    ///
    /// # Errors
    /// `observation_not_agreed`; `observation_not_recordable` with `status`.
    pub fn record(self, agreed: bool) -> Result<Self> {
        match self {
            Self::Planned if !agreed => Err(Error::conflict("observation_not_agreed")),
            Self::Planned | Self::Observed => Ok(Self::Observed),
            _ => Err(self.refused("observation_not_recordable")),
        }
    }

    /// observed → feedback_given; again, to put it right before the reflection.
    ///
    /// # Errors
    /// `observation_takes_no_feedback` with `status`.
    pub fn give_feedback(self) -> Result<Self> {
        match self {
            Self::Observed | Self::FeedbackGiven => Ok(Self::FeedbackGiven),
            _ => Err(self.refused("observation_takes_no_feedback")),
        }
    }

    /// feedback_given → reflected; again, until it is closed.
    ///
    /// # Errors
    /// `observation_takes_no_reflection` with `status`.
    pub fn reflect(self) -> Result<Self> {
        match self {
            Self::FeedbackGiven | Self::Reflected => Ok(Self::Reflected),
            _ => Err(self.refused("observation_takes_no_reflection")),
        }
    }

    /// reflected → closed; feedback_given → closed, where the observed teacher says why there is no reflection.
    ///
    /// # Errors
    /// `observation_not_reflected` with `status`; `observation_reflected` where a reason was given all the same.
    pub fn close(self, unreflected: bool) -> Result<Self> {
        match (self, unreflected) {
            (Self::Reflected, false) | (Self::FeedbackGiven, true) => Ok(Self::Closed),
            (Self::Reflected, true) => Err(Error::conflict("observation_reflected")),
            _ => Err(self.refused("observation_not_reflected")),
        }
    }

    /// That there is something to share: one agrees to what one can read, not to what will be written.
    ///
    /// # Errors
    /// `observation_not_shareable` with `status`.
    pub fn require_shareable(self) -> Result<()> {
        match self {
            Self::FeedbackGiven | Self::Reflected | Self::Closed => Ok(()),
            _ => Err(self.refused("observation_not_shareable")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ObservationStatus::*, *};
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(ObservationStatus::ALL, ObservationStatus::as_str);
    }

    #[test]
    fn each_step_starts_where_the_domain_says_and_nowhere_else() {
        type Step = fn(ObservationStatus) -> Result<ObservationStatus>;
        let steps: [(&str, Step, &[ObservationStatus], ObservationStatus); 6] = [
            ("cancel", ObservationStatus::cancel, &[Planned], Cancelled),
            ("record", |from| from.record(true), &[Planned, Observed], Observed),
            ("give_feedback", ObservationStatus::give_feedback, &[Observed, FeedbackGiven], FeedbackGiven),
            ("reflect", ObservationStatus::reflect, &[FeedbackGiven, Reflected], Reflected),
            ("close", |from| from.close(false), &[Reflected], Closed),
            ("close unreflected", |from| from.close(true), &[FeedbackGiven], Closed),
        ];
        for (name, step, from, to) in steps {
            for status in ObservationStatus::ALL {
                match step(*status) {
                    Ok(next) => assert!(from.contains(status) && next == to, "{name} from {status}"),
                    Err(refused) => {
                        assert!(!from.contains(status), "{name} from {status}: {}", refused.code());
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_recorded_of_what_only_one_of_the_two_wants() {
        assert_eq!(Planned.record(false).unwrap_err().code(), "observation_not_agreed");
        assert!(Observed.record(true).is_ok());
    }

    #[test]
    fn there_is_nothing_to_share_before_feedback_or_after_cancelling() {
        for status in ObservationStatus::ALL {
            let may = matches!(status, FeedbackGiven | Reflected | Closed);
            assert_eq!(status.require_shareable().is_ok(), may, "{status}");
        }
    }
}
