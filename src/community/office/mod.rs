//! Who holds an office in a community (pengurus): chair, secretary, treasurer, patron, guides and coordinators.
//! An office is held until it is passed on or given up, also past its term (ADR 15).

pub mod input;
pub mod lock;
pub mod read;
pub mod rule;
pub mod view;
pub mod write;
