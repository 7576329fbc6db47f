//! What callers may say about an item of improvement.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::measure::{MeasureDirection, MeasureUnit};
use crate::{
    community::{activity::view::ActivityId, artefact::view::ArtefactId},
    directory::person::view::PersonId,
};

/// A problem, its evidence, and how it is measured.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateImprovementInput {
    /// What it is called, at most 200 characters.
    #[schema(example = "Pemahaman pecahan di kelas 4", min_length = 1, max_length = 200)]
    pub title: String,
    /// What is not as it should be, at most 2,000 characters. Never a pupil's name.
    #[schema(
        example = "Banyak siswa menghafal cara, tanpa memahami nilai pecahan.",
        min_length = 1,
        max_length = 2000
    )]
    pub problem: String,
    /// What shows it, at most 2,000 characters.
    #[schema(example = "Asesmen diagnostik bulan Juli di enam sekolah.", min_length = 1, max_length = 2000)]
    pub evidence: String,
    /// Where it can be seen: a whole web address.
    #[schema(example = "https://contoh.id/asesmen", max_length = 500)]
    pub evidence_url: Option<String>,
    /// What is measured, at most 120 characters.
    #[schema(example = "Siswa yang tuntas", min_length = 1, max_length = 120)]
    pub measure: String,
    /// In what.
    pub unit: MeasureUnit,
    /// Which way it should go.
    pub direction: MeasureDirection,
    /// The value before, as a text with two decimals at most.
    #[schema(example = "42.5", max_length = 12)]
    pub baseline: String,
    /// When that was measured: today or before.
    #[schema(example = "2026-07-20")]
    pub baseline_on: NaiveDate,
    /// The value that is aimed at: better than the one before.
    #[schema(example = "70", max_length = 12)]
    pub target: String,
}

/// What may be changed about an item; what is left out stays (JSON merge patch, RFC 7396). How it is measured
/// changes only until a strategy was agreed.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateImprovementInput {
    /// What it is called. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    pub title: MaybeUndefined<String>,
    /// What is not as it should be. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 2000)]
    pub problem: MaybeUndefined<String>,
    /// What shows it. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 2000)]
    pub evidence: MaybeUndefined<String>,
    /// Where it can be seen; null for nowhere.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 500)]
    pub evidence_url: MaybeUndefined<String>,
    /// What is measured. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 120)]
    pub measure: MaybeUndefined<String>,
    /// In what. Never null.
    #[serde(default)]
    #[schema(value_type = MeasureUnit, required = false)]
    pub unit: MaybeUndefined<MeasureUnit>,
    /// Which way it should go. Never null.
    #[serde(default)]
    #[schema(value_type = MeasureDirection, required = false)]
    pub direction: MaybeUndefined<MeasureDirection>,
    /// The value before. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, max_length = 12)]
    pub baseline: MaybeUndefined<String>,
    /// When that was measured. Never null.
    #[serde(default)]
    #[schema(value_type = NaiveDate, required = false)]
    pub baseline_on: MaybeUndefined<NaiveDate>,
    /// The value that is aimed at. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, max_length = 12)]
    pub target: MaybeUndefined<String>,
    /// Who looks after it: an active member. Never null; before the strategy was agreed there is none.
    #[serde(default)]
    #[schema(value_type = String, required = false, format = "uuid")]
    pub owner_id: MaybeUndefined<PersonId>,
    /// Until when it should be reviewed. Never null; before the strategy was agreed there is none.
    #[serde(default)]
    #[schema(value_type = NaiveDate, required = false)]
    pub due_on: MaybeUndefined<NaiveDate>,
}

/// What is tried, who looks after it, until when.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgreeImprovementInput {
    /// What is tried, at most 2,000 characters.
    #[schema(
        example = "Benda konkret dahulu, lalu gambar, baru lambang; dua pertemuan lesson study.",
        min_length = 1,
        max_length = 2000
    )]
    pub strategy: String,
    /// Who looks after it: an active member.
    #[schema(value_type = String, format = "uuid")]
    pub owner_id: PersonId,
    /// Until when it should be reviewed: today or later.
    #[schema(example = "2027-03-31")]
    pub due_on: NaiveDate,
}

/// How it goes.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoteImprovementInput {
    /// How it goes, at most 2,000 characters, in place of what was said before.
    #[schema(
        example = "Tiga sekolah sudah mencoba; bahan ajar dibagikan.",
        min_length = 1,
        max_length = 2000
    )]
    pub progress: String,
}

/// What was measured again, and what one makes of it.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewImprovementInput {
    /// The value after, in the unit of the measure.
    #[schema(example = "71", max_length = 12)]
    pub after: String,
    /// When that was measured: not before the first time, and today or before.
    #[schema(example = "2026-11-20")]
    pub after_on: NaiveDate,
    /// What one makes of it, at most 2,000 characters.
    #[schema(
        example = "Benda konkret membantu; waktu di kelas 4 perlu ditambah.",
        min_length = 1,
        max_length = 2000
    )]
    pub review: String,
}

/// How it ends.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseImprovementInput {
    /// A last word, at most 2,000 characters.
    #[schema(example = "Dilanjutkan sebagai kebiasaan kelompok.", min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// Why it goes one step back.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReopenImprovementInput {
    /// Why, at most 500 characters.
    #[schema(example = "Satu sekolah belum diukur ulang", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Why it is given up.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DropImprovementInput {
    /// Why, at most 500 characters.
    #[schema(example = "Digabung dengan pokok lain", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What belongs to an item: exactly one of the two.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkImprovementInput {
    /// An activity of the same community.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
    /// A published artefact, of any community.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub artefact_id: Option<ArtefactId>,
}
