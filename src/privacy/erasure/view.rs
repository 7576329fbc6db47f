//! A request to be erased as both faces show it, and what it would do.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::erasure::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::{ErasureKept, ErasureStatus};
use crate::{
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a request to be erased.
pub type ErasureId = Id<Erasure>;

impl Kind for Erasure {
    const NAME: &'static str = "Erasure";
}

/// That somebody asks to be erased, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Erasure {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ErasureId,
    /// Who is to be erased, or was.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Where it stands.
    pub status: ErasureStatus,
    /// Why it is asked; null where nothing was said, and once it is done.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// Who asked, as the audit trail names them.
    #[schema(max_length = 255)]
    pub requested_by: String,
    /// When it was asked.
    pub requested_at: DateTime<Utc>,
    /// Until when it is to be answered: three times 24 hours after it was asked.
    pub due_at: DateTime<Utc>,
    /// Who decided, or took it back, as the audit trail names them.
    #[schema(max_length = 255)]
    pub decided_by: Option<String>,
    /// When it was done, rejected or withdrawn.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was rejected.
    #[schema(max_length = 500)]
    pub decision_reason: Option<String>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// The status of a row.
///
/// # Errors
/// `internal` for a status that no rule knows.
pub fn status(row: &Model) -> Result<ErasureStatus> {
    ErasureStatus::parse(&row.status).map_err(|fault| Error::internal("erasure.status", fault.code))
}

impl TryFrom<Model> for Erasure {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            status: status(&row)?,
            id: row.id.into(),
            person_id: row.person_id.into(),
            reason: row.reason,
            requested_by: row.requested_by,
            requested_at: row.requested_at,
            due_at: row.due_at,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
            decision_reason: row.decision_reason,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// What an erasure would do now: it was done, looked at and undone. Nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErasurePreview {
    /// Which request.
    #[schema(value_type = String, format = "uuid")]
    pub erasure_id: ErasureId,
    /// Who would be erased.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// What must be ended first; empty when nothing stands in the way.
    #[schema(max_items = 1000)]
    pub hindrances: Vec<ErasureHindrance>,
    /// What goes, or is blanked so that it says nothing of them.
    #[schema(max_items = 1000)]
    pub erased: Vec<ErasedRows>,
    /// What stays, and why.
    #[schema(max_items = 1000)]
    pub kept: Vec<KeptRows>,
}

/// Something unfinished that stands in the way of an erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErasureHindrance {
    /// The stable code of the rule.
    #[schema(example = "erasure_enrolled", max_length = 100)]
    pub code: String,
    /// What is to be ended first, in the language of the request.
    #[schema(max_length = 1000)]
    pub detail: String,
}

/// What an erasure takes away in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErasedRows {
    /// Where it stands: the name of a table.
    #[schema(example = "browser_session", max_length = 100)]
    pub place: String,
    /// How many rows.
    #[schema(example = 2, minimum = 0)]
    pub rows: i64,
}

/// What an erasure leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeptRows {
    /// What.
    pub what: ErasureKept,
    /// How many.
    #[schema(example = 3, minimum = 0)]
    pub rows: i64,
    /// Why, in the language of the request.
    #[schema(max_length = 1000)]
    pub why: String,
}
