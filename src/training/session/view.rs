//! A session as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    directory::resource_person::view::ResourcePersonId,
    foundation::id::{Id, Kind},
    training::{batch::view::BatchId, warning::Warning},
};

/// The id of a session.
pub type SessionId = Id<Session>;

impl Kind for Session {
    const NAME: &'static str = "Session";
}

/// One meeting of a batch (sesi), with those who teach it, in its own time zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Session {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: SessionId,
    /// Of which batch.
    #[schema(value_type = String, format = "uuid")]
    pub batch_id: BatchId,
    /// What it is about.
    #[schema(example = "Menyusun asesmen diagnostik", max_length = 200)]
    pub title: String,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// The IANA zone that people on the spot use.
    #[schema(example = "Asia/Jakarta", max_length = 40)]
    pub timezone: String,
    /// Planned minutes.
    #[schema(example = 180, minimum = 1, maximum = 720)]
    pub minutes: i32,
    /// Where, if not at the batch's place; null otherwise.
    #[schema(example = "Lab Komputer 2", max_length = 200)]
    pub place: Option<String>,
    /// Who teaches it. Empty without a token: names of persons are not public.
    pub teachers: Vec<SessionTeacher>,
    /// What the provider should know about what was just done; empty in reads.
    pub warnings: Vec<Warning>,
    /// Grows by one with every change, those of who teaches it included; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A resource person (narasumber) who teaches a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct SessionTeacher {
    /// The resource person.
    #[schema(value_type = String, format = "uuid")]
    pub resource_person_id: ResourcePersonId,
    /// Their name.
    #[schema(example = "Dewi Lestari", max_length = 120)]
    pub name: String,
    /// Minutes that count into their burden ledger, if they are a serving teacher.
    #[schema(example = 180, minimum = 1, maximum = 720)]
    pub minutes: i32,
    /// The school term the minutes count in: the year in which the school year began, the semester.
    #[schema(example = "2026-1", max_length = 6)]
    pub term: String,
}

impl Session {
    /// The view of a row and of those who teach it.
    pub fn of(row: entity::session::Model, teachers: Vec<SessionTeacher>) -> Self {
        Self {
            id: row.id.into(),
            batch_id: row.batch_id.into(),
            title: row.title,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            timezone: row.timezone,
            minutes: row.minutes,
            place: row.place,
            teachers,
            warnings: Vec::new(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
