//! In which ways one learns, and when a certificate may be issued.

use chrono::NaiveDate;
use uuid::Uuid;

use super::state::State;
use crate::domain_enum;
use crate::foundation::error::{Error, Fault, Result};
use crate::training::batch::rule::BatchKind;
use crate::training::enrolment::{completion::Assessment, rule::EnrolmentStatus};

domain_enum! {
    /// In which way the holder of a certificate learned. Only direct hours count for coverage.
    pub enum CertificateKind {
        /// A verified resource person taught the participants.
        Direct = "direct",
        /// Participants of an earlier batch passed it on.
        Cascade = "cascade",
        /// Colleagues worked together in a community. It was no training, neither direct nor passed on.
        Community = "community",
    }
}

impl From<BatchKind> for CertificateKind {
    fn from(kind: BatchKind) -> Self {
        match kind {
            BatchKind::Direct => Self::Direct,
            BatchKind::Cascade => Self::Cascade,
        }
    }
}

/// A certificate that an enrolment has had so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its id.
    pub id: Uuid,
    /// Its printed number.
    pub number: String,
    /// What it has become.
    pub state: State,
    /// Which completion of the enrolment it certifies, counted from 1.
    pub completion: Option<i32>,
}

/// That an enrolment which stands at `status`, completed for the `completions`-th time, may get
/// a certificate, whatever it had `earlier`. One completion is certified once: after a
/// revocation there is another only when the enrolment was reopened and completed anew.
/// Completions are counted, because clocks of several nodes differ and a certificate that
/// follows its holder changes later than it was revoked.
///
/// # Errors
/// `enrolment_not_completed` with `status`; `certificate_already_issued` with `id` and
/// `number`; `certificate_revoked_for_completion` with `number`.
pub fn issuable(status: EnrolmentStatus, completions: i32, earlier: &[Earlier]) -> Result<()> {
    if status != EnrolmentStatus::Completed {
        return Err(Error::conflict_with(Fault::new("", "enrolment_not_completed").with("status", status)));
    }
    if let Some(live) = earlier.iter().find(|c| matches!(c.state, State::Valid | State::Suspended)) {
        let fault = Fault::new("", "certificate_already_issued").with("id", live.id);
        return Err(Error::conflict_with(fault.with("number", &live.number)));
    }
    let of_this_completion = |c: &&Earlier| c.completion.is_none_or(|of| of >= completions);
    if let Some(revoked) = earlier.iter().find(of_this_completion) {
        let fault = Fault::new("", "certificate_revoked_for_completion").with("number", &revoked.number);
        return Err(Error::conflict_with(fault));
    }
    Ok(())
}

/// That what was recorded of an enrolment still meets the pass rule by which it was completed: a
/// certificate never says that a requirement is not met.
///
/// # Errors
/// `completion_no_longer_met` with the `enrolment`.
pub fn require_met(assessment: &Assessment, enrolment: Uuid) -> Result<()> {
    if assessment.completed() {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "completion_no_longer_met").with("enrolment", enrolment)))
}

/// That a certificate issued on `today` is good through `last` at least for that day.
///
/// # Errors
/// `certificate_valid_until_past` with `today`.
pub fn valid_until(
    last: Option<NaiveDate>,
    today: NaiveDate,
) -> std::result::Result<Option<NaiveDate>, Fault> {
    // The type knows years that neither calendar nor database does.
    let end = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    match last {
        Some(last) if last < today || last > end => {
            Err(Fault::new("", "certificate_valid_until_past").with("today", today).with("end", end))
        }
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn ways_of_learning_are_told_alike_everywhere() {
        assert_enum_travels(CertificateKind::ALL, CertificateKind::as_str);
    }

    fn earlier(state: State, completion: i32) -> Earlier {
        let number = "000007/BGTK/2026".to_owned();
        Earlier { id: Uuid::from_u128(7), number, state, completion: Some(completion) }
    }

    fn refused(status: EnrolmentStatus, earlier: &[Earlier]) -> &'static str {
        issuable(status, 2, earlier).map_or_else(|error| error.code(), |()| "allowed")
    }

    #[test]
    fn only_what_was_completed_is_certified() {
        for status in EnrolmentStatus::ALL {
            let expected = match status {
                EnrolmentStatus::Completed => "allowed",
                _ => "enrolment_not_completed",
            };
            assert_eq!(refused(*status, &[]), expected, "{status}");
        }
    }

    #[test]
    fn a_completion_is_certified_once_and_the_refusal_names_the_certificate() {
        for state in [State::Valid, State::Suspended] {
            let error = issuable(EnrolmentStatus::Completed, 2, &[earlier(state, 1)]).unwrap_err();
            let Error::Conflict(fault) = error else { panic!("no rule") };
            assert_eq!(fault.code, "certificate_already_issued");
            assert!(fault.args.contains(&("id", Uuid::from_u128(7).to_string())));
            assert!(fault.args.contains(&("number", "000007/BGTK/2026".to_owned())));
        }
    }

    #[test]
    fn what_was_revoked_stays_revoked_until_the_enrolment_is_completed_anew() {
        let revoked = |completion| [earlier(State::Revoked, completion)];
        assert_eq!(refused(EnrolmentStatus::Completed, &revoked(2)), "certificate_revoked_for_completion");
        assert_eq!(refused(EnrolmentStatus::Completed, &revoked(1)), "allowed");
        let unknown = [Earlier { completion: None, ..earlier(State::Revoked, 1) }];
        assert_eq!(refused(EnrolmentStatus::Completed, &unknown), "certificate_revoked_for_completion");
    }

    #[test]
    fn a_certificate_is_good_on_its_day_of_issue_at_least() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        assert_eq!(valid_until(None, day(22)), Ok(None));
        assert_eq!(valid_until(Some(day(22)), day(22)), Ok(Some(day(22))));
        assert!(valid_until(Some(day(21)), day(22)).is_err());
        assert!(valid_until(Some(NaiveDate::MAX), day(22)).is_err());
    }
}
