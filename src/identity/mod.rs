//! Who signs in, through which app, and with which roles.

pub mod audit_entry;
pub mod caller;
pub mod protocol;
