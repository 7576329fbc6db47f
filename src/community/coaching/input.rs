//! What the two may say about their coaching.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::directory::person::view::PersonId;

/// What two colleagues work on.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordCoachingInput {
    /// Who accompanies: you or a colleague, an active member of the community.
    #[schema(value_type = String, format = "uuid")]
    pub coach_id: PersonId,
    /// Who is accompanied: the other of the two.
    #[schema(value_type = String, format = "uuid")]
    pub coachee_id: PersonId,
    /// What you work on, at most 1,000 characters. Never a pupil's name.
    #[schema(example = "Memberi umpan balik yang memandu", min_length = 1, max_length = 1000)]
    pub focus: String,
    /// What you agreed to do next, at most 4,000 characters. Never a pupil's name.
    #[schema(
        example = "Mencoba dua pertanyaan pemantik, lalu bertemu lagi dua minggu kemudian.",
        max_length = 4000
    )]
    pub next_steps: Option<String>,
}
