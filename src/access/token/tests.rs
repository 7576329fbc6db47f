use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeZone;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://sanggar.example";
const AUDIENCE: &str = "https://sanggar.example/v1";

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap()
}

fn claims() -> Claims {
    let grants = vec![Grant::regional_officer("32"), Grant::teacher(Uuid::from_u128(9))];
    Claims::new(ISSUER, AUDIENCE, "officer", grants, Uuid::from_u128(1), noon(), TimeDelta::hours(1))
}

/// Made once: without optimisation the curve takes its time.
static RING: LazyLock<Keyring> = LazyLock::new(|| Keyring::ephemeral(1));
static TOKEN: LazyLock<String> = LazyLock::new(|| issue(&RING, &claims(), noon()).unwrap());

fn code(ring: &Keyring, token: &str, now: DateTime<Utc>) -> &'static str {
    match verify(ring, token, now, ISSUER, AUDIENCE) {
        Err(Error::Unauthenticated(code)) => code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// A token whose parts are what the test says, signed by the real token key.
fn forged(header: &Value, payload: &Value) -> String {
    let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(payload.to_string()));
    let signature = RING.signer(Purpose::Token).sign(signed.as_bytes());
    format!("{signed}.{}", BASE64.encode(signature))
}

fn header() -> Value {
    json!({ "alg": "ES256", "typ": "at+jwt", "kid": RING.signer(Purpose::Token).kid() })
}

#[test]
fn a_token_says_what_was_put_into_it() {
    let token = issue(&RING, &claims(), noon()).unwrap();
    assert_eq!(verify(&RING, &token, noon(), ISSUER, AUDIENCE).unwrap(), claims());
    let head: Value =
        serde_json::from_slice(&BASE64.decode(token.split('.').next().unwrap()).unwrap()).unwrap();
    assert_eq!(head, header());
    assert_eq!(forged_control(), claims(), "the forgery of these tests is good where nothing is changed");
}

fn forged_control() -> Claims {
    let token = forged(&header(), &serde_json::to_value(claims()).unwrap());
    verify(&RING, &token, noon(), ISSUER, AUDIENCE).unwrap()
}

#[test]
fn another_implementation_reads_our_tokens() {
    let token = issue(&RING, &claims(), noon()).unwrap();
    let jwk = serde_json::from_value(RING.signer(Purpose::Token).public().jwk()).unwrap();
    let key = jsonwebtoken::DecodingKey::from_jwk(&jwk).unwrap();
    let mut checks = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::ES256);
    checks.set_issuer(&[ISSUER]);
    checks.set_audience(&[AUDIENCE]);
    checks.validate_exp = false; // it only knows the machine's clock
    let read = jsonwebtoken::decode::<Claims>(&token, &key, &checks).unwrap();
    assert_eq!(read.claims, claims());
}

#[test]
fn alg_none_is_refused() {
    let payload = BASE64.encode(serde_json::to_string(&claims()).unwrap());
    for alg in ["none", "None", "nOnE", ""] {
        let mut head = header();
        head["alg"] = json!(alg);
        let bare = format!("{}.{payload}.", BASE64.encode(head.to_string()));
        assert_eq!(code(&RING, &bare, noon()), "token_algorithm_refused");
    }
}

#[test]
fn a_token_with_hs256_over_our_public_key_is_refused() {
    let mut head = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
    head.typ = Some(TYP.into());
    head.kid = Some(RING.signer(Purpose::Token).kid().into());
    let public = RING.signer(Purpose::Token).public().jwk().to_string();
    let key = jsonwebtoken::EncodingKey::from_secret(public.as_bytes());
    let token = jsonwebtoken::encode(&head, &claims(), &key).unwrap();
    assert_eq!(code(&RING, &token, noon()), "token_algorithm_refused");
}

#[test]
fn keys_of_others_and_of_other_purposes_are_unknown() {
    let strange = issue(&Keyring::ephemeral(2), &claims(), noon()).unwrap();
    assert_eq!(code(&RING, &strange, noon()), "token_key_unknown");
    let payload = serde_json::to_vec(&claims()).unwrap();
    let certificate = jws::sign(RING.signer(Purpose::Certificate), TYP, &payload);
    assert_eq!(code(&RING, &certificate, noon()), "token_key_unknown");
    for kid in [json!("../token.pem"), json!("' OR 1=1 --"), Value::Null] {
        let mut head = header();
        head["kid"] = kid;
        let token = forged(&head, &serde_json::to_value(claims()).unwrap());
        assert_eq!(code(&RING, &token, noon()), "token_key_unknown");
    }
}

#[test]
fn another_key_under_our_kid_does_not_pass() {
    let signed = forged(&header(), &serde_json::to_value(claims()).unwrap());
    let (message, _) = signed.rsplit_once('.').unwrap();
    let signature = Keyring::ephemeral(2).signer(Purpose::Token).sign(message.as_bytes());
    let token = format!("{message}.{}", BASE64.encode(signature));
    assert_eq!(code(&RING, &token, noon()), "token_signature_invalid");
}

#[test]
fn another_type_or_a_critical_extension_is_refused() {
    for typ in [json!("JWT"), json!("sanggar-certificate+jws"), json!(""), Value::Null] {
        let mut head = header();
        head["typ"] = typ;
        let token = forged(&head, &serde_json::to_value(claims()).unwrap());
        assert_eq!(code(&RING, &token, noon()), "token_type_refused");
    }
    let mut head = header();
    head["crit"] = json!(["b64"]);
    let token = forged(&head, &serde_json::to_value(claims()).unwrap());
    assert_eq!(code(&RING, &token, noon()), "token_type_refused");
}

#[test]
fn a_token_ends_with_half_a_minute_of_grace_and_starts_with_as_much() {
    let token = issue(&RING, &claims(), noon()).unwrap();
    let end = noon() + TimeDelta::hours(1);
    assert!(verify(&RING, &token, end + TimeDelta::seconds(29), ISSUER, AUDIENCE).is_ok());
    assert_eq!(code(&RING, &token, end + TimeDelta::seconds(30)), "token_expired");
    assert!(verify(&RING, &token, noon() - TimeDelta::seconds(30), ISSUER, AUDIENCE).is_ok());
    assert_eq!(code(&RING, &token, noon() - TimeDelta::seconds(31)), "token_not_yet_valid");
}

#[test]
fn another_issuer_or_audience_is_refused() {
    let token =
        issue(&RING, &Claims { iss: "https://elsewhere.example".into(), ..claims() }, noon()).unwrap();
    assert_eq!(code(&RING, &token, noon()), "token_issuer_wrong");
    let token =
        issue(&RING, &Claims { aud: "https://elsewhere.example".into(), ..claims() }, noon()).unwrap();
    assert_eq!(code(&RING, &token, noon()), "token_audience_wrong");
}

#[test]
fn an_oversize_token_is_refused_unread() {
    let token = issue(&RING, &claims(), noon()).unwrap();
    assert_eq!(code(&RING, &format!("{token}{}", "A".repeat(MAX_BYTES)), noon()), "token_too_large");
    let many = Claims { grants: vec![Grant::teacher(Uuid::from_u128(9)); 200], ..claims() };
    assert!(matches!(issue(&RING, &many, noon()), Err(Error::Invalid(f)) if f[0].code == "token_too_large"));
}

#[test]
fn what_is_no_token_is_malformed() {
    let good = issue(&RING, &claims(), noon()).unwrap();
    let padded = format!("{good}=");
    for bad in
        ["", ".", "..", "a.b", "a.b.c", "a.b.c.d", "Bearer x", "\u{0}\u{0}.\u{0}.\u{0}", padded.as_str()]
    {
        assert_eq!(code(&RING, bad, noon()), "token_malformed", "{bad:?}");
    }
    let mut wide = serde_json::to_value(claims()).unwrap();
    wide["grants"][0]["only"] = json!("training");
    assert_eq!(code(&RING, &forged(&header(), &wide), noon()), "token_malformed");
    for grants in [json!([]), json!([{ "role": "regional_officer" }]), json!([{ "role": "god" }])] {
        let mut payload = serde_json::to_value(claims()).unwrap();
        payload["grants"] = grants;
        assert_eq!(code(&RING, &forged(&header(), &payload), noon()), "token_malformed");
    }
}

#[test]
fn a_token_is_only_issued_when_it_makes_sense() {
    let faults = |claims: &Claims| match issue(&RING, claims, noon()) {
        Err(Error::Invalid(faults)) => faults.iter().map(|f| (f.pointer.clone(), f.code)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let empty = Claims { sub: String::new(), grants: vec![], ..claims() };
    assert_eq!(faults(&empty).len(), 2, "all faults at once");
    let bad = Claims { grants: vec![Grant::ministry(), Grant::regional_officer("")], ..claims() };
    assert_eq!(faults(&bad), [("/grants/1/region".to_owned(), "grant_place_missing")]);
    for lifetime in [TimeDelta::zero(), TimeDelta::days(367)] {
        let claims = Claims { exp: (noon() + lifetime).timestamp(), ..claims() };
        assert_eq!(faults(&claims), [("/exp".to_owned(), "token_lifetime_invalid")]);
    }
}

proptest! {
    #[test]
    fn any_changed_bit_is_refused(at in 0usize..2000, bit in 0u8..7) {
        let mut bytes = TOKEN.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assert!(verify(&RING, &changed, noon(), ISSUER, AUDIENCE).is_err());
    }

    #[test]
    fn no_text_makes_verification_fall_over(text in "\\PC*") {
        prop_assert!(verify(&RING, &text, noon(), ISSUER, AUDIENCE).is_err());
    }
}
