//! Finding what members wrote about chapters. Only members read it.

use chrono::{DateTime, Utc};
use entity::{
    book_reading,
    chapter_note::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, ConnectionTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::Serialize;
use uuid::Uuid;

use super::view::{BookReadingId, ChapterNote, ChapterNoteId};
use crate::{
    access::{context::Ctx, scope},
    community::colleague,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// The notes of which reading, and of which chapter of it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct NotesOf {
    /// The reading.
    pub reading: BookReadingId,
    /// Only of this chapter.
    pub chapter: Option<i32>,
}

fn select(ctx: &Ctx, of: NotesOf) -> Result<Select<Entity>> {
    let select = scope::chapter_notes(&ctx.actor)?.filter(Column::ReadingId.eq(of.reading.uuid()));
    Ok(match of.chapter {
        Some(chapter) => select.filter(Column::Chapter.eq(chapter)),
        None => select,
    })
}

/// A page of notes in the order in which they were first written.
///
/// # Errors
/// `forbidden` for whose role never reads notes; `not_found` when the reading is out of reach.
pub async fn list(ctx: &Ctx, of: NotesOf, page: &PageRequest) -> Result<Page<ChapterNote>> {
    let mut query = select(ctx, of)?;
    let seen = scope::book_readings(&ctx.actor)?.filter(book_reading::Column::Id.eq(of.reading.uuid()));
    if seen.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("book_reading"));
    }
    let columns = [(Entity, Column::CreatedAt), (Entity, Column::Id)];
    let by_time = Keyset::new("chapter_notes", columns, Order::Asc)?.over(&of)?;
    let walk = by_time.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = shown(ctx.db(), rows).await?;
    walk.page(ctx.db(), found, |note| (note.created_at, note.id.uuid())).await
}

/// How many there are.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, of: NotesOf) -> Result<u64> {
    Ok(select(ctx, of)?.count(ctx.db()).await?)
}

/// The notes with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ChapterNoteId]) -> Result<Vec<ChapterNote>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::chapter_notes(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown(ctx.db(), rows).await
}

/// The views of rows; the names of their authors in one statement.
pub(super) async fn shown(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<ChapterNote>> {
    let names = colleague::names(db, rows.iter().map(|row| row.person_id).collect()).await?;
    let view = |row: Model| ChapterNote {
        id: row.id.into(),
        reading_id: row.reading_id.into(),
        chapter: row.chapter,
        author_id: row.person_id.into(),
        author_name: names.get(&row.person_id).cloned().unwrap_or_default(),
        text: row.text,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(view).collect())
}
