//! One community in a yearly round: what was counted, and whether it is recognised.

use sea_orm::entity::prelude::*;

/// One row of `award_entry`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "award_entry")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which round.
    pub round_id: Uuid,
    /// Which community.
    pub community_id: Uuid,
    /// Where the community belonged then.
    pub region_code: String,
    /// What it was called then.
    pub community_name: String,
    /// The year of the round.
    pub year: i32,
    /// Whether it is recognised.
    pub awarded: bool,
    /// Criteria and what was counted, as canonical JSON (RFC 8785).
    pub record: String,
    /// SHA-256 of that text, in hexadecimal digits.
    pub sha256: String,
    /// When it was counted.
    pub computed_at: DateTimeUtc,
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
    /// By `round_id`.
    #[sea_orm(
        belongs_to = "super::award_round::Entity",
        from = "Column::RoundId",
        to = "super::award_round::Column::Id"
    )]
    Round,
    /// By `community_id`.
    #[sea_orm(
        belongs_to = "super::community::Entity",
        from = "Column::CommunityId",
        to = "super::community::Column::Id"
    )]
    Community,
}

impl Related<super::award_round::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Round.def()
    }
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
