//! What a person could do next, and why: programs and communities that fit what they want to learn.

pub mod read;
pub mod rule;
pub mod view;
