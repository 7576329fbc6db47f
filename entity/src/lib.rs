//! Sanggar's tables: columns and relations only, one file each.
//!
//! A column that holds personal data says so in its docstring as
//! `[personal: CLASS; purpose: WHY]` (UU PDP 27/2022): no purpose, no field.

pub mod attendance;
pub mod audit_entry;
pub mod batch;
pub mod certificate;
pub mod certificate_counter;
pub mod certificate_payload;
pub mod competence;
pub mod enrolment;
pub mod event;
pub mod idempotency_key;
pub mod import_finding;
pub mod import_job;
pub mod key_fingerprint;
pub mod ledger;
pub mod organisation;
pub mod person;
pub mod program;
pub mod region;
pub mod region_alias;
pub mod resource_person;
pub mod school;
pub mod session;
pub mod session_teacher;
