//! Signing in: passwords, second factors, links that are used once, and the sessions that come of it.

pub mod secret;
pub mod session;
