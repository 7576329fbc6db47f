//! Secrets that somebody holds and the service only recognises: 256 random bits, kept as a hash. A hash without salt and
//! without slowness is enough for what nobody can guess.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use sha2::{Digest, Sha256};

use crate::foundation::{
    id::Ids,
    transaction::{Tx, hex},
};

/// Letters of a secret: 32 bytes in base64url.
const LETTERS: usize = 43;

/// A new secret, 43 letters of base64url.
pub fn make(tx: &Tx) -> String {
    BASE64.encode(tx.random::<32>())
}

/// As [`make`], outside of a transaction.
pub fn fresh(ids: &Ids) -> String {
    BASE64.encode(ids.random::<32>())
}

/// Whether a text has the form of a secret; what has not need not be looked up.
pub fn is_one(text: &str) -> bool {
    text.len() == LETTERS && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Under what a secret is kept: SHA-256, hexadecimal.
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Whether two texts are the same, told in a time that does not depend on where they differ.
pub fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one.as_bytes()) == Sha256::digest(other.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_one_form_and_two_are_never_the_same() {
        let ids = Ids::seeded(7);
        let (one, two) = (fresh(&ids), fresh(&ids));
        assert!(is_one(&one) && is_one(&two) && one != two);
        assert!(same(&one, &one) && !same(&one, &two));
        for bad in ["", "x", &one[1..], &format!("{one}A"), &one.replace(&one[..1], "+")] {
            assert!(!is_one(bad), "{bad}");
        }
        assert_eq!(hash(&one).len(), 64);
    }
}
