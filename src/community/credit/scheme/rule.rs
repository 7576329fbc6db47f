//! What the rules of a credit scheme may say.

use std::collections::BTreeSet;

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    bounded_number,
    community::{
        activity::rule::{ActivityKind, MeetingMode},
        group::rule::CommunityKind,
    },
    domain_enum,
    foundation::{error::Fault, text},
};

domain_enum! {
    /// In which form an activity must be held to count.
    pub enum CreditMode {
        /// In one room.
        FaceToFace = "face_to_face",
        /// Over a network.
        Online = "online",
        /// Either way.
        Any = "any",
    }
}

impl CreditMode {
    /// Whether an activity held in `mode` counts.
    pub fn takes(self, mode: MeetingMode) -> bool {
        match self {
            Self::FaceToFace => mode == MeetingMode::FaceToFace,
            Self::Online => mode == MeetingMode::Online,
            Self::Any => true,
        }
    }
}

bounded_number! {
    /// Days of one cycle: 7 to 400.
    pub struct CycleDays(i32) in 7..=400, "cycle_days_out_of_range"
}

bounded_number! {
    /// The most JP of one month: 1 to 200.
    pub struct MonthlyCap(i32) in 1..=200, "monthly_cap_out_of_range"
}

bounded_number! {
    /// Least minutes of an activity: 1 to 720, as long as an activity lasts at most.
    pub struct LeastMinutes(i32) in 1..=720, "least_minutes_out_of_range"
}

/// The kinds of communities a scheme is for, each once, in one order.
///
/// # Errors
/// `community_kind_twice`.
pub fn community_kinds(raw: &[CommunityKind]) -> Result<Vec<CommunityKind>, Fault> {
    let kinds: BTreeSet<CommunityKind> = raw.iter().copied().collect();
    if kinds.len() < raw.len() {
        return Err(Fault::new("", "community_kind_twice"));
    }
    Ok(kinds.into_iter().collect())
}

/// The most components of a scheme.
pub const MOST_COMPONENTS: usize = 8;
/// The most activities that one component may ask for.
const MOST_REQUIRED: i32 = 40;
/// The most JP of one activity.
const MOST_EACH: i32 = 200;
/// The most JP of a component.
const MOST_TOTAL: i32 = 1000;
/// The most ways in which the required activities of all components can be had in part, where a month is
/// capped: all of them are weighed against each other.
const MOST_WAYS: i64 = 1000;

/// One part of what must be done: so many activities of some kinds, for so many JP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "CreditComponentInput")]
pub struct CreditComponent {
    /// Short code, 2 to 20 capital letters, digits and dashes; unique in the scheme.
    #[schema(example = "IN", min_length = 2, max_length = 20)]
    pub code: String,
    /// What it is called, 3 to 150 characters.
    #[schema(example = "Pertemuan tatap muka", min_length = 3, max_length = 150)]
    pub title: String,
    /// The kinds of activity that count towards it, at least one. No activity may fit two components.
    #[schema(min_items = 1, max_items = 10)]
    pub kinds: Vec<ActivityKind>,
    /// In which form they must be held.
    pub mode: CreditMode,
    /// How many activities it takes.
    #[schema(example = 5, minimum = 1, maximum = 40)]
    pub required: i32,
    /// JP of each activity. Exactly one of `jpEach` and `jpTotal` is said.
    #[schema(example = 10, minimum = 1, maximum = 200)]
    pub jp_each: Option<i32>,
    /// JP of all the required activities together.
    #[schema(minimum = 1, maximum = 1000)]
    pub jp_total: Option<i32>,
    /// Least attendance of one activity, percent of its planned minutes.
    #[schema(example = 75, minimum = 1, maximum = 100)]
    pub min_minutes_percent: i32,
}

impl CreditComponent {
    /// Whether an activity of this kind, held in this way, counts towards it.
    pub fn takes(&self, kind: ActivityKind, mode: MeetingMode) -> bool {
        self.mode.takes(mode) && self.kinds.contains(&kind)
    }

    /// JP of the first `activities` of it, rounded down; never more than for all that are required.
    pub fn worth(&self, activities: i32) -> i32 {
        let done = i64::from(activities.clamp(0, self.required.max(0)));
        let jp = match (self.jp_each, self.jp_total) {
            (Some(each), _) => i64::from(each) * done,
            (None, Some(total)) => i64::from(total) * done / i64::from(self.required.max(1)),
            (None, None) => 0,
        };
        i32::try_from(jp).unwrap_or(i32::MAX)
    }

    /// JP of all that are required.
    pub fn total(&self) -> i32 {
        self.worth(self.required)
    }

    /// The most JP that one more activity of it ever adds.
    fn step(&self) -> i32 {
        (0..self.required).map(|done| self.worth(done + 1) - self.worth(done)).max().unwrap_or(0)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let modes = [MeetingMode::FaceToFace, MeetingMode::Online];
        let together = modes.iter().any(|mode| self.mode.takes(*mode) && other.mode.takes(*mode));
        together && self.kinds.iter().any(|kind| other.kinds.contains(kind))
    }
}

/// JP of a whole cycle.
pub fn total_jp(components: &[CreditComponent]) -> i32 {
    components.iter().fold(0, |sum, component| sum.saturating_add(component.total()))
}

/// The components as they were said, in their normal form.
///
/// # Errors
/// Every fault: `credit_components_missing`, `credit_components_too_many`; under `/{i}/…`
/// `credit_code_malformed`, `credit_code_twice`, those of [`text::line`], `title_too_short`,
/// `credit_kinds_missing`, `credit_kind_twice`, `number_out_of_range`, `credit_jp_one_way`,
/// `credit_components_overlap`.
pub fn components(raw: &[CreditComponent]) -> Result<Vec<CreditComponent>, Vec<Fault>> {
    if raw.is_empty() {
        return Err(vec![Fault::new("", "credit_components_missing")]);
    }
    if raw.len() > MOST_COMPONENTS {
        return Err(vec![Fault::new("", "credit_components_too_many").with("max", MOST_COMPONENTS)]);
    }
    let (mut sound, mut faults) = (Vec::<CreditComponent>::new(), Vec::new());
    for (i, one) in raw.iter().enumerate() {
        let before = faults.len();
        let at = |field: &str| format!("/{i}/{field}");
        let mut take = |field: &str, parsed: Result<String, Fault>| {
            parsed.map_err(|fault| faults.push(Fault { pointer: at(field), ..fault })).unwrap_or_default()
        };
        let code = take("code", code(&one.code));
        let title = take("title", title(&one.title));
        faults.extend(numbers(one).into_iter().map(|(field, fault)| Fault { pointer: at(field), ..fault }));
        let kinds: BTreeSet<ActivityKind> = one.kinds.iter().copied().collect();
        if kinds.is_empty() {
            faults.push(Fault::new(at("kinds"), "credit_kinds_missing"));
        } else if kinds.len() < one.kinds.len() {
            faults.push(Fault::new(at("kinds"), "credit_kind_twice"));
        }
        if !code.is_empty() && sound.iter().any(|other| other.code == code) {
            faults.push(Fault::new(at("code"), "credit_code_twice"));
        }
        if let Some(other) = sound.iter().find(|other| other.overlaps(one)) {
            faults.push(Fault::new(at("kinds"), "credit_components_overlap").with("other", &other.code));
        }
        if faults.len() == before {
            sound.push(CreditComponent { code, title, ..one.clone() });
        }
    }
    if faults.is_empty() { Ok(sound) } else { Err(faults) }
}

/// A code of capital letters, digits and dashes; small letters become capitals.
///
/// # Errors
/// `credit_code_malformed`.
pub fn code(raw: &str) -> Result<String, Fault> {
    let code = raw.trim().to_ascii_uppercase();
    let sound = (2..=20).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !code.starts_with('-')
        && !code.ends_with('-');
    if sound { Ok(code) } else { Err(Fault::new("", "credit_code_malformed")) }
}

fn title(raw: &str) -> Result<String, Fault> {
    let title = text::line(raw, 150)?;
    if title.chars().count() < 3 {
        return Err(Fault::new("", "title_too_short").with("min", 3));
    }
    Ok(title)
}

/// What is wrong with the numbers of a component, field by field.
fn numbers(one: &CreditComponent) -> Vec<(&'static str, Fault)> {
    let mut found = Vec::new();
    let mut check = |field, number: Option<i32>, max: i32| {
        if number.is_some_and(|n| !(1..=max).contains(&n)) {
            found.push((field, Fault::new("", "number_out_of_range").with("min", 1).with("max", max)));
        }
    };
    check("required", Some(one.required), MOST_REQUIRED);
    check("jpEach", one.jp_each, MOST_EACH);
    check("jpTotal", one.jp_total, MOST_TOTAL);
    check("minMinutesPercent", Some(one.min_minutes_percent), 100);
    if one.jp_each.is_some() == one.jp_total.is_some() {
        found.push(("jpEach", Fault::new("", "credit_jp_one_way")));
    }
    found
}

/// What components, each sound by itself, may not be together: worth more than `ceiling`, the hours of
/// their program; or, where a month is capped at `cap`, such that one activity alone passes the cap, or that
/// there is too much to weigh.
///
/// # Errors
/// Every fault: `credit_exceeds_program` with `total` and `ceiling`; `monthly_cap_below_activity` with
/// `least`; `credit_too_much_to_weigh` with `max`.
pub fn require_together(
    components: &[CreditComponent],
    ceiling: i32,
    cap: Option<i32>,
) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    let total = total_jp(components);
    if total > ceiling {
        let fault = Fault::new("/components", "credit_exceeds_program").with("total", total);
        faults.push(fault.with("ceiling", ceiling));
    }
    if let Some(cap) = cap {
        let least = components.iter().map(CreditComponent::step).max().unwrap_or(0);
        if least > cap {
            let fault = Fault::new("/monthlyCapJp", "monthly_cap_below_activity");
            faults.push(fault.with("least", least));
        }
        let ways = |ways: i64, one: &CreditComponent| ways.saturating_mul(i64::from(one.required) + 1);
        if components.iter().fold(1, ways) > MOST_WAYS {
            let fault = Fault::new("/components", "credit_too_much_to_weigh");
            faults.push(fault.with("max", MOST_WAYS));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    /// The national cycle of a teachers' work group: five face-to-face meetings and three tasks, 82 JP.
    pub(crate) fn national() -> Vec<CreditComponent> {
        vec![
            CreditComponent {
                code: "IN".to_owned(),
                title: "Pertemuan tatap muka".to_owned(),
                kinds: vec![ActivityKind::Meeting],
                mode: CreditMode::FaceToFace,
                required: 5,
                jp_each: Some(10),
                jp_total: None,
                min_minutes_percent: 75,
            },
            CreditComponent {
                code: "ON".to_owned(),
                title: "Tugas penerapan di sekolah".to_owned(),
                kinds: vec![ActivityKind::PeerObservation, ActivityKind::CollaborativePlanning],
                mode: CreditMode::Any,
                required: 3,
                jp_each: None,
                jp_total: Some(32),
                min_minutes_percent: 75,
            },
        ]
    }

    fn codes(raw: &[CreditComponent]) -> Vec<(String, &'static str)> {
        components(raw).unwrap_err().into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn the_national_cycle_is_worth_82_jp() {
        let sound = components(&national()).unwrap();
        assert_eq!(total_jp(&sound), 82);
        assert_eq!(require_together(&sound, 82, None), Ok(()));
        assert_enum_travels(CreditMode::ALL, CreditMode::as_str);
    }

    #[test]
    fn every_fault_of_every_component_is_told_at_once() {
        let mut odd = national();
        odd[0].code = "-".to_owned();
        odd[0].required = 0;
        odd[1].jp_each = Some(500);
        odd[1].kinds = vec![];
        let told = codes(&odd);
        let told: Vec<_> = told.iter().map(|(at, code)| (at.as_str(), *code)).collect();
        assert_eq!(
            told,
            [
                ("/0/code", "credit_code_malformed"),
                ("/0/required", "number_out_of_range"),
                ("/1/jpEach", "number_out_of_range"),
                ("/1/jpEach", "credit_jp_one_way"),
                ("/1/kinds", "credit_kinds_missing"),
            ]
        );
        assert_eq!(codes(&[]), [(String::new(), "credit_components_missing")]);
        assert_eq!(codes(&vec![national()[0].clone(); 9]), [(String::new(), "credit_components_too_many")]);
    }

    #[test]
    fn kinds_of_communities_are_named_once() {
        use CommunityKind::{Kkg, Mgmp};
        assert_eq!(community_kinds(&[Mgmp, Kkg]), community_kinds(&[Kkg, Mgmp]));
        assert_eq!(community_kinds(&[]), Ok(Vec::new()));
        assert_eq!(community_kinds(&[Kkg, Mgmp, Kkg]).unwrap_err().code, "community_kind_twice");
        assert_eq!(LeastMinutes::parse(721).unwrap_err().code, "least_minutes_out_of_range");
    }

    #[test]
    fn no_activity_may_fit_two_components() {
        let mut odd = national();
        odd[1].kinds.push(ActivityKind::Meeting);
        assert_eq!(codes(&odd), [("/1/kinds".to_owned(), "credit_components_overlap")]);
        odd[1].mode = CreditMode::Online;
        assert!(components(&odd).is_ok(), "one in a room, the other over a network");
    }

    #[test]
    fn rules_that_nobody_could_meet_or_weigh_are_refused() {
        let told = |components: &[CreditComponent], ceiling, cap| {
            let faults = require_together(components, ceiling, cap).unwrap_err();
            faults.into_iter().map(|fault| fault.code).collect::<Vec<_>>()
        };
        assert_eq!(told(&national(), 81, Some(10)), ["credit_exceeds_program", "monthly_cap_below_activity"]);
        let mut many = national();
        many[0].required = 40;
        many[1].required = 40;
        assert_eq!(told(&many, 1000, Some(200)), ["credit_too_much_to_weigh"]);
    }

    proptest! {
        #[test]
        fn jp_of_a_component_grow_with_each_activity_up_to_its_total(
            required in 1..=40, each in proptest::option::of(1..=200), total in 1..=1000, done in 0..=60,
        ) {
            let component = CreditComponent {
                required,
                jp_each: each,
                jp_total: if each.is_some() { None } else { Some(total) },
                ..national()[0].clone()
            };
            prop_assert!(component.worth(done) <= component.worth(done + 1));
            prop_assert!(component.worth(done) <= component.total());
            prop_assert_eq!(component.total(), each.map_or(total, |each| each * required));
            prop_assert!(component.step() >= 1);
        }
    }
}
