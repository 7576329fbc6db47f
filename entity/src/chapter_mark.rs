//! That one member has read one chapter. Shown to that member; others see counts.

use sea_orm::entity::prelude::*;

/// One row of `chapter_mark`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chapter_mark")]
pub struct Model {
    /// Of which reading.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reading_id: Uuid,
    /// Which chapter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub chapter: i32,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// When it was marked.
    pub marked_at: DateTimeUtc,
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
}

impl Related<super::book_reading::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::BookReading.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
