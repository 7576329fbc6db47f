//! An instrument as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{rule::Criterion, state::InstrumentStatus};
use crate::{
    community::group::view::CommunityId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of an instrument.
pub type ObservationInstrumentId = Id<ObservationInstrument>;

impl Kind for ObservationInstrument {
    const NAME: &'static str = "ObservationInstrument";
}

/// What colleagues agreed to look at when they watch a lesson (instrumen observasi).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObservationInstrument {
    /// Its id: that of this edition.
    #[schema(value_type = String, format = "uuid")]
    pub id: ObservationInstrumentId,
    /// Whose it is; null for a national one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// What it is called in short; every edition has the same.
    #[schema(example = "BERTANYA", max_length = 20)]
    pub code: String,
    /// Which edition: 1, 2, 3 …
    #[schema(example = 1, minimum = 1)]
    pub edition: i32,
    /// The edition before; null for the first.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub supersedes_id: Option<ObservationInstrumentId>,
    /// What it is called.
    #[schema(example = "Siapa yang bertanya di kelas", max_length = 200)]
    pub title: String,
    /// What it is for and how it is used; null where nobody said.
    #[schema(max_length = 2000)]
    pub description: Option<String>,
    /// What to look at.
    #[schema(min_items = 1, max_items = 30)]
    pub criteria: Vec<Criterion>,
    /// Where it stands.
    pub status: InstrumentStatus,
    /// Since when it stands there.
    pub status_since: DateTime<Utc>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// The criteria of a row.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn criteria(row: &entity::observation_instrument::Model) -> Result<Vec<Criterion>> {
    serde_json::from_value(row.criteria.clone())
        .map_err(|e| Error::internal("observation_instrument.criteria", e))
}

/// Where a row stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &entity::observation_instrument::Model) -> Result<InstrumentStatus> {
    InstrumentStatus::parse(&row.status).map_err(|f| Error::internal("observation_instrument.status", f.code))
}

impl TryFrom<entity::observation_instrument::Model> for ObservationInstrument {
    type Error = Error;

    fn try_from(row: entity::observation_instrument::Model) -> Result<Self> {
        Ok(Self {
            criteria: criteria(&row)?,
            status: status(&row)?,
            id: row.id.into(),
            community_id: row.community_id.map(Into::into),
            code: row.code,
            edition: row.edition,
            supersedes_id: row.supersedes_id.map(Into::into),
            title: row.title,
            description: row.description,
            status_since: row.status_since,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
