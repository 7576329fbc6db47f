//! The permission table, and nothing else. What is not listed is refused.
//! Its printed matrix is a reviewed snapshot (`tests/it/authz.rs`).

mod account;
mod app;
mod breach;
mod client;
mod community;
mod correction;
mod data_access;
mod detail;
mod document;
mod erasure;
mod files;
mod improvement;
mod learning;
mod personal_data;
mod recognition;
mod restriction;
mod retention;
mod role;
mod sharing;
mod trail;
mod training;
mod voice;

use super::{
    action::Action::{self, CertificateIssue, CertificateRevoke},
    grant::Role,
};
use account::ACCOUNT;
use app::APP;
use breach::BREACHES;
use client::CLIENT;
use community::COMMUNITY;
use correction::CORRECTION;
use data_access::DATA_ACCESS;
use detail::DETAIL;
use document::DOCUMENT;
use erasure::ERASURE;
use files::FILES;
use improvement::IMPROVEMENT;
use learning::LEARNING;
use personal_data::PERSONAL_DATA;
use recognition::RECOGNITION;
use restriction::RESTRICTION;
use retention::RETENTION;
use role::ROLES;
use sharing::SHARING;
use trail::TRAIL;
use training::TRAINING;
use voice::VOICE;

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
    /// What belongs to the account with which the caller signed in.
    Account,
}

/// The rooms of the table.
#[rustfmt::skip] // One a line, so that two who add a room do not meet.
const ROOMS: &[&[Row]] = &[
    TRAINING,
    COMMUNITY,
    DETAIL,
    FILES,
    LEARNING,
    IMPROVEMENT,
    VOICE,
    RECOGNITION,
    ROLES,
    ACCOUNT,
    APP,
    CLIENT,
    DOCUMENT,
    TRAIL,
    ERASURE,
    BREACHES,
    PERSONAL_DATA,
    CORRECTION,
    RETENTION,
    DATA_ACCESS,
    SHARING,
    RESTRICTION,
];

/// Who may do what, and how far it goes.
pub const POLICY: &[Row] = &joined::<{ rows(ROOMS) }>(ROOMS);

/// Whether whoever holds `role` must have proved a second factor: it can issue or revoke certificates.
pub fn needs_second_factor(role: Role) -> bool {
    POLICY.iter().any(|row| row.0 == role && matches!(row.1, CertificateIssue | CertificateRevoke))
}

/// How many rows there are in all.
const fn rows(rooms: &[&[Row]]) -> usize {
    let (mut room, mut sum) = (0, 0);
    while room < rooms.len() {
        sum += rooms[room].len();
        room += 1;
    }
    sum
}

/// One table of all.
const fn joined<const N: usize>(rooms: &[&[Row]]) -> [Row; N] {
    let mut all = [rooms[0][0]; N];
    let (mut room, mut next) = (0, 0);
    while room < rooms.len() {
        let mut at = 0;
        while at < rooms[room].len() {
            all[next] = rooms[room][at];
            next += 1;
            at += 1;
        }
        room += 1;
    }
    all
}
