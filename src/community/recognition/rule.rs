//! What the criteria of recognition may say, and whether a community meets them.

use std::collections::BTreeSet;

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::facts::{FIRST_YEAR, LAST_YEAR, RecognitionFacts};
use crate::{
    domain_enum,
    foundation::{error::Fault, text},
};

/// The most characters of a description.
pub const DESCRIPTION: usize = 2_000;
/// The most that a criterion may ask for, other than in percent.
const MOST: i32 = 1_000;

domain_enum! {
    /// What a criterion looks at.
    pub enum CriterionCode {
        /// In rhythm: percent of the days on which something was held no longer before than one and a half times what
        /// the charter leaves between two meetings.
        Regularity = "regularity",
        /// How many kinds of activity were held.
        Breadth = "breadth",
        /// How often other communities took up what this one made.
        Reuse = "reuse",
        /// How many items of improvement were closed with their target reached, or better than before.
        Improvement = "improvement",
    }
}

impl CriterionCode {
    /// The most it can come to.
    const fn most(self) -> i32 {
        match self {
            Self::Regularity => 100,
            // There are ten kinds of activity.
            Self::Breadth => 10,
            Self::Reuse | Self::Improvement => MOST,
        }
    }
}

/// One thing that is asked of a community: `growth` more than in the year before, but never less than `least`, and never
/// more than `ceiling`. Enough is enough: who has come so far need not grow for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "CriterionInput")]
pub struct Criterion {
    /// What it looks at.
    pub code: CriterionCode,
    /// What is asked of everybody: percent for regularity, else how many.
    #[schema(example = 50, minimum = 0, maximum = 1000)]
    pub least: i32,
    /// How much more than in the year before.
    #[schema(example = 5, minimum = 0, maximum = 1000)]
    pub growth: i32,
    /// More than this is asked of nobody.
    #[schema(example = 75, minimum = 1, maximum = 1000)]
    pub ceiling: i32,
}

impl Criterion {
    /// What is asked of a community that had `before` in the year before.
    pub fn required(&self, before: i32) -> i32 {
        before.saturating_add(self.growth).max(self.least).min(self.ceiling)
    }
}

/// One criterion and one community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What was looked at.
    pub code: CriterionCode,
    /// What was asked.
    pub required: i32,
    /// What there was.
    pub actual: i32,
    /// What there was in the year before.
    pub before: i32,
    /// Whether it is met.
    pub met: bool,
}

/// What the criteria say of a community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Criterion by criterion.
    pub lines: Vec<Line>,
    /// How many are met.
    pub met: i32,
    /// Whether the community is recognised.
    pub awarded: bool,
}

/// What the criteria say of a community, by what it did in a year and in the year before.
pub fn judge(
    criteria: &[Criterion],
    needed: i32,
    facts: &RecognitionFacts,
    before: &RecognitionFacts,
) -> Verdict {
    let line = |criterion: &Criterion| {
        let (actual, before) = (facts.value(criterion.code), before.value(criterion.code));
        let required = criterion.required(before);
        Line { code: criterion.code, required, actual, before, met: actual >= required }
    };
    let lines: Vec<Line> = criteria.iter().map(line).collect();
    let met = i32::try_from(lines.iter().filter(|line| line.met).count()).unwrap_or(i32::MAX);
    Verdict { lines, met, awarded: met >= needed }
}

/// The criteria, in the order of their codes.
///
/// # Errors
/// Every fault, each under its place: `criteria_missing`, `criterion_twice`; `criterion_least_out_of_range`,
/// `criterion_growth_out_of_range`, `criterion_ceiling_out_of_range` with `min` and `max`; `criterion_least_over_ceiling`.
pub fn criteria(raw: &[Criterion]) -> Result<Vec<Criterion>, Vec<Fault>> {
    let mut faults = Vec::new();
    if raw.is_empty() {
        faults.push(Fault::new("", "criteria_missing"));
    }
    let mut seen = BTreeSet::new();
    for (at, one) in raw.iter().enumerate() {
        let mut within = |field: &str, code: &'static str, value: i32, min: i32| {
            let most = one.code.most();
            if !(min..=most).contains(&value) {
                faults.push(Fault::new(format!("/{at}/{field}"), code).with("min", min).with("max", most));
            }
        };
        within("least", "criterion_least_out_of_range", one.least, 0);
        within("growth", "criterion_growth_out_of_range", one.growth, 0);
        within("ceiling", "criterion_ceiling_out_of_range", one.ceiling, 1);
        if one.least > one.ceiling {
            faults.push(Fault::new(format!("/{at}/least"), "criterion_least_over_ceiling"));
        }
        if !seen.insert(one.code) {
            faults.push(Fault::new(format!("/{at}/code"), "criterion_twice"));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut sorted = raw.to_vec();
    sorted.sort_by_key(|one| one.code);
    Ok(sorted)
}

/// How many of `criteria` must be met: one at least, all at most.
///
/// # Errors
/// `criteria_needed_out_of_range` with `min` and `max`.
pub fn needed(raw: i32, criteria: usize) -> Result<i32, Fault> {
    let most = i32::try_from(criteria.max(1)).unwrap_or(i32::MAX);
    if (1..=most).contains(&raw) {
        return Ok(raw);
    }
    Err(Fault::new("", "criteria_needed_out_of_range").with("min", 1).with("max", most))
}

/// A year that can be looked at.
///
/// # Errors
/// `year_out_of_range` with `min` and `max`.
pub fn year(raw: i32) -> Result<i32, Fault> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&raw) {
        return Ok(raw);
    }
    Err(Fault::new("", "year_out_of_range").with("min", FIRST_YEAR).with("max", LAST_YEAR))
}

/// What the criteria ask for, in plain words.
///
/// # Errors
/// As [`text::as_given`].
pub fn description(raw: &str) -> Result<String, Fault> {
    text::as_given(raw, DESCRIPTION)
}

#[cfg(test)]
mod tests {
    use super::{CriterionCode::*, *};
    use crate::{
        community::activity::rule::ActivityKind, foundation::domain_enum::tests::assert_enum_travels,
    };
    use proptest::prelude::*;

    fn facts(days_in_rhythm: i32, kinds: usize, reuses: i32, improved: i32) -> RecognitionFacts {
        RecognitionFacts {
            from: "2026-01-01".parse().unwrap(),
            until: "2027-01-01".parse().unwrap(),
            cadence_days: 14,
            days: 365,
            days_in_rhythm,
            activities: 20,
            kinds: ActivityKind::ALL.iter().copied().take(kinds).collect(),
            reuses,
            improved,
        }
    }

    fn criterion(code: CriterionCode, least: i32, growth: i32, ceiling: i32) -> Criterion {
        Criterion { code, least, growth, ceiling }
    }

    fn usual() -> Vec<Criterion> {
        vec![
            criterion(Regularity, 50, 5, 75),
            criterion(Breadth, 2, 1, 5),
            criterion(Reuse, 0, 1, 3),
            criterion(Improvement, 1, 0, 2),
        ]
    }

    #[test]
    fn codes_are_told_alike_everywhere() {
        assert_enum_travels(CriterionCode::ALL, CriterionCode::as_str);
        assert_eq!(usize::try_from(Breadth.most()), Ok(ActivityKind::ALL.len()));
    }

    #[test]
    fn a_community_is_held_to_its_own_past() {
        let verdict = judge(&usual(), 3, &facts(220, 3, 0, 1), &facts(200, 2, 0, 0));
        let lines: Vec<_> =
            verdict.lines.iter().map(|line| (line.required, line.actual, line.before, line.met)).collect();
        // 220 of 365 days are 60 percent, 200 are 54: 59 were asked.
        assert_eq!(lines, [(59, 60, 54, true), (3, 3, 2, true), (1, 0, 0, false), (1, 1, 0, true)]);
        assert_eq!((verdict.met, verdict.awarded), (3, true));
        assert!(!judge(&usual(), 4, &facts(220, 3, 0, 1), &facts(200, 2, 0, 0)).awarded);
    }

    #[test]
    fn who_has_come_to_the_ceiling_need_not_grow() {
        let much = facts(365, 10, 9, 9);
        assert_eq!(judge(&usual(), 4, &much, &much).met, 4);
    }

    #[test]
    fn everything_wrong_with_criteria_is_told_at_once() {
        let told = |raw: &[Criterion]| -> Vec<(String, &str)> {
            criteria(raw).unwrap_err().into_iter().map(|fault| (fault.pointer, fault.code)).collect()
        };
        let at = |place: &str, code: &'static str| (place.to_owned(), code);
        assert_eq!(told(&[]), [at("", "criteria_missing")]);
        assert_eq!(
            told(&[criterion(Regularity, -1, 101, 0), criterion(Regularity, 60, 0, 50)]),
            [
                at("/0/least", "criterion_least_out_of_range"),
                at("/0/growth", "criterion_growth_out_of_range"),
                at("/0/ceiling", "criterion_ceiling_out_of_range"),
                at("/1/least", "criterion_least_over_ceiling"),
                at("/1/code", "criterion_twice"),
            ]
        );
        let sorted = criteria(&[criterion(Reuse, 1, 0, 1), criterion(Regularity, 1, 0, 1)]).unwrap();
        assert_eq!(sorted.iter().map(|one| one.code).collect::<Vec<_>>(), [Regularity, Reuse]);
        for (raw, of, fits) in [(0, 4, false), (1, 4, true), (4, 4, true), (5, 4, false), (1, 0, true)] {
            assert_eq!(needed(raw, of).is_ok(), fits, "{raw} of {of}");
        }
    }

    fn any_criteria() -> impl Strategy<Value = (Vec<Criterion>, i32)> {
        let one = |code: CriterionCode| {
            (0..=code.most(), 0..=code.most(), 1..=code.most()).prop_map(move |(least, growth, ceiling)| {
                criterion(code, least.min(ceiling), growth, ceiling)
            })
        };
        ((one(Regularity), one(Breadth), one(Reuse), one(Improvement)), 1..=4i32)
            .prop_map(|((a, b, c, d), needed)| (vec![a, b, c, d], needed))
    }

    fn any_facts() -> impl Strategy<Value = RecognitionFacts> {
        (0..=365i32, 0..=10usize, 0..=1_200i32, 0..=1_200i32).prop_map(|(a, b, c, d)| facts(a, b, c, d))
    }

    proptest! {
        #[test]
        fn what_is_asked_lies_between_the_least_and_the_ceiling((all, _) in any_criteria(), before in 0..=1_200i32) {
            for one in criteria(&all).unwrap() {
                let required = one.required(before);
                prop_assert!(one.least <= required && required <= one.ceiling);
                prop_assert!(one.required(before) <= one.required(before + 1));
            }
        }

        #[test]
        fn doing_more_never_costs_the_recognition(
            (all, needed) in any_criteria(), facts in any_facts(), before in any_facts(), more in 0..=100i32,
        ) {
            let less = judge(&all, needed, &facts, &before);
            let better = RecognitionFacts {
                days_in_rhythm: (facts.days_in_rhythm + more).min(365),
                reuses: facts.reuses + more,
                improved: facts.improved + more,
                ..facts
            };
            let all = judge(&all, needed, &better, &before);
            prop_assert!(less.met <= all.met);
            prop_assert!(!less.awarded || all.awarded);
        }

        #[test]
        fn the_verdict_is_the_same_each_time_and_knows_no_other_community(
            (all, needed) in any_criteria(), facts in any_facts(), before in any_facts(),
        ) {
            let verdict = judge(&all, needed, &facts, &before);
            prop_assert_eq!(&verdict, &judge(&all, needed, &facts, &before));
            prop_assert_eq!(verdict.awarded, verdict.met >= needed);
            prop_assert_eq!(verdict.met as usize, verdict.lines.iter().filter(|line| line.actual >= line.required).count());
        }

        #[test]
        fn at_every_ceiling_everybody_is_recognised((all, needed) in any_criteria(), before in any_facts()) {
            let top = RecognitionFacts { reuses: 1_000, improved: 1_000, ..facts(365, 10, 0, 0) };
            prop_assert!(judge(&all, needed, &top, &before).awarded);
        }
    }
}
