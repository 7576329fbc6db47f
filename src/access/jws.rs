//! Compact JWS (RFC 7515) with ES256 and nothing else: the one form in which the
//! service signs. Certificates are signed and checked here, over their exact canonical
//! bytes; access tokens share the check of the header. The algorithm is fixed by this
//! code and never taken from the message, so a message cannot choose how it is checked;
//! its header is only compared with what it must say.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde::Deserialize;

use super::keys::{PublicKey, SigningKey};

/// The only algorithm: ECDSA on P-256 with SHA-256.
pub const ALG: &str = "ES256";

/// Why a message is not what it claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Not three base64url parts with a JSON object in front.
    #[error("not a compact JWS")]
    Malformed,
    /// `alg` is not ES256.
    #[error("signed with an algorithm that is not accepted")]
    Algorithm,
    /// `typ` is another kind of message, or `crit` asks for what we do not know.
    #[error("another type of message")]
    Type,
    /// `kid` names no key of this purpose.
    #[error("signed with an unknown key")]
    Key,
    /// The signature does not fit.
    #[error("the signature does not fit")]
    Signature,
    /// The signature fits, but the bytes are not in canonical form.
    #[error("not in canonical form")]
    NotCanonical,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

/// The message `payload` signed, its header in canonical form (RFC 8785).
pub fn sign(key: &SigningKey, typ: &str, payload: &[u8]) -> String {
    // Three members in the order RFC 8785 sorts them; the values are plain ASCII without quotes.
    let header = format!(r#"{{"alg":"{ALG}","kid":"{}","typ":"{typ}"}}"#, key.kid());
    let signed = format!("{}.{}", BASE64.encode(header), BASE64.encode(payload));
    let signature = BASE64.encode(key.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// A message whose signature holds.
#[derive(Debug)]
pub struct Checked {
    /// The key that signed it.
    pub kid: String,
    /// The signed bytes.
    pub payload: Vec<u8>,
}

/// Checks header and signature of `message` and hands out the signed bytes.
/// `find` gives the public key of a `kid`, among those of the one purpose asked for.
///
/// # Errors
/// The first [`Flaw`] found; nothing of an unproven message is handed out.
pub fn verify<'k>(
    message: &str,
    typ: &str,
    find: impl FnOnce(&str) -> Option<&'k PublicKey>,
) -> Result<Checked, Flaw> {
    let (signed, signature) = message.rsplit_once('.').ok_or(Flaw::Malformed)?;
    let (_, payload) = signed.split_once('.').ok_or(Flaw::Malformed)?;
    let kid = named_key(message, typ)?;
    let key = find(&kid).ok_or(Flaw::Key)?;
    let payload = decode(payload)?;
    if !key.verifies(signed.as_bytes(), &decode(signature)?) {
        return Err(Flaw::Signature);
    }
    Ok(Checked { kid, payload })
}

/// The `kid` in the header of `message`, once the header says what it must: our one
/// algorithm, the type `typ`, and nothing critical that we do not know. Proves nothing yet.
///
/// # Errors
/// [`Flaw::Malformed`], [`Flaw::Algorithm`], [`Flaw::Type`], [`Flaw::Key`].
pub fn named_key(message: &str, typ: &str) -> Result<String, Flaw> {
    let (header, _) = message.split_once('.').ok_or(Flaw::Malformed)?;
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| Flaw::Malformed)?;
    if header.alg != ALG {
        return Err(Flaw::Algorithm);
    }
    if header.typ.as_deref() != Some(typ) || header.crit.is_some() {
        return Err(Flaw::Type);
    }
    header.kid.ok_or(Flaw::Key)
}

/// Strict: no padding, and unused bits of the last letter must be zero, so that a
/// message has one spelling only.
fn decode(part: &str) -> Result<Vec<u8>, Flaw> {
    BASE64.decode(part).map_err(|_| Flaw::Malformed)
}
