//! Who signs in, through which app, and with which roles.

pub mod account;
pub mod caller;
pub mod mail;
pub mod protocol;
pub mod sign_in;
pub mod upstream;
