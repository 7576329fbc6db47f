//! How often apps and systems ask for tokens and call, added up in memory: a row that every call writes to would be
//! the slowest of all. Whoever looks after the service adds the sums to the table every few seconds; a crash loses
//! those seconds and nothing else.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain_enum;

domain_enum! {
    /// What is counted of an app or a system.
    pub enum OAuthClientUseKind {
        /// Tokens that it was given.
        Tokens = "tokens",
        /// Requests for tokens that were refused.
        RefusedTokens = "refused_tokens",
        /// Calls that were answered.
        Calls = "calls",
        /// Calls that were refused.
        RefusedCalls = "refused_calls",
    }
}

/// The same, short.
pub type UseKind = OAuthClientUseKind;

/// Whose, on which day, and what.
pub type Counted = (Uuid, NaiveDate, UseKind);

/// What was counted since it was last taken.
#[derive(Debug, Default)]
pub struct ClientUses(Mutex<HashMap<Counted, i64>>);

impl ClientUses {
    /// Counts `times` more.
    pub fn add(&self, counted: Counted, times: i64) {
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = sums.entry(counted).or_default();
        *sum = sum.saturating_add(times);
    }

    /// All sums, taken away; in the order of their keys, so that two nodes that write them never wait for each other.
    pub fn take(&self) -> Vec<(Counted, i64)> {
        let taken = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut sums: Vec<_> = taken.into_iter().collect();
        sums.sort_unstable();
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_counted_once() {
        let uses = ClientUses::default();
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        for _ in 0..3 {
            uses.add((Uuid::nil(), day, UseKind::Calls), 1);
        }
        uses.add((Uuid::nil(), day, UseKind::Tokens), 1);
        assert_eq!(
            uses.take(),
            [((Uuid::nil(), day, UseKind::Tokens), 1), ((Uuid::nil(), day, UseKind::Calls), 3)]
        );
        assert!(uses.take().is_empty());
    }
}
