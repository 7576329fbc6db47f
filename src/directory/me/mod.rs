//! The caller, told to themselves: what the token says, and who they are in the directory.

pub mod read;
pub mod view;
