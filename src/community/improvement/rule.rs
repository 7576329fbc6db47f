//! What came of an item, worked out from what was measured; and when measuring may have been.

use chrono::NaiveDate;

use super::measure::{MeasureDirection, Value};
use crate::{
    domain_enum,
    foundation::{
        dates,
        error::{Fault, Faults},
    },
};

/// The most links of an item to activities, and to artefacts.
pub const LINKS: u64 = 100;
/// The most characters of a problem, its evidence, a strategy, progress, a review.
pub const TEXT: usize = 2_000;
/// The most characters of a title.
pub const TITLE: usize = 200;
/// The most characters of the name of a measure.
pub const MEASURE: usize = 120;

domain_enum! {
    /// What came of an item, by its measure alone.
    pub enum ImprovementOutcome {
        /// The target was met.
        Reached = "reached",
        /// Better than before; the target was not met.
        Improved = "improved",
        /// As before.
        Unchanged = "unchanged",
        /// Not as good as before.
        Worse = "worse",
    }
}

/// How a measure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// What came of it.
    pub outcome: ImprovementOutcome,
    /// After less before, in hundredths; below zero where it went down.
    pub change: i64,
    /// What is still lacking to the target, in hundredths; 0 where it was met.
    pub missing: i64,
}

/// Whether `one` is better than `other`.
fn better(one: Value, other: Value, direction: MeasureDirection) -> bool {
    match direction {
        MeasureDirection::Higher => one > other,
        MeasureDirection::Lower => one < other,
    }
}

/// What came of it: the target first, then the comparison with before.
pub fn course(before: Value, after: Value, target: Value, direction: MeasureDirection) -> Course {
    let outcome = if !better(target, after, direction) {
        ImprovementOutcome::Reached
    } else if better(after, before, direction) {
        ImprovementOutcome::Improved
    } else if after == before {
        ImprovementOutcome::Unchanged
    } else {
        ImprovementOutcome::Worse
    };
    let lacking = match direction {
        MeasureDirection::Higher => target.0 - after.0,
        MeasureDirection::Lower => after.0 - target.0,
    };
    Course { outcome, change: after.0 - before.0, missing: lacking.max(0) }
}

/// That a target asks for more than there is: else nothing would be improved.
///
/// # Errors
/// `target_not_better`.
pub fn require_better(before: Value, target: Value, direction: MeasureDirection) -> Result<(), Fault> {
    if better(target, before, direction) { Ok(()) } else { Err(Fault::new("", "target_not_better")) }
}

/// The day of a measurement: today or before, and not before `earliest`.
///
/// # Errors
/// `date_out_of_range`; `measured_in_future`; `measured_before_baseline` with `baseline`.
pub fn measured_on(
    day: NaiveDate,
    earliest: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<NaiveDate, Fault> {
    let day = dates::day(day)?;
    if day > today {
        return Err(Fault::new("", "measured_in_future"));
    }
    match earliest {
        Some(earliest) if day < earliest => {
            Err(Fault::new("", "measured_before_baseline").with("baseline", earliest))
        }
        _ => Ok(day),
    }
}

/// Notes under `/target` when the target does not ask for more than the baseline.
pub fn check_target(
    faults: &mut Faults,
    baseline: Option<Value>,
    target: Option<Value>,
    direction: MeasureDirection,
) {
    if let (Some(baseline), Some(target)) = (baseline, target) {
        faults.take("/target", require_better(baseline, target, direction));
    }
}

#[cfg(test)]
mod tests {
    use super::{ImprovementOutcome::*, *};
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use MeasureDirection::{Higher, Lower};
    use proptest::prelude::*;

    fn outcome(before: i64, after: i64, target: i64, direction: MeasureDirection) -> ImprovementOutcome {
        course(Value(before), Value(after), Value(target), direction).outcome
    }

    #[test]
    fn outcomes_are_told_alike_everywhere() {
        assert_enum_travels(ImprovementOutcome::ALL, ImprovementOutcome::as_str);
    }

    #[test]
    fn the_outcome_is_what_the_measure_says() {
        for (after, expected) in [(80, Reached), (75, Reached), (74, Improved), (50, Unchanged), (49, Worse)]
        {
            assert_eq!(outcome(50, after, 75, Higher), expected, "{after}");
        }
        for (after, expected) in [(10, Reached), (20, Reached), (21, Improved), (40, Unchanged), (41, Worse)]
        {
            assert_eq!(outcome(40, after, 20, Lower), expected, "{after}");
        }
        let course = course(Value(5_000), Value(6_250), Value(7_500), Higher);
        assert_eq!((course.change, course.missing), (1_250, 1_250));
    }

    #[test]
    fn a_day_of_measuring_lies_between_the_first_one_and_today() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (first, today) = (day("2026-03-02"), day("2026-05-02"));
        assert_eq!(measured_on(today, Some(first), today), Ok(today));
        let code = |text: &str| measured_on(day(text), Some(first), today).unwrap_err().code;
        assert_eq!(code("2026-05-03"), "measured_in_future");
        assert_eq!(code("2026-03-01"), "measured_before_baseline");
        assert_eq!(code("1800-01-01"), "date_out_of_range");
    }

    proptest! {
        #[test]
        fn more_of_the_good_never_makes_the_outcome_less(
            before in 0i64..1000, after in 0i64..1000, more in 0i64..1000, way in 1i64..1000,
        ) {
            for direction in [Higher, Lower] {
                let sign = if direction == Higher { 1 } else { -1 };
                let target = before + sign * way;
                let (less, better) = (outcome(before, after, target, direction), outcome(before, after + sign * more, target, direction));
                // Listed from the best to the worst.
                prop_assert!(better <= less, "{} to {}", less, better);
            }
        }

        #[test]
        fn the_two_directions_are_mirrors(before in 0i64..1000, after in 0i64..1000, target in 0i64..1000) {
            prop_assert_eq!(outcome(before, after, target, Higher), outcome(-before, -after, -target, Lower));
            let up = course(Value(before), Value(after), Value(target), Higher);
            prop_assert_eq!(up.missing == 0, up.outcome == Reached);
        }
    }
}
