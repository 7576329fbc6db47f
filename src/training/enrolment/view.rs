//! An enrolment as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{completion::RequirementLine, rule::EnrolmentStatus};
use crate::{
    directory::{
        person::view::{Person, PersonId},
        school::view::SchoolId,
    },
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
    training::{
        batch::{
            rule::SelectionRule,
            view::{Batch, BatchId},
        },
        warning::Warning,
    },
};

/// The id of an enrolment.
pub type EnrolmentId = Id<Enrolment>;

impl Kind for Enrolment {
    const NAME: &'static str = "Enrolment";
}

/// One person in one batch (pendaftaran), from the application to the completion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Enrolment {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: EnrolmentId,
    /// The batch applied for.
    #[schema(value_type = String, format = "uuid")]
    pub batch_id: BatchId,
    /// Who applied.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name, so that a roster reads without further questions.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
    /// Where it stands.
    pub status: EnrolmentStatus,
    /// Why it was rejected, withdrawn, not completed, or opened again after that; null otherwise.
    #[schema(example = "Pindah tugas", max_length = 500)]
    pub reason: Option<String>,
    /// When the person applied, the last time. No two applications for a batch have the same moment.
    pub applied_at: DateTime<Utc>,
    /// When the present state was decided; null while nobody has.
    pub decided_at: Option<DateTime<Utc>>,
    /// The score, 0 to 100; null when none was given.
    #[schema(example = 85, minimum = 0, maximum = 100)]
    pub score: Option<i32>,
    /// Credit hours (JP) earned; null until completed.
    #[schema(example = 32, minimum = 1, maximum = 1000)]
    pub jp_earned: Option<i32>,
    /// The person's school when applying; null for those without one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// The person's region when applying.
    #[schema(example = "32.73", max_length = 13)]
    pub region_code: Option<String>,
    /// Place on the waiting list: 1 gets the next seat. Only while waitlisted, and only where one
    /// enrolment is read by itself; null in lists.
    #[schema(example = 3, minimum = 1)]
    pub waitlist_position: Option<i32>,
    /// What applicant and provider should know, such as that the program is meant for others. Told when
    /// applying, and where one enrolment is read by itself; empty elsewhere.
    pub warnings: Vec<Warning>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// The person, where the read was planned to bring it along; within: absent when outside the caller's reach.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_person: Option<Option<Box<Person>>>,
    /// The batch, where the read was planned to bring it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_batch: Option<Box<Batch>>,
}

impl Enrolment {
    /// What a row shows, with the name of its person.
    ///
    /// # Errors
    /// `internal` when the row holds a state no rule knows.
    pub fn of(row: entity::enrolment::Model, person_name: String) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            batch_id: row.batch_id.into(),
            person_id: row.person_id.into(),
            person_name,
            status: status(&row)?,
            reason: row.reason,
            applied_at: row.applied_at,
            decided_at: row.decided_at,
            score: row.score,
            jp_earned: row.jp_earned,
            school_id: row.school_id.map(Into::into),
            region_code: row.region_code,
            waitlist_position: None,
            warnings: Vec::new(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            joined_person: None,
            joined_batch: None,
        })
    }
}

/// Where an enrolment stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &entity::enrolment::Model) -> Result<EnrolmentStatus> {
    EnrolmentStatus::parse(&row.status).map_err(|f| Error::internal("enrolment.status", f.code))
}

/// Whether an enrolment meets its program's pass rule, requirement by requirement.
#[derive(Debug, Clone, PartialEq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// Whose.
    #[schema(value_type = String, format = "uuid")]
    pub enrolment_id: EnrolmentId,
    /// Where the enrolment stands.
    pub status: EnrolmentStatus,
    /// Whether every requirement is met by what is recorded now. The enrolment itself becomes
    /// completed only when the provider decides so.
    pub met: bool,
    /// Minutes of all sessions of the batch.
    #[schema(example = 1440, minimum = 0)]
    pub planned_minutes: i64,
    /// Minutes present, added up over the sessions.
    #[schema(example = 1350, minimum = 0)]
    pub attended_minutes: i64,
    /// Credit hours (JP) earned when it was completed; before that, those a completion would earn now.
    /// Null while requirements are open.
    #[schema(example = 32, minimum = 1, maximum = 1000)]
    pub jp: Option<i32>,
    /// Each requirement with what is asked for, what there is, and whether it is enough.
    pub lines: Vec<RequirementLine>,
}

/// What completing a whole batch came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BatchCompletion {
    /// Which batch.
    #[schema(value_type = String, format = "uuid")]
    pub batch_id: BatchId,
    /// How many completed.
    #[schema(minimum = 0)]
    pub completed_count: i32,
    /// How many did not.
    #[schema(minimum = 0)]
    pub not_completed_count: i32,
    /// Those that completed, in the order in which they applied.
    pub completed: Vec<CompletionOutcome>,
    /// Those that did not, each with its reason.
    pub not_completed: Vec<CompletionOutcome>,
}

/// How one enrolment of a completed batch came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct CompletionOutcome {
    /// Which enrolment.
    #[schema(value_type = String, format = "uuid")]
    pub enrolment_id: EnrolmentId,
    /// Whose.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Credit hours (JP) earned; null when not completed.
    #[schema(example = 32, minimum = 1, maximum = 1000)]
    pub jp_earned: Option<i32>,
    /// What was missing; null when completed.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// One applicant's place in the order, and what it follows from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct RankingLine {
    /// 1 for the first.
    #[schema(example = 1, minimum = 1)]
    pub position: i32,
    /// Which enrolment.
    #[schema(value_type = String, format = "uuid")]
    pub enrolment_id: EnrolmentId,
    /// Whose.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
    /// Where the enrolment stands.
    pub status: EnrolmentStatus,
    /// When the person applied.
    pub applied_at: DateTime<Utc>,
    /// The rule that orders.
    pub rule: SelectionRule,
    /// JP of direct trainings that ended within the window, from valid certificates; null where the
    /// rule does not look at them.
    #[schema(example = 0, minimum = 0)]
    pub direct_jp: Option<i32>,
    /// First day from which direct trainings were counted; null where the rule does not look at them.
    pub window_from: Option<NaiveDate>,
    /// The reason in words, in the caller's language.
    #[schema(max_length = 300)]
    pub reason: String,
}

/// What a selection came to, in the order of the batch's rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BatchSelection {
    /// Which batch.
    #[schema(value_type = String, format = "uuid")]
    pub batch_id: BatchId,
    /// How many got a seat.
    #[schema(minimum = 0)]
    pub accepted_count: i32,
    /// How many wait.
    #[schema(minimum = 0)]
    pub waitlisted_count: i32,
    /// Who got a seat.
    pub accepted: Vec<SelectionOutcome>,
    /// Who waits; the first of them gets the next seat that is freed.
    pub waitlisted: Vec<SelectionOutcome>,
}

/// How one applicant came out of a selection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct SelectionOutcome {
    /// Place in the order, 1 for the first.
    #[schema(example = 1, minimum = 1)]
    pub position: i32,
    /// Which enrolment.
    #[schema(value_type = String, format = "uuid")]
    pub enrolment_id: EnrolmentId,
    /// Whose.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// JP of direct trainings that were counted; null where the rule does not look at them.
    #[schema(example = 0, minimum = 0)]
    pub direct_jp: Option<i32>,
}
