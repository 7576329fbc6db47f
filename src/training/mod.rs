//! What is taught, when, by whom, to whom, and who completed it: programs, their
//! batches, the sessions of a batch, and the enrolments of persons in it. Points
//! to the directory; certificates point here.

pub mod attendance;
pub mod batch;
pub mod enrolment;
pub mod program;
pub mod session;
pub mod warning;
