//! Who signs in, through which app, and with which roles.

pub mod caller;
pub mod protocol;
pub mod sign_in;
pub mod upstream;
