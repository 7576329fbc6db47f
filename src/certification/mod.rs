//! Certification: the claim that a person completed something, and how anyone checks it.

pub mod certificate;
pub mod inspect;
