//! Credit for what a community does: published rules (a scheme), by which the activities that somebody
//! attended add up to JP, the explanation of that sum, and the certificate that is claimed by it. It is
//! neither direct nor cascade training.

pub mod read;
pub mod rule;
pub mod scheme;
pub mod view;
pub mod write;
