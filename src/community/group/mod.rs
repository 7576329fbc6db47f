//! A community itself (KKG, MGMP, MGBK, KKKS, MKKS, a school's learning community, a book club): what it is
//! called, where it belongs, its charter, and where it stands between forming and closed.

pub mod area;
pub mod input;
pub mod lock;
pub mod quiet;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
