//! A program (program pelatihan) is a curriculum: its form, its hours in JP, whom
//! it is for, what it takes to pass. It is run in batches.

pub mod input;
pub mod read;
pub mod rule;
pub mod view;
pub mod write;
