//! Who and where: regions, schools, organisations, persons and resource persons.
//! Everything else points here, and the denominator of every coverage figure is
//! this whole directory: every teacher counts, without exception.

pub mod correction;
pub mod me;
pub mod organisation;
pub mod person;
pub mod region;
pub mod resource_person;
pub mod school;
