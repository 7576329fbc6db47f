//! Completion and credit: whether an enrolment meets its program's pass rule, and
//! how many JP it earned. Whole numbers only, and every answer explains itself.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::domain_enum;
use crate::foundation::error::{Error, Fault, Result};
use crate::training::batch::state::BatchStatus;
use crate::training::program::rule::{Jp, PassRule, Score};

domain_enum! {
    /// What a program asks for before it counts as completed.
    pub enum Requirement {
        /// Minutes present, in all sessions together.
        Attendance = "attendance",
        /// The score, where the program has a minimum.
        Score = "score",
    }
}

domain_enum! {
    /// What the numbers of a requirement count.
    pub enum RequirementUnit {
        /// Minutes.
        Minutes = "minutes",
        /// Points of a score, 0 to 100.
        Points = "points",
    }
}

/// What was recorded of one enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Minutes of all sessions of the batch.
    pub planned_minutes: i64,
    /// Minutes present, added up over the sessions; what exceeds the planned ones does not count.
    pub attended_minutes: i64,
    /// The score, if one was given.
    pub score: Option<Score>,
}

/// One requirement, what it asks for and what there is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, async_graphql::SimpleObject, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(rename_all = "camelCase")]
pub struct RequirementLine {
    /// What is asked for.
    pub requirement: Requirement,
    /// What the two numbers count.
    pub unit: RequirementUnit,
    /// The least that is enough.
    pub required: i64,
    /// What there is; none when nothing was recorded.
    pub actual: Option<i64>,
    /// Whether it is enough.
    pub met: bool,
}

/// Whether an enrolment is completed, requirement by requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Every requirement the program has; never empty.
    pub lines: Vec<RequirementLine>,
}

impl Assessment {
    /// Whether every requirement is met.
    pub fn completed(&self) -> bool {
        self.lines.iter().all(|line| line.met)
    }
}

/// The sessions of a batch that have not ended yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SessionsToCome {
    /// How many.
    pub count: i64,
    /// When the first of them starts, or has started.
    pub next: Option<DateTime<Utc>>,
    /// When the last of them ends.
    pub until: Option<DateTime<Utc>>,
}

/// Whether completions may be decided: in a running batch once every session has ended, for until
/// then nobody can have attended enough; in a finished batch always, for its provider has said that
/// it is over.
///
/// # Errors
/// `batch_not_running`; `sessions_to_come` with `sessions`, `next` and `until`.
pub fn require_taught(batch: BatchStatus, to_come: &SessionsToCome) -> Result<()> {
    batch.require_assessment()?;
    let (BatchStatus::Running, Some(next), Some(until)) = (batch, to_come.next, to_come.until) else {
        return Ok(());
    };
    let told = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let fault = Fault::new("", "sessions_to_come").with("sessions", to_come.count);
    Err(Error::conflict_with(fault.with("next", told(next)).with("until", told(until))))
}

/// Holds what was recorded against the pass rule. Completed means: attendance minutes
/// reach the rule's percentage of the planned minutes (rounded up to a whole minute,
/// so 80 % of 99 minutes are 80), and the score reaches the minimum where there is
/// one. A batch without any planned minute completes nobody.
pub fn assess(rule: &PassRule, recorded: &Recorded) -> Assessment {
    let (planned, attended) = (recorded.planned_minutes.max(0), counted(recorded));
    let required = ceil_percent(planned, i64::from(rule.attendance_percent.get()));
    let mut lines = vec![RequirementLine {
        requirement: Requirement::Attendance,
        unit: RequirementUnit::Minutes,
        required,
        actual: Some(attended),
        met: planned > 0 && attended >= required,
    }];
    lines.extend(rule.minimum_score.map(|minimum| RequirementLine {
        requirement: Requirement::Score,
        unit: RequirementUnit::Points,
        required: i64::from(minimum.get()),
        actual: recorded.score.map(|score| i64::from(score.get())),
        met: recorded.score.is_some_and(|score| score >= minimum),
    }));
    Assessment { lines }
}

/// JP that a completed enrolment earned: the program's; where the program grants them pro
/// rata, the share of planned minutes that was attended, rounded down (no certificate
/// claims an hour that was not had) but at least 1, for a completion is worth something.
pub fn earned_jp(program: Jp, pro_rata: bool, recorded: &Recorded) -> Jp {
    let (planned, attended) = (recorded.planned_minutes, counted(recorded));
    if !pro_rata || planned <= 0 {
        return program;
    }
    let share = i128::from(program.get()) * i128::from(attended) / i128::from(planned);
    let share = i64::try_from(share).unwrap_or(i64::from(program.get()));
    Jp::parse(share.max(1)).unwrap_or(program)
}

fn counted(recorded: &Recorded) -> i64 {
    recorded.attended_minutes.clamp(0, recorded.planned_minutes.max(0))
}

/// `percent` of `whole`, rounded up; neither negative.
fn ceil_percent(whole: i64, percent: i64) -> i64 {
    let hundredths = i128::from(whole) * i128::from(percent);
    i64::try_from((hundredths + 99) / 100).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    #[test]
    fn nobody_is_decided_about_before_the_last_session_has_ended() {
        let at = |second: i64| DateTime::from_timestamp(1_798_000_000 + second, 0);
        let left = SessionsToCome { count: 2, next: at(0), until: at(3_600) };
        let none = SessionsToCome::default();
        let refused = |batch, left| require_taught(batch, left).map_err(|error| error.code());
        assert_eq!(refused(BatchStatus::Running, &left), Err("sessions_to_come"));
        assert_eq!(refused(BatchStatus::Running, &none), Ok(()));
        assert_eq!(refused(BatchStatus::Finished, &left), Ok(()));
        assert_eq!(refused(BatchStatus::Cancelled, &left), Err("batch_not_running"));
        let Err(Error::Conflict(told)) = require_taught(BatchStatus::Running, &left) else {
            panic!("allowed")
        };
        assert_eq!(told.args[0], ("sessions", "2".to_owned()));
        assert_eq!(told.args[2], ("until", "2026-12-23T05:26:40Z".to_owned()));
    }

    fn recorded(planned_minutes: i64, attended_minutes: i64, score: Option<i32>) -> Recorded {
        Recorded { planned_minutes, attended_minutes, score: score.map(|s| Score::parse(s).unwrap()) }
    }

    fn completed(percent: i32, minimum: Option<i32>, recorded: &Recorded) -> bool {
        assess(&PassRule::parse(percent, minimum).unwrap(), recorded).completed()
    }

    #[test]
    fn the_lists_are_told_alike_everywhere() {
        assert_enum_travels(Requirement::ALL, Requirement::as_str);
        assert_enum_travels(RequirementUnit::ALL, RequirementUnit::as_str);
    }

    #[test]
    fn the_explanation_names_every_requirement() {
        let told = assess(&PassRule::parse(80, Some(70)).unwrap(), &recorded(99, 80, None));
        assert_eq!(
            told.lines,
            [
                RequirementLine {
                    requirement: Requirement::Attendance,
                    unit: RequirementUnit::Minutes,
                    required: 80,
                    actual: Some(80),
                    met: true
                },
                RequirementLine {
                    requirement: Requirement::Score,
                    unit: RequirementUnit::Points,
                    required: 70,
                    actual: None,
                    met: false
                },
            ]
        );
        assert!(!told.completed());
    }

    #[test]
    fn the_least_attendance_is_enough_and_a_minute_less_is_not() {
        assert!(completed(80, None, &recorded(480, 384, None)));
        assert!(!completed(80, None, &recorded(480, 383, None)));
        assert!(!completed(80, None, &recorded(99, 79, None)));
    }

    #[test]
    fn the_least_score_is_enough_and_none_is_not() {
        assert!(completed(0, Some(70), &recorded(60, 0, Some(70))));
        assert!(!completed(0, Some(70), &recorded(60, 60, Some(69))));
        assert!(!completed(0, Some(0), &recorded(60, 60, None)));
    }

    #[test]
    fn a_batch_without_minutes_completes_nobody() {
        assert!(!completed(0, None, &recorded(0, 0, None)));
        assert!(!completed(0, None, &recorded(-5, 9, None)));
    }

    #[test]
    fn pro_rata_rounds_down_and_is_never_nothing() {
        let jp = |program, pro_rata, attended| {
            earned_jp(Jp::parse(program).unwrap(), pro_rata, &recorded(480, attended, None)).get()
        };
        assert_eq!(jp(32, false, 384), 32);
        assert_eq!(jp(32, true, 479), 31);
        assert_eq!(jp(32, true, 480), 32);
        assert_eq!(jp(32, true, 9_999), 32);
        assert_eq!(jp(1, true, 400), 1);
        assert_eq!(jp(32, true, 0), 1);
    }

    proptest! {
        #[test]
        fn the_answer_is_the_fraction_without_rounding(
            percent in 0i32..=100, planned in 1i64..100_000, attended in 0i64..100_000,
        ) {
            let exact = i128::from(attended.min(planned)) * 100 >= i128::from(percent) * i128::from(planned);
            prop_assert_eq!(completed(percent, None, &recorded(planned, attended, None)), exact);
        }

        #[test]
        fn more_attendance_or_score_never_takes_a_completion_away(
            percent in 0i32..=100, minimum in proptest::option::of(0i32..=100),
            planned: i64, attended in 0i64..i64::MAX / 2, more in 0i64..i64::MAX / 2, score in 0i32..=99,
        ) {
            let less = recorded(planned, attended, Some(score));
            let more = recorded(planned, attended + more, Some(score + 1));
            prop_assert!(!completed(percent, minimum, &less) || completed(percent, minimum, &more));
        }

        #[test]
        fn a_stricter_rule_never_completes_more(
            percent in 0i32..100, stricter in 1i32..=100, planned in 0i64..9_999, attended in 0i64..9_999,
        ) {
            let stricter = (percent + stricter).min(100);
            let recorded = recorded(planned, attended, None);
            prop_assert!(!completed(stricter, None, &recorded) || completed(percent, None, &recorded));
        }

        #[test]
        fn jp_grow_with_attendance_and_stay_within_the_programs(
            program in 1i32..=1000, planned: i64, attended: i64, more in 0i64..9_999,
        ) {
            let program = Jp::parse(program).unwrap();
            let less = earned_jp(program, true, &recorded(planned, attended, None));
            let more = earned_jp(program, true, &recorded(planned, attended.saturating_add(more), None));
            prop_assert!(less <= more && more <= program && less >= Jp::MIN);
        }
    }
}
