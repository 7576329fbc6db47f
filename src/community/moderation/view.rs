//! What is looked after, as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    rule::{ModeratedAs, ModeratedSubject, ModerationStepKind},
    state::{AppealStatus, ReportStatus},
};
use crate::{
    community::{
        discussion::{rule::HiddenCode, view::CommentId},
        group::view::CommunityId,
        proposal::view::ProposalId,
    },
    foundation::id::{Id, Kind},
};

/// The id of an appeal.
pub type AppealId = Id<Appeal>;

impl Kind for Appeal {
    const NAME: &'static str = "Appeal";
}

/// The id of a report.
pub type ReportId = Id<Report>;

impl Kind for Report {
    const NAME: &'static str = "Report";
}

/// What an author said against a step, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepAppeal {
    /// Where it stands.
    pub status: AppealStatus,
    /// What the author said.
    #[schema(max_length = 2000)]
    pub words: String,
    /// Why it was decided so; null before.
    #[schema(max_length = 500)]
    pub answer: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was decided; null before, and when it lapsed.
    pub decided_at: Option<DateTime<Utc>>,
}

/// One step of the moderation of a comment or proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModerationStep {
    /// What was done.
    pub step: ModerationStepKind,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, as a code; null for a step that has none.
    pub code: Option<HiddenCode>,
    /// Why, in words.
    #[schema(max_length = 500)]
    pub reason: String,
    /// As what it was done.
    pub done_as: ModeratedAs,
    /// Who did it, as the audit trail names them; null for the author of what it was done to.
    #[schema(max_length = 200)]
    pub done_by: Option<String>,
    /// What the author said against it, for the author and the moderator; null where nothing was said.
    pub appeal: Option<StepAppeal>,
    /// What pages go by.
    #[graphql(skip)]
    #[serde(skip)]
    pub(super) id: Uuid,
}

/// What an author says against the hiding of a comment or the removal of a proposal. Who that is stands with the
/// comment; of an anonymous proposal, nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Appeal {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AppealId,
    /// In which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// About what kind of thing.
    pub subject_kind: ModeratedSubject,
    /// The comment it is about; null for a proposal.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub comment_id: Option<CommentId>,
    /// The proposal it is about; null for a comment.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub proposal_id: Option<ProposalId>,
    /// What the author says.
    #[schema(max_length = 2000)]
    pub words: String,
    /// Whether it is against what you did yourself: then another moderator decides.
    pub own_decision: bool,
    /// Where it stands.
    pub status: AppealStatus,
    /// Why it was decided so; null before.
    #[schema(max_length = 500)]
    pub answer: Option<String>,
    /// When it was decided; null before, and when it lapsed.
    pub decided_at: Option<DateTime<Utc>>,
    /// Grows by one with every change; what `If-Match` refers to.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// That somebody reported a comment or proposal. Who, nobody is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ReportId,
    /// In which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// What kind of thing was reported.
    pub subject_kind: ModeratedSubject,
    /// The comment that was reported; null for a proposal.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub comment_id: Option<CommentId>,
    /// The proposal that was reported; null for a comment.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub proposal_id: Option<ProposalId>,
    /// What is wrong with it, as a code.
    pub code: HiddenCode,
    /// The same in words; null where nothing was said.
    #[schema(max_length = 2000)]
    pub words: Option<String>,
    /// How many open reports there are of the same thing; null for whoever made it.
    #[schema(minimum = 0)]
    pub open_of_same: Option<i32>,
    /// Where it stands.
    pub status: ReportStatus,
    /// Why it was dismissed; null otherwise.
    #[schema(max_length = 500)]
    pub answer: Option<String>,
    /// Grows by one with every change; what `If-Match` refers to.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
