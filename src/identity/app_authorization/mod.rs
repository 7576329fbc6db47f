//! What apps may do for one: seen and withdrawn by whoever agreed. Agreeing itself is a step of the protocol
//! (`identity::oauth::consent`), on a page, by the person in front of it; no app can agree to anything.

pub mod read;
pub mod view;
pub mod write;
