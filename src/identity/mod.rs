//! Who signs in, through which app, and with which roles.

pub mod app_authorization;
pub mod caller;
pub mod client;
pub mod oauth;
pub mod protocol;
pub mod sign_in;
