use super::BatchStatus::*;
use super::*;
use crate::foundation::domain_enum::tests::assert_enum_travels;
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_798_000_000, 0).unwrap()
}

fn schedule() -> Schedule {
    Schedule {
        registration_opens_at: now() - TimeDelta::days(1),
        registration_closes_at: now() + TimeDelta::days(1),
        starts_on: NaiveDate::from_ymd_opt(2027, 1, 10).unwrap(),
        ends_on: NaiveDate::from_ymd_opt(2027, 1, 12).unwrap(),
    }
}

fn opening(schedule: &Schedule) -> Opening<'_> {
    Opening { program: ProgramStatus::Published, schedule, sessions: 1, now: now() }
}

fn why() -> Reason {
    Reason::parse("banjir").unwrap()
}

fn ended() -> Ending {
    Ending { kind: BatchKind::Direct, to_come: 0, to_come_between: None, untaught_sessions: 0 }
}

type Step = (&'static str, fn(BatchStatus) -> Result<BatchStatus>);
const STEPS: [Step; 6] = [
    ("open", |s| s.open(&opening(&schedule()))),
    ("close", BatchStatus::close),
    ("extend", |s| s.extend(&schedule(), &why(), now())),
    ("start", |s| s.start(BatchKind::Direct, 0)),
    ("finish", |s| s.finish(&ended())),
    ("cancel", |s| s.cancel(&why())),
];
/// As docs/states.md lists them.
const ALLOWED: [(&str, BatchStatus, BatchStatus); 9] = [
    ("open", Draft, Open),
    ("close", Open, Closed),
    ("extend", Closed, Open),
    ("start", Closed, Running),
    ("finish", Running, Finished),
    ("cancel", Draft, Cancelled),
    ("cancel", Open, Cancelled),
    ("cancel", Closed, Cancelled),
    ("cancel", Running, Cancelled),
];

#[test]
fn states_are_told_alike_everywhere() {
    assert_enum_travels(BatchStatus::ALL, BatchStatus::as_str);
}

#[test]
fn exactly_the_listed_steps_are_allowed() {
    for (name, step) in STEPS {
        for from in BatchStatus::ALL {
            let listed = ALLOWED.iter().find(|(n, f, _)| *n == name && f == from).map(|(_, _, to)| *to);
            match step(*from) {
                Ok(to) => assert_eq!(Some(to), listed, "{name} from {from}"),
                Err(refused) => {
                    assert_eq!(listed, None, "{name} from {from}");
                    assert!(refused.code().starts_with("batch_"), "{name} from {from}: {refused}");
                }
            }
        }
    }
}

#[test]
fn everything_that_keeps_a_batch_from_opening_is_told() {
    let over = Schedule { registration_closes_at: now(), ..schedule() };
    let wrong = Opening { program: ProgramStatus::Archived, sessions: 0, ..opening(&over) };
    let codes: Vec<_> = wrong.faults().iter().map(|f| f.code).collect();
    assert_eq!(codes, ["program_not_published", "batch_without_session", "registration_over"]);
    let refused = Draft.open(&wrong).unwrap_err();
    assert_eq!(refused.code(), "program_not_published");
    assert!(matches!(refused, Error::Conflicts(all) if all.len() == 3), "all of it at once");
}

#[test]
fn an_extension_must_leave_time_to_apply() {
    let over = Schedule { registration_closes_at: now(), ..schedule() };
    assert_eq!(Closed.extend(&over, &why(), now()).unwrap_err().code(), "registration_over");
    let reversed = Schedule { registration_opens_at: now() + TimeDelta::days(2), ..schedule() };
    assert_eq!(Closed.extend(&reversed, &why(), now()).unwrap_err().code(), "registration_window_reversed");
}

#[test]
fn a_direct_batch_starts_only_with_a_resource_person_in_every_session() {
    let refused = Closed.start(BatchKind::Direct, 1).unwrap_err();
    assert_eq!(refused.code(), "session_without_resource_person");
    assert!(Closed.start(BatchKind::Cascade, 1).is_ok());
}

#[test]
fn a_batch_finishes_once_every_session_was_held_by_somebody_competent() {
    let between = Some((now(), now() + TimeDelta::days(1)));
    let early = Running.finish(&Ending { to_come: 2, to_come_between: between, ..ended() }).unwrap_err();
    let Error::Conflict(fault) = early else { panic!("no rule") };
    assert_eq!(fault.code, "sessions_to_come");
    assert_eq!(fault.args[0], ("sessions", "2".to_owned()));
    assert_eq!(fault.args[1], ("next", "2026-12-23T04:26:40Z".to_owned()));
    assert_eq!(fault.args[2], ("until", "2026-12-24T04:26:40Z".to_owned()));
    let untaught = Ending { untaught_sessions: 1, ..ended() };
    assert_eq!(Running.finish(&untaught).unwrap_err().code(), "session_without_resource_person");
    assert!(Running.finish(&Ending { kind: BatchKind::Cascade, ..untaught }).is_ok());
}

#[test]
fn what_may_be_done_follows_the_state() {
    let allowed = |check: fn(BatchStatus) -> Result<()>| -> Vec<BatchStatus> {
        BatchStatus::ALL.iter().copied().filter(|s| check(*s).is_ok()).collect()
    };
    assert_eq!(allowed(|s| s.require_applications(&schedule(), now())), [Open]);
    assert_eq!(allowed(BatchStatus::require_decisions), [Open, Closed, Running]);
    assert_eq!(allowed(BatchStatus::require_assessment), [Running, Finished]);
    assert_eq!(allowed(BatchStatus::require_draft), [Draft]);
    assert_eq!(allowed(BatchStatus::require_planning), [Draft, Open, Closed, Running]);
}

#[test]
fn too_few_hours_are_a_warning() {
    let (jp, minutes) = (Jp::parse(32).unwrap(), MinutesPerJp::default());
    assert_eq!(hours_warning(1439, jp, minutes).unwrap().code, "sessions_shorter_than_jp");
    assert_eq!(hours_warning(1440, jp, minutes), None);
}

proptest! {
    #[test]
    fn no_batch_leaves_finished_or_cancelled(steps in proptest::collection::vec(0usize..6, 0..40)) {
        let mut status = Draft;
        for step in steps {
            let next = STEPS[step].1(status);
            prop_assert!(!matches!(status, Finished | Cancelled) || next.is_err());
            if let Ok(next) = next { status = next }
        }
    }

    #[test]
    fn a_batch_finishes_only_after_it_opened_closed_and_ran(
        steps in proptest::collection::vec(0usize..6, 0..40),
    ) {
        let (mut status, mut path) = (Draft, vec![Draft]);
        for step in steps {
            if let Ok(next) = STEPS[step].1(status) {
                status = next;
                path.push(next);
            }
        }
        if status == Finished {
            let before: Vec<_> = path.iter().rev().take(4).copied().collect();
            prop_assert_eq!(before, vec![Finished, Running, Closed, Open]);
        }
    }
}
