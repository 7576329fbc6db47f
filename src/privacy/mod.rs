//! What is held on a person, across all rooms (UU PDP 27/2022): who saw it, their copy of it, how long it stays, how it
//! goes, and what happens when it got out. What a person decides about their own record (corrections, consent,
//! restriction) stands in `directory`, where others must obey it.

pub mod breach;
pub mod data_access;
pub mod erasure;
pub mod personal_data;
pub mod register;
pub mod retention;
