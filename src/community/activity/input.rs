//! What callers may say about an activity.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::rule::{ActivityKind, MeetingMode};

/// What a new activity is.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateActivityInput {
    /// What kind of activity it is.
    pub kind: ActivityKind,
    /// What it is called, at most 200 characters.
    #[schema(example = "Menyusun asesmen diagnostik kelas 4", min_length = 1, max_length = 200)]
    pub title: String,
    /// What it is about, at most 2000 characters.
    #[schema(max_length = 2000)]
    pub description: Option<String>,
    /// First instant: at most 400 days ahead and 30 days back.
    #[schema(example = "2027-02-06T01:00:00Z")]
    pub starts_at: DateTime<Utc>,
    /// First instant after it; at most 12 hours later.
    #[schema(example = "2027-02-06T04:00:00Z")]
    pub ends_at: DateTime<Utc>,
    /// IANA zone that people on the spot use: `Asia/Jakarta`, `Asia/Makassar` or `Asia/Jayapura`; that of the
    /// community unless said.
    #[schema(example = "Asia/Jakarta", max_length = 40)]
    pub timezone: Option<String>,
    /// Where, at most 200 characters.
    #[schema(example = "SD Negeri 1 Kembangsari", min_length = 1, max_length = 200)]
    pub place: Option<String>,
    /// How people come together.
    pub mode: MeetingMode,
    /// Why it takes place although members give lessons then, at most 500 characters; without a reason that is
    /// refused with `meetings_clash_with_teaching`.
    #[schema(example = "Disepakati dengan semua kepala sekolah", min_length = 1, max_length = 500)]
    pub despite_clashes: Option<String>,
}

/// What may be changed about an activity that is still to come; what is left out stays (JSON merge patch,
/// RFC 7396). Its times stand once attendance was recorded.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateActivityInput {
    /// What kind of activity it is. Never null.
    #[serde(default)]
    #[schema(value_type = ActivityKind, required = false)]
    pub kind: MaybeUndefined<ActivityKind>,
    /// What it is called, at most 200 characters. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    pub title: MaybeUndefined<String>,
    /// What it is about, at most 2000 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 2000)]
    pub description: MaybeUndefined<String>,
    /// First instant. Never null.
    #[serde(default)]
    #[schema(value_type = DateTime<Utc>, required = false)]
    pub starts_at: MaybeUndefined<DateTime<Utc>>,
    /// First instant after it. Never null.
    #[serde(default)]
    #[schema(value_type = DateTime<Utc>, required = false)]
    pub ends_at: MaybeUndefined<DateTime<Utc>>,
    /// IANA zone that people on the spot use. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, max_length = 40)]
    pub timezone: MaybeUndefined<String>,
    /// Where, at most 200 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 200)]
    pub place: MaybeUndefined<String>,
    /// How people come together. Never null.
    #[serde(default)]
    #[schema(value_type = MeetingMode, required = false)]
    pub mode: MaybeUndefined<MeetingMode>,
    /// Why its new time may lie in lessons of members; it stands in no answer.
    #[schema(min_length = 1, max_length = 500)]
    pub despite_clashes: Option<String>,
}

/// Why it will not take place.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelActivityInput {
    /// In words that its members read, at most 500 characters.
    #[schema(example = "Balai desa dipakai untuk posyandu", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What came of it.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportActivityInput {
    /// Minutes of the meeting: what was done and agreed, at most 10000 characters. In place of earlier ones.
    #[schema(
        example = "Tersusun 20 soal diagnostik. Dicoba di kelas masing-masing sebelum pertemuan berikut.",
        min_length = 1,
        max_length = 10000
    )]
    pub notes: String,
}

/// Why its report is opened again.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReopenActivityInput {
    /// At most 500 characters.
    #[schema(example = "Tiga anggota belum tercatat hadir", min_length = 1, max_length = 500)]
    pub reason: String,
}
