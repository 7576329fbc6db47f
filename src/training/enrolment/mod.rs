//! An enrolment (pendaftaran) is one person in one batch: applied for, given a seat
//! or a place on the waiting list, attended, completed or not, with every way back
//! that real life needs, each with its reason.
//!
//! Whatever gives or takes a seat locks the batch first, then the enrolments, so
//! that two commands never wait for each other.

pub mod completion;
pub mod issue;
pub mod read;
pub mod record;
pub mod rule;
pub mod standing;
pub mod view;
pub mod write;
