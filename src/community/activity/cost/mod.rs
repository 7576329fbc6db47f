//! What an activity cost and who paid (biaya kegiatan): told openly to its members.

pub mod read;
pub mod rule;
pub mod view;
pub mod write;
