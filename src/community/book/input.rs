//! What callers may say about a book and its reading.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{community::activity::view::ActivityId, directory::person::view::PersonId};

/// One chapter of a book.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BookChapterInput {
    /// 1, 2, 3 … in order. A foreword is chapter 1 if you read it.
    #[schema(example = 1, minimum = 1, maximum = 100)]
    pub number: i32,
    /// What it is called, at most 200 characters.
    #[schema(example = "Tujuan pendidikan", min_length = 1, max_length = 200)]
    pub title: String,
    /// Which pages, at most 40 characters.
    #[schema(example = "1-24", min_length = 1, max_length = 40)]
    pub pages: Option<String>,
}

/// A book.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BookInput {
    /// Its title, at most 300 characters.
    #[schema(example = "Pendidikan yang Memerdekakan", min_length = 1, max_length = 300)]
    pub title: String,
    /// Its authors, 1 to 10.
    #[schema(example = json!(["Ki Hadjar Dewantara"]), min_items = 1, max_items = 10)]
    pub authors: Vec<String>,
    /// Its ISBN, of 10 or 13 digits, with or without hyphens; leave out for a work without.
    #[schema(example = "978-0-306-40615-7", max_length = 20)]
    pub isbn: Option<String>,
    /// Who published it, at most 120 characters.
    #[schema(example = "Majelis Luhur", min_length = 1, max_length = 120)]
    pub publisher: Option<String>,
    /// The year of publication.
    #[schema(example = 2017, minimum = 1450, maximum = 2100)]
    pub year: Option<i32>,
    /// Its chapters, 1 to 100, numbered from 1.
    #[schema(min_items = 1, max_items = 100)]
    pub chapters: Vec<BookChapterInput>,
}

/// When a chapter is read, and who leads the talk about it.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChapterScheduleInput {
    /// The chapter's number.
    #[schema(example = 1, minimum = 1, maximum = 100)]
    pub chapter: i32,
    /// By which day it is read; never before the chapter before it.
    #[schema(example = "2027-02-06")]
    pub due_on: Option<NaiveDate>,
    /// Who leads the talk about it: an active member.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub leader_id: Option<PersonId>,
    /// The meeting about it: an activity of the community, of kind `book_club_meeting`.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
}

/// A book that the community is going to read.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateBookReadingInput {
    /// The book.
    pub book: BookInput,
    /// When each chapter is read; chapters that are not listed have no day yet.
    #[serde(default)]
    #[graphql(default)]
    #[schema(max_items = 100)]
    pub schedule: Vec<ChapterScheduleInput>,
}

/// What may be changed about a reading; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateBookReadingInput {
    /// The whole schedule, in place of the one that was there: a chapter that is not listed has no day, leader
    /// or meeting any more. Never null.
    #[serde(default)]
    #[schema(value_type = Vec<ChapterScheduleInput>, required = false, max_items = 100)]
    pub schedule: MaybeUndefined<Vec<ChapterScheduleInput>>,
}

/// Why the book is put down.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StopBookReadingInput {
    /// Why, at most 500 characters.
    #[schema(example = "Kami memilih buku lain", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Your note on a chapter.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WriteChapterNoteInput {
    /// The chapter's number.
    #[schema(example = 1, minimum = 1, maximum = 100)]
    pub chapter: i32,
    /// What you want to say, at most 5,000 characters, in place of what you said before. An empty text takes
    /// your note away.
    #[schema(example = "Bagian tentang menuntun mengubah cara saya menegur murid.", max_length = 5000)]
    pub text: String,
}

/// Whether you have read a chapter.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkChapterInput {
    /// The chapter's number.
    #[schema(example = 1, minimum = 1, maximum = 100)]
    pub chapter: i32,
    /// Whether you have read it.
    #[schema(example = true)]
    pub read: bool,
}
