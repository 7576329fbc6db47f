//! Who is in a community. One asks or is invited, is admitted or accepts, and leaves again; everyone counts,
//! whatever their kind and employment.

pub mod input;
pub mod lock;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
