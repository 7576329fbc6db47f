//! Who may undo what, and how long and how often one appeals and reports.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

/// The most characters of an appeal, and of what is said to a report.
pub const WORDS: usize = 2_000;
/// How long after a step of moderation its author may appeal.
pub const APPEAL_WITHIN: TimeDelta = TimeDelta::days(30);
/// How many open reports one person may have in one community.
pub const OPEN_REPORTS: usize = 20;

domain_enum! {
    /// What is moderated.
    pub enum ModeratedSubject {
        /// Something a member said.
        Comment = "comment",
        /// Something a member proposed.
        Proposal = "proposal",
    }
}

domain_enum! {
    /// As what somebody moderates.
    pub enum ModeratedAs {
        /// An officer of the community.
        Officer = "officer",
        /// The moderator of the region.
        Moderator = "moderator",
    }
}

domain_enum! {
    /// A step of moderation.
    pub enum ModerationStepKind {
        /// A comment was hidden.
        Hidden = "hidden",
        /// A hidden comment was shown again.
        Restored = "restored",
        /// A proposal was taken away.
        Removed = "removed",
        /// A proposal that was taken away was given back.
        Returned = "returned",
    }
}

/// That a hidden comment may be shown again: what the moderator hid, or confirmed by dismissing an appeal against it, no
/// officer shows.
///
/// # Errors
/// `comment_hidden_by_moderator`.
pub fn may_restore(hidden_as: ModeratedAs, confirmed: bool, acting_as: ModeratedAs) -> Result<()> {
    let by_moderator = confirmed || hidden_as == ModeratedAs::Moderator;
    if by_moderator && acting_as == ModeratedAs::Officer {
        return Err(Error::conflict("comment_hidden_by_moderator"));
    }
    Ok(())
}

/// That it is not too late to appeal against what was done at `done`.
///
/// # Errors
/// `appeal_too_late` with `days`.
pub fn in_time(done: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    if now.signed_duration_since(done) <= APPEAL_WITHIN {
        return Ok(());
    }
    Err(too_late())
}

/// That the time for an appeal has passed; also what was done before steps were kept.
pub fn too_late() -> Error {
    Error::conflict_with(Fault::new("", "appeal_too_late").with("days", APPEAL_WITHIN.num_days()))
}

/// That whoever decides neither did what is appealed against nor wrote what it is about.
///
/// # Errors
/// `appeal_own_decision`.
pub fn may_decide(did_it: bool, wrote_it: bool) -> Result<()> {
    if did_it || wrote_it { Err(Error::conflict("appeal_own_decision")) } else { Ok(()) }
}

/// That somebody with `open` reports in a community may make one more.
///
/// # Errors
/// `reports_too_many` with `max`.
pub fn may_report(open: usize) -> Result<()> {
    if open < OPEN_REPORTS {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "reports_too_many").with("max", OPEN_REPORTS)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn lists_are_told_alike_everywhere() {
        assert_enum_travels(ModeratedSubject::ALL, ModeratedSubject::as_str);
        assert_enum_travels(ModeratedAs::ALL, ModeratedAs::as_str);
        assert_enum_travels(ModerationStepKind::ALL, ModerationStepKind::as_str);
    }

    #[test]
    fn an_officer_undoes_what_an_officer_did_and_the_moderator_whatever_was_done() {
        use ModeratedAs::{Moderator, Officer};
        for (hidden, confirmed, acting, may) in [
            (Officer, false, Officer, true),
            (Officer, false, Moderator, true),
            (Officer, true, Officer, false),
            (Officer, true, Moderator, true),
            (Moderator, false, Moderator, true),
            (Moderator, false, Officer, false),
            (Moderator, true, Officer, false),
        ] {
            assert_eq!(may_restore(hidden, confirmed, acting).is_ok(), may, "{hidden} {confirmed} {acting}");
        }
    }

    #[test]
    fn an_appeal_is_made_within_thirty_days_by_who_did_neither() {
        let done = DateTime::UNIX_EPOCH;
        assert!(in_time(done, done + TimeDelta::days(30)).is_ok());
        assert!(in_time(done, done + TimeDelta::days(30) + TimeDelta::seconds(1)).is_err());
        assert!(may_decide(false, false).is_ok());
        assert!(may_decide(true, false).is_err() && may_decide(false, true).is_err());
    }

    #[test]
    fn the_twentieth_open_report_is_the_last() {
        assert!(may_report(OPEN_REPORTS - 1).is_ok());
        assert!(may_report(OPEN_REPORTS).is_err());
    }
}
