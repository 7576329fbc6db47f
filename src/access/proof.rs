//! Which proofs of possession (RFC 9449) this node has seen. A proof is made for one request: the same one again comes
//! from somebody who listened. Proofs live for two minutes, so a bounded memory is enough, and it is each node's own: at
//! the token endpoint, where one proof makes a token of it, the database remembers for all nodes.

use std::{
    collections::{HashSet, VecDeque},
    sync::{Mutex, PoisonError},
};

use sha2::{Digest, Sha256};

/// The most proofs that are remembered; beyond it the oldest is forgotten.
const MOST: usize = 200_000;

/// Proofs that were seen, until they are too old to be taken anyway.
#[derive(Debug, Default)]
pub struct SeenProofs(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    known: HashSet<[u8; 32]>,
    /// In the order in which they came, with the second from which on they may be forgotten.
    order: VecDeque<(i64, [u8; 32])>,
}

impl SeenProofs {
    /// Whether `jti`, proved with the key `jkt`, is new; it is not from then on. `now` and `until` are seconds since
    /// 1970: from `until` on the proof would be too old to be taken.
    pub fn is_new(&self, jkt: &str, jti: &str, now: i64, until: i64) -> bool {
        let digest = Sha256::new().chain_update(jkt).chain_update([0]).chain_update(jti).finalize();
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while seen.order.len() >= MOST || seen.order.front().is_some_and(|(until, _)| *until <= now) {
            let Some((_, oldest)) = seen.order.pop_front() else { break };
            seen.known.remove(&oldest);
        }
        let digest: [u8; 32] = digest.into();
        let new = seen.known.insert(digest);
        if new {
            seen.order.push_back((until, digest));
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_new_once_for_each_key() {
        let seen = SeenProofs::default();
        assert!(seen.is_new("k", "1", 100, 220));
        assert!(!seen.is_new("k", "1", 100, 220));
        assert!(seen.is_new("k2", "1", 100, 220));
        assert!(seen.is_new("k", "2", 219, 339));
        assert!(!seen.is_new("k", "1", 219, 220), "still within its time");
        assert!(seen.is_new("k", "1", 220, 340), "too old to be taken, so it may be forgotten");
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let seen = SeenProofs::default();
        for n in 0..MOST + 10 {
            assert!(seen.is_new("k", &n.to_string(), 1, 1_000));
        }
        assert!(seen.0.lock().unwrap().order.len() <= MOST);
    }
}
