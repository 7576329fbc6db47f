//! The states of an appeal: open → upheld, dismissed or lapsed. Of a report: open → settled or dismissed, and
//! open again where the same person reports the same thing anew.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where an appeal stands.
    pub enum AppealStatus {
        /// Waits for the moderator.
        Open = "open",
        /// The moderator agreed: what was taken away is there again. Final.
        Upheld = "upheld",
        /// The moderator did not agree. Final.
        Dismissed = "dismissed",
        /// What it was about was shown again or taken back before. Final.
        Lapsed = "lapsed",
    }
}

domain_enum! {
    /// What a moderator decides about an appeal.
    pub enum AppealOutcome {
        /// What was taken away is there again.
        Upheld = "upheld",
        /// It stays as it is.
        Dismissed = "dismissed",
    }
}

domain_enum! {
    /// Where a report stands.
    pub enum ReportStatus {
        /// Waits for whoever moderates.
        Open = "open",
        /// What it was about was hidden, removed or taken back. Open again when it is in view again and reported anew.
        Settled = "settled",
        /// Whoever moderates saw nothing wrong, for a stated reason. Open again when what it is about has changed since and is
        /// reported anew.
        Dismissed = "dismissed",
    }
}

impl AppealStatus {
    /// open → upheld or dismissed.
    ///
    /// # Errors
    /// `appeal_not_open` with `status`.
    pub fn decide(self, outcome: AppealOutcome) -> Result<Self> {
        if self != Self::Open {
            return Err(Error::conflict_with(Fault::new("", "appeal_not_open").with("status", self)));
        }
        Ok(match outcome {
            AppealOutcome::Upheld => Self::Upheld,
            AppealOutcome::Dismissed => Self::Dismissed,
        })
    }
}

impl ReportStatus {
    /// open → dismissed.
    ///
    /// # Errors
    /// `report_not_open` with `status`.
    pub fn dismiss(self) -> Result<Self> {
        if self == Self::Open {
            return Ok(Self::Dismissed);
        }
        Err(Error::conflict_with(Fault::new("", "report_not_open").with("status", self)))
    }

    /// settled or dismissed → open, where the same person reports the same thing anew and it is in view: what was settled
    /// is there again, what was dismissed has changed since. None where the report stands as it is.
    pub const fn anew(self, changed_since: bool) -> Option<Self> {
        match self {
            Self::Settled => Some(Self::Open),
            Self::Dismissed if changed_since => Some(Self::Open),
            Self::Open | Self::Dismissed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(AppealStatus::ALL, AppealStatus::as_str);
        assert_enum_travels(AppealOutcome::ALL, AppealOutcome::as_str);
        assert_enum_travels(ReportStatus::ALL, ReportStatus::as_str);
    }

    #[test]
    fn each_is_decided_once() {
        for status in AppealStatus::ALL.iter().copied() {
            let decided = AppealOutcome::ALL.iter().map(|outcome| status.decide(*outcome).ok());
            let expected = [AppealStatus::Upheld, AppealStatus::Dismissed];
            let expected = expected.map(|next| (status == AppealStatus::Open).then_some(next));
            assert!(decided.eq(expected), "{status}");
        }
        for status in ReportStatus::ALL.iter().copied() {
            let dismissed = (status == ReportStatus::Open).then_some(ReportStatus::Dismissed);
            assert_eq!(status.dismiss().ok(), dismissed, "{status}");
        }
    }

    #[test]
    fn a_closed_report_opens_again_where_there_is_something_new_to_look_at() {
        use ReportStatus::{Dismissed, Open, Settled};
        for (status, changed, next) in [
            (Open, false, None),
            (Open, true, None),
            (Settled, false, Some(Open)),
            (Settled, true, Some(Open)),
            (Dismissed, false, None),
            (Dismissed, true, Some(Open)),
        ] {
            assert_eq!(status.anew(changed), next, "{status} {changed}");
        }
    }
}
