//! One's own learning as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::GoalStatus;
use crate::{
    certification::certificate::view::CertificateId,
    community::{activity::view::ActivityId, artefact::view::ArtefactId, group::view::CommunityId},
    directory::person::view::PersonId,
    foundation::id::{Id, Kind},
};

macro_rules! ids {
    ($($Id:ident of $Noun:ident),+ $(,)?) => {$(
        #[doc = concat!("The id of a [`", stringify!($Noun), "`].")]
        pub type $Id = Id<$Noun>;

        impl Kind for $Noun {
            const NAME: &'static str = stringify!($Noun);
        }
    )+};
}

ids! {
    LearningPlanId of LearningPlan,
    LearningGoalId of LearningGoal,
    LearningEvidenceId of LearningEvidence,
    SelfAssessmentId of SelfAssessment,
    LearningReflectionId of LearningReflection,
}

/// With whom something is shared: a community or a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningAudience {
    /// The community; null where it is a person.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// The person; null where it is a community.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
}

/// What a person plans to learn in a period. Only that person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningPlan {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: LearningPlanId,
    /// Whose it is.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// For which period.
    #[schema(example = "2027", max_length = 60)]
    pub period: String,
    /// Its goals, the oldest first.
    #[schema(max_items = 50)]
    pub goals: Vec<LearningGoal>,
    /// What shows what was learned, the oldest first.
    #[schema(max_items = 100)]
    pub evidence: Vec<LearningEvidence>,
    /// Grows by one with every change of the plan itself.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a person wants to reach. Only that person sees it, and whom they share it with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningGoal {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: LearningGoalId,
    /// Of which plan.
    #[schema(value_type = String, format = "uuid")]
    pub plan_id: LearningPlanId,
    /// Whose it is.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
    /// The code of the competency it serves; null for none.
    #[schema(example = "K1", max_length = 20)]
    pub competency: Option<String>,
    /// What the person wants to reach.
    #[schema(max_length = 1000)]
    pub text: String,
    /// By which day; null where none is set.
    pub due_on: Option<NaiveDate>,
    /// Where it stands.
    pub status: GoalStatus,
    /// Since when.
    pub status_since: DateTime<Utc>,
    /// With whom it is shared; empty to everybody but the person.
    #[schema(max_items = 10)]
    pub shared_with: Vec<LearningAudience>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What shows what a person learned. Only that person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningEvidence {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub evidence_id: LearningEvidenceId,
    /// Of which plan.
    #[schema(value_type = String, format = "uuid")]
    pub plan_id: LearningPlanId,
    /// For which goal; null for the plan as a whole.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub goal_id: Option<LearningGoalId>,
    /// A certificate of the person.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub certificate_id: Option<CertificateId>,
    /// An activity at which the person was.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
    /// An artefact of which the person is an author.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub artefact_id: Option<ArtefactId>,
    /// Something on the web.
    #[schema(max_length = 500)]
    pub url: Option<String>,
    /// What it shows.
    #[schema(max_length = 1000)]
    pub text: String,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
}

/// What became of a piece of evidence that was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemovedLearningEvidence {
    /// Which one it was.
    #[schema(value_type = String, format = "uuid")]
    pub evidence_id: LearningEvidenceId,
}

/// How a person saw themselves in one competency at one moment. Nobody else ever sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SelfAssessment {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: SelfAssessmentId,
    /// Of which plan.
    #[schema(value_type = String, format = "uuid")]
    pub plan_id: LearningPlanId,
    /// The competency's code.
    #[schema(example = "K1", max_length = 20)]
    pub competency: String,
    /// The level.
    #[schema(example = 2, minimum = 1, maximum = 5)]
    pub level: i32,
    /// The one in place of which it was said; null where it is new.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub corrects_id: Option<SelfAssessmentId>,
    /// When another was said in its place; null while it stands.
    pub corrected_at: Option<DateTime<Utc>>,
    /// When it was said.
    pub created_at: DateTime<Utc>,
}

/// What a person makes of what they learned. Only that person reads it, and whom they share it with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningReflection {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: LearningReflectionId,
    /// Of which plan.
    #[schema(value_type = String, format = "uuid")]
    pub plan_id: LearningPlanId,
    /// Whose it is.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
    /// What the person wrote.
    #[schema(max_length = 10000)]
    pub text: String,
    /// With whom it is shared; empty to everybody but the person.
    #[schema(max_items = 10)]
    pub shared_with: Vec<LearningAudience>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
