//! A person's own learning: what they plan, how they see themselves, what shows it, what they make of it. It is theirs
//! alone, until they share a goal or a reflection themselves; how they see themselves is shown to nobody (ADR 27).
//! Points to communities, certification, training and the directory; nothing below points here.

pub mod competency;
pub mod input;
pub mod read;
pub mod rule;
pub mod suggestion;
pub mod view;
pub mod write;
