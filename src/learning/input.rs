//! What persons may say about their own learning.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    rule::GoalStatus,
    view::{LearningGoalId, SelfAssessmentId},
};
use crate::{
    certification::certificate::view::CertificateId,
    community::{activity::view::ActivityId, artefact::view::ArtefactId, group::view::CommunityId},
    directory::person::view::PersonId,
};

/// A new plan.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateLearningPlanInput {
    /// For which period, as you call it: a year, a semester; at most 60 characters. You have one plan for each.
    #[schema(example = "2027", min_length = 1, max_length = 60)]
    pub period: String,
}

/// A new goal.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateLearningGoalInput {
    /// The code of the competency it serves; leave out for one that serves none.
    #[schema(example = "K1", max_length = 20)]
    pub competency: Option<String>,
    /// What you want to reach, at most 1,000 characters. Never a pupil's name.
    #[schema(example = "Setiap murid saya bertanya sekali seminggu.", min_length = 1, max_length = 1000)]
    pub text: String,
    /// By which day.
    #[schema(example = "2027-06-30")]
    pub due_on: Option<NaiveDate>,
}

/// What may be changed about a goal; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateLearningGoalInput {
    /// The code of the competency it serves; null for none.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 20)]
    pub competency: MaybeUndefined<String>,
    /// What you want to reach. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 1000)]
    pub text: MaybeUndefined<String>,
    /// By which day; null for none.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub due_on: MaybeUndefined<NaiveDate>,
}

/// Where a goal stands now.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SettleLearningGoalInput {
    /// `reached` or `dropped` from `open`; `open` again from either.
    pub status: GoalStatus,
}

/// Something that shows what you learned. Name exactly one of certificate, activity, artefact and address.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddLearningEvidenceInput {
    /// For which goal of the plan.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub goal_id: Option<LearningGoalId>,
    /// A certificate of yours.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub certificate_id: Option<CertificateId>,
    /// An activity at which you were.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
    /// An artefact of which you are an author.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub artefact_id: Option<ArtefactId>,
    /// Something on the web: an `https` address of at most 500 bytes.
    #[schema(example = "https://contoh.id/portofolio", max_length = 500)]
    pub url: Option<String>,
    /// What it shows, at most 1,000 characters. Never a pupil's name.
    #[schema(example = "Rekaman kuis yang disusun murid bersama saya.", min_length = 1, max_length = 1000)]
    pub text: String,
}

/// How you see yourself in one competency. Nobody else ever sees it.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordSelfAssessmentInput {
    /// The competency's code.
    #[schema(example = "K1", max_length = 20)]
    pub competency: String,
    /// The level.
    #[schema(example = 2, minimum = 1, maximum = 5)]
    pub level: i32,
    /// An earlier one of the same competency, in place of which this is said; both stay in the history.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub corrects_id: Option<SelfAssessmentId>,
}

/// What you make of what you learned.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WriteLearningReflectionInput {
    /// At most 10,000 characters. Only you read it, until you share it. Never a pupil's name.
    #[schema(example = "Saya belajar menunggu sebelum menjawab.", min_length = 1, max_length = 10000)]
    pub text: String,
}

/// With whom: one community of yours, or one person.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShareLearningInput {
    /// A community of which you are an active member: its members read it as long as you are one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// One person: your principal, a mentor, a colleague.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
}
