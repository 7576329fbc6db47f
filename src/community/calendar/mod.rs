//! Calendars to subscribe to (iCalendar, RFC 5545): a person's meetings and trainings under an address that
//! holds a secret and asks for no token, because calendar programs cannot send one.

pub mod address;
pub mod entries;
pub mod ics;
pub mod input;
pub mod read;
pub mod view;
pub mod write;
