//! Clients (OAuth 2.1, section 2): the apps and systems that ask for tokens, and how they prove who they are.

pub mod authenticate;
pub mod redirect;
