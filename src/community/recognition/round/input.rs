//! What callers may say about rounds and objections.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

use super::state::AwardObjectionOutcome;

/// Which communities, and for which year.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ComputeAwardRoundInput {
    /// A regency or city, with everything below it; or a province, for the groups of the whole province.
    #[schema(example = "33.23", min_length = 2, max_length = 5)]
    pub region_code: String,
    /// A year that is over.
    #[schema(example = 2025, minimum = 2000, maximum = 2100)]
    pub year: i32,
}

/// Why an announcement is taken back.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetractAwardRoundInput {
    /// In plain words, at most 500 characters.
    #[schema(example = "Laporan dua kelompok belum dihitung.", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What a community says against its entry.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RaiseAwardObjectionInput {
    /// What was counted wrongly, in plain words, at most 500 characters.
    #[schema(
        example = "Pertemuan bulan Mei sudah dilaporkan, tetapi belum terhitung.",
        min_length = 1,
        max_length = 500
    )]
    pub reason: String,
}

/// What is decided about an objection.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecideAwardObjectionInput {
    /// Count again, or leave it as it is.
    pub outcome: AwardObjectionOutcome,
    /// Why, for the community, at most 500 characters.
    #[schema(example = "Laporannya sudah masuk; dihitung ulang.", min_length = 1, max_length = 500)]
    pub answer: String,
}
