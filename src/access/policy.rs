//! The permission table, and nothing else. What is not listed is refused.
//! Its printed matrix is a reviewed snapshot (`tests/it/authz.rs`).

mod community;
mod training;

use super::{action::Action, grant::Role};
use community::COMMUNITY;
use training::TRAINING;

/// Who, what, how far.
pub type Row = (Role, Action, Reach);

/// How far a role's permission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The whole country.
    Everywhere,
    /// The grant's region and everything below it.
    Region,
    /// What the grant's organisation runs.
    Organisation,
    /// What belongs to the grant's school.
    School,
    /// What is about the caller.
    Own,
    /// What the caller teaches.
    Taught,
    /// What belongs to the communities of which the caller is a member.
    Member,
    /// What belongs to the communities in which the caller holds an office.
    Officer,
}

/// Who may do what, and how far it goes.
pub const POLICY: &[Row] = &joined::<{ TRAINING.len() + COMMUNITY.len() }>(TRAINING, COMMUNITY);

/// One table of two.
const fn joined<const N: usize>(one: &[Row], other: &[Row]) -> [Row; N] {
    let mut all = [one[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < one.len() { one[at] } else { other[at - one.len()] };
        at += 1;
    }
    all
}
