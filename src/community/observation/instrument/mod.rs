//! What colleagues agreed to look at when they watch a lesson (instrumen observasi): criteria, each with
//! levels that say what is to be seen. Written by a community's officers for the community, or by the ministry for
//! all. Once published it stays as it is; what changes is a new edition that supersedes it.

pub mod input;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
