//! Recognition: how a community goes on, month by month, and which communities of a region are recognised for a year.
//! A community is held to published criteria and to its own past, to no other community: there are no places, and
//! every one that meets the criteria is recognised. Nothing of it is about a person.

pub mod facts;
pub mod gather;
pub mod note;
pub mod record;
pub mod round;
pub mod rule;
pub mod scheme;
pub mod view;
