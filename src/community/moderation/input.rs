//! What callers may say about moderation.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

use super::state::AppealOutcome;
use crate::community::discussion::rule::HiddenCode;

/// Why what was done to yours should not stand.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppealInput {
    /// In words, 1 to 2,000 characters; line breaks stay. The moderator who decides reads them.
    #[schema(example = "Saya tidak menyebut nama; contoh ini dari buku.", min_length = 1, max_length = 2000)]
    pub words: String,
}

/// What becomes of an appeal.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecideAppealInput {
    /// Whether what was taken away comes back.
    pub outcome: AppealOutcome,
    /// Why, for its author; at most 500 characters.
    #[schema(example = "Tidak ada nama yang disebut", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportInput {
    /// As a code.
    pub code: HiddenCode,
    /// In words, for whoever moderates, at most 2,000 characters; line breaks stay. Do not name yourself.
    #[schema(example = "Menyebut nama murid saya", min_length = 1, max_length = 2000)]
    pub words: Option<String>,
}

/// Why a report changes nothing.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DismissReportInput {
    /// In words, for whoever made it; at most 500 characters.
    #[schema(example = "Tidak ada yang disebut namanya", min_length = 1, max_length = 500)]
    pub reason: String,
}
