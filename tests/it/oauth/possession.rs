//! Tokens that are bound to a key (RFC 9449), and each way to use one without it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use entity::used_proof;
use futures_util::future::join_all;
use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Stage, VERIFIER,
    stage::{REDIRECT, client_row, proof, thumbprint},
};
use crate::{
    both_engines,
    support::{TestApp, app::URL, directory::put, socket::Socket},
};

fn token_url() -> String {
    format!("{URL}/oauth/token")
}

/// The code turned into a bound token.
async fn redeem(stage: &Stage<'_>, code: &str, dpop: Option<&str>) -> (u16, Value) {
    let id = stage.phone.to_string();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", id.as_str()),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let (status, body, _) = stage.send("/oauth/token", &form, dpop).await;
    (status, body)
}

/// `GET /v1/me` with this scheme and proof: status, code, challenge.
async fn me(app: &TestApp, scheme: &str, token: &str, proofs: &[&str]) -> (u16, String, String) {
    let mut request =
        app.request(Method::GET, "/v1/me", None).header("authorization", format!("{scheme} {token}"));
    for proof in proofs {
        request = request.header("dpop", *proof);
    }
    let answer = request.send().await.unwrap();
    let challenge = answer.headers().get("www-authenticate").map(|v| v.to_str().unwrap().to_owned());
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap_or_default();
    (status, body["code"].as_str().unwrap_or_default().to_owned(), challenge.unwrap_or_default())
}

/// Something in the form of a proof, whose key is whatever `jwk` says.
fn shaped(alg: &str, jwk: &Value, url: &str, method: &str, now: i64) -> String {
    let header = json!({ "typ": "dpop+jwt", "alg": alg, "jwk": jwk });
    let claims = json!({ "jti": Uuid::now_v7(), "htm": method, "htu": url, "iat": now });
    let [header, claims] = [header, claims].map(|part| BASE64.encode(part.to_string()));
    format!("{header}.{claims}.{}", BASE64.encode([7; 64]))
}

both_engines! {
    async fn a_key_of_no_possible_length_is_refused_and_breaks_nothing(app: TestApp) {
        let stage = Stage::new(&app).await;
        let now = app.services.clock.now();
        let code = stage.code(&[]).await;
        let (_, body) = redeem(&stage, &code, Some(&proof(1, "POST", &token_url(), now, None))).await;
        let token = body["access_token"].as_str().unwrap();
        let code = stage.code(&[]).await;
        for x in [String::new(), "AA".to_owned(), BASE64.encode([7; 31]), BASE64.encode([7; 33])] {
            for (alg, jwk) in [
                ("EdDSA", json!({ "kty": "OKP", "crv": "Ed25519", "x": x })),
                ("ES256", json!({ "kty": "EC", "crv": "P-256", "x": x, "y": x })),
                ("RS256", json!({ "kty": "RSA", "n": x, "e": "AQAB" })),
            ] {
                let wrong = shaped(alg, &jwk, &token_url(), "POST", now.timestamp());
                let (status, body) = redeem(&stage, &code, Some(&wrong)).await;
                assert_eq!((status, body["error"].as_str()), (400, Some("invalid_dpop_proof")), "{alg} {x}");
                let wrong = shaped(alg, &jwk, &format!("{URL}/v1/me"), "GET", now.timestamp());
                let (status, code, _) = me(&app, "DPoP", token, &[&wrong]).await;
                assert_eq!((status, code.as_str()), (401, "dpop_proof_invalid"), "{alg} {x}");
            }
        }
        assert_eq!(redeem(&stage, &code, Some(&proof(1, "POST", &token_url(), now, None))).await.0, 200);
        let used = used_proof::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert_eq!(used.len(), 2, "what was refused left nothing");
        assert!(used.iter().all(|row| row.jti.len() == 64), "nothing is kept of what a client wrote");
    }

    async fn whoever_comes_without_a_token_is_told_both_ways(app: TestApp) {
        let answer = app.request(Method::GET, "/v1/persons", None).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let told: Vec<_> = answer.headers().get_all("www-authenticate").iter().map(|v| v.to_str().unwrap()).collect();
        assert_eq!(told, ["Bearer realm=\"sanggar\"", "DPoP algs=\"ES256 EdDSA RS256\""]);
    }

    async fn a_bound_token_is_of_use_to_its_key_alone(app: TestApp) {
        let stage = Stage::new(&app).await;
        let now = || app.services.clock.now();
        let code = stage.code(&[]).await;
        let (status, body) = redeem(&stage, &code, Some(&proof(1, "POST", &token_url(), now(), None))).await;
        assert_eq!((status, body["token_type"].as_str()), (200, Some("DPoP")), "{body}");
        let token = body["access_token"].as_str().unwrap();
        let at = format!("{URL}/v1/me");
        let good = proof(1, "GET", &at, now(), Some(token));
        assert_eq!(me(&app, "DPoP", token, &[&good]).await.0, 200);
        let (status, code, challenge) = me(&app, "DPoP", token, &[&good]).await;
        assert_eq!((status, code.as_str()), (401, "dpop_proof_reused"));
        assert!(challenge.starts_with("DPoP ") && challenge.contains("invalid_dpop_proof") && challenge.contains("ES256"), "{challenge}");
        let old = proof(1, "GET", &at, now() - TimeDelta::seconds(120), Some(token));
        for (what, scheme, proofs, code) in [
            ("as a bearer token", "Bearer", vec![proof(1, "GET", &at, now(), Some(token))], "token_bound"),
            ("without a proof", "DPoP", vec![], "dpop_proof_missing"),
            ("with two", "DPoP", vec![proof(1, "GET", &at, now(), Some(token)), proof(1, "GET", &at, now(), Some(token))], "dpop_proof_missing"),
            ("of another key", "DPoP", vec![proof(2, "GET", &at, now(), Some(token))], "dpop_proof_invalid"),
            ("of another method", "DPoP", vec![proof(1, "POST", &at, now(), Some(token))], "dpop_proof_invalid"),
            ("of another address", "DPoP", vec![proof(1, "GET", &format!("{URL}/v1/persons"), now(), Some(token))], "dpop_proof_invalid"),
            ("of another host", "DPoP", vec![proof(1, "GET", "http://evil.test/v1/me", now(), Some(token))], "dpop_proof_invalid"),
            ("of another token", "DPoP", vec![proof(1, "GET", &at, now(), Some("other"))], "dpop_proof_invalid"),
            ("of no token", "DPoP", vec![proof(1, "GET", &at, now(), None)], "dpop_proof_invalid"),
            ("of two minutes ago", "DPoP", vec![old], "dpop_proof_invalid"),
            ("garbage", "DPoP", vec!["a.b.c".to_owned()], "dpop_proof_invalid"),
        ] {
            let proofs: Vec<&str> = proofs.iter().map(String::as_str).collect();
            let (status, got, _) = me(&app, scheme, token, &proofs).await;
            assert_eq!((status, got.as_str()), (401, code), "{what}");
        }
        let unbound = stage.tokens().await;
        let unbound = unbound["access_token"].as_str().unwrap();
        let (status, got, _) = me(&app, "DPoP", unbound, &[&proof(1, "GET", &at, now(), Some(unbound))]).await;
        assert_eq!((status, got.as_str()), (401, "token_not_bound"));
    }

    async fn refresh_tokens_of_an_app_are_bound_to_its_key(app: TestApp) {
        let stage = Stage::new(&app).await;
        let now = || app.services.clock.now();
        let code = stage.code(&[]).await;
        let (_, body) = redeem(&stage, &code, Some(&proof(1, "POST", &token_url(), now(), None))).await;
        let (id, token) = (stage.phone.to_string(), body["refresh_token"].as_str().unwrap().to_owned());
        let form = [("grant_type", "refresh_token"), ("client_id", id.as_str()), ("refresh_token", &token)];
        for other in [None, Some(proof(2, "POST", &token_url(), now(), None))] {
            let (status, body, _) = stage.send("/oauth/token", &form, other.as_deref()).await;
            assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")), "whoever lacks the key ends nothing");
        }
        let mine = proof(1, "POST", &token_url(), now(), None);
        let (status, body, _) = stage.send("/oauth/token", &form, Some(&mine)).await;
        assert_eq!((status, body["token_type"].as_str()), (200, Some("DPoP")), "{body}");
        let (status, body, _) = stage.send("/oauth/token", &form, Some(&mine)).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_dpop_proof")), "the proof was used");
    }

    async fn a_proof_makes_one_token_however_often_it_comes_at_once(app: TestApp) {
        let stage = Stage::new(&app).await;
        let now = app.services.clock.now();
        let code = stage.code(&[]).await;
        let (_, body) = redeem(&stage, &code, Some(&proof(1, "POST", &token_url(), now, None))).await;
        let (id, token) = (stage.phone.to_string(), body["refresh_token"].as_str().unwrap().to_owned());
        let form = [("grant_type", "refresh_token"), ("client_id", id.as_str()), ("refresh_token", token.as_str())];
        let one = proof(1, "POST", &token_url(), now, None);
        let all = join_all((0..8).map(|_| stage.send("/oauth/token", &form, Some(&one)))).await;
        assert_eq!(all.iter().filter(|answer| answer.0 == 200).count(), 1, "{all:?}");
    }

    async fn a_code_may_be_bound_to_a_key_before_it_is_made(app: TestApp) {
        let stage = Stage::new(&app).await;
        let now = app.services.clock.now();
        let bound = thumbprint(1);
        let code = stage.code(&[("dpop_jkt", Some(&bound))]).await;
        for other in [None, Some(proof(2, "POST", &token_url(), now, None))] {
            let (status, body) = redeem(&stage, &code, other.as_deref()).await;
            assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
        }
        let (status, body) = redeem(&stage, &code, Some(&proof(1, "POST", &token_url(), now, None))).await;
        assert_eq!(status, 200, "{body}");
    }

    async fn a_proof_of_another_request_makes_no_token(app: TestApp) {
        let stage = Stage::new(&app).await;
        let now = app.services.clock.now();
        let code = stage.code(&[]).await;
        for wrong in [
            proof(1, "GET", &token_url(), now, None),
            proof(1, "POST", &format!("{URL}/oauth/revoke"), now, None),
            proof(1, "POST", &token_url(), now + TimeDelta::minutes(5), None),
            "nonsense".to_owned(),
        ] {
            let (status, body) = redeem(&stage, &code, Some(&wrong)).await;
            assert_eq!((status, body["error"].as_str()), (400, Some("invalid_dpop_proof")), "{wrong}");
        }
        assert_eq!(redeem(&stage, &code, None).await.0, 200);
    }

    async fn an_app_that_must_bind_its_tokens_gets_no_other(app: TestApp) {
        let stage = Stage::new(&app).await;
        let careful = Uuid::now_v7();
        put(&app, entity::oauth_client::Model { dpop_required: true, ..client_row(careful, "Hati-hati") }).await;
        let stage = Stage { phone: careful, ..stage };
        let code = stage.code(&[]).await;
        let (status, body) = redeem(&stage, &code, None).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_dpop_proof")));
        let now = app.services.clock.now();
        let (status, body) = redeem(&stage, &code, Some(&proof(1, "POST", &token_url(), now, None))).await;
        assert_eq!(status, 200, "{body}");
        let (status, body) = stage.refresh(body["refresh_token"].as_str().unwrap()).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_dpop_proof")));
        let system = entity::oauth_client::ActiveModel {
            id: sea_orm::ActiveValue::Set(stage.system),
            dpop_required: sea_orm::ActiveValue::Set(true),
            ..Default::default()
        };
        sea_orm::ActiveModelTrait::update(system, app.services.store.writer()).await.unwrap();
        let (status, body) = stage.system_sends("/oauth/token", &[("grant_type", "client_credentials")]).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_dpop_proof")));
    }

    async fn a_bound_token_opens_no_socket_and_is_told_why(app: TestApp) {
        let stage = Stage::new(&app).await;
        let code = stage.code(&[]).await;
        let dpop = proof(1, "POST", &token_url(), app.services.clock.now(), None);
        let (_, body) = redeem(&stage, &code, Some(&dpop)).await;
        let token = body["access_token"].as_str().unwrap();
        for scheme in ["DPoP", "Bearer"] {
            let mut socket = Socket::connect(&app, Some("graphql-transport-ws")).await.unwrap();
            let payload = json!({ "authorization": format!("{scheme} {token}") });
            socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
            let (code, reason) = socket.closed().await;
            assert!(code == 4403 && reason.contains("DPoP") && reason.len() <= 123, "{code} {reason}");
        }
    }
}
