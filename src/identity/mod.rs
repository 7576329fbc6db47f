//! Who signs in, through which app, and with which roles.

pub mod caller;
pub mod document;
pub mod limit;
pub mod protocol;
