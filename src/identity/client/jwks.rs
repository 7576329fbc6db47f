//! A client's public keys (a JWK Set: RFC 7517, section 5). They are kept here and not fetched from an address of the
//! client (`jwks_uri`): a server that fetches what a stranger names can be sent anywhere. Pure.

use std::collections::HashSet;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::{Map, Value};

use crate::foundation::error::Fault;

/// Algorithms that [`supported`] takes, as metadata names them.
pub const ALGORITHMS: &[&str] = &["ES256", "EdDSA", "RS256", "PS256"];
/// The most keys of a client.
pub const MOST_KEYS: usize = 10;
/// The longest JWK Set, in bytes.
pub const MAX_BYTES: usize = 16 * 1024;

/// Members that only a private or a shared key has (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/// Bits of the smallest and largest RSA key: larger ones only cost time.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;
/// The longest name of a key, in bytes.
const MAX_KID: usize = 100;

/// Reads a JWK Set from its JSON text; see [`check`].
///
/// # Errors
/// `jwks_malformed`, and as [`check`].
pub fn parse(text: &str) -> Result<Value, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::new("", "jwks_malformed"));
    }
    let set = serde_json::from_str(text).map_err(|_| Fault::new("", "jwks_malformed"))?;
    check(&set)?;
    Ok(set)
}

/// That a JWK Set holds 1 to [`MOST_KEYS`] public keys and nothing else: for ES256, EdDSA (Ed25519), RS256 or PS256,
/// each under a name of its own where there are several.
///
/// # Errors
/// `jwks_malformed`; `jwks_private` where a private key came along: it is known to somebody else now;
/// `jwks_key_not_supported`; `jwks_kid_repeated`.
pub fn check(set: &Value) -> Result<(), Fault> {
    let malformed = || Fault::new("", "jwks_malformed");
    let keys = set.get("keys").and_then(Value::as_array).ok_or_else(malformed)?;
    let keys = keys.iter().map(Value::as_object).collect::<Option<Vec<_>>>().ok_or_else(malformed)?;
    if keys.iter().any(|key| PRIVATE.iter().any(|name| key.contains_key(*name))) {
        return Err(Fault::new("", "jwks_private"));
    }
    if keys.is_empty() || keys.len() > MOST_KEYS || set.to_string().len() > MAX_BYTES {
        return Err(malformed());
    }
    let mut names = HashSet::new();
    for key in &keys {
        if supported(key).is_none() {
            return Err(Fault::new("", "jwks_key_not_supported"));
        }
        let name = text(key, "kid");
        let sound = name.is_none_or(|name| {
            (1..=MAX_KID).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_graphic())
        });
        if !sound || (name.is_none() && (keys.len() > 1 || key.contains_key("kid"))) {
            return Err(malformed());
        }
        if !names.insert(name) {
            return Err(Fault::new("", "jwks_kid_repeated"));
        }
    }
    Ok(())
}

/// The key that `kid` names, or the only one where nothing is named, with the one algorithm it is registered for.
pub fn find(set: &Value, kid: Option<&str>) -> Option<(DecodingKey, Algorithm)> {
    let keys = set.get("keys")?.as_array()?;
    let key = match (kid, keys.as_slice()) {
        (Some(kid), keys) => keys.iter().find(|key| key.get("kid").and_then(Value::as_str) == Some(kid))?,
        (None, [only]) => only,
        (None, _) => return None,
    };
    supported(key.as_object()?)
}

fn text<'a>(key: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    key.get(name).and_then(Value::as_str)
}

/// The key with its algorithm, where it is one that we take: of the right length, on its curve, neither weak nor huge.
pub fn supported(key: &Map<String, Value>) -> Option<(DecodingKey, Algorithm)> {
    if key.get("use").is_some_and(|usage| usage != "sig") {
        return None;
    }
    let said = match key.get("alg") {
        None => None,
        Some(said) => Some(said.as_str()?),
    };
    let bytes = |name| URL_SAFE_NO_PAD.decode(text(key, name)?).ok();
    match (text(key, "kty")?, text(key, "crv"), said) {
        ("EC", Some("P-256"), None | Some("ES256")) => {
            let (x, y) = (bytes("x")?, bytes("y")?);
            let point = [[4].as_slice(), &x, &y].concat();
            // Also that the point lies on the curve.
            p256::ecdsa::VerifyingKey::from_sec1_bytes(&point)
                .ok()
                .filter(|_| x.len() == 32 && y.len() == 32)?;
            let found = DecodingKey::from_ec_components(text(key, "x")?, text(key, "y")?).ok()?;
            Some((found, Algorithm::ES256))
        }
        ("OKP", Some("Ed25519"), None | Some("EdDSA" | "Ed25519")) => {
            bytes("x").filter(|x| x.len() == 32)?;
            Some((DecodingKey::from_ed_components(text(key, "x")?).ok()?, Algorithm::EdDSA))
        }
        ("RSA", None, said) => {
            let algorithm = match said {
                None | Some("RS256") => Algorithm::RS256,
                Some("PS256") => Algorithm::PS256,
                Some(_) => return None,
            };
            let (n, e) = (bytes("n")?, bytes("e")?);
            let sound = RSA_BITS.contains(&bits(&n)) && (e == [1, 0, 1] || e == [3]);
            sound.then_some(())?;
            Some((DecodingKey::from_rsa_components(text(key, "n")?, text(key, "e")?).ok()?, algorithm))
        }
        _ => None,
    }
}

/// How many bits a number of these bytes has.
fn bits(number: &[u8]) -> usize {
    let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    let zeros = number.get(start).map_or(0, |byte| byte.leading_zeros() as usize);
    (number.len() - start) * 8 - zeros
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// RFC 7515, appendix A.3.
    fn ec(kid: &str) -> Value {
        json!({ "kty": "EC", "crv": "P-256", "kid": kid, "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" })
    }

    /// RFC 8037, appendix A.2.
    fn ed() -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" })
    }

    fn rsa(bytes: usize, alg: &str) -> Value {
        json!({ "kty": "RSA", "alg": alg, "e": "AQAB", "n": URL_SAFE_NO_PAD.encode(vec![0xff; bytes]) })
    }

    fn code(keys: &[Value]) -> &'static str {
        check(&json!({ "keys": keys })).map_or_else(|fault| fault.code, |()| "fine")
    }

    #[test]
    fn public_keys_of_the_four_algorithms_are_taken() {
        for key in [ec("a"), ed(), rsa(256, "RS256"), rsa(256, "PS256")] {
            assert_eq!(code(std::slice::from_ref(&key)), "fine", "{key}");
        }
        assert_eq!(code(&[ec("a"), ec("b")]), "fine");
    }

    #[test]
    fn what_is_private_weak_or_unknown_is_refused() {
        for name in PRIVATE {
            let mut key = ec("a");
            key[name] = json!("AAAA");
            assert_eq!(code(&[key]), "jwks_private", "{name}");
        }
        let mut off_the_curve = ec("a");
        off_the_curve["y"] = off_the_curve["x"].clone();
        let mut other_use = ec("a");
        other_use["use"] = json!("enc");
        let hmac = json!({ "kty": "oct", "alg": "HS256" });
        for key in [off_the_curve, other_use, hmac, rsa(128, "RS256"), rsa(1024, "RS256"), rsa(256, "RS512")]
        {
            assert_eq!(code(std::slice::from_ref(&key)), "jwks_key_not_supported", "{key}");
        }
        assert_eq!(code(&[]), "jwks_malformed");
        assert_eq!(code(&[ed(), ec("a")]), "jwks_malformed", "one of several has no name");
        assert_eq!(code(&[ec("a"), ec("a")]), "jwks_kid_repeated");
        let many: Vec<Value> = (0..=MOST_KEYS).map(|n| ec(&n.to_string())).collect();
        assert_eq!(code(&many), "jwks_malformed");
        assert_eq!(parse("{").unwrap_err().code, "jwks_malformed");
    }

    #[test]
    fn a_key_is_found_by_its_name_with_its_own_algorithm() {
        let set = json!({ "keys": [ec("a"), rsa(256, "PS256")] });
        assert_eq!(find(&set, Some("a")).map(|found| found.1), Some(Algorithm::ES256));
        assert!(find(&set, Some("b")).is_none());
        assert!(find(&set, None).is_none(), "which one is not said");
        assert!(find(&json!({ "keys": [ed()] }), None).is_some());
    }
}
