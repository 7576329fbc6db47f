//! Clients (OAuth 2.1, section 2): the apps and systems that ask for tokens, how they are let in, and how they prove
//! who they are.

mod assertion;
pub mod authenticate;
pub mod input;
pub mod jwks;
pub mod leftover;
pub mod metadata;
pub mod read;
pub mod redirect;
pub mod rule;
pub mod usage;
pub mod view;
pub mod write;
