//! What communities make (perangkat): lesson plans, common assessments, curriculum alignments, good practice.
//! An artefact has versions that never change, authors, a licence and what it serves; colleagues review it,
//! officers publish it, and other communities carry it on with credit.

pub mod attachment;
pub mod credit;
pub mod forget;
pub mod input;
pub mod licence;
pub mod lock;
pub mod read;
pub mod rule;
pub mod versions;
pub mod view;
pub mod write;
