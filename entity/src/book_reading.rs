//! A book that a community reads together.

use sea_orm::entity::prelude::*;

/// One row of `book_reading`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "book_reading")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which community.
    pub community_id: Uuid,
    /// The book's title.
    pub title: String,
    /// Its authors, as printed.
    pub authors: Json,
    /// Its ISBN, 13 digits.
    pub isbn: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub year: Option<i32>,
    /// planned, reading, finished, stopped.
    pub status: String,
    /// Why it was stopped.
    pub status_reason: Option<String>,
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
