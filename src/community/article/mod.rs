//! Articles that a community shares (berbagi artikel): what is worth reading and why, pinned where everybody should.
//! How many have read one, everybody sees; who has, nobody but the reader.

pub mod input;
pub mod read;
pub mod rule;
pub mod view;
pub mod write;
