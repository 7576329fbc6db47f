//! What callers may say about a batch.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    rule::{BatchKind, SelectionRule},
    view::BatchId,
};
use crate::training::program::view::ProgramId;

/// What a new batch is. It starts as a draft of the program's provider.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateBatchInput {
    /// What is taught: a published program.
    #[schema(value_type = String, format = "uuid")]
    pub program_id: ProgramId,
    /// What people call it, at most 200 characters.
    #[schema(example = "Angkatan 3", min_length = 1, max_length = 200)]
    pub name: String,
    /// Whether it is taught first hand or passed on; direct unless said.
    pub kind: Option<BatchKind>,
    /// The batch that a cascade passes on: of the same program, running or finished. Leave out for a direct one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub source_batch_id: Option<BatchId>,
    /// Where it takes place.
    #[schema(example = "32.73", min_length = 2, max_length = 8)]
    pub region_code: String,
    /// Venue, or how to join online; at most 200 characters.
    #[schema(example = "Aula BGTK Jawa Barat, Bandung", min_length = 1, max_length = 200)]
    pub place: String,
    /// First day.
    #[schema(example = "2027-02-01")]
    pub starts_on: NaiveDate,
    /// Last day.
    #[schema(example = "2027-02-05")]
    pub ends_on: NaiveDate,
    /// First instant at which one may apply.
    #[schema(example = "2026-12-01T00:00:00Z")]
    pub registration_opens_at: DateTime<Utc>,
    /// First instant at which one may no longer apply.
    #[schema(example = "2027-01-15T00:00:00Z")]
    pub registration_closes_at: DateTime<Utc>,
    /// Seats.
    #[schema(example = 30, minimum = 1, maximum = 10000)]
    pub capacity: i32,
    /// Who gets the seats; first come unless said.
    pub selection: Option<SelectionRule>,
    /// What a participant pays, whole rupiah; free unless said.
    #[schema(example = 0, minimum = 0, maximum = 2000000000)]
    pub cost_rupiah: Option<i64>,
}

/// What may be changed about a batch; what is left out stays (JSON merge patch, RFC 7396).
/// Region, selection rule and cost are what people apply for, so they may change in a draft only;
/// the registration window while it is a draft or open (a closed one is extended); the rest until it has finished.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateBatchInput {
    /// What people call it, at most 200 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    pub name: MaybeUndefined<String>,
    /// Where it takes place.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 8)]
    pub region_code: MaybeUndefined<String>,
    /// Venue, or how to join online; at most 200 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    pub place: MaybeUndefined<String>,
    /// First day. Every session must stay within the days.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub starts_on: MaybeUndefined<NaiveDate>,
    /// Last day. Every session must stay within the days.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub ends_on: MaybeUndefined<NaiveDate>,
    /// First instant at which one may apply.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub registration_opens_at: MaybeUndefined<DateTime<Utc>>,
    /// First instant at which one may no longer apply.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub registration_closes_at: MaybeUndefined<DateTime<Utc>>,
    /// Seats; never fewer than are taken. New seats go to the first of the waiting list.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10000)]
    pub capacity: MaybeUndefined<i32>,
    /// Who gets the seats.
    #[serde(default)]
    #[schema(value_type = Option<SelectionRule>)]
    pub selection: MaybeUndefined<SelectionRule>,
    /// What a participant pays, whole rupiah.
    #[serde(default)]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 2000000000)]
    pub cost_rupiah: MaybeUndefined<i64>,
}

impl UpdateBatchInput {
    /// Whether something would change that people apply for.
    pub fn touches_offer(&self) -> bool {
        !self.region_code.is_undefined() || !self.selection.is_undefined() || !self.cost_rupiah.is_undefined()
    }

    /// Whether the registration window would change.
    pub fn touches_window(&self) -> bool {
        !self.registration_opens_at.is_undefined() || !self.registration_closes_at.is_undefined()
    }
}

impl From<&CreateBatchInput> for UpdateBatchInput {
    fn from(new: &CreateBatchInput) -> Self {
        Self {
            name: MaybeUndefined::Value(new.name.clone()),
            region_code: MaybeUndefined::Value(new.region_code.clone()),
            place: MaybeUndefined::Value(new.place.clone()),
            starts_on: MaybeUndefined::Value(new.starts_on),
            ends_on: MaybeUndefined::Value(new.ends_on),
            registration_opens_at: MaybeUndefined::Value(new.registration_opens_at),
            registration_closes_at: MaybeUndefined::Value(new.registration_closes_at),
            capacity: MaybeUndefined::Value(new.capacity),
            selection: MaybeUndefined::Value(new.selection.unwrap_or(SelectionRule::FirstCome)),
            cost_rupiah: MaybeUndefined::Value(new.cost_rupiah.unwrap_or(0)),
        }
    }
}

/// How long a closed batch takes applications again.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExtendBatchInput {
    /// First instant at which one may no longer apply: in the future, not after the batch has ended.
    #[schema(example = "2027-01-25T00:00:00Z")]
    pub registration_closes_at: DateTime<Utc>,
    /// Why, at most 500 characters.
    #[schema(example = "Masih ada kursi kosong", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Why a batch is cancelled.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelBatchInput {
    /// Why, at most 500 characters. Everyone who applied is told.
    #[schema(example = "Narasumber berhalangan", min_length = 1, max_length = 500)]
    pub reason: String,
}
