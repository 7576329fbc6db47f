//! The yearly recognition of the communities of one region: counted, announced, open to objections for fourteen days,
//! then final. Every community that meets the criteria is recognised; they are named in the order of the alphabet.

pub mod entry;
pub mod input;
pub mod objection;
pub mod read;
pub mod reproduce;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
