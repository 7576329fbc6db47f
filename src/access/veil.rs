//! Who stands behind something anonymous. The row keeps two texts about them, neither of which leads to
//! anybody without the service's keys: a seal, which the service can open where a rule allows it, and a
//! mark, by which whoever wrote the thing finds it again. Both are bound to the one thing they stand on:
//! two things of one author have nothing in common.
//!
//! The keys are derived from those for identity numbers, each under a label of its own, so that they are
//! kept, backed up and exchanged with them.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use uuid::Uuid;

use super::keys::{Keyring, Secret};
use crate::foundation::{
    error::{Error, Result},
    id::Ids,
    transaction::hex,
};

/// Names the form of a sealed author, and is bound into it.
const FORM: &str = "veil1";
const NONCE: usize = 12;

/// The name that stands in the audit trail and in events where whoever acted is kept from everybody.
pub const WITHHELD: &str = "withheld";

/// What was found under a seal.
#[derive(Debug, PartialEq, Eq)]
pub enum Opened {
    /// This person.
    Person(Uuid),
    /// Nobody: the key it was sealed with is not among the keys any more.
    KeyLost,
}

/// Seals and marks with the keys of one [`Keyring`].
pub struct Veil {
    /// The first seals; all open.
    sealing: Vec<Secret>,
    marking: Secret,
}

impl Veil {
    /// A veil with the keys of `ring`.
    pub fn new(ring: &Keyring) -> Self {
        let derived = |key: &Secret, label: &[u8]| Secret::from_bytes(key.mac(&[label]));
        Self {
            sealing: ring.nik_encryption().iter().map(|key| derived(key, b"sanggar veil seal")).collect(),
            marking: derived(ring.nik_index(), b"sanggar veil mark"),
        }
    }

    /// `person` as one opaque text for the row of `thing`.
    ///
    /// # Errors
    /// `internal` when the cipher refuses, which sixteen bytes cannot make it do.
    pub fn seal(&self, thing: Uuid, person: Uuid, ids: &Ids) -> Result<String> {
        let key = self.sealing.first().ok_or_else(|| Error::internal("seal an author", "no key"))?;
        let nonce: [u8; NONCE] = ids.random();
        let label = format!("{FORM}.{}", key.id());
        let bound = [label.as_bytes(), thing.as_bytes()].concat();
        let content = Payload { msg: person.as_bytes(), aad: &bound };
        let sealed = Aes256Gcm::new(key.bytes().into())
            .encrypt(&Nonce::from(nonce), content)
            .map_err(|_| Error::internal("seal an author", "the cipher refused"))?;
        Ok(format!("{label}.{}", BASE64.encode([&nonce[..], &sealed].concat())))
    }

    /// The person in what stands `sealed` on the row of `thing`.
    ///
    /// # Errors
    /// `internal` when it was changed since it was sealed, or was moved here from another row.
    pub fn open(&self, thing: Uuid, sealed: &str) -> Result<Opened> {
        let fault = |what: &str| Error::internal("open a sealed author", what);
        let (label, body) = sealed.rsplit_once('.').ok_or_else(|| fault("not in the sealed form"))?;
        let id = label.strip_prefix(FORM).and_then(|rest| rest.strip_prefix('.'));
        let id = id.ok_or_else(|| fault("not in the sealed form"))?;
        let Some(key) = self.sealing.iter().find(|key| key.id() == id) else { return Ok(Opened::KeyLost) };
        let body = BASE64.decode(body).map_err(|_| fault("not in the sealed form"))?;
        let (nonce, sealed) = body.split_first_chunk::<NONCE>().ok_or_else(|| fault("too short"))?;
        let bound = [label.as_bytes(), thing.as_bytes()].concat();
        let opened = Aes256Gcm::new(key.bytes().into())
            .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: &bound });
        let opened = opened.map_err(|_| fault("changed since it was sealed"))?;
        Uuid::from_slice(&opened).map(Opened::Person).map_err(|_| fault("not a person"))
    }

    /// The mark of `person` on `thing`, 64 hex digits.
    pub fn mark(&self, thing: Uuid, person: Uuid) -> String {
        hex(&self.marking.mac(&[b"on a thing ", thing.as_bytes(), person.as_bytes()]))
    }

    /// The mark of `person` as one who votes on `thing`, 64 hex digits: another one than their mark on it, so that nobody
    /// who reads the rows learns how an author voted who has no name.
    pub fn voter(&self, thing: Uuid, person: Uuid) -> String {
        hex(&self.marking.mac(&[b"votes on a thing ", thing.as_bytes(), person.as_bytes()]))
    }

    /// The mark of `person` as one who reports `thing`, 64 hex digits: another one than their mark on it, so that a
    /// report is beside no vote and no authorship.
    pub fn reporter(&self, thing: Uuid, person: Uuid) -> String {
        hex(&self.marking.mac(&[b"reports a thing ", thing.as_bytes(), person.as_bytes()]))
    }

    /// Under what name an answer is kept to be repeated, where whoever asked is kept from everybody: another
    /// one for each key the client chose.
    pub fn caller(&self, caller: &str, action: &str, key: &str) -> String {
        let parts = [action, key].map(|part| hex(part.as_bytes())).join(" ");
        hex(&self.marking.mac(&[b"for a caller ", parts.as_bytes(), b"\n", caller.as_bytes()]))
    }
}

impl std::fmt::Debug for Veil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Veil(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_on_its_own_thing_and_nowhere_else() {
        let (veil, ids) = (Veil::new(&Keyring::ephemeral(1)), Ids::seeded(7));
        let (thing, other, person) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let sealed = veil.seal(thing, person, &ids).unwrap();
        assert_eq!(veil.open(thing, &sealed).unwrap(), Opened::Person(person));
        assert!(veil.open(other, &sealed).is_err(), "moved to another row");
        let elsewhere = Veil::new(&Keyring::ephemeral(2));
        assert_eq!(elsewhere.open(thing, &sealed).unwrap(), Opened::KeyLost, "another service's");
        assert_eq!(veil.open(thing, "veil1.x.y").unwrap(), Opened::KeyLost);
        let (label, body) = sealed.rsplit_once('.').unwrap();
        let reversed: String = body.chars().rev().collect();
        assert!(veil.open(thing, &format!("{label}.{reversed}")).is_err(), "changed since");
        assert_ne!(veil.seal(thing, person, &ids).unwrap(), sealed, "never twice the same");
        for broken in ["", "veil1", "veil1.x", "nik1.00.AAAA"] {
            assert!(veil.open(thing, broken).is_err(), "{broken}");
        }
        assert!(!sealed.contains(&person.to_string()) && !sealed.contains(&person.simple().to_string()));
    }

    #[test]
    fn marks_of_one_person_on_two_things_have_nothing_in_common() {
        let veil = Veil::new(&Keyring::ephemeral(1));
        let (one, two, person) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        assert_eq!(veil.mark(one, person), veil.mark(one, person));
        assert_ne!(veil.mark(one, person), veil.mark(two, person));
        assert_ne!(veil.mark(one, person), veil.mark(one, two));
        assert_ne!(veil.reporter(one, person), veil.mark(one, person), "a report is beside no author");
        assert_ne!(veil.reporter(one, person), veil.voter(one, person), "and beside no vote");
        assert_ne!(veil.voter(one, person), veil.mark(one, person), "a vote is beside no author");
        assert_ne!(veil.reporter(one, person), veil.reporter(two, person));
        assert_ne!(veil.caller("a", "b", "c"), veil.caller("a", "b c", ""));
        assert_ne!(veil.caller("a", "b", "c"), veil.caller("a", "b", "d"));
    }
}
