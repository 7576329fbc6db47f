//! A peer observation as both faces show it to whoever looks.

use async_graphql::{InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    instrument::view::ObservationInstrumentId,
    rule::{Consents, Viewer},
    state::ObservationStatus,
};
use crate::{
    community::{activity::view::ActivityId, group::view::CommunityId},
    directory::{person::view::PersonId, school::view::SchoolId},
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a peer observation.
pub type ObservationId = Id<Observation>;

impl Kind for Observation {
    const NAME: &'static str = "Observation";
}

/// Which level of a criterion was seen in one lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "ObservationRatingInput")]
pub struct ObservationRating {
    /// The criterion's code in the instrument.
    #[schema(example = "TANYA", min_length = 1, max_length = 20)]
    pub criterion: String,
    /// The level that was seen: 1 is the criterion's first.
    #[schema(example = 2, minimum = 1, maximum = 6)]
    pub level: i32,
}

/// A lesson of one teacher, watched by one colleague (observasi sejawat). Only the two see it, until both
/// share it with the members of their community.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Observation {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ObservationId,
    /// The community in which the two work together.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// The community's activity it is part of; null where it is none.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
    /// Who watches.
    #[schema(value_type = String, format = "uuid")]
    pub observer_id: PersonId,
    /// That person's name.
    #[schema(example = "Budi Santoso", max_length = 120)]
    pub observer_name: String,
    /// Whose lesson it is.
    #[schema(value_type = String, format = "uuid")]
    pub observed_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub observed_name: String,
    /// Which of the two proposed the plan as it stands; the other agrees.
    #[schema(value_type = String, format = "uuid")]
    pub proposed_by_id: PersonId,
    /// When the other agreed to the plan as it stands; null until then.
    pub agreed_at: Option<DateTime<Utc>>,
    /// What they look at; null: the focus alone.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub instrument_id: Option<ObservationInstrumentId>,
    /// Where the lesson is; null where nobody said.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// When the lesson begins.
    pub lesson_at: DateTime<Utc>,
    /// What is taught.
    #[schema(example = "Matematika", max_length = 60)]
    pub subject: String,
    /// The class, as the school calls it.
    #[schema(example = "Kelas 4B", max_length = 40)]
    pub grade: String,
    /// What the observed teacher wants to be watched.
    #[schema(max_length = 1000)]
    pub focus: String,
    /// Where it stands.
    pub status: ObservationStatus,
    /// Why it was cancelled, or closed without a reflection; null otherwise, and to everybody but the two.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// What the observer saw and heard; null before.
    #[schema(max_length = 10000)]
    pub evidence: Option<String>,
    /// The levels that were seen; null to everybody but the two, also when it is shared: no score of a
    /// person is shown to others.
    pub ratings: Option<Vec<ObservationRating>>,
    /// What the observer said to the observed teacher; null before.
    #[schema(max_length = 10000)]
    pub feedback: Option<String>,
    /// What the observed teacher made of it; null before, and to everybody else until its author shares it.
    #[schema(max_length = 10000)]
    pub reflection: Option<String>,
    /// Whether the observer shares it with the members of the community.
    pub observer_shares: bool,
    /// Whether the observed teacher does. Members see it only while both do.
    pub observed_shares: bool,
    /// Whether the observed teacher shares the reflection as well.
    pub reflection_shared: bool,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Who shares what of a row.
pub fn consents(row: &entity::observation::Model) -> Consents {
    Consents {
        observer: row.observer_shared_at.is_some(),
        observed: row.observed_shared_at.is_some(),
        reflection: row.reflection_shared_at.is_some(),
    }
}

/// Where a row stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &entity::observation::Model) -> Result<ObservationStatus> {
    ObservationStatus::parse(&row.status).map_err(|f| Error::internal("observation.status", f.code))
}

impl Observation {
    /// A row as `person` may see it; `name` knows the names of the two.
    ///
    /// # Errors
    /// `internal` when a column holds what no rule knows.
    pub fn seen_by(
        person: Option<Uuid>,
        row: entity::observation::Model,
        name: impl Fn(Uuid) -> String,
    ) -> Result<Self> {
        let (viewer, consents) = (Viewer::of(person, row.observer_id, row.observed_id), consents(&row));
        let status = status(&row)?;
        let ratings: Vec<ObservationRating> = serde_json::from_value(row.ratings)
            .map_err(|_| Error::internal("observation.ratings", "cannot be read"))?;
        Ok(Self {
            id: row.id.into(),
            community_id: row.community_id.into(),
            activity_id: row.activity_id.map(Into::into),
            observer_id: row.observer_id.into(),
            observer_name: name(row.observer_id),
            observed_id: row.observed_id.into(),
            observed_name: name(row.observed_id),
            proposed_by_id: row.proposed_by_id.into(),
            agreed_at: row.agreed_at,
            instrument_id: row.instrument_id.map(Into::into),
            school_id: row.school_id.map(Into::into),
            lesson_at: row.lesson_at,
            subject: row.subject,
            grade: row.grade,
            focus: row.focus,
            status,
            status_reason: row.status_reason.filter(|_| viewer.sees_reason()),
            evidence: row.evidence,
            ratings: viewer.sees_ratings().then_some(ratings),
            feedback: row.feedback,
            reflection: row.reflection.filter(|_| viewer.sees_reflection(consents)),
            observer_shares: consents.observer,
            observed_shares: consents.observed,
            reflection_shared: consents.reflection,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
