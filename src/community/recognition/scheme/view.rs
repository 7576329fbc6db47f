//! An edition of the criteria as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::recognition_scheme::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::state::RecognitionSchemeStatus;
use crate::{
    community::recognition::rule::Criterion,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of one edition of the criteria.
pub type RecognitionSchemeId = Id<RecognitionScheme>;

impl Kind for RecognitionScheme {
    const NAME: &'static str = "RecognitionScheme";
}

/// One edition of the criteria by which the communities of a region are recognised for a year (kriteria penghargaan).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecognitionScheme {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: RecognitionSchemeId,
    /// Which edition, counted from 1.
    #[schema(example = 1, minimum = 1)]
    pub edition: i32,
    /// The first year that is looked at by it.
    #[schema(example = 2026, minimum = 2000, maximum = 2100)]
    pub from_year: i32,
    /// What it asks for, in plain words.
    #[schema(max_length = 2000)]
    pub description: String,
    /// What is asked.
    #[schema(min_items = 1, max_items = 4)]
    pub criteria: Vec<Criterion>,
    /// How many of them a community must meet.
    #[schema(example = 3, minimum = 1, maximum = 4)]
    pub needed: i32,
    /// Where it stands.
    pub status: RecognitionSchemeStatus,
    /// The last year that is looked at by it: the one in which it was retired; null while it was not.
    #[schema(minimum = 2000, maximum = 2100)]
    pub retired_year: Option<i32>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<Model> for RecognitionScheme {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            edition: row.edition,
            from_year: row.from_year,
            status: status(&row)?,
            retired_year: row.retired_year,
            criteria: criteria(&row)?,
            description: row.description,
            needed: row.needed,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Where an edition stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &Model) -> Result<RecognitionSchemeStatus> {
    RecognitionSchemeStatus::parse(&row.status)
        .map_err(|f| Error::internal("recognition_scheme.status", f.code))
}

/// What an edition asks for.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn criteria(row: &Model) -> Result<Vec<Criterion>> {
    serde_json::from_value(row.criteria.clone())
        .map_err(|e| Error::internal("recognition_scheme.criteria", e))
}
