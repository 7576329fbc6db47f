//! Attendance of an activity as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    community::activity::{rule::AttendanceMethod, view::ActivityId},
    directory::{person::view::PersonId, school::view::SchoolId},
};

/// One person at one activity (presensi).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActivityAttendance {
    /// Which activity.
    #[schema(value_type = String, format = "uuid")]
    pub activity_id: ActivityId,
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
    /// That person's school; null where there is none.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// The school's name; null where there is none.
    #[schema(example = "SD Negeri 1 Kembangsari", max_length = 200)]
    pub school_name: Option<String>,
    /// Minutes present.
    #[schema(example = 180, minimum = 1, maximum = 720)]
    pub minutes: i32,
    /// How it is known.
    pub method: AttendanceMethod,
    /// When the person was seen there: the code's moment, or when it was noted or said.
    pub observed_at: DateTime<Utc>,
    /// When it reached the registry.
    pub recorded_at: DateTime<Utc>,
}

/// What recording an activity came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActivityAttendanceRecord {
    /// Which activity.
    #[schema(value_type = String, format = "uuid")]
    pub activity_id: ActivityId,
    /// How many persons were new.
    #[schema(minimum = 0)]
    pub recorded_count: i32,
    /// How many were recorded otherwise before.
    #[schema(minimum = 0)]
    pub corrected_count: i32,
    /// How many are no longer recorded.
    #[schema(minimum = 0)]
    pub removed_count: i32,
    /// How many were as they were said to be.
    #[schema(minimum = 0)]
    pub unchanged_count: i32,
    /// How many persons attended, all told.
    #[schema(minimum = 0)]
    pub attended: i32,
}
