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
mod completion;
mod docs;
mod enrolment;
mod examples;
mod hostile;
mod import;
mod licences;
mod me;
mod organisation;
mod parity;
mod person;
mod person_merge;
mod probes;
mod program;
mod races;
mod region;
mod resource_person;
mod school;
mod selection;
mod session;
mod storm;
mod support;
mod tamper;
mod verification;
