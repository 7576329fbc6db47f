//! A note of progress as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use entity::progress_note::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    community::{
        group::view::CommunityId,
        recognition::{
            facts::RecognitionFacts,
            record::{self, NoteRecord},
            view::{ProgressLine, progress_lines},
        },
    },
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a note of progress.
pub type ProgressNoteId = Id<ProgressNote>;

impl Kind for ProgressNote {
    const NAME: &'static str = "ProgressNote";
}

/// How a community went on in one month, beside the month before (catatan kemajuan). It never changes, and is about
/// nobody but the community itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProgressNote {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ProgressNoteId,
    /// Of which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// The first day of the month.
    #[schema(example = "2026-10-01")]
    pub month: NaiveDate,
    /// What was counted in the month.
    pub facts: RecognitionFacts,
    /// What was counted in the month before.
    pub before: RecognitionFacts,
    /// The one beside the other, in words too.
    #[schema(max_items = 4)]
    pub lines: Vec<ProgressLine>,
    /// SHA-256 of what was counted, written as canonical JSON (RFC 8785), in hexadecimal digits.
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl TryFrom<Model> for ProgressNote {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let NoteRecord { facts, before, .. } = record::read(&row.record)?;
        Ok(Self {
            id: row.id.into(),
            community_id: row.community_id.into(),
            month: row.month,
            lines: progress_lines(&facts, &before),
            facts,
            before,
            sha256: row.sha256,
            created_at: row.created_at,
        })
    }
}
