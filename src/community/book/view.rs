//! A book and its reading as both faces show them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::state::ReadingStatus;
use crate::{
    community::{activity::view::ActivityId, group::view::CommunityId},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a reading.
pub type BookReadingId = Id<BookReading>;

impl Kind for BookReading {
    const NAME: &'static str = "BookReading";
}

/// The id of a note.
pub type ChapterNoteId = Id<ChapterNote>;

impl Kind for ChapterNote {
    const NAME: &'static str = "ChapterNote";
}

/// A book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Book {
    /// Its title.
    #[schema(example = "Pendidikan yang Memerdekakan", max_length = 300)]
    pub title: String,
    /// Its authors.
    #[schema(min_items = 1, max_items = 10)]
    pub authors: Vec<String>,
    /// Its ISBN, 13 digits; null for a work without.
    #[schema(example = "9780306406157", max_length = 13)]
    pub isbn: Option<String>,
    /// Who published it; null where nobody said.
    #[schema(max_length = 120)]
    pub publisher: Option<String>,
    /// The year of publication; null where nobody said.
    #[schema(minimum = 1450, maximum = 2100)]
    pub year: Option<i32>,
}

/// One chapter, with its day and who leads the talk about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReadingChapter {
    /// Its number, from 1.
    #[schema(minimum = 1, maximum = 100)]
    pub number: i32,
    /// What it is called.
    #[schema(example = "Tujuan pendidikan", max_length = 200)]
    pub title: String,
    /// Which pages; null where nobody said.
    #[schema(example = "1-24", max_length = 40)]
    pub pages: Option<String>,
    /// By which day it is read; null where none is set.
    pub due_on: Option<NaiveDate>,
    /// Who leads the talk about it; null where nobody does.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub leader_id: Option<PersonId>,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub leader_name: Option<String>,
    /// The meeting about it; null where none is planned.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
}

/// A book that a community reads together, chapter by chapter (klub buku).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BookReading {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: BookReadingId,
    /// Of which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// The book.
    pub book: Book,
    /// Its chapters, in order.
    #[schema(min_items = 1, max_items = 100)]
    pub chapters: Vec<ReadingChapter>,
    /// How many members have read each chapter, in the order of the chapters. Who they are is told to nobody.
    pub read_counts: Vec<i32>,
    /// The numbers of the chapters that you have read; empty for who is no member.
    pub my_chapters: Vec<i32>,
    /// Where it stands.
    pub status: ReadingStatus,
    /// Why the book was put down; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTime<Utc>,
    /// Grows by one with every change of the reading itself, not with notes and marks; what `If-Match` and
    /// `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What one member wrote about one chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChapterNote {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ChapterNoteId,
    /// Of which reading.
    #[schema(value_type = String, format = "uuid")]
    pub reading_id: BookReadingId,
    /// About which chapter.
    #[schema(minimum = 1, maximum = 100)]
    pub chapter: i32,
    /// Who wrote it.
    #[schema(value_type = String, format = "uuid")]
    pub author_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub author_name: String,
    /// The note. Longer than 5,000 characters only where two records of one person were merged.
    #[schema(example = "Bagian tentang menuntun mengubah cara saya menegur murid.")]
    pub text: String,
    /// When it was first written.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What became of your note on a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WrittenChapterNote {
    /// Your note as it stands; null when you took it away.
    pub note: Option<ChapterNote>,
}

/// Where a row stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &entity::book_reading::Model) -> Result<ReadingStatus> {
    ReadingStatus::parse(&row.status).map_err(|f| Error::internal("book_reading.status", f.code))
}
