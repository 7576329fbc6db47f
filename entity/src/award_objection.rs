//! What a community says against its entry in a yearly round.

use sea_orm::entity::prelude::*;

/// One row of `award_objection`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "award_objection")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which round.
    pub round_id: Uuid,
    /// Against which entry.
    pub entry_id: Uuid,
    /// Which community: that of the entry.
    pub community_id: Uuid,
    /// Against which announcement of the round, counted from 1.
    pub announcement: i32,
    /// Who made that announcement: `sub` of the token.
    pub announced_by: Option<String>,
    /// What it says.
    pub reason: String,
    /// open, upheld, dismissed.
    pub status: String,
    /// What was answered.
    pub answer: Option<String>,
    /// Whether the community was recognised when it objected.
    pub was_awarded: bool,
    /// Whether it is since the decision.
    pub is_awarded: Option<bool>,
    /// When it was decided.
    pub decided_at: Option<DateTimeUtc>,
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
    /// By `entry_id`.
    #[sea_orm(
        belongs_to = "super::award_entry::Entity",
        from = "Column::EntryId",
        to = "super::award_entry::Column::Id"
    )]
    Entry,
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

impl Related<super::award_entry::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Entry.def()
    }
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
