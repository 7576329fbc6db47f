//! What callers may say about a membership.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    directory::person::view::PersonId,
    foundation::{error::Fault, text},
};

/// What one says when asking to join.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestMembershipInput {
    /// A word to the officers, at most 500 characters.
    #[schema(example = "Saya mengajar kelas 4 di gugus ini.", max_length = 500)]
    pub message: Option<String>,
}

/// Who is invited.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InviteMembershipInput {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// A word to the person, at most 500 characters.
    #[schema(example = "Mari bergabung dengan kelompok kami.", max_length = 500)]
    pub message: Option<String>,
}

/// Why a request is refused.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RefuseMembershipInput {
    /// Why, at most 500 characters. The person reads it.
    #[schema(example = "Kelompok ini untuk guru matematika.", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Why a membership is ended, or an invitation taken back.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveMembershipInput {
    /// Why, at most 500 characters. The person reads it.
    #[schema(example = "Pindah tugas ke kabupaten lain.", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// A message in its normal form; none when nothing was said.
///
/// # Errors
/// As [`text::line`].
pub fn message(raw: Option<&str>) -> Result<Option<String>, Fault> {
    match raw.filter(|raw| !raw.trim().is_empty()) {
        Some(raw) => text::line(raw, 500).map(Some),
        None => Ok(None),
    }
}
