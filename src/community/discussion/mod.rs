//! What members say about something of their community: comments and replies, whom they speak to by name,
//! reactions, and what becomes of what should not have been said. For members, and for the moderator of the
//! region; never about an observation, which is between two.

pub mod input;
pub mod latest;
pub mod read;
pub mod rule;
pub mod state;
pub mod subject;
pub mod view;
pub mod write;
