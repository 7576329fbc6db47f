//! A book that a community reads together, chapter by chapter (klub buku): by when each chapter is read, who
//! leads the talk about it, what members write about it. How far the group is, everybody sees; who lags,
//! nobody does: progress is shown as a count for each chapter, and to each member their own.

pub mod input;
pub mod isbn;
pub mod note;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
