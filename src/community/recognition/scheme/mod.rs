//! The criteria by which communities are recognised. They come in editions, and what was published never changes.

pub mod input;
pub mod read;
pub mod state;
pub mod view;
pub mod write;
