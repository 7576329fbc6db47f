//! What callers may say in a discussion.

use async_graphql::InputObject;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    rule::{HiddenCode, Reaction},
    view::CommentId,
};
use crate::{
    community::{
        activity::view::ActivityId, artefact::view::ArtefactId, book::view::BookReadingId,
        proposal::view::ProposalId,
    },
    directory::person::view::PersonId,
};

/// About what: at most one of these, and none for the community itself.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, InputObject, ToSchema, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CommentAbout {
    /// An activity of the community.
    #[schema(value_type = Option<String>, format = "uuid")]
    #[param(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
    /// An artefact of the community.
    #[schema(value_type = Option<String>, format = "uuid")]
    #[param(value_type = Option<String>, format = "uuid")]
    pub artefact_id: Option<ArtefactId>,
    /// A book that the community reads.
    #[schema(value_type = Option<String>, format = "uuid")]
    #[param(value_type = Option<String>, format = "uuid")]
    pub reading_id: Option<BookReadingId>,
    /// A proposal to the community.
    #[schema(value_type = Option<String>, format = "uuid")]
    #[param(value_type = Option<String>, format = "uuid")]
    pub proposal_id: Option<ProposalId>,
}

/// What you say.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCommentInput {
    /// About what; leave out for the community itself.
    pub about: Option<CommentAbout>,
    /// The comment it replies to: on the same thing, and no reply itself.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub parent_id: Option<CommentId>,
    /// What you say, 1 to 4,000 characters; line breaks stay.
    #[schema(
        example = "Waktunya cukup di kelas saya. Bagaimana di kelas lain?",
        min_length = 1,
        max_length = 4000
    )]
    pub body: String,
    /// Whom you speak to by name: active members, at most 20.
    #[serde(default)]
    #[graphql(default)]
    #[schema(value_type = Vec<String>, max_items = 20)]
    pub mentions: Vec<PersonId>,
}

/// What you say instead.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateCommentInput {
    /// What you say, in place of what was there.
    #[schema(example = "Waktunya cukup di kelas saya.", min_length = 1, max_length = 4000)]
    pub body: String,
    /// Whom you speak to by name, in place of those before.
    #[serde(default)]
    #[graphql(default)]
    #[schema(value_type = Vec<String>, max_items = 20)]
    pub mentions: Vec<PersonId>,
}

/// A reaction of yours.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReactCommentInput {
    /// Which one.
    pub kind: Reaction,
    /// Whether it stands; false takes it back.
    #[schema(example = true)]
    pub on: bool,
}

/// Why a comment is hidden.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HideCommentInput {
    /// As a code, which everybody is shown.
    pub code: HiddenCode,
    /// In words, for its author, officers and the moderator; at most 500 characters.
    #[schema(example = "Nama murid tidak perlu disebut", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Why a comment is shown again.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RestoreCommentInput {
    /// In words; at most 500 characters.
    #[schema(example = "Nama murid sudah dihapus", min_length = 1, max_length = 500)]
    pub reason: String,
}
