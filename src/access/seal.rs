//! Texts that the service must read again but that nobody else may, such as the secret of a second factor or a mail that
//! waits. Each is bound to the one row it stands on. The keys are derived from those for identity numbers, each purpose
//! under a label of its own, so that they are kept, backed up and exchanged with them.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use uuid::Uuid;

use super::keys::{Keyring, Secret};
use crate::foundation::{
    error::{Error, Result},
    transaction::hex,
};

/// Names the form of a sealed text, and is bound into it.
const FORM: &str = "seal1";
/// Bytes of a nonce.
pub const NONCE: usize = 12;

/// What texts are sealed for: a text of one purpose never opens as one of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedFor {
    /// The secret of a second factor.
    SecondFactor,
    /// A mail that waits to be delivered.
    Mail,
    /// Whether a browser signed in before.
    Device,
    /// Codes that stand in for the second factor.
    Recovery,
    /// What a person wishes their record to say.
    Correction,
}

impl SealedFor {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::SecondFactor => b"sanggar seal second factor",
            Self::Mail => b"sanggar seal mail",
            Self::Device => b"sanggar mark device",
            Self::Recovery => b"sanggar mark recovery",
            Self::Correction => b"sanggar seal correction",
        }
    }
}

/// Seals and marks for one purpose with the keys of one [`Keyring`].
pub struct Seal {
    /// The first seals; all open.
    sealing: Vec<Secret>,
    marking: Secret,
}

impl Seal {
    /// A seal with the keys of `ring`.
    pub fn new(ring: &Keyring, purpose: SealedFor) -> Self {
        let derived = |key: &Secret| Secret::from_bytes(key.mac(&[purpose.label()]));
        Self {
            sealing: ring.nik_encryption().iter().map(derived).collect(),
            marking: derived(ring.nik_index()),
        }
    }

    /// `text` as one opaque text for the row `of`. The nonce must be random and new.
    ///
    /// # Errors
    /// `internal` when the cipher refuses.
    pub fn seal(&self, of: Uuid, text: &[u8], nonce: [u8; NONCE]) -> Result<String> {
        let key = self.sealing.first().ok_or_else(|| Error::internal("seal a text", "no key"))?;
        let label = format!("{FORM}.{}", key.id());
        let bound = [label.as_bytes(), of.as_bytes()].concat();
        let sealed = Aes256Gcm::new(key.bytes().into())
            .encrypt(&Nonce::from(nonce), Payload { msg: text, aad: &bound })
            .map_err(|_| Error::internal("seal a text", "the cipher refused"))?;
        Ok(format!("{label}.{}", BASE64.encode([&nonce[..], &sealed].concat())))
    }

    /// What stands `sealed` on the row `of`; none when the key it was sealed with is not among the keys any more.
    ///
    /// # Errors
    /// `internal` when it was changed since it was sealed, or was moved here from another row.
    pub fn open(&self, of: Uuid, sealed: &str) -> Result<Option<Vec<u8>>> {
        let fault = |what: &str| Error::internal("open a sealed text", what);
        let (label, body) = sealed.rsplit_once('.').ok_or_else(|| fault("not in the sealed form"))?;
        let id = label.strip_prefix(FORM).and_then(|rest| rest.strip_prefix('.'));
        let id = id.ok_or_else(|| fault("not in the sealed form"))?;
        let Some(key) = self.sealing.iter().find(|key| key.id() == id) else { return Ok(None) };
        let body = BASE64.decode(body).map_err(|_| fault("not in the sealed form"))?;
        let (nonce, sealed) = body.split_first_chunk::<NONCE>().ok_or_else(|| fault("too short"))?;
        let bound = [label.as_bytes(), of.as_bytes()].concat();
        let opened = Aes256Gcm::new(key.bytes().into())
            .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: &bound });
        opened.map(Some).map_err(|_| fault("changed since it was sealed"))
    }

    /// The mark of `text` on the row `of`, 64 hex digits: only the service can make it.
    pub fn mark(&self, of: Uuid, text: &str) -> String {
        hex(&self.marking.mac(&[b"on a row ", of.as_bytes(), text.as_bytes()]))
    }
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_on_its_row_for_its_purpose_and_nowhere_else() {
        let ring = Keyring::ephemeral(1);
        let (seal, row) = (Seal::new(&ring, SealedFor::Mail), Uuid::from_u128(1));
        let sealed = seal.seal(row, b"canary", [7; NONCE]).unwrap();
        assert!(!sealed.contains("canary"));
        assert_eq!(seal.open(row, &sealed).unwrap().unwrap(), b"canary");
        assert!(seal.open(Uuid::from_u128(2), &sealed).is_err(), "moved to another row");
        let other = Seal::new(&ring, SealedFor::SecondFactor);
        assert!(!matches!(other.open(row, &sealed), Ok(Some(_))), "opened for another purpose");
        let elsewhere = Seal::new(&Keyring::ephemeral(2), SealedFor::Mail);
        assert_eq!(elsewhere.open(row, &sealed).unwrap(), None, "another service's");
        assert_ne!(seal.mark(row, "a"), other.mark(row, "a"));
    }
}
