//! One colleague accompanies another (pendampingan): what they work on and what they agreed to do next. It belongs
//! to the two alone; to everybody else it only took place, until both of them share it with the members of their
//! community (ADR 26).

pub mod input;
pub mod rule;
pub mod view;
pub mod write;
