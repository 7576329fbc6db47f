//! Organisations that stand by a community, and with what: expertise, money, a place, materials, time.

pub mod input;
pub mod read;
pub mod rule;
pub mod view;
pub mod write;
