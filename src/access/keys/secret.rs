use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::KeyError;

/// 32 secret bytes. Never printed; compared only by what they produce.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A secret of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 32 bytes as unpadded base64url; white space around them is ignored.
    ///
    /// # Errors
    /// [`KeyError`] naming `name` (a file or setting) when it is anything else.
    pub fn parse(name: impl ToString, text: &str) -> Result<Self, KeyError> {
        let bytes = BASE64.decode(text.trim()).ok().and_then(|b| <[u8; 32]>::try_from(b).ok());
        bytes.map(Self).ok_or_else(|| {
            KeyError::new(
                name,
                "is not 32 bytes in base64url without padding (43 letters)",
                "Give it again, or restore the file from a backup; `openssl rand -base64 32 | tr '+/' '-_' | tr -d '='` makes a new one",
            )
        })
    }

    /// The same as base64url, for a file of mode 0600 and nothing else.
    pub(super) fn encode(&self) -> String {
        BASE64.encode(self.0)
    }

    /// The bytes, for a cipher.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA-256 over `parts`, one after the other. Callers put a fixed label first
    /// and keep at most one part of changing length, or parts could run into each other.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        // An HMAC takes a key of any length; ours has 32 bytes, so the other branch is never taken.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 32] };
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The public name under which a database knows the secret (16 hex digits); tells nothing about it.
    pub(super) fn fingerprint(&self) -> String {
        let hash = Sha256::new().chain_update(b"sanggar key fingerprint").chain_update(self.0).finalize();
        hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// A short public name of the secret (8 hex digits) that tells nothing about it.
    pub fn id(&self) -> String {
        let hash = Sha256::new().chain_update(b"sanggar key id").chain_update(self.0).finalize();
        hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}
