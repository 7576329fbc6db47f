//! Notes of progress: how a community went on in one month, beside the month before. A note is made once the month is
//! over and late reports are in; it never changes.

pub mod read;
pub mod rule;
pub mod view;
pub mod write;
