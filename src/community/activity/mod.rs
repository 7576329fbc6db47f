//! What a community does on a day (kegiatan): a meeting, a lesson observed, a chapter read together, an
//! assessment written in common. Planned, held, reported; credit counts what was reported.

pub mod attendance;
pub mod check_in;
pub mod cost;
pub mod detail;
pub mod feed;
pub mod input;
pub mod lock;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
