use jsonwebtoken::{EncodingKey, Header};
use p256::{SecretKey, pkcs8::EncodePrivateKey};
use serde_json::json;

use super::*;

const URL: &str = "https://sanggar.test/v1/me";
const NOW: i64 = 1_772_438_400;

fn key(seed: u8) -> (EncodingKey, Value) {
    let secret = SecretKey::from_slice(&[seed; 32]).unwrap();
    let point = secret.public_key();
    let point = p256::ecdsa::VerifyingKey::from(point).to_encoded_point(false);
    let der = secret.to_pkcs8_der().unwrap();
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": BASE64.encode(point.x().unwrap()), "y": BASE64.encode(point.y().unwrap()) });
    (EncodingKey::from_ec_der(der.as_bytes()), jwk)
}

/// A proof with these members, signed with ES256, whatever its header says.
fn made(seed: u8, header: &Value, claims: &Value) -> String {
    let (secret, _) = key(seed);
    let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &secret, Algorithm::ES256).unwrap();
    format!("{signed}.{signature}")
}

fn header_of(seed: u8) -> Value {
    json!({ "typ": TYP, "alg": "ES256", "jwk": key(seed).1 })
}

fn claims() -> Value {
    json!({ "jti": "1", "htm": "GET", "htu": URL, "iat": NOW, "ath": BASE64.encode(Sha256::digest("token")) })
}

fn request() -> Request<'static> {
    Request { method: "GET", url: URL, token: Some("token"), now: NOW }
}

#[test]
fn a_proof_of_this_request_holds_and_names_the_key() {
    let proof = check(&made(1, &header_of(1), &claims()), &request()).unwrap();
    assert_eq!((proof.jti.as_str(), proof.iat, proof.jkt.len()), ("1", NOW, 43));
    let mut told = claims();
    told["htu"] = json!("HTTPS://SANGGAR.test:443/v1/me?x=1#y");
    assert!(check(&made(1, &header_of(1), &told), &request()).is_ok());
    let other = check(&made(2, &header_of(2), &claims()), &request()).unwrap();
    assert_ne!(other.jkt, proof.jkt);
}

#[test]
fn a_proof_of_anything_else_does_not() {
    for (member, value) in [
        ("jti", json!("")),
        ("jti", json!("j".repeat(201))),
        ("htm", json!("POST")),
        ("htu", json!("https://sanggar.test/v1/me/x")),
        ("htu", json!("http://sanggar.test/v1/me")),
        ("htu", json!("https://evil.test/v1/me")),
        ("iat", json!(NOW - 61)),
        ("iat", json!(NOW + 61)),
        ("iat", json!(i64::MIN)),
        ("ath", json!("other")),
        ("ath", Value::Null),
    ] {
        let mut told = claims();
        told[member] = value.clone();
        assert!(check(&made(1, &header_of(1), &told), &request()).is_err(), "{member} {value}");
    }
    assert!(check("", &request()).is_err() && check("a.b.c", &request()).is_err());
    assert!(check(&"a".repeat(MAX_BYTES + 1), &request()).is_err());
}

#[test]
fn a_header_that_chooses_how_it_is_checked_is_refused() {
    for (member, value) in [
        ("typ", json!("JWT")),
        ("typ", json!("at+jwt")),
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("ES384")),
        ("alg", json!("RS256")),
        ("jwk", key(2).1),
        ("jwk", json!({ "kty": "oct", "k": "c2VjcmV0" })),
        ("jwk", Value::Null),
        ("crit", json!(["b64"])),
    ] {
        let mut header = header_of(1);
        header[member] = value.clone();
        assert!(check(&made(1, &header, &claims()), &request()).is_err(), "{member} {value}");
    }
    let mut private = header_of(1);
    private["jwk"]["d"] = json!(BASE64.encode([1; 32]));
    assert!(check(&made(1, &private, &claims()), &request()).is_err());
    // What the library itself would make of it is no proof either: it has no key in it.
    let bare = jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims(), &key(1).0).unwrap();
    assert!(check(&bare, &request()).is_err());
}

#[test]
fn a_key_of_the_wrong_length_is_refused_before_anything_is_verified() {
    let long = |bytes: usize| BASE64.encode(vec![7_u8; bytes]);
    let x = key(1).1["x"].clone();
    let mut keys = Vec::new();
    for text in
        [String::new(), "A".into(), "AA".into(), long(31), long(33), long(64), "=".into(), "\u{e9}".into()]
    {
        keys.push(("EdDSA", json!({ "kty": "OKP", "crv": "Ed25519", "x": text })));
        keys.push(("ES256", json!({ "kty": "EC", "crv": "P-256", "x": text, "y": x })));
        keys.push(("ES256", json!({ "kty": "EC", "crv": "P-256", "x": x, "y": text })));
        keys.push(("RS256", json!({ "kty": "RSA", "n": text, "e": "AQAB" })));
        keys.push(("RS256", json!({ "kty": "RSA", "n": long(256), "e": text })));
    }
    keys.push(("ES256", json!({ "kty": "EC", "crv": "P-256", "x": x, "y": x })));
    keys.push(("EdDSA", json!({ "kty": "OKP", "crv": "Ed448", "x": long(57) })));
    keys.push(("RS256", json!({ "kty": "RSA", "n": long(1024), "e": "AQAB" })));
    keys.push(("PS256", json!({ "kty": "RSA", "alg": "PS256", "n": long(256), "e": "AQAB" })));
    for (alg, jwk) in keys {
        let header = json!({ "typ": TYP, "alg": alg, "jwk": jwk });
        assert!(check(&made(1, &header, &claims()), &request()).is_err(), "{alg} {jwk}");
    }
}
