//! A series of meetings as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    pause::{self, MeetingPause},
    state::MeetingSeriesStatus,
};
use crate::{
    community::{
        activity::rule::{ActivityKind, MeetingMode},
        group::view::CommunityId,
    },
    foundation::{
        error::{Error, Fault, Result},
        id::{Id, Kind},
    },
    training::warning::Warning,
};

/// The id of a series of meetings.
pub type MeetingSeriesId = Id<MeetingSeries>;

impl Kind for MeetingSeries {
    const NAME: &'static str = "MeetingSeries";
}

/// Meetings of a community that recur by a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingSeries {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: MeetingSeriesId,
    /// Of which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// What its meetings are called.
    #[schema(example = "Pertemuan rutin KKG", max_length = 200)]
    pub title: String,
    /// What they are about; null where nobody said.
    #[schema(max_length = 2000)]
    pub description: Option<String>,
    /// What kind of activity they are.
    pub kind: ActivityKind,
    /// How people come together.
    pub mode: MeetingMode,
    /// Where; null where nobody said.
    #[schema(example = "SD Negeri 1 Kembangsari", max_length = 200)]
    pub place: Option<String>,
    /// Start of the first meeting, as the clocks of `timezone` show it.
    #[schema(example = "2026-07-11T09:00:00", max_length = 19)]
    pub starts_at: String,
    /// IANA zone of the rule.
    #[schema(example = "Asia/Jakarta", max_length = 40)]
    pub timezone: String,
    /// How long each meeting is, in minutes.
    #[schema(example = 150, minimum = 1, maximum = 720)]
    pub minutes: i32,
    /// When they recur, in its normal form: an RRULE value (RFC 5545, section 3.3.10).
    #[schema(example = "FREQ=MONTHLY;BYDAY=2SA", max_length = 300)]
    pub rule: String,
    /// Days without meetings.
    pub pauses: Vec<MeetingPause>,
    /// Where it stands.
    pub status: MeetingSeriesStatus,
    /// Until before which day its meetings stand in the plan; it moves on by itself.
    pub planned_until: NaiveDate,
    /// What the officer should know about what was just done; empty in reads.
    pub warnings: Vec<Warning>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<entity::meeting_series::Model> for MeetingSeries {
    type Error = Error;

    fn try_from(row: entity::meeting_series::Model) -> Result<Self> {
        let odd = |column: &'static str| move |f: Fault| Error::internal(column, f.code);
        Ok(Self {
            id: row.id.into(),
            community_id: row.community_id.into(),
            title: row.title,
            description: row.description,
            kind: ActivityKind::parse(&row.kind).map_err(odd("meeting_series.kind"))?,
            mode: MeetingMode::parse(&row.mode).map_err(odd("meeting_series.mode"))?,
            place: row.place,
            starts_at: row.starts_at_local,
            timezone: row.timezone,
            minutes: row.minutes,
            rule: row.rule,
            pauses: pause::stored(&row.pauses)?,
            status: MeetingSeriesStatus::parse(&row.status).map_err(odd("meeting_series.status"))?,
            planned_until: row.materialised_until,
            warnings: Vec::new(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
