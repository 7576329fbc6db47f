//! Attendance as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    directory::person::view::PersonId,
    training::{enrolment::view::EnrolmentId, session::view::SessionId},
};

/// One enrolment in one session (presensi).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Attendance {
    /// Which session.
    #[schema(value_type = String, format = "uuid")]
    pub session_id: SessionId,
    /// Which enrolment.
    #[schema(value_type = String, format = "uuid")]
    pub enrolment_id: EnrolmentId,
    /// Whose.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
    /// Minutes present; 0 = absent.
    #[schema(example = 90, minimum = 0, maximum = 720)]
    pub minutes: i32,
    /// When it was recorded, the last time.
    pub recorded_at: DateTime<Utc>,
}

/// What recording a session came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceRecord {
    /// Which session.
    #[schema(value_type = String, format = "uuid")]
    pub session_id: SessionId,
    /// How many entries were new.
    #[schema(minimum = 0)]
    pub recorded_count: i32,
    /// How many replaced another number of minutes.
    #[schema(minimum = 0)]
    pub corrected_count: i32,
    /// How many took back what was recorded.
    #[schema(minimum = 0)]
    pub removed_count: i32,
    /// How many said what was recorded already, or took back what was not.
    #[schema(minimum = 0)]
    pub unchanged_count: i32,
}
