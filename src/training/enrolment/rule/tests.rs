use super::EnrolmentStatus::*;
use super::*;
use crate::foundation::domain_enum::tests::assert_enum_travels;
use crate::training::enrolment::completion::{Recorded, assess};
use crate::training::program::rule::PassRule;
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

fn why() -> Reason {
    Reason::parse("pindah tugas").unwrap()
}

fn attended(minutes: i64) -> Assessment {
    let rule = PassRule::parse(80, None).unwrap();
    assess(&rule, &Recorded { planned_minutes: 100, attended_minutes: minutes, score: None })
}

type Step = (&'static str, fn(EnrolmentStatus) -> Result<EnrolmentStatus>);
/// Each step with everything in its favour.
const STEPS: [Step; 8] = [
    ("accept", EnrolmentStatus::accept),
    ("waitlist", EnrolmentStatus::waitlist),
    ("reject", |s| s.reject(&why(), false)),
    ("withdraw", |s| s.withdraw(Some(&why()))),
    ("complete", |s| s.complete(&attended(100))),
    ("not_complete", |s| s.not_complete(&why())),
    ("apply_again", |s| s.apply_again(BatchStatus::Open, &schedule(), now())),
    ("reopen", |s| s.reopen(&why(), false)),
];
/// As docs/states.md lists them.
const ALLOWED: [(&str, EnrolmentStatus, EnrolmentStatus); 14] = [
    ("accept", Applied, Accepted),
    ("waitlist", Applied, Waitlisted),
    ("reject", Applied, Rejected),
    ("accept", Waitlisted, Accepted),
    ("reject", Waitlisted, Rejected),
    ("withdraw", Applied, Withdrawn),
    ("withdraw", Waitlisted, Withdrawn),
    ("withdraw", Accepted, Withdrawn),
    ("complete", Accepted, Completed),
    ("not_complete", Accepted, NotCompleted),
    ("reject", Accepted, Rejected),
    ("apply_again", Withdrawn, Applied),
    ("reopen", Completed, Accepted),
    ("reopen", NotCompleted, Accepted),
];

#[test]
fn states_are_told_alike_everywhere() {
    assert_enum_travels(EnrolmentStatus::ALL, EnrolmentStatus::as_str);
}

#[test]
fn exactly_the_listed_steps_are_allowed() {
    for (name, step) in STEPS {
        for from in EnrolmentStatus::ALL {
            let listed = ALLOWED.iter().find(|(n, f, _)| *n == name && f == from).map(|(_, _, to)| *to);
            match step(*from) {
                Ok(to) => assert_eq!(Some(to), listed, "{name} from {from}"),
                Err(refused) => {
                    assert_eq!(listed, None, "{name} from {from}");
                    assert!(refused.code().starts_with("enrolment_not_"), "{name} from {from}");
                }
            }
        }
    }
}

#[test]
fn a_seat_that_was_sat_in_cannot_be_rejected_away() {
    assert_eq!(Accepted.reject(&why(), true).unwrap_err().code(), "enrolment_has_attendance");
    assert!(Waitlisted.reject(&why(), true).is_ok());
}

#[test]
fn giving_up_a_seat_needs_a_reason_and_leaving_the_waiting_list_does_not() {
    assert_eq!(Accepted.withdraw(None).unwrap_err().code(), "withdrawal_reason_missing");
    assert_eq!(Waitlisted.withdraw(None).unwrap(), Withdrawn);
    assert_eq!(Applied.withdraw(None).unwrap(), Withdrawn);
}

#[test]
fn one_applies_again_only_while_the_window_lasts() {
    let refused = |batch, at| Withdrawn.apply_again(batch, &schedule(), at).unwrap_err().code();
    assert_eq!(refused(BatchStatus::Closed, now()), "batch_not_open");
    assert_eq!(refused(BatchStatus::Open, now() + TimeDelta::days(1)), "registration_over");
}

#[test]
fn completion_names_what_is_missing() {
    let Err(Error::Conflict(fault)) = Accepted.complete(&attended(79)) else { panic!("not refused") };
    assert_eq!(fault.code, "requirements_not_met");
    assert_eq!(fault.args, [("unmet", "attendance".to_owned())]);
}

#[test]
fn a_completion_with_a_valid_certificate_stays() {
    assert_eq!(Completed.reopen(&why(), true).unwrap_err().code(), "enrolment_has_certificate");
}

#[test]
fn a_person_has_one_live_enrolment_in_a_batch() {
    let id = Uuid::from_u128;
    assert_eq!(application(&[]).unwrap(), Application::New);
    assert_eq!(application(&[(id(1), Rejected)]).unwrap(), Application::New);
    let again = application(&[(id(1), Rejected), (id(2), Withdrawn)]).unwrap();
    assert_eq!(again, Application::Again(id(2)));
    for live in EnrolmentStatus::ALL.iter().filter(|s| s.is_live()) {
        let refused = application(&[(id(1), Withdrawn), (id(2), *live)]).unwrap_err();
        assert_eq!(refused.code(), "enrolment_already_live", "{live}");
    }
}

#[test]
fn whoever_sat_in_a_seat_keeps_it_whatever_the_result() {
    let seated: Vec<_> = EnrolmentStatus::ALL.iter().copied().filter(|s| s.holds_seat()).collect();
    assert_eq!(seated, [Accepted, Completed, NotCompleted]);
    assert!(!Accepted.frees_seat(NotCompleted) && Accepted.frees_seat(Withdrawn));
}

#[test]
fn an_application_is_decided_at_once_only_under_first_come() {
    use SelectionRule::*;
    assert_eq!(EnrolmentStatus::on_application(FirstCome, false, true), Accepted);
    assert_eq!(EnrolmentStatus::on_application(FirstCome, false, false), Waitlisted);
    assert_eq!(EnrolmentStatus::on_application(LeastTrainedFirst, false, false), Applied);
}

#[test]
fn whoever_was_turned_down_waits_for_a_decision_whatever_the_rule() {
    let id = Uuid::from_u128;
    assert!(was_turned_down(&[(id(1), Rejected), (id(2), Withdrawn)]));
    assert!(!was_turned_down(&[(id(1), Withdrawn)]) && !was_turned_down(&[]));
    for rule in SelectionRule::ALL {
        assert_eq!(EnrolmentStatus::on_application(*rule, true, true), Applied);
        assert_eq!(EnrolmentStatus::on_application(*rule, true, false), Applied);
    }
}

#[test]
fn whom_a_program_is_not_meant_for_is_told_so_and_not_refused() {
    use PersonKind::*;
    assert_eq!(audience_warning(&[], Teacher), None);
    assert_eq!(audience_warning(&[Principal, Teacher], Teacher), None);
    let told = audience_warning(&[Principal, Supervisor], Teacher).unwrap();
    assert_eq!(told.code, "not_in_audience");
    assert_eq!(told.args, [("kind", "teacher".to_owned()), ("audience", "principal, supervisor".to_owned())]);
}

proptest! {
    #[test]
    fn a_seat_is_taken_and_freed_in_turns_whatever_happens(
        steps in proptest::collection::vec(0usize..8, 0..60),
    ) {
        let (mut status, mut seats) = (Applied, 0i32);
        for step in steps {
            if let Ok(next) = STEPS[step].1(status) {
                prop_assert!(ALLOWED.contains(&(STEPS[step].0, status, next)));
                seats += i32::from(status.takes_seat(next)) - i32::from(status.frees_seat(next));
                status = next;
            }
            prop_assert_eq!(seats, i32::from(status.holds_seat()));
        }
    }

    #[test]
    fn nothing_follows_rejected(step in 0usize..8) {
        prop_assert!(STEPS[step].1(Rejected).is_err());
    }
}
