//! Attendance (presensi): one enrolment in one session, minutes present. The rule of
//! what may be recorded is in [`super::session::attendance`].

pub mod read;
pub mod view;
pub mod write;
