//! What callers may say about a peer observation. No field is for a pupil, and no text may hold what looks
//! like a pupil's number or how to reach one.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{instrument::view::ObservationInstrumentId, view::ObservationRating};
use crate::{
    community::activity::view::ActivityId,
    directory::{person::view::PersonId, school::view::SchoolId},
};

/// A peer observation that one of the two proposes.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanObservationInput {
    /// Who watches: you or a colleague, an active member of the community.
    #[schema(value_type = String, format = "uuid")]
    pub observer_id: PersonId,
    /// Whose lesson it is: the other of the two, an active member too.
    #[schema(value_type = String, format = "uuid")]
    pub observed_id: PersonId,
    /// What the observed teacher wants to be watched, at most 1,000 characters. Never a pupil's name.
    #[schema(example = "Apakah semua murid mendapat giliran bertanya?", min_length = 1, max_length = 1000)]
    pub focus: String,
    /// When the lesson begins.
    #[schema(example = "2027-02-03T01:00:00Z")]
    pub lesson_at: DateTime<Utc>,
    /// What is taught, at most 60 characters.
    #[schema(example = "Matematika", min_length = 1, max_length = 60)]
    pub subject: String,
    /// The class, as the school calls it, at most 40 characters.
    #[schema(example = "Kelas 4B", min_length = 1, max_length = 40)]
    pub grade: String,
    /// The school where the lesson is; leave out if it goes without saying.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// What you agreed to look at: a published instrument, national or of the community.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub instrument_id: Option<ObservationInstrumentId>,
    /// The community's activity of kind `peer_observation` that this is part of.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
}

/// What may be changed while it is planned; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateObservationInput {
    /// What the observed teacher wants to be watched. Never null, never a pupil's name.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 1000)]
    pub focus: MaybeUndefined<String>,
    /// When the lesson begins. Never null.
    #[serde(default)]
    #[schema(value_type = DateTime<Utc>, required = false)]
    pub lesson_at: MaybeUndefined<DateTime<Utc>>,
    /// What is taught. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 60)]
    pub subject: MaybeUndefined<String>,
    /// The class, as the school calls it. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 40)]
    pub grade: MaybeUndefined<String>,
    /// The school where the lesson is; null for none.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: MaybeUndefined<SchoolId>,
    /// A published instrument, national or of the community; null for none.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub instrument_id: MaybeUndefined<ObservationInstrumentId>,
    /// The activity of kind `peer_observation` that it is part of; null for none.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: MaybeUndefined<ActivityId>,
}

/// Why it does not take place.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelObservationInput {
    /// Why, at most 500 characters. Never a pupil's name.
    #[schema(example = "Jadwal pelajaran berubah", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What the observer saw and heard.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordObservationInput {
    /// What was seen and heard, as plainly as possible, at most 10,000 characters. Never a pupil's name.
    #[schema(
        example = "Guru menunggu lima detik setelah bertanya; tiga murid di belakang mengangkat tangan.",
        min_length = 1,
        max_length = 10000
    )]
    pub evidence: String,
    /// A level for each criterion of the instrument that was to be seen; none without an instrument. Only the
    /// two of you ever see them.
    #[serde(default)]
    #[graphql(default)]
    #[schema(max_items = 30)]
    pub ratings: Vec<ObservationRating>,
}

/// What the observer says to the observed teacher.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiveObservationFeedbackInput {
    /// At most 10,000 characters. Never a pupil's name.
    #[schema(
        example = "Waktu tunggu itu memberi ruang. Apa yang terjadi bila pertanyaan berikutnya datang dari murid?",
        min_length = 1,
        max_length = 10000
    )]
    pub feedback: String,
}

/// What the observed teacher makes of it.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReflectObservationInput {
    /// At most 10,000 characters. Only you see it, until you share it yourself. Never a pupil's name.
    #[schema(
        example = "Saya terlalu cepat menjawab sendiri. Besok saya coba menunggu.",
        min_length = 1,
        max_length = 10000
    )]
    pub reflection: String,
}

/// How far you share it.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShareObservationInput {
    /// Whether your reflection is shared as well; only the observed teacher may say so. `false` takes it back.
    #[serde(default)]
    #[graphql(default)]
    pub with_reflection: bool,
}

/// Ends a peer observation.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseObservationInput {
    /// Why it ends without a reflection, at most 500 characters, never a pupil's name: only the observed teacher
    /// may say so, once feedback was given. Leave it out after the reflection.
    #[schema(example = "Sudah kami bicarakan langsung", min_length = 1, max_length = 500)]
    pub reason: Option<String>,
}
