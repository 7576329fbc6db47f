//! A GraphQL document that was registered for an app which sends no others: whoever holds the app's tokens then runs
//! what its makers wrote, and nothing of their own.

pub mod input;
pub mod read;
pub mod rule;
pub mod view;
pub mod write;
