//! One chapter of a book that is read, with its day and its leader.

use sea_orm::entity::prelude::*;

/// One row of `reading_chapter`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reading_chapter")]
pub struct Model {
    /// Of which reading.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reading_id: Uuid,
    /// 1, 2, 3 …
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// What it is called.
    pub title: String,
    /// Which pages, as people write it: `12-40`.
    pub pages: Option<String>,
    /// By which day it is read.
    pub due_on: Option<Date>,
    /// Who leads the talk about it.
    pub leader_id: Option<Uuid>,
    /// The meeting about it.
    pub activity_id: Option<Uuid>,
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
