//! What callers may say about a credit scheme, and the check of all of it at once.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::credit_scheme::ActiveModel;
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    rule::{self, CreditComponent, CycleDays, LeastMinutes, MonthlyCap},
    view::CreditSchemeId,
};
use crate::{
    community::group::rule::CommunityKind,
    foundation::{
        dates,
        error::{Fault, Faults},
        patch,
    },
    training::program::{
        rule::{MinutesPerJp, description},
        view::ProgramId,
    },
};

/// What a new credit scheme, or a new edition of one, is. It starts as a draft.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCreditSchemeInput {
    /// The program whose title, form, hours and competencies the certificates will carry.
    #[schema(value_type = String, format = "uuid")]
    pub program_id: ProgramId,
    /// Short code, 2 to 20 letters, digits and dashes; unique in the program. A new edition keeps it.
    #[schema(example = "PKB-KKG", min_length = 2, max_length = 20)]
    pub code: String,
    /// The edition that this one follows: the latest one, of the same program. Leave out for a first edition.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub supersedes: Option<CreditSchemeId>,
    /// What it asks for, in plain words, at most 5,000 characters.
    #[schema(max_length = 5000)]
    pub description: Option<String>,
    /// What must be done, 1 to 8 components; no activity may fit two of them.
    #[schema(min_items = 1, max_items = 8)]
    pub components: Vec<CreditComponent>,
    /// Days of one cycle.
    #[schema(example = 180, minimum = 7, maximum = 400)]
    pub cycle_days: i32,
    /// The most JP that a person may earn in one month of the calendar; leave out for no such limit.
    #[schema(minimum = 1, maximum = 200)]
    pub monthly_cap_jp: Option<i32>,
    /// Minutes of one JP; a shorter activity counts for nothing. 45 unless said.
    #[schema(example = 45, minimum = 30, maximum = 60)]
    pub minutes_per_jp: Option<i32>,
    /// The kinds of communities it is for, at most 7; all of them unless said.
    #[serde(default)]
    #[graphql(default)]
    #[schema(max_items = 7)]
    pub community_kinds: Vec<CommunityKind>,
    /// Minutes that an activity must last at least to count, where that is more than one JP.
    #[schema(example = 90, minimum = 1, maximum = 720)]
    pub least_minutes: Option<i32>,
    /// The first day on which a cycle by it may begin. Only a first edition may look back.
    pub effective_from: NaiveDate,
}

/// What may be changed about a draft; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateCreditSchemeInput {
    /// What it asks for, in plain words, at most 5,000 characters; null for nothing.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 5000)]
    pub description: MaybeUndefined<String>,
    /// What must be done, 1 to 8 components: the whole list. Never null.
    #[serde(default)]
    #[schema(value_type = Vec<CreditComponent>, required = false, min_items = 1, max_items = 8)]
    pub components: MaybeUndefined<Vec<CreditComponent>>,
    /// Days of one cycle. Never null.
    #[serde(default)]
    #[schema(value_type = i32, required = false, minimum = 7, maximum = 400)]
    pub cycle_days: MaybeUndefined<i32>,
    /// The most JP of one month; null for no such limit.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 200)]
    pub monthly_cap_jp: MaybeUndefined<i32>,
    /// Minutes of one JP. Never null.
    #[serde(default)]
    #[schema(value_type = i32, required = false, minimum = 30, maximum = 60)]
    pub minutes_per_jp: MaybeUndefined<i32>,
    /// The kinds of communities it is for: the whole list; null for all.
    #[serde(default)]
    #[schema(value_type = Option<Vec<CommunityKind>>, max_items = 7)]
    pub community_kinds: MaybeUndefined<Vec<CommunityKind>>,
    /// Minutes that an activity must last at least to count; null for those of one JP.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 720)]
    pub least_minutes: MaybeUndefined<i32>,
    /// The first day on which a cycle by it may begin. Never null.
    #[serde(default)]
    #[schema(value_type = String, format = "date", required = false)]
    pub effective_from: MaybeUndefined<NaiveDate>,
}

impl UpdateCreditSchemeInput {
    /// Puts what is said and sound into `row`, and what is not into `faults`. `ceiling`: the program's hours.
    pub fn apply(&self, row: &mut ActiveModel, ceiling: i32, faults: &mut Faults) {
        if let Some(text) = patch::optional(faults, "/description", &self.description, |raw| description(raw))
        {
            row.description = Set(text.unwrap_or_default());
        }
        if let Some(days) = patch::required(faults, "/cycleDays", &self.cycle_days, |n| CycleDays::parse(*n))
        {
            row.cycle_days = Set(days.get());
        }
        let cap = patch::optional(faults, "/monthlyCapJp", &self.monthly_cap_jp, |n| MonthlyCap::parse(*n));
        if let Some(cap) = cap {
            row.monthly_cap_jp = Set(cap.map(MonthlyCap::get));
        }
        let minutes = &self.minutes_per_jp;
        if let Some(minutes) = patch::required(faults, "/minutesPerJp", minutes, |n| MinutesPerJp::parse(*n))
        {
            row.minutes_per_jp = Set(minutes.get());
        }
        let kinds = |raw: &Vec<CommunityKind>| rule::community_kinds(raw);
        if let Some(kinds) = patch::optional(faults, "/communityKinds", &self.community_kinds, kinds) {
            row.community_kinds = Set(json!(kinds.unwrap_or_default()));
        }
        let least = |n: &i32| LeastMinutes::parse(*n);
        if let Some(least) = patch::optional(faults, "/leastMinutes", &self.least_minutes, least) {
            row.least_minutes = Set(least.map(LeastMinutes::get));
        }
        let from = &self.effective_from;
        if let Some(day) = patch::required(faults, "/effectiveFrom", from, |day| dates::day(*day)) {
            row.effective_from = Set(day);
        }
        self.apply_components(row, ceiling, faults);
    }

    fn apply_components(&self, row: &mut ActiveModel, ceiling: i32, faults: &mut Faults) {
        let raw = patch::required(faults, "/components", &self.components, |raw| Ok(raw.clone()));
        if let Some(raw) = raw {
            match rule::components(&raw) {
                Ok(components) => row.components = Set(json!(components)),
                Err(found) => {
                    for fault in found {
                        faults.push(Fault { pointer: format!("/components{}", fault.pointer), ..fault });
                    }
                    return;
                }
            }
        }
        let components = row.components.try_as_ref().cloned().unwrap_or_default();
        let Ok(components) = serde_json::from_value::<Vec<CreditComponent>>(components) else { return };
        let cap = row.monthly_cap_jp.try_as_ref().copied().flatten();
        if let Err(found) = rule::require_together(&components, ceiling, cap) {
            found.into_iter().for_each(|fault| faults.push(fault));
        }
    }
}

impl From<CreateCreditSchemeInput> for UpdateCreditSchemeInput {
    fn from(new: CreateCreditSchemeInput) -> Self {
        Self {
            description: MaybeUndefined::Value(new.description.unwrap_or_default()),
            components: MaybeUndefined::Value(new.components),
            cycle_days: MaybeUndefined::Value(new.cycle_days),
            monthly_cap_jp: new.monthly_cap_jp.map_or(MaybeUndefined::Null, MaybeUndefined::Value),
            minutes_per_jp: MaybeUndefined::Value(
                new.minutes_per_jp.unwrap_or(MinutesPerJp::default().get()),
            ),
            community_kinds: MaybeUndefined::Value(new.community_kinds),
            least_minutes: new.least_minutes.map_or(MaybeUndefined::Null, MaybeUndefined::Value),
            effective_from: MaybeUndefined::Value(new.effective_from),
        }
    }
}
