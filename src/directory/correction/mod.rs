//! Corrections that persons ask for in their records (UU PDP 27/2022, articles 6 and 30): what shall change and why,
//! answered within 72 hours by whoever looks after the record. What was wished goes when it is answered.

pub mod input;
pub mod read;
pub mod rule;
pub mod view;
mod wishes;
pub mod write;
