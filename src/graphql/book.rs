//! Books that communities read together.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::{
        book::{
            input::{
                CreateBookReadingInput, MarkChapterInput, StopBookReadingInput, UpdateBookReadingInput,
                WriteChapterNoteInput,
            },
            note::{self, NotesOf},
            read,
            view::{BookReading, BookReadingId, ChapterNote, WrittenChapterNote},
            write::{
                CreateBookReading, FinishBookReading, MarkChapter, StartBookReading, StopBookReading,
                UpdateBookReading, WriteChapterNote,
            },
        },
        group::view::CommunityId,
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct BookQuery;

#[Object]
impl BookQuery {
    /// The books that a community reads together, the newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn book_readings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<BookReading>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// The book, its schedule, how many have read each chapter, and which of them you have.
    async fn book_reading(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reading's id.")] id: BookReadingId,
    ) -> Result<BookReading> {
        read::find(call(ctx)?, id).await
    }

    /// What members wrote about the chapters, in the order in which it was first written. Only members read it.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn chapter_notes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reading's id.")] id: BookReadingId,
        #[graphql(desc = "Only those on this chapter.")] chapter: Option<i32>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ChapterNote>> {
        let (call, of) = (call(ctx)?, NotesOf { reading: id, chapter });
        let page = note::list(call, of, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(note::count(call, of).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct BookMutation;

#[Object]
impl BookMutation {
    /// Plans to read a book: its chapters and, as far as they are agreed on, days and leaders.
    async fn create_book_reading(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "The book and its schedule.")] input: CreateBookReadingInput,
    ) -> Result<BookReading> {
        with_key(ctx)?.write(CreateBookReading { community: id, input }).await
    }

    /// Changes days, leaders and meetings, until the reading is over.
    async fn update_book_reading(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reading's id.")] id: BookReadingId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateBookReadingInput,
    ) -> Result<BookReading> {
        with_key(ctx)?.write(UpdateBookReading { id, version, input }).await
    }

    /// Begins to read.
    async fn start_book_reading(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reading's id.")] id: BookReadingId,
    ) -> Result<BookReading> {
        with_key(ctx)?.write(StartBookReading(id)).await
    }

    /// Ends a reading: the book was read. Members may still write notes and mark chapters.
    async fn finish_book_reading(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reading's id.")] id: BookReadingId,
    ) -> Result<BookReading> {
        with_key(ctx)?.write(FinishBookReading(id)).await
    }

    /// Puts a book down for a stated reason. Final; what members wrote stays to be read.
    async fn stop_book_reading(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reading's id.")] id: BookReadingId,
        #[graphql(desc = "Why.")] input: StopBookReadingInput,
    ) -> Result<BookReading> {
        with_key(ctx)?.write(StopBookReading { id, input }).await
    }

    /// Writes your note on a chapter, in place of the one before; an empty text takes it away. The members of
    /// the community read it.
    async fn write_chapter_note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reading's id.")] id: BookReadingId,
        #[graphql(desc = "Chapter and text.")] input: WriteChapterNoteInput,
    ) -> Result<WrittenChapterNote> {
        with_key(ctx)?.write(WriteChapterNote { id, input }).await
    }

    /// Marks a chapter as read by you, or takes that back. Others see only how many have read each chapter.
    async fn mark_chapter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reading's id.")] id: BookReadingId,
        #[graphql(desc = "Chapter, and whether it is read.")] input: MarkChapterInput,
    ) -> Result<BookReading> {
        with_key(ctx)?.write(MarkChapter { id, input }).await
    }
}
