//! Public keys as JSON (RFC 7517) and their names (RFC 7638).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use p256::ecdsa::VerifyingKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn coordinates(key: &VerifyingKey) -> (String, String) {
    let point = key.to_encoded_point(false);
    let text = |c: Option<&p256::FieldBytes>| c.map(|bytes| BASE64.encode(bytes)).unwrap_or_default();
    (text(point.x()), text(point.y()))
}

/// SHA-256 of the key's required members in the order RFC 7638 lays down, as base64url.
pub(super) fn thumbprint(key: &VerifyingKey) -> String {
    let (x, y) = coordinates(key);
    BASE64.encode(Sha256::digest(format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)))
}

/// The public JWK, for verifying signatures only.
pub(super) fn public(key: &VerifyingKey, kid: &str) -> Value {
    let (x, y) = coordinates(key);
    json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "use": "sig", "alg": "ES256", "kid": kid })
}
