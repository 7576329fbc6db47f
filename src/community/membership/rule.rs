//! Who was a member when. Pure.

use chrono::{DateTime, NaiveDate, Utc};

use crate::training::session::rule::SessionZone;

/// Whether a membership that began and ended at these instants covers a day, by the clocks of `zone`: the day on
/// which it began and that on which it ended are covered too. One that never began covers none.
pub fn covers(
    joined_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    day: NaiveDate,
    zone: SessionZone,
) -> bool {
    let of = |at: DateTime<Utc>| zone.local(at).date();
    joined_at.is_some_and(|at| of(at) <= day) && ended_at.is_none_or(|at| of(at) >= day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn zone() -> SessionZone {
        SessionZone::parse("Asia/Jayapura").unwrap()
    }

    fn at(text: &str) -> Option<DateTime<Utc>> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn the_days_of_coming_and_going_are_covered_by_the_clocks_on_the_spot() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        // Half past eight in the evening and half past midnight in Papua.
        let (joined, ended) = (at("2026-03-02T11:30:00Z"), at("2026-03-08T15:30:00Z"));
        for (text, covered) in [
            ("2026-03-01", false),
            ("2026-03-02", true),
            ("2026-03-05", true),
            ("2026-03-09", true),
            ("2026-03-10", false),
        ] {
            assert_eq!(covers(joined, ended, day(text), zone()), covered, "{text}");
        }
        assert!(covers(joined, None, day("2036-01-01"), zone()));
        assert!(!covers(None, None, day("2026-03-05"), zone()), "an invitation is no membership");
    }

    proptest! {
        #[test]
        fn a_longer_membership_covers_no_fewer_days(from in 0i64..400, days in 0i64..400, asked in 0i64..900, more in 0i64..50) {
            let start: DateTime<Utc> = "2026-01-01T17:00:00Z".parse().unwrap();
            let at = |n: i64| start + chrono::TimeDelta::days(n);
            let day = zone().local(at(asked)).date();
            if covers(Some(at(from)), Some(at(from + days)), day, zone()) {
                prop_assert!(covers(Some(at(from - more)), Some(at(from + days + more)), day, zone()));
            }
        }
    }
}
