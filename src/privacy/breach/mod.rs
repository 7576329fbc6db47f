//! A breach of personal data (kebocoran data pribadi): what came out, how it was stopped, and whom it was told in time.
//! Article 46 of the data protection law (UU 27/2022) gives 3 × 24 hours to tell the persons and the authority in
//! writing; the register keeps that clock. It names no person: what it needs of them is how many and which classes of
//! data.

pub mod clock;
pub mod input;
pub mod letter;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
