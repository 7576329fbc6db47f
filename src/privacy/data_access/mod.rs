//! A look at somebody's data (akses data pribadi): who saw which fields of whom, on which day, for which purpose, through
//! which app. Whatever shows something of another person notes it in `ctx.looks`; it is written down here before the answer
//! leaves, and the person reads it. What cannot be written down is not shown (ADR 36).

pub mod read;
pub mod rule;
pub mod view;
pub mod write;

/// How long a line stays: long enough for whoever asks years later, no longer.
pub const KEPT: chrono::TimeDelta = chrono::TimeDelta::days(5 * 365 + 1);
