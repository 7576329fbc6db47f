//! What one member wrote about one chapter.

use sea_orm::entity::prelude::*;

/// One row of `chapter_note`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chapter_note")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which reading.
    pub reading_id: Uuid,
    /// About which chapter.
    pub chapter: i32,
    /// Who wrote it.
    pub person_id: Uuid,
    /// The note. [personal: correspondence; purpose: members of the community talk about a book]
    pub text: String,
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
    /// By `reading_id`.
    #[sea_orm(
        belongs_to = "super::book_reading::Entity",
        from = "Column::ReadingId",
        to = "super::book_reading::Column::Id"
    )]
    BookReading,
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::book_reading::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::BookReading.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
