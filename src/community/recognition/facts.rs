//! What is counted of a community in a span of days. Pure: what was done is an argument.

use std::collections::BTreeSet;

use async_graphql::SimpleObject;
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::rule::CriterionCode;
use crate::{
    community::{activity::rule::ActivityKind, group::view::CommunityId},
    foundation::error::Fault,
};

/// Least persons at an activity that counts: one is nobody to learn with.
pub const LEAST_ATTENDED: i32 = 2;
/// Days before a span in which something held still reaches into it: one and a half of the longest cadence.
pub const LOOK_BACK_DAYS: u64 = 270;
/// The first year that can be looked at.
pub const FIRST_YEAR: i32 = 2000;
/// The last one.
pub const LAST_YEAR: i32 = 2100;

/// Some days, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first of them.
    pub from: NaiveDate,
    /// The first one after them.
    pub until: NaiveDate,
}

impl Span {
    /// The month of a day.
    ///
    /// # Errors
    /// `date_out_of_range` outside 2000 to 2100.
    pub fn month(day: NaiveDate) -> Result<Self, Fault> {
        let (from, next) = if day.month() == 12 {
            ((day.year(), 12), (day.year() + 1, 1))
        } else {
            ((day.year(), day.month()), (day.year(), day.month() + 1))
        };
        Self::between(from, next)
    }

    /// The month before the one of a day.
    ///
    /// # Errors
    /// `date_out_of_range` outside 2000 to 2100.
    pub fn month_before(day: NaiveDate) -> Result<Self, Fault> {
        let before = day.with_day(1).and_then(|first| first.pred_opt());
        Self::month(before.ok_or_else(out_of_range)?)
    }

    /// A year of the calendar.
    ///
    /// # Errors
    /// `date_out_of_range` outside 1999 to 2100: the year before the first one is looked at too.
    pub fn year(year: i32) -> Result<Self, Fault> {
        Self::between((year, 1), (year.saturating_add(1), 1))
    }

    fn between(from: (i32, u32), until: (i32, u32)) -> Result<Self, Fault> {
        if !(FIRST_YEAR - 1..=LAST_YEAR).contains(&from.0) {
            return Err(out_of_range());
        }
        let first = |(year, month)| NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(out_of_range);
        Ok(Self { from: first(from)?, until: first(until)? })
    }

    fn holds(self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }
}

fn out_of_range() -> Fault {
    Fault::new("", "date_out_of_range")
}

/// Something that was held and reported, with two persons at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// On which day, by the community's clocks.
    pub day: NaiveDate,
    /// What.
    pub kind: ActivityKind,
}

/// Something that another community took up to work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reuse {
    /// On which day, by the community's clocks.
    pub day: NaiveDate,
    /// Which artefact of this community.
    pub artefact: Uuid,
    /// Which other community.
    pub by: Uuid,
}

/// What is known of a community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which one.
    pub id: CommunityId,
    /// The day on which it was founded, by its clocks.
    pub founded_on: NaiveDate,
    /// Days between two meetings as its charter means them now.
    pub cadence_days: i32,
    /// What its charter meant in months that were noted: the first day of each, the earliest first. What was noted is not
    /// changed by another charter.
    pub noted: Vec<(NaiveDate, i32)>,
    /// What it held.
    pub held: Vec<Held>,
    /// What others took up.
    pub reuses: Vec<Reuse>,
    /// When items of improvement were measured that are closed with their target reached, or better than before.
    pub improved: Vec<NaiveDate>,
}

impl Known {
    /// What the charter meant in a span: what was noted of it last, else what it means now.
    fn cadence_in(&self, span: Span) -> i32 {
        let noted = self.noted.iter().rev().find(|(month, _)| span.holds(*month));
        noted.map_or(self.cadence_days, |(_, cadence)| *cadence)
    }
}

/// What was counted of a community in a span of days. Nothing of it is about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecognitionFacts {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it.
    pub until: NaiveDate,
    /// Days between two meetings as the charter meant them: what was noted of it last in the span, else what it means now.
    #[schema(example = 14, minimum = 1, maximum = 180)]
    pub cadence_days: i32,
    /// Days of the span on which the community was there: it was founded on the first of them or before.
    #[schema(example = 365, minimum = 0, maximum = 366)]
    pub days: i32,
    /// Of those, the days on which it was in rhythm: something was held on that day, or no longer before than one and
    /// a half times what the charter leaves between two meetings.
    #[schema(example = 290, minimum = 0, maximum = 366)]
    pub days_in_rhythm: i32,
    /// Activities that were held and reported, with two persons at least.
    #[schema(example = 24, minimum = 0)]
    pub activities: i32,
    /// Their kinds, each once.
    #[schema(max_items = 10)]
    pub kinds: Vec<ActivityKind>,
    /// How often another community took up one of its artefacts; each community counts once for each artefact.
    #[schema(example = 2, minimum = 0)]
    pub reuses: i32,
    /// Items of improvement that are closed with their target reached, or better than before; by the day of the measurement
    /// after.
    #[schema(example = 1, minimum = 0)]
    pub improved: i32,
}

impl RecognitionFacts {
    /// What is counted in a span.
    pub fn of(known: &Known, span: Span) -> Self {
        let (from, cadence_days) = (span.from.max(known.founded_on), known.cadence_in(span));
        let days = (span.until - from).num_days().max(0);
        let held = known.held.iter().filter(|one| span.holds(one.day));
        let reuses: BTreeSet<_> =
            known.reuses.iter().filter(|one| span.holds(one.day)).map(|one| (one.artefact, one.by)).collect();
        Self {
            from: span.from,
            until: span.until,
            cadence_days,
            days: whole(days),
            days_in_rhythm: whole(in_rhythm(known, cadence_days, from, span.until)),
            activities: count(held.clone().count()),
            kinds: held.map(|one| one.kind).collect::<BTreeSet<_>>().into_iter().collect(),
            reuses: count(reuses.len()),
            improved: count(known.improved.iter().filter(|day| span.holds(**day)).count()),
        }
    }

    /// What a criterion looks at: percent of the days in rhythm, rounded down; else how many.
    pub fn value(&self, code: CriterionCode) -> i32 {
        match code {
            CriterionCode::Regularity if self.days > 0 => {
                whole(i64::from(self.days_in_rhythm) * 100 / i64::from(self.days))
            }
            CriterionCode::Regularity => 0,
            CriterionCode::Breadth => count(self.kinds.len()),
            CriterionCode::Reuse => self.reuses,
            CriterionCode::Improvement => self.improved,
        }
    }
}

/// Days from `from` to `until` on which something was held, or no longer before than one and a half cadences.
fn in_rhythm(known: &Known, cadence_days: i32, from: NaiveDate, until: NaiveDate) -> i64 {
    let reach = Days::new(u64::try_from(i64::from(cadence_days.max(1)) * 3 / 2 + 1).unwrap_or(1));
    let mut days: Vec<NaiveDate> = known.held.iter().map(|one| one.day).collect();
    days.sort_unstable();
    let (mut covered, mut next) = (0, from);
    for day in days {
        let start = day.max(next);
        let end = day.checked_add_days(reach).unwrap_or(day).min(until);
        if end > start {
            covered += (end - start).num_days();
            next = end;
        }
    }
    covered
}

fn whole(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn known(cadence_days: i32, held: &[&str]) -> Known {
        let held = held.iter().map(|text| Held { day: day(text), kind: ActivityKind::Meeting }).collect();
        Known {
            id: Uuid::nil().into(),
            founded_on: day("2020-01-01"),
            cadence_days,
            noted: Vec::new(),
            held,
            reuses: Vec::new(),
            improved: Vec::new(),
        }
    }

    #[test]
    fn a_month_ends_where_the_next_begins() {
        let month = |text: &str| Span::month(day(text)).unwrap();
        assert_eq!(month("2026-12-31"), Span { from: day("2026-12-01"), until: day("2027-01-01") });
        assert_eq!(month("2028-02-10").until, day("2028-03-01"));
        assert_eq!(Span::month_before(day("2026-01-15")).unwrap(), month("2025-12-01"));
        assert_eq!(Span::year(2026).unwrap(), Span { from: day("2026-01-01"), until: day("2027-01-01") });
        for year in [i32::MIN, 1998, 2101, i32::MAX] {
            assert_eq!(Span::year(year).unwrap_err().code, "date_out_of_range", "{year}");
        }
        assert!(Span::month(NaiveDate::MIN).is_err() && Span::month_before(NaiveDate::MIN).is_err());
    }

    #[test]
    fn a_group_is_in_rhythm_for_one_and_a_half_cadences_after_each_meeting() {
        let span = Span::month(day("2026-03-01")).unwrap();
        let facts = |known: &Known| RecognitionFacts::of(known, span);
        // Three weeks after the 7th: to the 28th.
        assert_eq!(facts(&known(14, &["2026-03-07"])).days_in_rhythm, 22);
        // Every second Saturday leaves no day out, and the end of February reaches into March.
        let all = facts(&known(14, &["2026-02-21", "2026-03-07", "2026-03-21"]));
        assert_eq!((all.days, all.days_in_rhythm, all.activities), (31, 31, 2));
        assert_eq!(all.value(CriterionCode::Regularity), 100);
        // Every third one does not.
        assert_eq!(facts(&known(7, &["2026-03-07", "2026-03-28"])).days_in_rhythm, 11 + 4);
    }

    #[test]
    fn who_was_founded_later_is_held_to_the_days_since_then() {
        let mut known = known(14, &["2026-03-21"]);
        known.founded_on = day("2026-03-21");
        let facts = RecognitionFacts::of(&known, Span::month(day("2026-03-01")).unwrap());
        assert_eq!((facts.days, facts.value(CriterionCode::Regularity)), (11, 100));
        let before = RecognitionFacts::of(&known, Span::month(day("2026-02-01")).unwrap());
        assert_eq!((before.days, before.value(CriterionCode::Regularity)), (0, 0));
    }

    #[test]
    fn another_charter_does_not_change_what_was_noted() {
        let (span, mut known) = (Span::year(2026).unwrap(), known(14, &["2026-02-01", "2026-08-01"]));
        known.noted = vec![(day("2026-11-01"), 7), (day("2026-12-01"), 14)];
        let facts = RecognitionFacts::of(&known, span);
        assert_eq!((facts.cadence_days, facts.days_in_rhythm), (14, 44));
        known.cadence_days = 180;
        assert_eq!(RecognitionFacts::of(&known, span), facts);
        assert_eq!(RecognitionFacts::of(&known, Span::year(2027).unwrap()).cadence_days, 180);
    }

    #[test]
    fn one_community_counts_once_for_each_artefact() {
        let mut known = known(14, &[]);
        let of = |n: u128| Uuid::from_u128(n);
        known.reuses = [(1, 7), (1, 7), (1, 8), (2, 7)]
            .map(|(artefact, by)| Reuse { day: day("2026-03-05"), artefact: of(artefact), by: of(by) })
            .into();
        assert_eq!(RecognitionFacts::of(&known, Span::month(day("2026-03-01")).unwrap()).reuses, 3);
        assert_eq!(RecognitionFacts::of(&known, Span::month(day("2026-04-01")).unwrap()).reuses, 0);
    }

    fn held() -> impl Strategy<Value = Vec<Held>> {
        let kinds = proptest::sample::select(ActivityKind::ALL);
        let one = (0u64..500, kinds).prop_map(|(after, kind)| Held {
            day: day("2025-09-01").checked_add_days(Days::new(after)).unwrap(),
            kind,
        });
        proptest::collection::vec(one, 0..60)
    }

    proptest! {
        #[test]
        fn doing_more_never_counts_for_less(held in held(), more in held(), cadence in 1i32..=180) {
            let span = Span::year(2026).unwrap();
            let mut known = known(cadence, &[]);
            known.held = held;
            let less = RecognitionFacts::of(&known, span);
            known.held.extend(more);
            let all = RecognitionFacts::of(&known, span);
            for code in CriterionCode::ALL {
                prop_assert!(less.value(*code) <= all.value(*code), "{}", code);
            }
            prop_assert!(all.days_in_rhythm <= all.days);
        }

        #[test]
        fn the_order_in_which_things_are_read_does_not_matter(held in held(), cadence in 1i32..=180) {
            let span = Span::year(2026).unwrap();
            let mut known = known(cadence, &[]);
            known.held = held;
            let one = RecognitionFacts::of(&known, span);
            known.held.reverse();
            prop_assert_eq!(RecognitionFacts::of(&known, span), one);
        }

        #[test]
        fn a_slower_charter_never_loses_rhythm(held in held(), cadence in 1i32..180) {
            let span = Span::year(2026).unwrap();
            let mut known = known(cadence, &[]);
            known.held = held;
            let quick = RecognitionFacts::of(&known, span).days_in_rhythm;
            known.cadence_days += 1;
            prop_assert!(quick <= RecognitionFacts::of(&known, span).days_in_rhythm);
        }

        #[test]
        fn months_add_up_to_their_year(held in held(), cadence in 1i32..=180) {
            let mut known = known(cadence, &[]);
            known.held = held;
            let year = RecognitionFacts::of(&known, Span::year(2026).unwrap());
            let months: Vec<_> = (1..=12)
                .map(|month| Span::month(NaiveDate::from_ymd_opt(2026, month, 1).unwrap()).unwrap())
                .map(|span| RecognitionFacts::of(&known, span))
                .collect();
            prop_assert_eq!(months.iter().map(|month| month.days_in_rhythm).sum::<i32>(), year.days_in_rhythm);
            prop_assert_eq!(months.iter().map(|month| month.activities).sum::<i32>(), year.activities);
        }
    }
}
