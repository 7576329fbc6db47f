//! How savings are worked out, in whole rupiah, rounded down.

use chrono::{DateTime, TimeDelta, Utc};

use crate::foundation::error::{Error, Fault, Result};

/// Years back from today in which trainings are compared with.
pub const COMPARED_YEARS: u32 = 3;
/// The most years of one period.
pub const LONGEST_YEARS: i64 = 10;

/// What the registry's own trainings cost their participants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trainings {
    /// How many batches.
    pub batches: i64,
    /// Seats that were taken in them, all together.
    pub participants: i64,
    /// What those who took them paid, whole rupiah.
    pub paid_rupiah: i64,
    /// Minutes of all of them: the program's for each participant.
    pub participant_minutes: i64,
}

impl Trainings {
    /// Whether there is anything to compare with.
    pub const fn are_comparable(self) -> bool {
        self.participant_minutes > 0
    }

    /// What an hour of one participant cost, whole rupiah, rounded down. 0 where there is nothing to compare.
    pub fn rupiah_per_hour(self) -> i64 {
        self.price(60)
    }

    /// What so many minutes of one participant cost, whole rupiah, rounded down.
    pub fn price(self, minutes: i64) -> i64 {
        if !self.are_comparable() {
            return 0;
        }
        let rupiah = i128::from(minutes) * i128::from(self.paid_rupiah);
        // No sum of money reaches the end of the type; the last number there is stands for it all the same.
        i64::try_from(rupiah.div_euclid(i128::from(self.participant_minutes))).unwrap_or(i64::MAX)
    }
}

/// What was saved: what the same minutes would have cost elsewhere, less what they cost here. Below zero where
/// meeting cost more.
pub fn saved(comparable_rupiah: i64, costs_rupiah: i64) -> i64 {
    comparable_rupiah.saturating_sub(costs_rupiah)
}

/// A period that makes sense: the year before `now` unless said, at most ten years, the end exclusive.
///
/// # Errors
/// `savings_period_reversed` and `savings_period_too_long` with `years` under `/until`.
pub fn period(
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(DateTime<Utc>, DateTime<Utc>)> {
    let until = until.unwrap_or(now);
    let from = from.unwrap_or_else(|| until - TimeDelta::days(365));
    let fault = if from >= until {
        Fault::new("/until", "savings_period_reversed")
    } else if until - from > TimeDelta::days(366 * LONGEST_YEARS) {
        Fault::new("/until", "savings_period_too_long").with("years", LONGEST_YEARS)
    } else {
        return Ok((from, until));
    };
    Err(Error::Invalid(vec![fault]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trainings(paid_rupiah: i64, participant_minutes: i64) -> Trainings {
        Trainings { batches: 1, participants: 1, paid_rupiah, participant_minutes }
    }

    #[test]
    fn the_example_of_the_page_comes_out() {
        // 30 participants paid 480,000 each for 32 JP of 45 minutes; twelve meetings of 3 hours with 10 persons.
        let trainings = trainings(30 * 480_000, 30 * 32 * 45);
        assert_eq!(trainings.rupiah_per_hour(), 20_000);
        let comparable = trainings.price(12 * 180 * 10);
        assert_eq!((comparable, saved(comparable, 600_000)), (7_200_000, 6_600_000));
        assert_eq!(saved(0, 45_000), -45_000, "meeting may cost more than a free training");
    }

    #[test]
    fn without_trainings_nothing_is_compared() {
        let none = trainings(0, 0);
        assert!(!none.are_comparable());
        assert_eq!((none.price(60), none.rupiah_per_hour()), (0, 0));
    }

    #[test]
    fn a_period_is_the_last_year_unless_said_and_runs_forwards() {
        let at = |text: &str| Some(text.parse::<DateTime<Utc>>().unwrap());
        let now = at("2026-03-02T08:00:00Z").unwrap();
        assert_eq!(period(None, None, now).unwrap(), (at("2025-03-02T08:00:00Z").unwrap(), now));
        let code = |from, until| match period(from, until, now) {
            Err(Error::Invalid(faults)) => faults[0].code,
            other => panic!("{other:?}"),
        };
        assert_eq!(code(at("2026-03-02T08:00:00Z"), None), "savings_period_reversed");
        assert_eq!(code(at("2000-01-01T00:00:00Z"), None), "savings_period_too_long");
    }

    proptest! {
        #[test]
        fn a_price_is_never_rounded_up_and_misses_less_than_a_rupiah(
            paid in 0i64..2_000_000_000_000, of in 1i64..50_000_000, minutes in 0i64..500_000_000,
        ) {
            let price = i128::from(trainings(paid, of).price(minutes));
            let exact = i128::from(paid) * i128::from(minutes);
            prop_assert!(price * i128::from(of) <= exact);
            prop_assert!((price + 1) * i128::from(of) > exact);
        }

        #[test]
        fn longer_meetings_never_save_less(paid in 0i64..9_000_000, of in 1i64..90_000, minutes in 0i64..90_000, more in 0i64..900) {
            let trainings = trainings(paid, of);
            prop_assert!(trainings.price(minutes + more) >= trainings.price(minutes));
        }

        #[test]
        fn no_number_is_too_large(paid: i64, of: i64, minutes: i64, costs: i64) {
            saved(trainings(paid, of).price(minutes), costs);
        }
    }
}
