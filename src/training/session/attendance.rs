//! Attendance (presensi): minutes present of one enrolment in one session. A whole
//! session is recorded in one call, and everything wrong with it is told at once.

use crate::foundation::error::{Error, Fault, Result};
use crate::training::batch::state::BatchStatus;
use crate::training::enrolment::rule::EnrolmentStatus;
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Most entries of one call: as many as a batch can have seats.
pub const MAX_ENTRIES: usize = 10_000;

/// What a line says of an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Minutes present; 0 for absent.
    Minutes(i32),
    /// That nothing is recorded: takes back what was recorded by mistake, an absence too.
    Nothing,
    /// It was forgotten to say.
    Unsaid,
}

/// One line of the list that is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub enrolment_id: Uuid,
    /// What of them.
    pub said: Said,
}

/// The session that is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recording {
    /// Where the batch stands.
    pub batch: BatchStatus,
    /// When the session starts.
    pub starts_at: DateTime<Utc>,
    /// Its planned minutes.
    pub planned_minutes: i32,
}

/// Checks a whole session's list against the enrolments of its batch.
///
/// # Errors
/// [`Error::Conflict`] `batch_not_running` when the batch is not being taught and has not been.
/// [`Error::Invalid`] with every fault there is:
/// `session_in_future` (the whole), `attendance_empty` and `attendance_too_long` under `/entries`,
/// `enrolment_listed_twice`, `enrolment_not_in_batch`, `enrolment_not_accepted` under
/// `/entries/{i}/enrolmentId`, `minutes_out_of_range` and `field_missing` under `/entries/{i}/minutes`.
pub fn check(
    entries: &[Entry],
    enrolments: &HashMap<Uuid, EnrolmentStatus>,
    session: &Recording,
    now: DateTime<Utc>,
) -> Result<()> {
    session.batch.require_assessment()?;
    let mut faults = Vec::new();
    if now < session.starts_at {
        faults.push(Fault::new("", "session_in_future"));
    }
    if entries.is_empty() {
        faults.push(Fault::new("/entries", "attendance_empty"));
    }
    if entries.len() > MAX_ENTRIES {
        // No line is looked at: nobody reads ten thousand faults.
        faults.push(Fault::new("/entries", "attendance_too_long").with("max", MAX_ENTRIES));
        return Err(Error::Invalid(faults));
    }
    let mut met = HashSet::with_capacity(entries.len());
    for (i, entry) in entries.iter().enumerate() {
        let about_enrolment = |code| Fault::new(format!("/entries/{i}/enrolmentId"), code);
        if !met.insert(entry.enrolment_id) {
            faults.push(about_enrolment("enrolment_listed_twice"));
        }
        match enrolments.get(&entry.enrolment_id) {
            None => faults.push(about_enrolment("enrolment_not_in_batch")),
            Some(EnrolmentStatus::Accepted) => {}
            Some(status) => faults.push(about_enrolment("enrolment_not_accepted").with("status", status)),
        }
        let about_minutes = |code| Fault::new(format!("/entries/{i}/minutes"), code);
        match entry.said {
            Said::Minutes(minutes) if !(0..=session.planned_minutes).contains(&minutes) => {
                let fault = about_minutes("minutes_out_of_range");
                faults.push(fault.with("min", 0).with("max", session.planned_minutes));
            }
            Said::Unsaid => faults.push(about_minutes("field_missing")),
            Said::Minutes(_) | Said::Nothing => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

#[cfg(test)]
mod tests {
    use super::EnrolmentStatus::*;
    use super::*;
    use proptest::prelude::*;

    fn id(n: u8) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_798_000_000, 0).unwrap()
    }

    fn session() -> Recording {
        Recording { batch: BatchStatus::Running, starts_at: now(), planned_minutes: 90 }
    }

    fn enrolments() -> HashMap<Uuid, EnrolmentStatus> {
        HashMap::from([(id(1), Accepted), (id(2), Accepted), (id(3), Withdrawn), (id(4), Completed)])
    }

    fn told(entries: &[(u8, i32)], session: &Recording) -> Vec<(String, &'static str)> {
        let entries: Vec<(u8, Said)> =
            entries.iter().map(|(n, minutes)| (*n, Said::Minutes(*minutes))).collect();
        told_of(&entries, session)
    }

    fn told_of(entries: &[(u8, Said)], session: &Recording) -> Vec<(String, &'static str)> {
        let entries: Vec<Entry> =
            entries.iter().map(|(n, said)| Entry { enrolment_id: id(*n), said: *said }).collect();
        match check(&entries, &enrolments(), session, now()) {
            Ok(()) => Vec::new(),
            Err(Error::Invalid(faults)) => faults.into_iter().map(|f| (f.pointer, f.code)).collect(),
            Err(other) => vec![(String::new(), other.code())],
        }
    }

    #[test]
    fn a_sound_list_is_accepted_with_both_limits() {
        assert!(told(&[(1, 0), (2, 90)], &session()).is_empty());
    }

    #[test]
    fn a_line_is_taken_back_where_one_could_be_recorded_and_never_by_forgetting() {
        assert!(told_of(&[(1, Said::Nothing), (2, Said::Minutes(9))], &session()).is_empty());
        let expected =
            [("/entries/0/enrolmentId", "enrolment_not_accepted"), ("/entries/1/minutes", "field_missing")];
        let faults = told_of(&[(4, Said::Nothing), (1, Said::Unsaid)], &session());
        assert_eq!(faults, expected.map(|(p, c)| (p.to_owned(), c)));
    }

    #[test]
    fn every_fault_of_the_whole_list_is_told_at_once() {
        let future = Recording { starts_at: now() + chrono::TimeDelta::seconds(1), ..session() };
        let entries = [(1, 91), (1, 10), (9, -1), (3, 5), (4, 5)];
        let expected = [
            ("", "session_in_future"),
            ("/entries/0/minutes", "minutes_out_of_range"),
            ("/entries/1/enrolmentId", "enrolment_listed_twice"),
            ("/entries/2/enrolmentId", "enrolment_not_in_batch"),
            ("/entries/2/minutes", "minutes_out_of_range"),
            ("/entries/3/enrolmentId", "enrolment_not_accepted"),
            ("/entries/4/enrolmentId", "enrolment_not_accepted"),
        ];
        assert_eq!(told(&entries, &future), expected.map(|(p, c)| (p.to_owned(), c)));
    }

    #[test]
    fn an_empty_or_endless_list_is_refused() {
        assert_eq!(told(&[], &session()), [("/entries".to_owned(), "attendance_empty")]);
        let endless = vec![(1, 1); MAX_ENTRIES + 1];
        assert_eq!(told(&endless, &session()), [("/entries".to_owned(), "attendance_too_long")]);
    }

    #[test]
    fn attendance_is_recorded_while_a_batch_runs_and_corrected_after() {
        let at = |batch| told(&[(1, 1)], &Recording { batch, ..session() });
        assert!(at(BatchStatus::Running).is_empty() && at(BatchStatus::Finished).is_empty());
        for early in [BatchStatus::Draft, BatchStatus::Open, BatchStatus::Closed, BatchStatus::Cancelled] {
            assert_eq!(at(early), [(String::new(), "batch_not_running")]);
        }
    }

    proptest! {
        #[test]
        fn a_list_is_accepted_exactly_when_every_line_is_sound(
            entries in proptest::collection::vec((1u8..6, -2i32..94), 1..6),
        ) {
            let mut seen = HashSet::new();
            let sound = entries.iter().all(|(n, minutes)| {
                seen.insert(*n) && *n <= 2 && (0..=90).contains(minutes)
            });
            let faults = told(&entries, &session());
            prop_assert_eq!(faults.is_empty(), sound, "{:?}", faults);
            for (pointer, _) in faults {
                let line: usize = pointer.split('/').nth(2).unwrap().parse().unwrap();
                prop_assert!(line < entries.len());
            }
        }
    }
}
