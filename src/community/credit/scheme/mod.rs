//! A credit scheme: what must be done in one cycle of a community's work, and for how many JP of which
//! program it counts. Rules are data and come in editions: what was published never changes.

pub mod input;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
