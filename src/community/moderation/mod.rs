//! Looking after what members say and propose: the steps that were taken, what their authors say against them, and
//! what members report. Hiding and removing themselves are with comments and proposals.

mod consequence;
pub mod history;
pub mod input;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;

pub(in crate::community) use consequence::{acting_as, is_confirmed, lapse_appeals, settle_reports};
