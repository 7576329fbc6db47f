//! Attendance (presensi) of an activity: who was there, for how long, and how it is known.

pub mod read;
pub mod record;
pub mod rule;
pub mod view;
