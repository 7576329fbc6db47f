//! What callers may say about a session.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::directory::resource_person::view::ResourcePersonId;

/// What a new session is.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateSessionInput {
    /// What it is about, at most 200 characters.
    #[schema(example = "Menyusun asesmen diagnostik", min_length = 1, max_length = 200)]
    pub title: String,
    /// First instant; within the days of the batch, by the session's own clocks.
    #[schema(example = "2027-02-01T06:00:00Z")]
    pub starts_at: DateTime<Utc>,
    /// First instant after it; at most 12 hours later.
    #[schema(example = "2027-02-01T09:00:00Z")]
    pub ends_at: DateTime<Utc>,
    /// IANA zone that people on the spot use: `Asia/Jakarta`, `Asia/Makassar` or `Asia/Jayapura`.
    #[schema(example = "Asia/Jakarta", max_length = 40)]
    pub timezone: String,
    /// Where, if not at the batch's place; at most 200 characters.
    #[schema(example = "Lab Komputer 2", min_length = 1, max_length = 200)]
    pub place: Option<String>,
}

/// What may be changed about a session; what is left out stays (JSON merge patch, RFC 7396).
/// Its times stand once attendance was recorded.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateSessionInput {
    /// What it is about, at most 200 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    pub title: MaybeUndefined<String>,
    /// First instant.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub starts_at: MaybeUndefined<DateTime<Utc>>,
    /// First instant after it.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub ends_at: MaybeUndefined<DateTime<Utc>>,
    /// IANA zone that people on the spot use.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub timezone: MaybeUndefined<String>,
    /// Where, if not at the batch's place; null for there.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 200)]
    pub place: MaybeUndefined<String>,
    /// Why a serving teacher who teaches it shall teach more than twice the cap of the term, where the new
    /// times take more minutes, or another term's, than an earlier override allowed. Kept with your name;
    /// needs the right to override. Not kept when the cap is not passed that far.
    #[schema(example = "Tidak ada narasumber lain di provinsi ini", min_length = 1, max_length = 500)]
    pub override_reason: Option<String>,
}

/// Who shall teach a session.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignSessionTeacherInput {
    /// The resource person: with verified competence for the program, free at that time.
    #[schema(value_type = String, format = "uuid")]
    pub resource_person_id: ResourcePersonId,
    /// Why a serving teacher shall teach more than twice the cap of the term. Kept with your name;
    /// needs the right to override. Not kept when the cap is not passed that far.
    #[schema(example = "Tidak ada narasumber lain di provinsi ini", min_length = 1, max_length = 500)]
    pub override_reason: Option<String>,
}

/// Who shall no longer teach a session.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnassignSessionTeacherInput {
    /// The resource person.
    #[schema(value_type = String, format = "uuid")]
    pub resource_person_id: ResourcePersonId,
}
