//! Who signs in, through which app, and with which roles.

pub mod caller;
pub mod protocol;
pub mod upstream;
