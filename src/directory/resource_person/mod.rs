//! A resource person (narasumber) teaches sessions. Competence is claimed with
//! evidence, per program, and somebody with a name verifies it; without that no
//! session may be taught.

pub mod decide;
pub mod merge;
pub mod read;
pub mod rule;
pub mod view;
pub mod write;
