//! What members propose to their community, by name or without one; secret votes on it, counted by a stated
//! rule; and what was decided. Who wrote an anonymous proposal is sealed: neither officers nor the ministry
//! can learn it, and the moderator of the region only for a stated reason, of which the author is told.

pub(in crate::community) mod author;
pub mod input;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
