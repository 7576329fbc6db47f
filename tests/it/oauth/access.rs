//! Access tokens: what they say (RFC 9068), each way to forge one, and keys that change.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use sanggar::access::{
    jws,
    keys::{Keyring, Purpose, rotate, store::KeySettings},
    oauth_scope::OAuthScope,
    token::{self, Claims, TYP},
};
use sanggar::identity::oauth::tidy;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Stage;
use crate::{
    both_engines,
    support::{TestApp, app::URL},
};

fn part(token: &str, nth: usize) -> Value {
    serde_json::from_slice(&BASE64.decode(token.split('.').nth(nth).unwrap()).unwrap()).unwrap()
}

/// The same claims in a token that the service's own key of `purpose` signed, with a header that says what it likes.
fn signed(app: &TestApp, purpose: Purpose, header: &Value, claims: &Value) -> String {
    let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = app.services.keyring.signer(purpose).sign(signed.as_bytes());
    format!("{signed}.{}", BASE64.encode(signature))
}

both_engines! {
    async fn an_access_token_says_what_the_standard_wants_and_no_role(app: TestApp) {
        let stage = Stage::new(&app).await;
        let token = stage.tokens().await["access_token"].as_str().unwrap().to_owned();
        let (header, claims) = (part(&token, 0), part(&token, 1));
        assert_eq!((header["typ"].as_str(), header["alg"].as_str()), (Some("at+jwt"), Some("ES256")));
        let keys = app.get("/.well-known/jwks.json", None).await.1;
        assert!(keys["keys"].as_array().unwrap().iter().any(|key| key["kid"] == header["kid"]));
        assert_eq!((claims["iss"].as_str(), claims["aud"].as_str()), (Some(URL), Some(URL)));
        assert_eq!(claims["sub"], stage.person.to_string());
        assert_eq!(claims["client_id"], stage.phone.to_string());
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);
        assert!(claims["jti"].is_string() && claims.get("grants").is_none() && claims.get("cnf").is_none());
        let said = claims.to_string();
        assert!(!said.contains("Siti") && !said.contains("siti"), "no name travels in a token: {said}");
    }

    async fn a_forged_token_is_refused_whatever_it_says_of_itself(app: TestApp) {
        let stage = Stage::new(&app).await;
        let token = stage.tokens().await["access_token"].as_str().unwrap().to_owned();
        let (header, claims) = (part(&token, 0), part(&token, 1));
        let certificate = app.services.keyring.signer(Purpose::Certificate).kid().to_owned();
        let with = |base: &Value, name: &str, value: Value| {
            let mut changed = base.clone();
            changed[name] = value;
            changed
        };
        let made = |header: &Value, claims: &Value| signed(&app, Purpose::Token, header, claims);
        assert_eq!(stage.me(&made(&header, &claims)).await.0, 200, "the forger's tools work");
        for (what, forged, code) in [
            ("alg none", made(&with(&header, "alg", json!("none")), &claims), "token_algorithm_refused"),
            ("alg HS256", made(&with(&header, "alg", json!("HS256")), &claims), "token_algorithm_refused"),
            ("typ JWT", made(&with(&header, "typ", json!("JWT")), &claims), "token_type_refused"),
            ("typ dpop+jwt", made(&with(&header, "typ", json!("dpop+jwt")), &claims), "token_type_refused"),
            ("crit", made(&with(&header, "crit", json!(["exp"])), &claims), "token_type_refused"),
            ("kid of nobody", made(&with(&header, "kid", json!("nobody")), &claims), "token_key_unknown"),
            ("kid of the certificates' key", made(&with(&header, "kid", json!(certificate)), &claims), "token_key_unknown"),
            ("the certificates' key", signed(&app, Purpose::Certificate, &header, &claims), "token_signature_invalid"),
            ("the certificates' key by its name", signed(&app, Purpose::Certificate, &with(&header, "kid", json!(certificate)), &claims), "token_key_unknown"),
            ("iss", made(&header, &with(&claims, "iss", json!("http://evil.test"))), "token_issuer_wrong"),
            ("aud", made(&header, &with(&claims, "aud", json!("http://evil.test"))), "token_audience_wrong"),
            ("exp", made(&header, &with(&claims, "exp", json!(1))), "token_expired"),
            ("no scope", made(&header, &with(&claims, "scope", Value::Null)), "token_malformed"),
            ("a scope that is none", made(&header, &with(&claims, "scope", json!("everything"))), "token_malformed"),
            ("a role besides", made(&header, &with(&claims, "grants", json!([{ "role": "ministry" }]))), "token_malformed"),
            ("another family", made(&header, &with(&claims, "sid", json!(Uuid::now_v7()))), "token_revoked"),
            ("another app", made(&header, &with(&claims, "client_id", json!(stage.system))), "token_revoked"),
        ] {
            assert_eq!(stage.me(&forged).await, (401, code.to_owned()), "{what}");
        }
        let certificate = jws::sign(app.services.keyring.signer(Purpose::Certificate), TYP, claims.to_string().as_bytes());
        assert_eq!(stage.me(&certificate).await, (401, "token_key_unknown".to_owned()));
    }

    async fn what_is_over_is_taken_away_and_nothing_else(app: TestApp) {
        let stage = Stage::new(&app).await;
        let tokens = stage.tokens().await;
        let id = stage.phone.to_string();
        let form = [("client_id", id.as_str()), ("token", tokens["access_token"].as_str().unwrap())];
        assert_eq!(stage.send("/oauth/revoke", &form, None).await.0, 200);
        assert_eq!(tidy::run_once(&app.services).await.unwrap(), 0);
        app.pass(TimeDelta::minutes(20));
        assert_eq!(tidy::run_once(&app.services).await.unwrap(), 1, "the revoked token has ended by itself");
        app.pass(TimeDelta::days(2));
        assert_eq!(tidy::run_once(&app.services).await.unwrap(), 1, "the code");
        assert_eq!(stage.refresh(tokens["refresh_token"].as_str().unwrap()).await.0, 200);
        app.pass(TimeDelta::days(211));
        assert_eq!(tidy::run_once(&app.services).await.unwrap(), 1, "the family");
    }
}

#[test]
fn what_an_older_key_signed_verifies_until_it_ends() {
    let home = tempfile::tempdir().unwrap();
    let settings = KeySettings { dir: home.path().join("keys"), ..KeySettings::default() };
    let before = Keyring::open(&settings).unwrap();
    let now = crate::support::app::start();
    let claims = |client: Uuid| {
        let mut claims =
            Claims::new(URL, URL, "somebody", Vec::new(), Uuid::now_v7(), now, TimeDelta::minutes(10));
        claims.client_id = Some(client);
        claims.scope = Some(OAuthScope::CertificatesRead.as_str().to_owned());
        claims
    };
    let old = token::issue(&before, &claims(Uuid::now_v7()), now).unwrap();
    let rotated = rotate::token(&settings).unwrap();
    let after = Keyring::open(&settings).unwrap();
    let new = token::issue(&after, &claims(Uuid::now_v7()), now).unwrap();
    assert_eq!(part(&old, 0)["kid"], rotated.old);
    assert_eq!(part(&new, 0)["kid"], rotated.new);
    for token in [&old, &new] {
        assert!(token::verify(&after, token, now, URL, URL).is_ok());
        let late = now + TimeDelta::minutes(11);
        assert!(token::verify(&after, token, late, URL, URL).is_err());
    }
    assert!(token::verify(&before, &new, now, URL, URL).is_err(), "a node that was not started anew");
}
