//! The integration tests, one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]
#![allow(clippy::disallowed_methods, reason = "a test may make up ids and chance of its own")]

mod activity;
mod activity_attendance;
mod activity_cost;
mod activity_detail;
mod activity_kind;
mod architecture;
mod artefact;
mod attendance;
mod audit_entry;
mod authz;
mod award;
mod batch;
mod book;
mod calendar;
mod calendar_clients;
mod certificate;
mod certificate_list;
mod client_story;
mod coaching;
mod command_line;
mod community;
mod community_edges;
mod community_merge;
mod completion;
mod credit;
mod credit_claim;
mod credit_scheme;
mod discussion;
mod docs;
mod documents;
mod engines;
mod enrolment;
mod examples;
mod feed;
mod frozen;
mod hostile;
mod idempotency;
mod import;
mod improvement;
mod keys;
mod learning;
mod licences;
mod limits;
mod me;
mod membership;
mod merge_chain;
mod migrations;
mod moderation;
mod no_ranks;
mod observation;
mod observation_instrument;
mod observation_privacy;
mod office;
mod organisation;
mod parity;
mod person;
mod person_merge;
mod plans;
mod probes;
mod program;
mod proposal;
mod protocol;
mod races;
mod reads;
mod recognition;
mod region;
mod report;
mod resource_person;
mod rhythm;
mod running;
mod school;
mod selection;
mod session;
mod storm;
mod subscribers;
mod subscription;
mod support;
mod tamper;
mod verification;
mod walk;
