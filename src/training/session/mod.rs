//! A session (sesi) is one meeting of a batch, with resource persons, in its own
//! time zone. Teaching time is protected, and so are the teachers who train others.

pub mod attendance;
pub mod burden;
pub mod clash;
pub mod gate;
pub mod input;
pub mod ledger;
pub mod lessons;
pub mod read;
pub mod rule;
pub mod timetable;
pub mod view;
pub mod write;
