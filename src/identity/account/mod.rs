//! An account: who can sign in. It belongs to a person of the directory, or to somebody who works for the registry. No
//! password, link or second factor of it is ever shown.

pub mod by_hand;
pub mod erase;
pub mod input;
pub mod read;
pub mod rule;
pub mod step;
pub mod view;
pub mod write;
