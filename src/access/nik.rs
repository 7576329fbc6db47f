//! NIK, the national identity number: the most sensitive value the registry holds.
//! It is stored sealed (AES-256-GCM, a fresh nonce each time) and found again only
//! through a blind index (HMAC-SHA-256 under another key). It is in no answer, no
//! credential, no log; the type itself cannot be printed or serialised.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};

use super::keys::{Keyring, Secret};
use crate::foundation::error::{Error, Fault, Result};
use crate::foundation::id::Ids;

/// Names the form of a sealed value, and is bound into it.
const FORM: &str = "nik1";
const NONCE: usize = 12;

/// A NIK: 16 digits. Not serialisable, and `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Nik(String);

impl Nik {
    /// Reads 16 digits; spaces, dots and dashes between them are ignored.
    ///
    /// # Errors
    /// `nik_malformed`, without the value.
    pub fn parse(text: &str) -> std::result::Result<Self, Fault> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}')).collect();
        if digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(digits))
        } else {
            Err(Fault::new("", "nik_malformed"))
        }
    }

    /// The digits in the clear. Only for the person's own export and for re-sealing.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Nik {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nik(hidden)")
    }
}

/// Seals NIKs, opens them and finds them again, with the keys of one [`Keyring`].
pub struct NikVault {
    /// The first seals; all open.
    sealing: Vec<Secret>,
    index: Secret,
}

impl NikVault {
    /// A vault with the keys of `ring`.
    pub fn new(ring: &Keyring) -> Self {
        Self { sealing: ring.nik_encryption().to_vec(), index: ring.nik_index().clone() }
    }

    /// `nik` as one opaque text for a column: form, key id, and nonce with ciphertext.
    /// Sealing twice gives two different texts; compare by [`index`](Self::index).
    /// The nonce is random, so one key may seal some 2³² times; the registry stays far below.
    ///
    /// # Errors
    /// `Internal` when the cipher refuses, which 16 digits cannot make it do.
    pub fn seal(&self, nik: &Nik, ids: &Ids) -> Result<String> {
        let key = self.sealing.first().ok_or_else(|| Error::internal("seal a nik", "no key"))?;
        let nonce: [u8; NONCE] = ids.random();
        let label = format!("{FORM}.{}", key.id());
        let content = Payload { msg: nik.0.as_bytes(), aad: label.as_bytes() };
        let sealed = cipher(key)
            .encrypt(&Nonce::from(nonce), content)
            .map_err(|_| Error::internal("seal a nik", "the cipher refused"))?;
        Ok(format!("{label}.{}", BASE64.encode([&nonce[..], &sealed].concat())))
    }

    /// The NIK in `sealed`.
    ///
    /// # Errors
    /// `Internal` when it was sealed with a key this service does not have, or was
    /// changed since: both mean that the database and the keys do not belong together.
    pub fn open(&self, sealed: &str) -> Result<Nik> {
        let fault = |what: &str| Error::internal("open a sealed nik", what);
        let (label, body) = sealed.rsplit_once('.').ok_or_else(|| fault("not in the sealed form"))?;
        let id = label.strip_prefix(FORM).and_then(|rest| rest.strip_prefix('.'));
        let id = id.ok_or_else(|| fault("not in the sealed form"))?;
        let key = self.sealing.iter().find(|key| key.id() == id);
        let key = key.ok_or_else(|| fault(&format!("its key {id} is not among the keys")))?;
        let body = BASE64.decode(body).map_err(|_| fault("not in the sealed form"))?;
        let (nonce, sealed) = body.split_first_chunk::<NONCE>().ok_or_else(|| fault("too short"))?;
        let content = Payload { msg: sealed, aad: label.as_bytes() };
        let digits = cipher(key).decrypt(&Nonce::from(*nonce), content);
        let digits = digits.map_err(|_| fault("changed since it was sealed"))?;
        let text = String::from_utf8(digits).map_err(|_| fault("not text"))?;
        Nik::parse(&text).map_err(|_| fault("not a nik"))
    }

    /// The blind index of `nik`, 64 hex digits: equal NIKs have equal indexes, and
    /// without the key nothing leads back. For a unique column.
    pub fn index(&self, nik: &Nik) -> String {
        let mac = self.index.mac(&[b"sanggar nik index ", nik.0.as_bytes()]);
        mac.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl std::fmt::Debug for NikVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NikVault(hidden)")
    }
}

fn cipher(key: &Secret) -> Aes256Gcm {
    Aes256Gcm::new(key.bytes().into())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    const DIGITS: &str = "3273014509870002";

    /// The rings are made once: without optimisation the curve takes its time.
    fn vault(seed: u64) -> NikVault {
        static RINGS: LazyLock<[Keyring; 2]> = LazyLock::new(|| [1, 2].map(Keyring::ephemeral));
        NikVault::new(&RINGS[usize::from(seed == 2)])
    }

    #[test]
    fn what_is_sealed_opens_again_and_never_shows() {
        let nik = Nik::parse(DIGITS).unwrap();
        let sealed = vault(1).seal(&nik, &Ids::from_os()).unwrap();
        assert_eq!(vault(1).open(&sealed).unwrap(), nik);
        assert!(!sealed.contains(DIGITS));
        assert_eq!(format!("{nik:?} {:?}", vault(1)), "Nik(hidden) NikVault(hidden)");
    }

    #[test]
    fn the_same_nik_sealed_twice_differs_but_has_one_index() {
        let nik = Nik::parse(DIGITS).unwrap();
        let ids = Ids::seeded(1);
        let texts = [vault(1).seal(&nik, &ids).unwrap(), vault(1).seal(&nik, &ids).unwrap()];
        assert_ne!(texts[0], texts[1]);
        let spaced = Nik::parse("327301 450987 0002").unwrap();
        assert_eq!(vault(1).index(&nik), vault(1).index(&spaced));
        assert_eq!(vault(1).index(&nik).len(), 64);
        assert_ne!(vault(1).index(&nik), vault(2).index(&nik), "without the key nothing can be looked up");
        assert_ne!(vault(1).index(&nik), vault(1).index(&Nik::parse("3273014509870003").unwrap()));
    }

    #[test]
    fn another_key_opens_nothing() {
        let nik = Nik::parse(DIGITS).unwrap();
        let sealed = vault(1).seal(&nik, &Ids::from_os()).unwrap();
        let unknown = vault(2).open(&sealed).unwrap_err().to_string();
        assert!(unknown.contains("not among the keys") && !unknown.contains(DIGITS), "{unknown}");
        // Even when the text claims the other key, its content does not open.
        let claimed = sealed.replacen(&vault(1).sealing[0].id(), &vault(2).sealing[0].id(), 1);
        assert!(vault(2).open(&claimed).unwrap_err().to_string().contains("changed since"));
    }

    #[test]
    fn an_older_key_still_opens_and_the_new_one_seals() {
        let nik = Nik::parse(DIGITS).unwrap();
        let old = vault(1).seal(&nik, &Ids::from_os()).unwrap();
        let mut both = vault(2);
        both.sealing.extend(vault(1).sealing);
        assert_eq!(both.open(&old).unwrap(), nik);
        assert_eq!(vault(2).open(&both.seal(&nik, &Ids::from_os()).unwrap()).unwrap(), nik);
    }

    #[test]
    fn only_sixteen_digits_are_a_nik_and_the_refusal_does_not_repeat_it() {
        for bad in [
            "",
            "327301450987000",
            "32730145098700021",
            "327301450987000X",
            "３２７３０１４５０９８７０００２",
        ] {
            let fault = Nik::parse(bad).unwrap_err();
            assert_eq!(fault.code, "nik_malformed");
            assert!(fault.args.is_empty());
        }
    }

    proptest! {
        #[test]
        fn any_changed_letter_is_noticed(at in 0usize..82, letter in "[A-Za-z0-9_.-]") {
            let nik = Nik::parse(DIGITS).unwrap();
            let sealed = vault(1).seal(&nik, &Ids::seeded(3)).unwrap();
            let at = at % sealed.len();
            let mut changed = sealed.clone();
            changed.replace_range(at..=at, &letter);
            prop_assume!(changed != sealed);
            prop_assert!(vault(1).open(&changed).is_err());
        }
    }
}
