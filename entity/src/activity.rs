//! What a community does on a day.

use sea_orm::entity::prelude::*;

/// One row of `activity`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which community.
    pub community_id: Uuid,
    /// The region of the community.
    pub region_code: String,
    /// The series it comes from.
    pub series_id: Option<Uuid>,
    /// Which occurrence of the series it is, by its original start on the clocks of the series (RECURRENCE-ID, RFC 5545 section 3.8.4.4).
    pub occurrence: Option<String>,
    /// What kind of activity.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// First instant.
    pub starts_at: DateTimeUtc,
    /// First instant after it.
    pub ends_at: DateTimeUtc,
    /// IANA zone people on the spot use.
    pub timezone: String,
    /// Planned minutes.
    pub minutes: i32,
    /// Where.
    pub place: Option<String>,
    /// `face_to_face` or `online`.
    pub mode: String,
    /// Where it stands.
    pub status: String,
    /// Why it was cancelled.
    pub status_reason: Option<String>,
    /// How often its time, place or state changed since it was planned (SEQUENCE, RFC 5545 section 3.8.7.4).
    pub revision: i32,
    /// Minutes of the meeting: what was done and agreed.
    pub notes: Option<String>,
    /// The typed words of its kind.
    pub detail: Option<Json>,
    /// When it was noted as held.
    pub held_at: Option<DateTimeUtc>,
    /// When minutes and attendance were complete.
    pub reported_at: Option<DateTimeUtc>,
    /// Who said so.
    pub reported_by: Option<String>,
    /// How many persons attended.
    pub attended: i32,
    /// Grows by one with every change.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `community_id`.
    #[sea_orm(
        belongs_to = "super::community::Entity",
        from = "Column::CommunityId",
        to = "super::community::Column::Id"
    )]
    Community,
    /// By `series_id`.
    #[sea_orm(
        belongs_to = "super::meeting_series::Entity",
        from = "Column::SeriesId",
        to = "super::meeting_series::Column::Id"
    )]
    MeetingSeries,
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl Related<super::meeting_series::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::MeetingSeries.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
