//! What an author says against a step of moderation. Whose it is, is not kept: only the author of the thing appeals.

use sea_orm::entity::prelude::*;

/// One row of `appeal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appeal")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which community.
    pub community_id: Uuid,
    /// Comment or proposal.
    pub subject_kind: String,
    /// About which one.
    pub subject_id: Uuid,
    /// Against which step of its moderation.
    pub step_id: Uuid,
    /// Who did that.
    pub step_by: String,
    /// Why it should not stand. [personal: correspondence; purpose: the moderator weighs what the author says]
    pub words: String,
    /// Open, upheld, dismissed or lapsed.
    pub status: String,
    /// Why it was decided so.
    pub answer: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
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
