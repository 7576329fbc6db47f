//! Signing in: passwords, second factors, links that are used once, and the sessions that come of it.

pub mod codes;
pub mod device;
pub mod enter;
pub mod hash;
pub mod leftover;
pub mod link;
pub mod password;
pub mod rule;
pub mod second;
pub mod secret;
pub mod session;
pub mod throttle;
