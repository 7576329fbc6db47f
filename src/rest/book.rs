//! `/v1/communities/{id}/readings`, `/v1/readings`

use actix_web::{get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
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
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Book readings";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_book_readings)
        .service(create_book_reading)
        .service(get_book_reading)
        .service(update_book_reading)
        .service(start_book_reading)
        .service(finish_book_reading)
        .service(stop_book_reading)
        .service(list_chapter_notes)
        .service(write_chapter_note)
        .service(mark_chapter);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NoteParams {
    /// Only those on this chapter.
    #[param(minimum = 1, maximum = 100)]
    chapter: Option<i32>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the readings of a community
///
/// The books that it reads together, the newest first.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of readings", body = Items<BookReading>)))]
#[get("/v1/communities/{id}/readings")]
async fn list_book_readings(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Plan to read a book
///
/// An officer of the community names the book, its chapters and, as far as they are agreed on, days and leaders.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreateBookReadingInput,
    responses((status = 201, description = "Planned", body = BookReading)))]
#[post("/v1/communities/{id}/readings")]
async fn create_book_reading(call: Write<CreateBookReadingInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(CreateBookReading { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/readings/{}", made.id))
}

/// Get a reading
///
/// The book, its schedule, how many have read each chapter, and which of them you have. Its `ETag` is what
/// `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reading's id")),
    responses((status = 200, description = "The reading", body = BookReading)))]
#[get("/v1/readings/{id}")]
async fn get_book_reading(call: Call, id: Path<BookReadingId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change the schedule of a reading
///
/// JSON merge patch: `schedule` replaces the whole schedule, with days, leaders and meetings. Until the
/// reading is over. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reading's id")), request_body = UpdateBookReadingInput,
    responses((status = 200, description = "Changed", body = BookReading)))]
#[patch("/v1/readings/{id}")]
async fn update_book_reading(call: Write<UpdateBookReadingInput>, id: Path<BookReadingId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateBookReading { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Begin to read
///
/// From planned to being read.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reading's id")), request_body = Nothing,
    responses((status = 200, description = "Begun", body = BookReading)))]
#[post("/v1/readings/{id}/start")]
async fn start_book_reading(call: Write<Nothing>, id: Path<BookReadingId>) -> Answer {
    let changed = call.ctx.write(StartBookReading(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// End a reading
///
/// The book was read. Members may still write notes and mark chapters.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reading's id")), request_body = Nothing,
    responses((status = 200, description = "Finished", body = BookReading)))]
#[post("/v1/readings/{id}/finish")]
async fn finish_book_reading(call: Write<Nothing>, id: Path<BookReadingId>) -> Answer {
    let changed = call.ctx.write(FinishBookReading(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Put a book down
///
/// For a stated reason. Final; what members wrote stays to be read.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reading's id")), request_body = StopBookReadingInput,
    responses((status = 200, description = "Stopped", body = BookReading)))]
#[post("/v1/readings/{id}/stop")]
async fn stop_book_reading(call: Write<StopBookReadingInput>, id: Path<BookReadingId>) -> Answer {
    let changed = call.ctx.write(StopBookReading { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// List the notes on a reading
///
/// What members wrote about the chapters, in the order in which it was first written. Only members read it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reading's id"), NoteParams),
    responses((status = 200, description = "A page of notes", body = Items<ChapterNote>)))]
#[get("/v1/readings/{id}/notes")]
async fn list_chapter_notes(
    call: Call,
    id: Path<BookReadingId>,
    Params(params): Params<NoteParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let of = NotesOf { reading: *id, chapter: params.chapter };
    reply::page(&call.http, note::list(&call.ctx, of, &page).await?)
}

/// Write your note on a chapter
///
/// One note of yours for each chapter: it takes the place of the one before, and an empty text takes it away.
/// The members of the community read it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reading's id")), request_body = WriteChapterNoteInput,
    responses((status = 200, description = "Written, or taken away", body = WrittenChapterNote)))]
#[post("/v1/readings/{id}/notes")]
async fn write_chapter_note(call: Write<WriteChapterNoteInput>, id: Path<BookReadingId>) -> Answer {
    reply::plain(&call.ctx.write(WriteChapterNote { id: *id, input: call.body }).await?)
}

/// Mark a chapter as read
///
/// Your own progress, or taken back with `read: false`. Others see only how many have read each chapter.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reading's id")), request_body = MarkChapterInput,
    responses((status = 200, description = "Marked", body = BookReading)))]
#[post("/v1/readings/{id}/progress")]
async fn mark_chapter(call: Write<MarkChapterInput>, id: Path<BookReadingId>) -> Answer {
    let changed = call.ctx.write(MarkChapter { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
