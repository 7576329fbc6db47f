//! The integration tests, one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]
#![allow(clippy::disallowed_methods, reason = "a test may make up ids and chance of its own")]

mod architecture;
mod attendance;
mod authz;
mod batch;
mod certificate;
mod certificate_list;
mod command_line;
mod completion;
mod docs;
mod documents;
mod engines;
mod enrolment;
mod examples;
mod frozen;
mod hostile;
mod idempotency;
mod import;
mod keys;
mod licences;
mod me;
mod migrations;
mod organisation;
mod parity;
mod person;
mod person_merge;
mod plans;
mod probes;
mod program;
mod protocol;
mod races;
mod reads;
mod region;
mod resource_person;
mod running;
mod school;
mod selection;
mod session;
mod storm;
mod support;
mod tamper;
mod verification;
mod walk;
