//! How long what is held stays: one table of all rules, with their reasons. What it says is what the jobs do: each period
//! is the job's own. Nobody changes a rule through the service; the ministry looks at what is due, and time does the rest.

pub mod apply;
mod due;
pub mod read;
pub mod rule;
pub mod view;
