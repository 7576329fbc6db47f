//! The keys the service signs and seals with.
//!
//! Two signing keys (ES256), kept apart by purpose so that neither can be used in
//! place of the other: [`Purpose::Token`] for access tokens, [`Purpose::Certificate`]
//! for certificates. Four secrets of 32 bytes: for page cursors, for sealing NIKs, for
//! finding a NIK again and for sealing the audit trail. All are made on the first run (see [`store`]) or given by
//! configuration. `sanggar keys rotate` changes the key of tokens (see [`rotate`]); to change that of certificates, move
//! its file away and start again. The public half stays beside it and what it signed keeps verifying. A database knows the
//! keys it depends on (see [`depended`]), so none of them is ever replaced unnoticed.

pub mod depended;
pub mod rotate;
pub mod store;

mod jwk;
mod secret;
mod signing;

pub use secret::Secret;
pub use signing::{PublicKey, SigningKey};

use depended::Held;
use serde_json::{Value, json};

/// What a signing key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Access tokens of callers.
    Token,
    /// Certificates.
    Certificate,
}

impl Purpose {
    /// Both purposes.
    pub const ALL: [Self; 2] = [Self::Token, Self::Certificate];

    /// The name in file names and settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Certificate => "certificate",
        }
    }
}

/// A key that cannot be used: which one, what is wrong, and what to do about it.
/// Never holds key material.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {fault}. {cure}")]
pub struct KeyError {
    /// The file, or the setting.
    pub key: String,
    /// What is wrong.
    pub fault: String,
    /// What to do.
    pub cure: String,
}

impl KeyError {
    pub(crate) fn new(key: impl ToString, fault: impl ToString, cure: impl ToString) -> Self {
        Self { key: key.to_string(), fault: fault.to_string(), cure: cure.to_string() }
    }
}

/// The keys of one purpose: the one that signs, and all that verify.
struct Signers {
    current: SigningKey,
    /// The current public key first, then older ones.
    known: Vec<PublicKey>,
}

impl Signers {
    fn new(current: SigningKey, older: Vec<PublicKey>) -> Self {
        let mut known = vec![current.public().clone()];
        for key in older {
            if known.iter().all(|k| k.kid() != key.kid()) {
                known.push(key);
            }
        }
        Self { current, known }
    }
}

/// All keys of the service. Cheap to share behind an `Arc`, never cloned, never printed.
pub struct Keyring {
    token: Signers,
    certificate: Signers,
    cursor: Secret,
    /// The one that seals first, then older ones that still open.
    nik_encryption: Vec<Secret>,
    nik_index: Secret,
    audit: Secret,
}

impl Keyring {
    /// Keys that follow from `seed`: the same seed gives the same keys, in every run.
    /// For tests and demonstration data only: whoever knows the seed knows the keys.
    pub fn ephemeral(seed: u64) -> Self {
        let root = Secret::from_bytes(*b"sanggar ephemeral keyring, seed:").mac(&[&seed.to_be_bytes()]);
        let root = Secret::from_bytes(root);
        let secret = |name: &str| Secret::from_bytes(root.mac(&[b"secret ", name.as_bytes()]));
        let signers = |purpose: Purpose| Signers::new(SigningKey::derive(&root, purpose.name()), Vec::new());
        Self {
            token: signers(Purpose::Token),
            certificate: signers(Purpose::Certificate),
            cursor: secret("cursor"),
            nik_encryption: vec![secret("nik-encryption")],
            nik_index: secret("nik-index"),
            audit: secret("audit"),
        }
    }

    /// Every key by its public name. Whoever adds a key to the ring adds it here.
    fn held(&self) -> Vec<Held> {
        let Self { token, certificate, cursor, nik_encryption, nik_index, audit } = self;
        let signing = |purpose: Purpose, signers: &Signers| Held {
            purpose: purpose.name(),
            current: signers.current.kid().to_owned(),
            known: signers.known.iter().map(|key| key.kid().to_owned()).collect(),
        };
        let secret = |purpose, current: &Secret, all: &[Secret]| Held {
            purpose,
            current: current.fingerprint(),
            known: all.iter().chain([current]).map(Secret::fingerprint).collect(),
        };
        let mut held = vec![
            signing(Purpose::Token, token),
            signing(Purpose::Certificate, certificate),
            secret("cursor", cursor, &[]),
            secret("nik-index", nik_index, &[]),
            secret("audit", audit, &[]),
        ];
        held.extend(nik_encryption.first().map(|current| secret("nik-encryption", current, nik_encryption)));
        held
    }

    fn signers(&self, purpose: Purpose) -> &Signers {
        match purpose {
            Purpose::Token => &self.token,
            Purpose::Certificate => &self.certificate,
        }
    }

    /// The key that signs for `purpose` now.
    pub fn signer(&self, purpose: Purpose) -> &SigningKey {
        &self.signers(purpose).current
    }

    /// The public key `kid` of `purpose`, current or older. A key of another purpose is
    /// not found: a certificate key proves no token.
    pub fn public(&self, purpose: Purpose, kid: &str) -> Option<&PublicKey> {
        self.signers(purpose).known.iter().find(|key| key.kid() == kid)
    }

    /// The JWK Set (RFC 7517) for `/.well-known/jwks.json`: every public key that ever
    /// signed, of both purposes; nothing secret.
    pub fn jwks(&self) -> Value {
        let keys = Purpose::ALL.into_iter().flat_map(|p| &self.signers(p).known).map(PublicKey::jwk);
        json!({ "keys": keys.collect::<Vec<_>>() })
    }

    /// The secret that page cursors are sealed with.
    pub fn cursor(&self) -> &Secret {
        &self.cursor
    }

    /// The secret that seals the audit trail. It cannot change: without it nothing that it
    /// sealed can be checked.
    pub fn audit(&self) -> &Secret {
        &self.audit
    }

    /// The secret of the codes that are shown at meetings of communities. It follows from the one that seals the
    /// audit trail, by a label of its own, so that it stays the same as long as the database lives and a
    /// code that a phone kept over a restart is still good. Nothing leads back from it.
    pub fn check_in(&self) -> Secret {
        Secret::from_bytes(self.audit.mac(&[b"sanggar check-in codes 1"]))
    }

    /// The secret of refresh tokens. It follows from the one that seals the audit trail, by a label of its own: a
    /// refresh token is proven by what it says, and nothing of it is stored.
    pub fn refresh(&self) -> Secret {
        Secret::from_bytes(self.audit.mac(&[b"sanggar refresh 1"]))
    }

    /// The secret of sign-ins that are under way at an upstream provider. It follows from the one of page cursors, by a
    /// label of its own; nothing that it makes is needed longer than ten minutes.
    pub fn upstream(&self) -> Secret {
        Secret::from_bytes(self.cursor.mac(&[b"sanggar upstream sign-in 1"]))
    }

    /// The secrets that open sealed NIKs; the first one seals.
    pub(crate) fn nik_encryption(&self) -> &[Secret] {
        &self.nik_encryption
    }

    /// The secret of the NIK's blind index. It cannot change without indexing anew.
    pub(crate) fn nik_index(&self) -> &Secret {
        &self.nik_index
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring")
            .field("token", &self.token.current.kid())
            .field("certificate", &self.certificate.current.kid())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
