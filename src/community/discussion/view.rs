//! A comment as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::{CommentSubject, HiddenCode, Reaction},
    state::CommentStatus,
};
use crate::{
    community::{
        activity::view::ActivityId, artefact::view::ArtefactId, book::view::BookReadingId,
        group::view::CommunityId, proposal::view::ProposalId,
    },
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a comment.
pub type CommentId = Id<Comment>;

impl Kind for Comment {
    const NAME: &'static str = "Comment";
}

/// Somebody a comment speaks to by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommentMention {
    /// Whom.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
}

/// How many reacted in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommentReaction {
    /// In which way.
    pub kind: Reaction,
    /// How many.
    #[schema(minimum = 1)]
    pub count: i32,
    /// Whether you are one of them.
    pub mine: bool,
}

/// What a member says about something of their community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Comment {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CommentId,
    /// In which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// About what kind of thing.
    pub subject_kind: CommentSubject,
    /// The activity it is about; null for something else.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
    /// The artefact it is about; null for something else.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub artefact_id: Option<ArtefactId>,
    /// The reading it is about; null for something else.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub reading_id: Option<BookReadingId>,
    /// The proposal it is about; null for something else.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub proposal_id: Option<ProposalId>,
    /// The comment it replies to; null where it begins a thread.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub parent_id: Option<CommentId>,
    /// Who said it.
    #[schema(value_type = String, format = "uuid")]
    pub author_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub author_name: String,
    /// Where it stands.
    pub status: CommentStatus,
    /// What was said; null when it was withdrawn, and when it is hidden, but for its author and who moderates.
    #[schema(max_length = 4000)]
    pub body: Option<String>,
    /// Why it is hidden, as a code; null otherwise.
    pub hidden_code: Option<HiddenCode>,
    /// Why it is hidden, in words, for its author and who moderates; null otherwise.
    #[schema(max_length = 500)]
    pub hidden_reason: Option<String>,
    /// Whom it speaks to by name; nobody where the text is not shown.
    #[schema(max_items = 20)]
    pub mentions: Vec<CommentMention>,
    /// How members reacted, in the order of the list of reactions; none where nobody did.
    #[schema(max_items = 5)]
    pub reactions: Vec<CommentReaction>,
    /// When its text was last changed; null when it never was.
    pub edited_at: Option<DateTime<Utc>>,
    /// Grows by one with every change but reactions; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When it was said.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Where a row stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &entity::comment::Model) -> Result<CommentStatus> {
    CommentStatus::parse(&row.status).map_err(|f| Error::internal("comment.status", f.code))
}
