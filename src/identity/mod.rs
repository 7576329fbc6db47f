//! Who signs in, through which app, and with which roles.

pub mod caller;
pub mod client;
pub mod leftover;
pub mod protocol;
