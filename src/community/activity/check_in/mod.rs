//! Presence by a code that is shown in the room. A code is a signed window of thirty seconds: it proves when
//! it was shown, so that a phone without a network keeps it and sends it days later, and no phone's clock is
//! trusted. Whoever was there and has no code says so afterwards.

pub mod code;
pub mod read;
pub mod rule;
pub mod write;
