//! Sanggar: the open registry of teachers' professional learning.
//!
//! The map of the house. A request passes three files: face → domain → entity.
//!
//! ```text
//! main → startup → { rest, graphql, worker } → capabilities → { access, foundation } → entity
//! ```
//!
//! - [`foundation`] errors, time, ids, the store, the one way to write, pages: knows no noun
//! - [`access`] who may do what, and the scopes every query starts from
//! - [`directory`] ← [`training`] ← [`certification`] ← [`community`]: the capabilities, one folder a noun
//!   (`rule` pure, `read` finds, `write` commands, `view` what both faces show)
//! - [`identity`] who signs in, through which app, with which roles
//! - [`learning`] what persons plan to learn, theirs alone
//! - [`exchange`] files in and out
//! - [`privacy`] what is held on a person: who saw it, their copy of it, how long it stays, how it goes
//! - [`rest`], [`graphql`] two thin faces over the same commands, views, errors and permissions
//! - [`worker`] what the service does by itself when its time has come
//!
//! Arrows never run back (`tests/it/architecture` holds them to it).
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    ),
    allow(clippy::disallowed_methods, reason = "a test may make up ids and chance of its own")
)]

pub mod access;
pub mod app;
pub mod certification;
pub mod cli;
pub mod community;
pub mod config;
pub mod demo;
pub mod directory;
pub mod exchange;
pub mod foundation;
pub mod graphql;
pub mod identity;
pub mod learning;
pub mod locales;
pub mod privacy;
pub mod rest;
pub mod startup;
pub mod telemetry;
pub mod training;
pub mod worker;
