//! Who signs in, through which app, and with which roles.

pub mod account;
pub mod app_authorization;
pub mod audit_entry;
pub mod caller;
pub mod client;
pub mod document;
pub mod limit;
pub mod mail;
pub mod oauth;
pub mod protocol;
pub mod role;
pub mod sign_in;
pub mod upstream;
