//! The rows of the bare queries, as they are read and written: nothing but columns.
#![allow(missing_docs, reason = "the columns are explained where the tables are")]

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub nuptk: Option<String>,
    pub nip: Option<String>,
    pub sex: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub employment: String,
    pub subject: Option<String>,
    pub school_id: Option<Uuid>,
    pub region_code: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub merged_into: Option<Uuid>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    pub id: Uuid,
    pub number: String,
    pub verification_id: String,
    pub enrolment_id: Option<Uuid>,
    pub person_id: Uuid,
    pub program_id: Uuid,
    pub batch_id: Option<Uuid>,
    pub provider_id: Uuid,
    pub school_id: Option<Uuid>,
    pub region_code: Option<String>,
    pub holder_name: String,
    pub title: String,
    pub hours_jp: i32,
    pub kind: String,
    pub generation: i32,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub status: String,
    pub status_reason: Option<String>,
    pub issued_at: DateTime<Utc>,
    pub valid_until: Option<NaiveDate>,
    pub superseded_by: Option<Uuid>,
    pub changed_at: DateTime<Utc>,
    pub version: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    pub id: Uuid,
    pub name: String,
    pub school: (Option<String>, Option<String>),
    pub region: (Option<String>, Option<String>),
    pub certificates: Vec<Held>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub hours_jp: i32,
    pub status: String,
    pub issued_at: DateTime<Utc>,
    pub program_title: String,
    pub program_hours_jp: i32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    pub id: Uuid,
    pub program_id: Uuid,
    pub program_title: String,
    pub provider_id: Uuid,
    pub provider_name: String,
    pub name: String,
    pub kind: String,
    pub source_batch_id: Option<Uuid>,
    pub generation: i32,
    pub region_code: String,
    pub place: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub registration_opens_at: DateTime<Utc>,
    pub registration_closes_at: DateTime<Utc>,
    pub capacity: i32,
    pub taken: i32,
    pub selection: String,
    pub cost_rupiah: i64,
    pub status: String,
    pub status_reason: Option<String>,
    pub session_count: i64,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownBatch {
    pub id: Uuid,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub capacity: i32,
    pub seats_left: i32,
    pub session_count: i64,
    pub program_title: String,
    pub hours_jp: i32,
    pub provider_name: String,
}
