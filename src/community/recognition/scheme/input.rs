//! What callers may say about criteria, and the check of all of it at once.

use async_graphql::{InputObject, MaybeUndefined};
use entity::recognition_scheme::ActiveModel;
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    community::recognition::rule::{self, Criterion},
    foundation::{
        error::{Fault, Faults},
        patch,
    },
};

/// What a new edition of the criteria is. It starts as a draft.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateRecognitionSchemeInput {
    /// The first year that is looked at by it. Only the first edition may look back.
    #[schema(example = 2026, minimum = 2000, maximum = 2100)]
    pub from_year: i32,
    /// What it asks for, in plain words, at most 2,000 characters.
    #[schema(
        example = "Kelompok dihargai atas kemajuannya sendiri: tiga dari empat kriteria.",
        min_length = 1,
        max_length = 2000
    )]
    pub description: String,
    /// What is asked, each code once.
    #[schema(min_items = 1, max_items = 4)]
    pub criteria: Vec<Criterion>,
    /// How many of them a community must meet.
    #[schema(example = 3, minimum = 1, maximum = 4)]
    pub needed: i32,
}

/// What may be changed about a draft; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateRecognitionSchemeInput {
    /// The first year that is looked at by it. Never null.
    #[serde(default)]
    #[schema(value_type = i32, required = false, minimum = 2000, maximum = 2100)]
    pub from_year: MaybeUndefined<i32>,
    /// What it asks for, in plain words. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 2000)]
    pub description: MaybeUndefined<String>,
    /// What is asked: the whole list. Never null.
    #[serde(default)]
    #[schema(value_type = Vec<Criterion>, required = false, min_items = 1, max_items = 4)]
    pub criteria: MaybeUndefined<Vec<Criterion>>,
    /// How many of them a community must meet. Never null.
    #[serde(default)]
    #[schema(value_type = i32, required = false, minimum = 1, maximum = 4)]
    pub needed: MaybeUndefined<i32>,
}

impl UpdateRecognitionSchemeInput {
    /// Puts what is said and sound into `row`, and what is not into `faults`.
    pub fn apply(&self, row: &mut ActiveModel, faults: &mut Faults) {
        if let Some(year) = patch::required(faults, "/fromYear", &self.from_year, |year| rule::year(*year)) {
            row.from_year = Set(year);
        }
        let text = patch::required(faults, "/description", &self.description, |raw| rule::description(raw));
        if let Some(text) = text {
            row.description = Set(text);
        }
        if let Some(raw) = patch::required(faults, "/criteria", &self.criteria, |raw| Ok(raw.clone())) {
            match rule::criteria(&raw) {
                Ok(criteria) => row.criteria = Set(json!(criteria)),
                Err(found) => {
                    for fault in found {
                        faults.push(Fault { pointer: format!("/criteria{}", fault.pointer), ..fault });
                    }
                }
            }
        }
        if let Some(needed) = patch::required(faults, "/needed", &self.needed, |needed| Ok(*needed)) {
            row.needed = Set(needed);
        }
        let asked = row.criteria.try_as_ref().and_then(|list| list.as_array()).map_or(0, Vec::len);
        if let Some(needed) = row.needed.try_as_ref().copied() {
            faults.take("/needed", rule::needed(needed, asked));
        }
    }
}

impl From<CreateRecognitionSchemeInput> for UpdateRecognitionSchemeInput {
    fn from(new: CreateRecognitionSchemeInput) -> Self {
        Self {
            from_year: MaybeUndefined::Value(new.from_year),
            description: MaybeUndefined::Value(new.description),
            criteria: MaybeUndefined::Value(new.criteria),
            needed: MaybeUndefined::Value(new.needed),
        }
    }
}
