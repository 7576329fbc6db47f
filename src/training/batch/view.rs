//! A batch as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::{BatchKind, SelectionRule},
    state::BatchStatus,
};
use crate::{
    directory::{
        organisation::view::{Organisation, OrganisationId},
        region::view::Region,
    },
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
    training::{
        program::view::{Program, ProgramId},
        warning::Warning,
    },
};

/// The id of a batch.
pub type BatchId = Id<Batch>;

impl Kind for Batch {
    const NAME: &'static str = "Batch";
}

/// One running of a program (angkatan): a place, dates, seats, a registration window, a selection rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Batch {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: BatchId,
    /// What is taught.
    #[schema(value_type = String, format = "uuid")]
    pub program_id: ProgramId,
    /// The program's title.
    #[schema(example = "Guru Belajar: Seri Pendidikan Inklusif", max_length = 200)]
    pub program_title: String,
    /// Who runs it: the program's provider.
    #[schema(value_type = String, format = "uuid")]
    pub provider_id: OrganisationId,
    /// The provider's name.
    #[schema(example = "Balai Guru dan Tenaga Kependidikan Provinsi Jawa Barat", max_length = 200)]
    pub provider_name: String,
    /// What people call it.
    #[schema(example = "Angkatan 3", max_length = 200)]
    pub name: String,
    /// Whether it is taught first hand or passed on.
    pub kind: BatchKind,
    /// The batch that a cascade passes on; null for a direct one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub source_batch_id: Option<BatchId>,
    /// How often it was passed on: 0 for direct, 1 for a cascade of a direct batch, and so on.
    #[schema(example = 0, minimum = 0, maximum = 20)]
    pub generation: i32,
    /// Where it takes place.
    #[schema(example = "32.73", max_length = 8)]
    pub region_code: String,
    /// Venue, or how to join online.
    #[schema(example = "Aula BGTK Jawa Barat, Bandung", max_length = 200)]
    pub place: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// First instant at which one may apply.
    pub registration_opens_at: DateTime<Utc>,
    /// First instant at which one may no longer apply.
    pub registration_closes_at: DateTime<Utc>,
    /// Seats.
    #[schema(example = 30, minimum = 1, maximum = 10000)]
    pub capacity: i32,
    /// Seats that are taken.
    #[schema(example = 12, minimum = 0, maximum = 10000)]
    pub taken: i32,
    /// Seats that are left: capacity less taken.
    #[schema(example = 18, minimum = 0, maximum = 10000)]
    pub seats_left: i32,
    /// Who gets the seats.
    pub selection: SelectionRule,
    /// What a participant pays, whole rupiah; 0 = free.
    #[schema(example = 0, minimum = 0, maximum = 2000000000)]
    pub cost_rupiah: i64,
    /// Where it stands.
    pub status: BatchStatus,
    /// Why it was cancelled, or why it takes applications again; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// How many sessions it has.
    #[schema(example = 4, minimum = 0, maximum = 100)]
    pub session_count: i64,
    /// What the provider should know about what was just done; empty in reads.
    pub warnings: Vec<Warning>,
    /// Grows by one with every change, a seat taken or freed included; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Its program, where the read was planned to bring it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_program: Option<Box<Program>>,
    /// Its provider, where the read was planned to bring it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_provider: Option<Box<Organisation>>,
    /// Its region, where the read was planned to bring it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_region: Option<Box<Region>>,
}

/// What the read fetched of a batch besides its own row, in the same statement.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The program's title.
    pub program_title: String,
    /// The provider's name.
    pub provider_name: String,
    /// How many sessions it has.
    pub session_count: i64,
}

impl Batch {
    /// The view of a row and what surrounds it.
    ///
    /// # Errors
    /// `internal` when a column holds what no rule knows.
    pub fn of(row: entity::batch::Model, around: Surroundings) -> Result<Self> {
        let kind = BatchKind::parse(&row.kind).map_err(|f| Error::internal("batch.kind", f.code))?;
        let selection =
            SelectionRule::parse(&row.selection).map_err(|f| Error::internal("batch.selection", f.code))?;
        let status = super::lock::status(&row)?;
        Ok(Self {
            id: row.id.into(),
            program_id: row.program_id.into(),
            program_title: around.program_title,
            provider_id: row.provider_id.into(),
            provider_name: around.provider_name,
            name: row.name,
            kind,
            source_batch_id: row.source_batch_id.map(Into::into),
            generation: row.generation,
            region_code: row.region_code,
            place: row.place,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            registration_opens_at: row.registration_opens_at,
            registration_closes_at: row.registration_closes_at,
            capacity: row.capacity,
            taken: row.taken,
            seats_left: row.capacity - row.taken,
            selection,
            cost_rupiah: row.cost_rupiah,
            status,
            status_reason: row.status_reason,
            session_count: around.session_count,
            warnings: Vec::new(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            joined_program: None,
            joined_provider: None,
            joined_region: None,
        })
    }
}
