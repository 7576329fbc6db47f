//! What colleagues agreed to look at when they watch a lesson.

use sea_orm::entity::prelude::*;

/// One row of `observation_instrument`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "observation_instrument")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose; none = national.
    pub community_id: Option<Uuid>,
    /// What it is called in short; with the edition unique for its owner.
    pub code: String,
    /// 1, 2, 3 …: a new one supersedes the one before.
    pub edition: i32,
    /// The edition before.
    pub supersedes_id: Option<Uuid>,
    /// What it is called.
    pub title: String,
    /// What it is for and how it is used.
    pub description: Option<String>,
    /// List of `{code, text, look, levels: [text]}`.
    pub criteria: Json,
    /// draft, published, retired.
    pub status: String,
    /// Since when it stands there.
    pub status_since: DateTimeUtc,
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
