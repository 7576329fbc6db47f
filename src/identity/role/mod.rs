//! Roles that accounts and clients hold: given by whoever's own reach contains them, for a reason, perhaps until a day,
//! and taken back the same way. Never deleted: what ended is the history.

pub mod delegation;
pub mod input;
pub mod place;
pub mod read;
pub mod view;
pub mod write;
