//! An organisation (lembaga): whoever offers trainings, verifies competence or
//! looks after a region: a ministry unit, a regional office, a training centre,
//! a teacher university, an association, a school, a company, a parents' body.

pub mod read;
pub mod rule;
pub mod view;
pub mod write;
