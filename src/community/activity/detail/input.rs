//! What callers may say about what is particular to an activity. One member is given: that of the activity's kind.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{community::artefact::view::ArtefactId, directory::person::view::PersonId};

/// What a meeting is to speak about.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MeetingAgendaInput {
    /// Its points in order, 1 to 20 of at most 200 characters each.
    #[schema(example = json!(["Hasil asesmen kelas 4", "Rencana semester genap"]), min_items = 1, max_items = 20)]
    pub agenda: Vec<String>,
}

/// What worked, told to colleagues.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BestPracticeInput {
    /// What the practice is called, at most 200 characters.
    #[schema(example = "Pojok tanya di awal pelajaran", min_length = 1, max_length = 200)]
    pub title: String,
    /// Where it was tried: grade, subject, circumstances; at most 200 characters.
    #[schema(example = "Kelas 4, Matematika, 32 murid", min_length = 1, max_length = 200)]
    pub context: String,
    /// What the problem was, at most 2,000 characters.
    #[schema(example = "Hanya lima murid yang berani bertanya.", min_length = 1, max_length = 2000)]
    pub problem: String,
    /// What was done, at most 4,000 characters.
    #[schema(
        example = "Setiap murid menulis satu pertanyaan sebelum pelajaran dimulai.",
        min_length = 1,
        max_length = 4000
    )]
    pub done: String,
    /// What changed, at most 4,000 characters.
    #[schema(example = "Pertanyaan datang dari separuh kelas.", min_length = 1, max_length = 4000)]
    pub changed: String,
    /// Who told of it: 1 to 10 active members.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 10)]
    pub presenter_ids: Vec<PersonId>,
    /// An artefact of the community that shows it.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub artefact_id: Option<ArtefactId>,
}

/// What pupils showed teachers. No pupil is named: there is no field for one, and a text that looks as if it held a
/// child's number is refused.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StudentLedIctInput {
    /// What they showed, at most 200 characters. Never a pupil's name.
    #[schema(example = "Membuat kuis daring", min_length = 1, max_length = 200)]
    pub topic: String,
    /// With which tool, at most 120 characters.
    #[schema(example = "Papan tulis digital", min_length = 1, max_length = 120)]
    pub tool: String,
    /// Of which grade they are, at most 40 characters.
    #[schema(example = "Kelas 6", min_length = 1, max_length = 40)]
    pub grade: String,
    /// How many pupils led it.
    #[schema(example = 4, minimum = 1, maximum = 100)]
    pub pupils: i32,
    /// The teacher who looked after them: an active member.
    #[schema(value_type = String, format = "uuid")]
    pub supervisor_id: PersonId,
}

/// What is particular to an activity, in place of what was said before. Give the one member that fits its kind.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DescribeActivityInput {
    /// Of a `meeting`.
    pub meeting: Option<MeetingAgendaInput>,
    /// Of a `best_practice_sharing`.
    pub best_practice: Option<BestPracticeInput>,
    /// Of a `student_led_ict`.
    pub student_led_ict: Option<StudentLedIctInput>,
}
