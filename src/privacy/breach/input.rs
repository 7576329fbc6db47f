//! What callers may say about a breach.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::rule::{BreachCause, BreachChannel, BreachDataClass};

/// What is known of a breach when it is found out. Never a person's name.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordBreachInput {
    /// What it is called, at most 200 characters.
    #[schema(example = "Laptop dinas hilang", min_length = 1, max_length = 200)]
    pub title: String,
    /// What happened, at most 4,000 characters. It stands in the notice to the persons: plain words, and no names.
    #[schema(
        example = "Laptop berisi salinan daftar peserta hilang di kereta.",
        min_length = 1,
        max_length = 4000
    )]
    pub what_happened: String,
    /// When it was found out: now or before, a year ago at most. The 72 hours run from here, so it never changes.
    #[schema(example = "2026-11-23T01:00:00Z")]
    pub discovered_at: DateTime<Utc>,
    /// Since when data lay open, as far as is known.
    #[schema(example = "2026-11-22T09:00:00Z")]
    pub occurred_from: Option<DateTime<Utc>>,
    /// Until when.
    #[schema(example = "2026-11-22T11:00:00Z")]
    pub occurred_until: Option<DateTime<Utc>>,
    /// Classes of data that came out; at least one.
    #[schema(min_items = 1, max_items = 30)]
    pub data_classes: Vec<BreachDataClass>,
    /// How it came to be.
    pub cause: BreachCause,
    /// How many persons it touches, as far as is known.
    #[schema(example = 120, minimum = 0, maximum = 300_000_000)]
    pub persons_estimated: i32,
    /// Regions where they are, at most 50; left out where it is the whole country or not known.
    #[schema(example = json!(["32.73"]), max_items = 50)]
    pub region_codes: Option<Vec<String>>,
    /// What may come of it for them, at most 4,000 characters.
    #[schema(example = "Nomor telepon dapat dipakai untuk penipuan.", min_length = 1, max_length = 4000)]
    pub consequences: Option<String>,
    /// What is done about it, at most 4,000 characters.
    #[schema(example = "Kunci akses perangkat dicabut.", min_length = 1, max_length = 4000)]
    pub measures: Option<String>,
    /// Whom those it touches may ask: an office and its address, not a person; at most 200 characters.
    #[schema(example = "Pejabat PDP, pdp@contoh.go.id", min_length = 1, max_length = 200)]
    pub contact: Option<String>,
}

/// What may be changed about a breach until it is closed; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateBreachInput {
    /// What it is called. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    pub title: MaybeUndefined<String>,
    /// What happened. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 4000)]
    pub what_happened: MaybeUndefined<String>,
    /// Since when data lay open; null where it is not known.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, required = false)]
    pub occurred_from: MaybeUndefined<DateTime<Utc>>,
    /// Until when; null where it is not known.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, required = false)]
    pub occurred_until: MaybeUndefined<DateTime<Utc>>,
    /// Classes of data that came out, all of them anew. Never null.
    #[serde(default)]
    #[schema(value_type = Vec<BreachDataClass>, required = false, min_items = 1, max_items = 30)]
    pub data_classes: MaybeUndefined<Vec<BreachDataClass>>,
    /// How it came to be. Never null.
    #[serde(default)]
    #[schema(value_type = BreachCause, required = false)]
    pub cause: MaybeUndefined<BreachCause>,
    /// How many persons it touches. Never null.
    #[serde(default)]
    #[schema(value_type = i32, required = false, minimum = 0, maximum = 300_000_000)]
    pub persons_estimated: MaybeUndefined<i32>,
    /// Regions where they are, all of them anew; null for none.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, required = false, max_items = 50)]
    pub region_codes: MaybeUndefined<Vec<String>>,
    /// What may come of it; null takes it back.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 4000)]
    pub consequences: MaybeUndefined<String>,
    /// What is done about it; null takes it back.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 4000)]
    pub measures: MaybeUndefined<String>,
    /// Whom to ask; null takes it back.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 200)]
    pub contact: MaybeUndefined<String>,
}

/// When a breach was stopped.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContainBreachInput {
    /// From then on no more data came out: now or before.
    #[schema(example = "2026-11-23T01:30:00Z")]
    pub contained_at: DateTime<Utc>,
}

/// That the authority was told, or why it need not be: the one or the other.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotifyBreachAuthorityInput {
    /// When it was told: now or before, after the breach was found out.
    #[schema(example = "2026-11-23T02:00:00Z")]
    pub notified_at: Option<DateTime<Utc>>,
    /// How.
    pub channel: Option<BreachChannel>,
    /// Under which number it has it, at most 100 characters.
    #[schema(example = "PDP/2026/0117", min_length = 1, max_length = 100)]
    pub reference: Option<String>,
    /// Why it need not be told, at most 500 characters.
    #[schema(max_length = 500)]
    pub not_needed_because: Option<String>,
}

/// That the persons were told, or why they need not be: the one or the other.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotifyBreachPersonsInput {
    /// When the last of them was told: now or before, after the breach was found out.
    #[schema(example = "2026-11-23T02:00:00Z")]
    pub notified_at: Option<DateTime<Utc>>,
    /// How.
    pub channel: Option<BreachChannel>,
    /// How many.
    #[schema(example = 120, minimum = 0, maximum = 300_000_000)]
    pub persons: Option<i32>,
    /// Why they need not be told, at most 500 characters.
    #[schema(max_length = 500)]
    pub not_needed_because: Option<String>,
}

/// What was learnt from a breach.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseBreachInput {
    /// What is done so that it does not happen again, at most 4,000 characters.
    #[schema(example = "Daftar peserta tidak lagi disimpan di perangkat.", max_length = 4000)]
    pub lessons: String,
}

/// Why a breach goes a step back.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReopenBreachInput {
    /// The reason, at most 500 characters.
    #[schema(example = "Salinan kedua ditemukan.", max_length = 500)]
    pub reason: String,
}
