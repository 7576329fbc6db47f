//! A school (satuan pendidikan), known by its national number (NPSN). Source data
//! is dirty: what can be read is kept, and what is odd about it is said.

pub mod coordinates;
pub mod npsn;
pub mod read;
pub mod rule;
pub mod teaching;
pub mod view;
pub mod write;
