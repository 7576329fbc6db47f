//! An activity as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::{ActivityKind, MeetingMode},
    state::ActivityStatus,
};
use crate::{
    community::group::view::CommunityId,
    foundation::{
        error::{Error, Fault, Result},
        id::{Id, Kind},
    },
};

/// The id of an activity.
pub type ActivityId = Id<Activity>;

impl Kind for Activity {
    const NAME: &'static str = "Activity";
}

/// Names a series of meetings; what a series is stands with the series.
pub struct SeriesKey;

impl Kind for SeriesKey {
    const NAME: &'static str = "MeetingSeries";
}

/// What a community does on a day (kegiatan).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Activity {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ActivityId,
    /// Of which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// The series of meetings it is one of; null where it stands alone.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub series_id: Option<Id<SeriesKey>>,
    /// What kind of activity it is.
    pub kind: ActivityKind,
    /// What it is called.
    #[schema(example = "Menyusun asesmen diagnostik kelas 4", max_length = 200)]
    pub title: String,
    /// What it is about; null where nobody said.
    #[schema(max_length = 2000)]
    pub description: Option<String>,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// IANA zone that people on the spot use.
    #[schema(example = "Asia/Makassar", max_length = 40)]
    pub timezone: String,
    /// Planned minutes.
    #[schema(example = 180, minimum = 1, maximum = 720)]
    pub minutes: i32,
    /// Where; null where nobody said.
    #[schema(example = "SD Negeri 1 Kembangsari", max_length = 200)]
    pub place: Option<String>,
    /// How people come together.
    pub mode: MeetingMode,
    /// Where it stands.
    pub status: ActivityStatus,
    /// Why it was cancelled, or why its report was opened again; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// Minutes of the meeting: what was done and agreed; null before they were written.
    #[schema(max_length = 10000)]
    pub notes: Option<String>,
    /// How many persons attended, as recorded so far.
    #[schema(minimum = 0)]
    pub attended: i32,
    /// When it was noted as held; null before.
    pub held_at: Option<DateTime<Utc>>,
    /// When its report was complete; null before.
    pub reported_at: Option<DateTime<Utc>>,
    /// How often its time or place changed, or it was cancelled: what calendars call SEQUENCE.
    #[schema(minimum = 0)]
    pub revision: i32,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<entity::activity::Model> for Activity {
    type Error = Error;

    fn try_from(row: entity::activity::Model) -> Result<Self> {
        let odd = |column: &'static str| move |f: Fault| Error::internal(column, f.code);
        Ok(Self {
            id: row.id.into(),
            community_id: row.community_id.into(),
            series_id: row.series_id.map(Into::into),
            kind: ActivityKind::parse(&row.kind).map_err(odd("activity.kind"))?,
            title: row.title,
            description: row.description,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            timezone: row.timezone,
            minutes: row.minutes,
            place: row.place,
            mode: MeetingMode::parse(&row.mode).map_err(odd("activity.mode"))?,
            status: ActivityStatus::parse(&row.status).map_err(odd("activity.status"))?,
            status_reason: row.status_reason,
            notes: row.notes,
            attended: row.attended,
            held_at: row.held_at,
            reported_at: row.reported_at,
            revision: row.revision,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
