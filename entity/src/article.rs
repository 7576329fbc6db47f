//! An article that a community shares.

use sea_orm::entity::prelude::*;

/// One row of `article`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which community.
    pub community_id: Uuid,
    /// At which activity.
    pub activity_id: Uuid,
    /// Who brought it.
    pub shared_by_id: Uuid,
    /// What it is called.
    pub title: String,
    /// Who wrote it.
    pub authors: Json,
    /// Where it is read.
    pub url: Option<String>,
    /// Its digital object identifier.
    pub doi: Option<String>,
    /// Why it matters.
    pub why: String,
    /// 1 while it is pinned, 0 otherwise.
    pub pinned: i32,
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
    /// By `activity_id`.
    #[sea_orm(
        belongs_to = "super::activity::Entity",
        from = "Column::ActivityId",
        to = "super::activity::Column::Id"
    )]
    Activity,
    /// By `shared_by_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::SharedById",
        to = "super::person::Column::Id"
    )]
    SharedBy,
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl Related<super::activity::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Activity.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::SharedBy.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
