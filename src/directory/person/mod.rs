//! A person (PTK, calon guru): a teacher, pre-service teacher, principal,
//! supervisor, administrator or external expert. Two records of one human are
//! merged: the retired id points to the surviving one for ever.

pub mod change;
pub mod contact;
pub mod identifiers;
pub mod merge;
pub mod merged;
pub mod name;
pub mod read;
pub mod rule;
pub mod secret;
pub mod shown;
pub mod view;
pub mod write;
