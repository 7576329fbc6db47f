//! What a community sets out to improve: a problem with its evidence, one measure before and after, what is tried,
//! who looks after it and until when; and which activities and artefacts came of it. What came of an item is
//! worked out from the measure, never typed in.

pub mod chain;
pub mod input;
pub mod measure;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
