//! Meetings that recur: a rule (RFC 5545) and the meetings it comes to, which stand in the plan half a year
//! ahead. One that was moved or cancelled by hand stays as it was left.

pub mod clash;
pub mod engagements;
pub mod input;
pub mod lock;
pub mod pause;
pub mod plan;
pub mod preview;
pub mod proposals;
pub mod read;
pub mod rule;
pub mod settle;
pub mod start;
pub mod state;
pub mod view;
pub mod write;
