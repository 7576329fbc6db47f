//! The states of an item: identified → strategy_agreed → in_progress → reviewed → closed. One step back, for a
//! reason, from each but the first: what was agreed may have to be thought over, a review may say "go on", a
//! closed item may have been closed too soon. What was not tried to the end can be dropped, for a reason; what was
//! reviewed has a result and cannot.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where an item stands.
    pub enum ImprovementStatus {
        /// A problem, its evidence, and how it is measured.
        Identified = "identified",
        /// What is tried, who looks after it, until when.
        StrategyAgreed = "strategy_agreed",
        /// It is tried.
        InProgress = "in_progress",
        /// Measured again, and talked over.
        Reviewed = "reviewed",
        /// Done.
        Closed = "closed",
        /// Given up before it was reviewed, for a stated reason. Final.
        Dropped = "dropped",
    }
}

use ImprovementStatus::{Closed, Dropped, Identified, InProgress, Reviewed, StrategyAgreed};

impl ImprovementStatus {
    /// The states in which there is something left to do by a day.
    pub const OPEN: [Self; 3] = [Identified, StrategyAgreed, InProgress];

    fn refused(self, code: &'static str) -> Error {
        Error::conflict_with(Fault::new("", code).with("status", self))
    }

    fn go(self, from: Self, to: Self, code: &'static str) -> Result<Self> {
        if self == from { Ok(to) } else { Err(self.refused(code)) }
    }

    /// identified → strategy_agreed.
    ///
    /// # Errors
    /// `improvement_not_identified` with `status`.
    pub fn agree(self) -> Result<Self> {
        self.go(Identified, StrategyAgreed, "improvement_not_identified")
    }

    /// strategy_agreed → in_progress.
    ///
    /// # Errors
    /// `improvement_not_agreed` with `status`.
    pub fn start(self) -> Result<Self> {
        self.go(StrategyAgreed, InProgress, "improvement_not_agreed")
    }

    /// in_progress → reviewed.
    ///
    /// # Errors
    /// `improvement_not_in_progress` with `status`.
    pub fn review(self) -> Result<Self> {
        self.go(InProgress, Reviewed, "improvement_not_in_progress")
    }

    /// reviewed → closed.
    ///
    /// # Errors
    /// `improvement_not_reviewed` with `status`.
    pub fn close(self) -> Result<Self> {
        self.go(Reviewed, Closed, "improvement_not_reviewed")
    }

    /// One step back: strategy_agreed → identified, in_progress → strategy_agreed, reviewed → in_progress,
    /// closed → reviewed.
    ///
    /// # Errors
    /// `improvement_has_no_way_back` with `status`.
    pub fn reopen(self) -> Result<Self> {
        match self {
            StrategyAgreed => Ok(Identified),
            InProgress => Ok(StrategyAgreed),
            Reviewed => Ok(InProgress),
            Closed => Ok(Reviewed),
            Identified | Dropped => Err(self.refused("improvement_has_no_way_back")),
        }
    }

    /// identified, strategy_agreed or in_progress → dropped.
    ///
    /// # Errors
    /// `improvement_reviewed` with `status`.
    pub fn leave(self) -> Result<Self> {
        self.require_open().map(|()| Dropped)
    }

    /// That it may still be changed and tried.
    ///
    /// # Errors
    /// `improvement_reviewed` with `status`.
    pub fn require_open(self) -> Result<()> {
        if Self::OPEN.contains(&self) { Ok(()) } else { Err(self.refused("improvement_reviewed")) }
    }

    /// That how it is measured may still be changed: a goal does not move once its way was agreed.
    ///
    /// # Errors
    /// `improvement_not_identified` with `status`.
    pub fn require_measure_open(self) -> Result<()> {
        self.agree().map(|_| ())
    }

    /// That activities and artefacts may be put to it.
    ///
    /// # Errors
    /// `improvement_over` with `status`.
    pub fn require_linkable(self) -> Result<()> {
        if matches!(self, Closed | Dropped) { Err(self.refused("improvement_over")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(ImprovementStatus::ALL, ImprovementStatus::as_str);
    }

    #[test]
    fn each_step_starts_where_the_domain_says_and_nowhere_else() {
        type Step = fn(ImprovementStatus) -> Result<ImprovementStatus>;
        let steps: [(Step, &[(ImprovementStatus, ImprovementStatus)]); 6] = [
            (ImprovementStatus::agree, &[(Identified, StrategyAgreed)]),
            (ImprovementStatus::start, &[(StrategyAgreed, InProgress)]),
            (ImprovementStatus::review, &[(InProgress, Reviewed)]),
            (ImprovementStatus::close, &[(Reviewed, Closed)]),
            (
                ImprovementStatus::reopen,
                &[
                    (StrategyAgreed, Identified),
                    (InProgress, StrategyAgreed),
                    (Reviewed, InProgress),
                    (Closed, Reviewed),
                ],
            ),
            (
                ImprovementStatus::leave,
                &[(Identified, Dropped), (StrategyAgreed, Dropped), (InProgress, Dropped)],
            ),
        ];
        for (step, ways) in steps {
            for status in ImprovementStatus::ALL {
                let to = ways.iter().find(|(from, _)| from == status).map(|(_, to)| *to);
                assert_eq!(step(*status).ok(), to, "{status}");
            }
        }
        for status in ImprovementStatus::ALL {
            assert_eq!(status.require_measure_open().is_ok(), *status == Identified, "{status}");
            assert_eq!(status.require_linkable().is_ok(), !matches!(status, Closed | Dropped), "{status}");
        }
    }
}
