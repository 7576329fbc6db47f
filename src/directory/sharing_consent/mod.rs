//! Consent to sharing something that need not be shared, given and taken back by the person alone (UU 27/2022, articles 9,
//! 20 to 24 and 40). Only what the service really holds back without it is a purpose here.

pub mod read;
pub mod rule;
pub mod texts;
pub mod view;
pub mod write;
