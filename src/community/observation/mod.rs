//! A lesson of one teacher that one colleague watches (observasi sejawat), what they say to each other about
//! it, and what the teacher makes of it. It belongs to the two alone: nobody else sees that it is there, not
//! an officer of the community, not a principal, not the ministry, until both of them share it with the
//! members of their community. There is no field for a pupil, and no sum of ratings (ADR 19).

pub mod input;
pub mod instrument;
pub mod read;
pub mod rule;
pub mod state;
pub mod view;
pub mod write;
