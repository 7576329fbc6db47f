//! Cursors: where a list goes on, sealed. A key of a list may be a person's name, and a
//! cursor stands in addresses, which proxies log; so it tells nothing to whoever reads it.

use std::collections::BTreeMap;

use aes_gcm::{
    Aes256Gcm, Nonce,
    aead::{Aead, KeyInit},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::foundation::error::{Error, Result};

const NONCE: usize = 12;
const BINDING: usize = 8;

/// What a cursor belongs to: a list, and what that was narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Binding([u8; BINDING]);

impl Binding {
    /// Of the list of this name as narrowed by `scope`. What is null in it counts as left
    /// out: a filter may get more fields without ending the cursors that clients keep.
    pub(super) fn new(list: &str, scope: &impl Serialize) -> Result<Self> {
        let unwritable = |e| Error::internal("bind a cursor", e);
        let scope = match serde_json::to_value(scope).map_err(unwritable)? {
            serde_json::Value::Object(fields) => {
                let fields: BTreeMap<_, _> =
                    fields.into_iter().filter(|(_, value)| !value.is_null()).collect();
                serde_json::to_vec(&fields)
            }
            other => serde_json::to_vec(&other),
        };
        let hash = Sha256::new()
            .chain_update(list)
            .chain_update([0])
            .chain_update(scope.map_err(unwritable)?)
            .finalize();
        let mut short = [0; BINDING];
        short.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Ok(Self(short))
    }
}

/// Seals cursors (AES-256-GCM), so that a client can neither read one nor make one up.
#[derive(Clone)]
pub struct CursorKey {
    cipher: Aes256Gcm,
    nonces: Hmac<Sha256>,
}

impl CursorKey {
    /// Seals with keys derived from these bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        let nonces = derived(&secret, b"cursor nonces");
        Self { cipher: Aes256Gcm::new(&derived(&secret, b"cursor cipher").into()), nonces: hmac(&nonces) }
    }

    /// Seals a place `at` in the stream of this name as narrowed by `scope`, for a client to go on from.
    ///
    /// # Errors
    /// `internal` when it cannot be written.
    pub fn mark(&self, stream: &str, scope: &impl Serialize, at: i64) -> Result<String> {
        self.seal(Binding::new(stream, scope)?, &at)
    }

    /// The place that [`CursorKey::mark`] sealed; it came in the argument that `pointer` names.
    ///
    /// # Errors
    /// `cursor_malformed`; `cursor_of_another_list`.
    pub fn place(
        &self,
        stream: &str,
        scope: &impl Serialize,
        mark: &str,
        pointer: &'static str,
    ) -> Result<i64> {
        self.open(Binding::new(stream, scope)?, mark, pointer)
    }

    /// The nonce follows from the content: the same place has the same cursor, so pages can be
    /// cached and compared, and two contents do not share a nonce.
    pub(super) fn seal<K: Serialize>(&self, binding: Binding, key: &K) -> Result<String> {
        let mut body = binding.0.to_vec();
        serde_json::to_writer(&mut body, key).map_err(|e| Error::internal("write a cursor", e))?;
        let tag: [u8; 32] = self.nonces.clone().chain_update(&body).finalize().into_bytes().into();
        let mut nonce = [0; NONCE];
        nonce.iter_mut().zip(tag).for_each(|(to, from)| *to = from);
        let sealed = self.cipher.encrypt(&Nonce::from(nonce), body.as_slice());
        let sealed = sealed.map_err(|_| Error::internal("seal a cursor", "the cipher refused"))?;
        Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// The key in `cursor`, which came in the argument that `pointer` names.
    ///
    /// # Errors
    /// `cursor_malformed`; `cursor_of_another_list`, also for the same list narrowed otherwise.
    pub(super) fn open<K: DeserializeOwned>(
        &self,
        binding: Binding,
        cursor: &str,
        pointer: &'static str,
    ) -> Result<K> {
        let bad = || Error::malformed(pointer, "cursor_malformed");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or_else(bad)?;
        let body = self.cipher.decrypt(&Nonce::from(*nonce), sealed).map_err(|_| bad())?;
        let (of, key) = body.split_first_chunk::<BINDING>().ok_or_else(bad)?;
        if *of != binding.0 {
            return Err(Error::malformed(pointer, "cursor_of_another_list"));
        }
        serde_json::from_slice(key).map_err(|_| bad())
    }
}

fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    // A key shorter than a block is filled with zeros (RFC 2104), which cannot fail.
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    Hmac::new(&block.into())
}

fn derived(secret: &[u8; 32], label: &[u8]) -> [u8; 32] {
    hmac(secret).chain_update(label).finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key() -> CursorKey {
        CursorKey::new([7; 32])
    }

    fn code<T: std::fmt::Debug>(opened: Result<T>) -> (String, String) {
        let Err(Error::Malformed(fault)) = opened else { panic!("{opened:?}") };
        (fault.pointer.clone(), fault.code.to_owned())
    }

    #[test]
    fn a_cursor_tells_nothing_and_is_the_same_for_the_same_place() {
        let of = Binding::new("persons", &json!({ "q": "siti" })).unwrap();
        let place = ("Siti Aminah", "0189");
        let cursor = key().seal(of, &place).unwrap();
        assert_eq!(cursor, key().seal(of, &place).unwrap());
        let bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
        for told in ["Siti", "0189", "persons"] {
            assert!(!bytes.windows(told.len()).any(|part| part == told.as_bytes()), "{told}");
        }
        let opened: (String, String) = key().open(of, &cursor, "/after").unwrap();
        assert_eq!(opened, ("Siti Aminah".to_owned(), "0189".to_owned()));
        assert!(cursor.len() < 100, "{}", cursor.len());
    }

    #[test]
    fn a_cursor_is_of_one_list_and_one_filter_and_says_so_whatever_its_key_is() {
        let of = Binding::new("persons", &json!({ "q": "siti", "kind": null })).unwrap();
        let cursor = key().seal(of, &("Siti", 1)).unwrap();
        for other in [
            Binding::new("schools", &json!({ "q": "siti" })),
            Binding::new("persons", &json!({ "q": "dewi" })),
            Binding::new("persons", &json!({})),
        ] {
            let refused = key().open::<(i64,)>(other.unwrap(), &cursor, "/before");
            assert_eq!(code(refused), ("/before".to_owned(), "cursor_of_another_list".to_owned()));
        }
        let grown = Binding::new("persons", &json!({ "employment": null, "q": "siti" })).unwrap();
        assert!(key().open::<(String, i64)>(grown, &cursor, "/after").is_ok());
    }

    #[test]
    fn what_we_did_not_seal_is_malformed() {
        let of = Binding::new("persons", &()).unwrap();
        let cursor = key().seal(of, &(1,)).unwrap();
        let mut bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
        bytes[13] ^= 1;
        let forged = [
            String::new(),
            "x".to_owned(),
            "....".to_owned(),
            URL_SAFE_NO_PAD.encode(bytes),
            cursor[..cursor.len() - 4].to_owned(),
            CursorKey::new([8; 32]).seal(of, &(1,)).unwrap(),
        ];
        for cursor in forged {
            let refused = key().open::<(i64,)>(of, &cursor, "/after");
            assert_eq!(code(refused), ("/after".to_owned(), "cursor_malformed".to_owned()), "{cursor}");
        }
    }
}
