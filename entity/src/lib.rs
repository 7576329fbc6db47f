//! Sanggar's tables: columns and relations only, one file each.
//!
//! A column that holds personal data says so in its docstring as
//! `[personal: CLASS; purpose: WHY]` (UU PDP 27/2022): no purpose, no field.

pub mod activity;
pub mod activity_attendance;
pub mod activity_cost;
pub mod artefact;
pub mod artefact_attachment;
pub mod artefact_author;
pub mod artefact_review;
pub mod artefact_version;
pub mod attendance;
pub mod audit_entry;
pub mod batch;
pub mod book_reading;
pub mod calendar_feed;
pub mod certificate;
pub mod certificate_counter;
pub mod certificate_payload;
pub mod chapter_mark;
pub mod chapter_note;
pub mod community;
pub mod community_office;
pub mod community_partner;
pub mod community_school;
pub mod competence;
pub mod credit_claim;
pub mod credit_scheme;
pub mod credit_use;
pub mod enrolment;
pub mod event;
pub mod idempotency_key;
pub mod import_finding;
pub mod import_job;
pub mod key_fingerprint;
pub mod ledger;
pub mod meeting_series;
pub mod membership;
pub mod observation;
pub mod observation_instrument;
pub mod organisation;
pub mod person;
pub mod program;
pub mod reading_chapter;
pub mod region;
pub mod region_alias;
pub mod resource_person;
pub mod school;
pub mod series_withdrawal;
pub mod session;
pub mod session_teacher;
