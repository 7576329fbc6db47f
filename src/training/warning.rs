//! What a caller should know although it is no refusal.

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::foundation::{
    error::Fault,
    language::{self, Language},
};

/// Something worth knowing about what was just done. It was done all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    /// The stable code of the rule.
    #[schema(example = "trainer_burden_past_cap", max_length = 100)]
    pub code: String,
    /// What it means and what to do, in the language of the request.
    #[schema(max_length = 1000)]
    pub detail: String,
}

impl Warning {
    /// The warning that a rule gave, worded for a reader of `language`.
    pub fn of(fault: &Fault, language: Language) -> Self {
        Self { code: fault.code.to_owned(), detail: language::of_fault(language, fault) }
    }
}
