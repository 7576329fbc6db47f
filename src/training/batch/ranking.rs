//! In which order applicants get the seats of a batch, and why, so that nobody has
//! to take a selection on trust.

use super::rule::SelectionRule;
use chrono::{DateTime, Months, NaiveDate, Utc};
use uuid::Uuid;

/// Years that count for "least trained".
pub const WINDOW_YEARS: u32 = 3;

/// One who applied, with what the rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applicant {
    /// The enrolment.
    pub enrolment_id: Uuid,
    /// When the person applied, last time.
    pub applied_at: DateTime<Utc>,
    /// JP of direct trainings completed since [`window_from`]; cascade hours are never added.
    pub direct_jp: u32,
}

/// An applicant's place, and what it follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// The enrolment.
    pub enrolment_id: Uuid,
    /// 1 for the first.
    pub position: u32,
    /// The rule that ordered.
    pub rule: SelectionRule,
    /// Direct JP that were counted; none where the rule does not look at them.
    pub direct_jp: Option<u32>,
    /// First day from which they were counted; none where the rule does not look at them.
    pub window_from: Option<NaiveDate>,
    /// When the person applied.
    pub applied_at: DateTime<Utc>,
}

impl Ranked {
    /// The code of the sentence that gives the reason: `ranked_first_come`, `ranked_least_trained`.
    pub const fn code(&self) -> &'static str {
        match self.rule {
            SelectionRule::FirstCome => "ranked_first_come",
            SelectionRule::LeastTrainedFirst => "ranked_least_trained",
        }
    }

    /// The values that sentence names: `position`, `applied`, and `jp` and `from` where the rule looks at them.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![
            ("position", self.position.to_string()),
            ("applied", self.applied_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        ];
        args.extend(self.direct_jp.map(|jp| ("jp", jp.to_string())));
        args.extend(self.window_from.map(|from| ("from", from.to_string())));
        args
    }
}

/// The first day whose trainings count when one selects on `day`: three years before
/// (28 February for a 29 February that the earlier year does not have).
pub fn window_from(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12 * WINDOW_YEARS)).unwrap_or(NaiveDate::MIN)
}

/// The applicants in the order in which they get seats: by the rule, ties by application
/// time, then by enrolment id, so that the same applicants always come out in the same order.
pub fn rank(rule: SelectionRule, applicants: &[Applicant], window_from: NaiveDate) -> Vec<Ranked> {
    let mut order = applicants.to_vec();
    order.sort_unstable_by_key(|a| {
        let trained = if rule == SelectionRule::LeastTrainedFirst { a.direct_jp } else { 0 };
        (trained, a.applied_at, a.enrolment_id)
    });
    let counts = rule == SelectionRule::LeastTrainedFirst;
    (1..)
        .zip(order)
        .map(|(position, a)| Ranked {
            enrolment_id: a.enrolment_id,
            position,
            rule,
            direct_jp: counts.then_some(a.direct_jp),
            window_from: counts.then_some(window_from),
            applied_at: a.applied_at,
        })
        .collect()
}

/// Who gets a seat and who waits, both in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Gets a seat.
    pub accepted: Vec<Ranked>,
    /// Waits; the first of them gets the next seat that is freed.
    pub waitlisted: Vec<Ranked>,
}

/// Gives `seats` seats to the applicants by the batch's rule.
pub fn select(
    rule: SelectionRule,
    applicants: &[Applicant],
    window_from: NaiveDate,
    seats: usize,
) -> Selection {
    let mut accepted = rank(rule, applicants, window_from);
    let waitlisted = accepted.split_off(seats.min(accepted.len()));
    Selection { accepted, waitlisted }
}

/// Who of the waiting list gets a freed seat: the first by the batch's rule.
pub fn next_promoted(
    rule: SelectionRule,
    waitlisted: &[Applicant],
    window_from: NaiveDate,
) -> Option<Ranked> {
    rank(rule, waitlisted, window_from).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::SelectionRule::*;
    use super::*;
    use proptest::prelude::*;

    fn applicant(id: u128, at: i64, direct_jp: u32) -> Applicant {
        let applied_at = DateTime::from_timestamp(1_798_000_000 + at, 0).unwrap();
        Applicant { enrolment_id: Uuid::from_u128(id), applied_at, direct_jp }
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 1, 10).unwrap()
    }

    fn ids(ranked: &[Ranked]) -> Vec<u128> {
        ranked.iter().map(|r| r.enrolment_id.as_u128()).collect()
    }

    #[test]
    fn first_come_looks_at_time_only() {
        let ranked = rank(FirstCome, &[applicant(1, 5, 0), applicant(3, 4, 90), applicant(2, 4, 99)], day());
        assert_eq!(ids(&ranked), [2, 3, 1]);
        assert_eq!((ranked[0].direct_jp, ranked[0].window_from), (None, None));
        assert_eq!(ranked[0].code(), "ranked_first_come");
    }

    #[test]
    fn the_least_trained_come_first_and_ties_go_by_time() {
        let all = [applicant(1, 1, 32), applicant(2, 9, 0), applicant(3, 8, 0), applicant(4, 8, 0)];
        let ranked = rank(LeastTrainedFirst, &all, day());
        assert_eq!(ids(&ranked), [3, 4, 2, 1]);
        assert_eq!(ranked[3].position, 4);
        assert!(ranked[3].args().contains(&("jp", "32".to_owned())));
        assert!(ranked[3].args().contains(&("from", "2024-01-10".to_owned())));
    }

    #[test]
    fn the_window_is_three_years_long_also_from_a_leap_day() {
        let on = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(window_from(on(2027, 1, 10)), on(2024, 1, 10));
        assert_eq!(window_from(on(2028, 2, 29)), on(2025, 2, 28));
    }

    #[test]
    fn a_freed_seat_goes_to_the_first_of_the_waiting_list_by_the_batchs_rule() {
        let waiting = [applicant(1, 1, 32), applicant(2, 2, 0)];
        let promoted = |rule| next_promoted(rule, &waiting, day()).map(|r| r.enrolment_id.as_u128());
        assert_eq!((promoted(FirstCome), promoted(LeastTrainedFirst)), (Some(1), Some(2)));
        assert_eq!(next_promoted(FirstCome, &[], day()), None);
    }

    fn applicants() -> impl Strategy<Value = Vec<Applicant>> {
        // Few distinct times and hours, so that ties are the rule.
        proptest::collection::vec((0i64..4, 0u32..4), 0..24)
            .prop_map(|all| (0u128..).zip(all).map(|(id, (at, jp))| applicant(id, at, jp)).collect())
    }

    proptest! {
        #[test]
        fn the_order_does_not_depend_on_how_applicants_arrive(
            (all, shuffled) in applicants().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        ) {
            for rule in [FirstCome, LeastTrainedFirst] {
                prop_assert_eq!(rank(rule, &all, day()), rank(rule, &shuffled, day()));
            }
        }

        #[test]
        fn everyone_has_one_place_and_nobody_stands_before_a_better_claim(all in applicants()) {
            for rule in [FirstCome, LeastTrainedFirst] {
                let ranked = rank(rule, &all, day());
                let mut placed = ids(&ranked);
                placed.sort_unstable();
                let everyone: Vec<u128> = (0..all.len() as u128).collect();
                prop_assert_eq!(placed, everyone);
                for (place, pair) in ranked.windows(2).enumerate() {
                    prop_assert_eq!(pair[1].position as usize, place + 2);
                    let before = (pair[0].direct_jp, pair[0].applied_at, pair[0].enrolment_id);
                    prop_assert!(before < (pair[1].direct_jp, pair[1].applied_at, pair[1].enrolment_id));
                }
            }
        }

        #[test]
        fn seats_are_given_once_and_the_first_waiting_is_promoted(all in applicants(), seats in 0usize..30) {
            for rule in [FirstCome, LeastTrainedFirst] {
                let chosen = select(rule, &all, day(), seats);
                prop_assert_eq!(chosen.accepted.len(), seats.min(all.len()));
                let waiting: Vec<Applicant> = all.iter().copied()
                    .filter(|a| chosen.waitlisted.iter().any(|w| w.enrolment_id == a.enrolment_id)).collect();
                prop_assert_eq!(waiting.len() + chosen.accepted.len(), all.len());
                let promoted = next_promoted(rule, &waiting, day()).map(|r| r.enrolment_id);
                prop_assert_eq!(promoted, chosen.waitlisted.first().map(|r| r.enrolment_id));
            }
        }
    }
}
