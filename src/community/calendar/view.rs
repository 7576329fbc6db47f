//! The address of a calendar as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    community::group::view::CommunityId,
    foundation::id::{Id, Kind},
};

/// The id of a calendar's address.
pub type CalendarFeedId = Id<CalendarFeed>;

impl Kind for CalendarFeed {
    const NAME: &'static str = "CalendarFeed";
}

/// An address under which a calendar program reads your meetings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CalendarFeed {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CalendarFeedId,
    /// Of which community; null for everything you are in, your trainings included.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// What you call it; null where you said nothing.
    #[schema(example = "Ponsel", max_length = 100)]
    pub label: Option<String>,
    /// The address. Shown once, when it is made; null in reads. Whoever knows it reads the calendar.
    #[schema(
        example = "https://sanggar.example/calendar/5d41402abc4b2a76b9719d911017c592ae2f8b10.ics",
        max_length = 400
    )]
    pub url: Option<String>,
    /// Since when it no longer works; null while it does.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl From<entity::calendar_feed::Model> for CalendarFeed {
    fn from(row: entity::calendar_feed::Model) -> Self {
        Self {
            id: row.id.into(),
            community_id: row.community_id.map(Into::into),
            label: row.label,
            url: None,
            revoked_at: row.revoked_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
