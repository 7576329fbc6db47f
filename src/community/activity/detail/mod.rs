//! What is particular to each kind of activity: what worked and who told of it, what pupils showed, what was read,
//! what was made. Typed words stand with the activity; the rest is gathered from where it stands (ADR 26).

pub mod input;
pub mod read;
pub mod rule;
pub mod view;
pub mod write;
