//! What asking to be erased, and turning it down, take.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::directory::person::view::PersonId;

/// Who is to be erased, and why.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestErasureInput {
    /// Who; left out, the caller.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
    /// Why; at most 500 characters. Nobody needs a reason for themselves; whoever asks for somebody else says how they
    /// were asked. It goes once the erasure is done.
    #[schema(example = "Permintaan tertulis guru, surat 12/X/2026.", max_length = 500)]
    pub reason: Option<String>,
}

/// Why it is turned down.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RejectErasureInput {
    /// Why, for whoever asked; 1 to 500 characters.
    #[schema(
        example = "Data masih diperlukan untuk penyidikan yang sedang berjalan.",
        min_length = 1,
        max_length = 500
    )]
    pub reason: String,
}
