//! Meetings of a community that recur by a rule (RFC 5545).

use sea_orm::entity::prelude::*;

/// One row of `meeting_series`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_series")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which community.
    pub community_id: Uuid,
    /// What the meetings are called.
    pub title: String,
    /// What they are about.
    pub description: Option<String>,
    /// What kind of activity they are.
    pub kind: String,
    /// Where they are held.
    pub place: Option<String>,
    /// `face_to_face` or `online`.
    pub mode: String,
    /// Start of the first one, by the clocks of the zone: `2026-07-04T09:00:00`.
    pub starts_at_local: String,
    /// IANA zone of the rule.
    pub timezone: String,
    /// How long each is.
    pub minutes: i32,
    /// RRULE value, RFC 5545 section 3.3.10: `FREQ=MONTHLY;BYDAY=2SA`.
    pub rule: String,
    /// Ranges of days without meetings (school holidays): list of `{from, until, reason}`.
    pub pauses: Json,
    /// Where it stands.
    pub status: String,
    /// Until which day its meetings stand in the plan.
    pub materialised_until: Date,
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
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
