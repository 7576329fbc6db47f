//! What each member adds to a reading: notes, and which chapters they have read.

use entity::{
    chapter_mark,
    chapter_note::{ActiveModel, Column, Entity, Model},
    reading_chapter,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::{Locked, lock, shown};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::book::{
        input::{MarkChapterInput, WriteChapterNoteInput},
        note,
        rule::NOTE,
        view::{BookReading, BookReadingId, WrittenChapterNote},
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text,
    },
};

/// Writes the caller's note on a chapter, in place of the one before; an empty text takes it away.
pub struct WriteChapterNote {
    /// Of which reading.
    pub id: BookReadingId,
    /// Chapter and text.
    pub input: WriteChapterNoteInput,
}

impl Command for WriteChapterNote {
    type Output = WrittenChapterNote;
    const ACTION: Action = Action::ChapterNoteWrite;

    async fn run(&self, work: &Work<'_>) -> Result<WrittenChapterNote> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        let author = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        let found = Entity::find()
            .filter(Column::ReadingId.eq(locked.row.id))
            .filter(Column::Chapter.eq(self.input.chapter))
            .filter(Column::PersonId.eq(author))
            .one(work.db())
            .await?;
        if self.input.text.trim().is_empty() {
            return take_away(work, &permit, &locked, found).await;
        }
        locked.status.require_shelf_open()?;
        let mut faults = Faults::new();
        let known = has_chapter(work, locked.row.id, self.input.chapter).await?;
        faults.require(known, "/chapter", "chapter_unknown");
        let text = faults.take("/text", text::as_given(&self.input.text, NOTE));
        faults.done()?;
        let Some(text) = text else { return Err(Error::invalid("/text", "text_missing")) };
        write(work, &permit, &locked, found, (author, self.input.chapter, text)).await
    }
}

async fn has_chapter(work: &Work<'_>, reading: Uuid, chapter: i32) -> Result<bool> {
    let found = reading_chapter::Entity::find()
        .filter(reading_chapter::Column::ReadingId.eq(reading))
        .filter(reading_chapter::Column::Number.eq(chapter));
    Ok(found.count(work.db()).await? > 0)
}

async fn write(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    found: Option<Model>,
    (author, chapter, text): (Uuid, i32, String),
) -> Result<WrittenChapterNote> {
    let row = match found {
        Some(row) => {
            let version = row.version + 1;
            let mut change: ActiveModel = row.into_active_model();
            change.text = Set(text);
            change.version = Set(version);
            change.updated_at = Set(work.now());
            change.update(work.db()).await?
        }
        None => {
            let row = Model {
                id: work.new_id(),
                reading_id: locked.row.id,
                chapter,
                person_id: author,
                text,
                version: 1,
                created_at: work.now(),
                updated_at: work.now(),
            };
            Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
            row
        }
    };
    let event = noted(locked, "chapter_note.written", &row);
    let note = note::shown(work.db(), vec![row]).await?.pop();
    work.emit(event).await?;
    Ok(WrittenChapterNote { note })
}

async fn take_away(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    found: Option<Model>,
) -> Result<WrittenChapterNote> {
    if let Some(row) = found {
        let row = Model { version: row.version + 1, ..row };
        row.clone().delete(work.db()).await?;
        work.emit(noted(locked, "chapter_note.deleted", &row)).await?;
    }
    Ok(WrittenChapterNote { note: None })
}

/// That something was written about a chapter: neither by whom nor what.
fn noted(locked: &Locked, kind: &'static str, row: &Model) -> Event {
    Event::new(kind, "chapter_note", row.id, row.version)
        .in_region(Some(locked.community.row.region_code.clone()))
        .with(json!({ "communityId": locked.row.community_id, "readingId": row.reading_id, "chapter": row.chapter }))
}

/// Says whether the caller has read a chapter.
pub struct MarkChapter {
    /// Of which reading.
    pub id: BookReadingId,
    /// Chapter, and whether it is read.
    pub input: MarkChapterInput,
}

impl Command for MarkChapter {
    type Output = BookReading;
    const ACTION: Action = Action::ChapterMark;

    async fn run(&self, work: &Work<'_>) -> Result<BookReading> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let reader = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        locked.status.require_shelf_open()?;
        let MarkChapterInput { chapter, read } = self.input;
        if !has_chapter(work, locked.row.id, chapter).await? {
            return Err(Error::invalid("/chapter", "chapter_unknown"));
        }
        let key = (locked.row.id, chapter, reader);
        let marked = chapter_mark::Entity::find_by_id(key).one(work.db()).await?;
        if marked.is_some() == read {
            return shown(work, locked.row).await;
        }
        mark(work, &permit, locked, key, read).await
    }
}

async fn mark(
    work: &Work<'_>,
    _: &Permit,
    locked: Locked,
    (reading_id, chapter, person_id): (Uuid, i32, Uuid),
    read: bool,
) -> Result<BookReading> {
    if read {
        let row = chapter_mark::Model { reading_id, chapter, person_id, marked_at: work.now() };
        chapter_mark::Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
    } else {
        chapter_mark::Entity::delete_by_id((reading_id, chapter, person_id)).exec(work.db()).await?;
    }
    let event = Event::new("chapter.marked", "book_reading", reading_id, locked.row.version)
        .in_region(Some(locked.community.row.region_code.clone()))
        .with(json!({ "communityId": locked.row.community_id, "chapter": chapter, "read": read }));
    let shown = shown(work, locked.row).await?;
    work.emit(event).await?;
    Ok(shown)
}
