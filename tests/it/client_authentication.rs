//! How clients prove who they are: what holds, and every way in which it must not.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use entity::{revoked_token, used_proof};
use hmac::{Hmac, KeyInit, Mac};
use sanggar::{
    identity::{
        client::{
            authenticate::{Presented, authenticate},
            usage::{self, UseKind},
        },
        protocol::Refused,
    },
    worker,
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        TestApp,
        app::URL,
        client::{ClientKey, app_input, system_input, unsigned},
        directory::put,
    },
};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn endpoint() -> String {
    format!("{URL}/oauth/token")
}

/// `fine`, or the code.
async fn told(app: &TestApp, presented: Presented) -> &'static str {
    match authenticate(&app.services, &presented, &endpoint(), "request").await {
        Ok(_) => "fine",
        Err(Refused::OAuth(error)) => error.error,
        Err(Refused::Service(error)) => panic!("{error}"),
    }
}

fn basic(id: &str, secret: &str) -> Presented {
    let header = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    Presented { authorization: Some(header), ..Presented::default() }
}

fn named(id: &str) -> Presented {
    Presented { client_id: Some(id.to_owned()), ..Presented::default() }
}

fn signed(assertion: String) -> Presented {
    Presented { assertion: Some(assertion), assertion_type: Some(TYPE.to_owned()), ..Presented::default() }
}

/// A system that signs with the first key.
async fn signing_system(app: &TestApp) -> (String, ClientKey) {
    let key = ClientKey::new(5);
    let set = json!({ "keys": [key.public("a"), ClientKey::new(6).public("b")] }).to_string();
    let mut input = system_input();
    (input["authMethod"], input["jwks"]) = (json!("private_key_jwt"), json!(set));
    (app.oauth_client(input).await, key)
}

fn header() -> Value {
    json!({ "alg": "ES256", "kid": "a", "typ": "JWT" })
}

fn claims(app: &TestApp, id: &str) -> Value {
    let now = app.services.clock.now().timestamp();
    json!({ "iss": id, "sub": id, "aud": endpoint(), "iat": now, "exp": now + 60, "jti": Uuid::now_v7() })
}

both_engines! {
    async fn a_secret_proves_a_system_until_it_ends_or_is_withdrawn(app: TestApp) {
        let id = app.oauth_client(system_input()).await;
        let (old, new) = (app.client_secret(&id, 10).await, app.client_secret(&id, 60).await);
        for secret in [&old, &new] {
            assert_eq!(told(&app, basic(&id, secret)).await, "fine", "both are good at once");
        }
        let longer = format!("{new}x");
        for wrong in ["", "x", longer.as_str(), &old[..46]] {
            assert_eq!(told(&app, basic(&id, wrong)).await, "invalid_client", "{wrong}");
        }
        let other = app.oauth_client(system_input()).await;
        assert_eq!(told(&app, basic(&other, &new)).await, "invalid_client", "of another system");
        app.pass(TimeDelta::days(11));
        assert_eq!(told(&app, basic(&id, &old)).await, "invalid_client", "it ended");
        assert_eq!(told(&app, basic(&id, &new)).await, "fine");
        let (_, page) = app.get(&format!("/v1/oauth-clients/{id}/secrets"), Some(&app.ministry())).await;
        let newest = page["items"][0]["id"].as_str().unwrap();
        let path = format!("/v1/oauth-client-secrets/{newest}/withdraw");
        assert_eq!(app.post(&path, Some(&app.ministry()), &json!({})).await.0, 200);
        assert_eq!(told(&app, basic(&id, &new)).await, "invalid_client", "it was withdrawn");
    }

    async fn an_app_needs_its_name_and_a_system_more_than_that(app: TestApp) {
        let public = app.oauth_client(app_input()).await;
        assert_eq!(told(&app, named(&public)).await, "fine");
        assert_eq!(told(&app, basic(&public, "x")).await, "invalid_client");
        let system = app.oauth_client(system_input()).await;
        assert_eq!(told(&app, named(&system)).await, "invalid_client");
        for nobody in [Uuid::now_v7().to_string(), "x".to_owned(), public.to_uppercase(), format!("{public} ")] {
            assert_eq!(told(&app, named(&nobody)).await, "invalid_client", "{nobody}");
        }
        assert_eq!(told(&app, Presented::default()).await, "invalid_client");
    }

    async fn only_an_approved_client_is_let_in(app: TestApp) {
        let mut input = app_input();
        input["pending"] = json!(true);
        let id = app.oauth_client(input).await;
        assert_eq!(told(&app, named(&id)).await, "invalid_client");
        let ministry = app.ministry();
        app.post(&format!("/v1/oauth-clients/{id}/approve"), Some(&ministry), &json!({})).await;
        assert_eq!(told(&app, named(&id)).await, "fine");
        let reason = json!({ "reason": "Bocor" });
        app.post(&format!("/v1/oauth-clients/{id}/suspend"), Some(&ministry), &reason).await;
        assert_eq!(told(&app, named(&id)).await, "invalid_client");
    }

    async fn several_ways_and_a_secret_in_the_body_are_invalid_requests(app: TestApp) {
        let id = app.oauth_client(system_input()).await;
        let secret = app.client_secret(&id, 10).await;
        let in_body = Presented { client_secret: Some(secret.clone()), ..named(&id) };
        assert_eq!(told(&app, in_body).await, "invalid_request");
        let both = Presented { assertion: Some("a.b.c".to_owned()), assertion_type: Some(TYPE.to_owned()), ..basic(&id, &secret) };
        assert_eq!(told(&app, both).await, "invalid_request");
        let other = Presented { client_id: Some(Uuid::now_v7().to_string()), ..basic(&id, &secret) };
        assert_eq!(told(&app, other).await, "invalid_request");
        let same = Presented { client_id: Some(id.clone()), ..basic(&id, &secret) };
        assert_eq!(told(&app, same).await, "fine");
    }

    async fn an_assertion_proves_a_system_once(app: TestApp) {
        let (id, key) = signing_system(&app).await;
        let assertion = key.sign(&header(), &claims(&app, &id));
        assert_eq!(told(&app, signed(assertion.clone())).await, "fine");
        assert_eq!(told(&app, signed(assertion)).await, "invalid_client", "it was used");
        for aud in [json!(URL), json!(["https://elsewhere.id", URL])] {
            let mut for_us = claims(&app, &id);
            for_us["aud"] = aud;
            assert_eq!(told(&app, signed(key.sign(&header(), &for_us))).await, "fine");
        }
        let mut plain = claims(&app, &id);
        plain["aud"] = json!(endpoint());
        let without_typ = json!({ "alg": "ES256", "kid": "a" });
        assert_eq!(told(&app, signed(key.sign(&without_typ, &plain))).await, "fine");
        let wrong_type = Presented { assertion_type: None, ..signed(key.sign(&header(), &claims(&app, &id))) };
        assert_eq!(told(&app, wrong_type).await, "invalid_client");
    }

    async fn sixteen_uses_of_one_assertion_at_once_let_one_in(app: TestApp) {
        let (id, key) = signing_system(&app).await;
        let assertion = key.sign(&header(), &claims(&app, &id));
        let all = (0..16).map(|_| told(&app, signed(assertion.clone())));
        let fine = futures_util::future::join_all(all).await.into_iter().filter(|told| *told == "fine").count();
        assert_eq!(fine, 1);
    }

    async fn an_assertion_of_another_end_time_audience_or_subject_proves_nothing(app: TestApp) {
        let (id, key) = signing_system(&app).await;
        let now = app.services.clock.now().timestamp();
        let other = Uuid::now_v7().to_string();
        for (name, value) in [
            ("aud", json!("https://elsewhere.id/oauth/token")),
            ("aud", json!([])),
            ("iss", json!(other)),
            ("sub", json!(other)),
            ("exp", json!(now - 31)),
            ("exp", json!(now + 3_700)),
            ("nbf", json!(now + 60)),
            ("iat", json!(now + 60)),
            ("jti", json!("")),
            ("jti", json!("x".repeat(256))),
            ("jti", json!(null)),
            ("exp", json!(null)),
        ] {
            let mut bad = claims(&app, &id);
            bad[name] = value.clone();
            assert_eq!(told(&app, signed(key.sign(&header(), &bad))).await, "invalid_client", "{name} {value}");
        }
    }

    async fn an_assertion_of_an_hour_proves_its_client_once(app: TestApp) {
        let (id, key) = signing_system(&app).await;
        let mut long = claims(&app, &id);
        long["exp"] = json!(app.services.clock.now().timestamp() + 3_600);
        let assertion = key.sign(&header(), &long);
        assert_eq!(told(&app, signed(assertion.clone())).await, "fine");
        app.pass(TimeDelta::minutes(59));
        worker::run_once(&app.services).await;
        assert_eq!(told(&app, signed(assertion)).await, "invalid_client", "it was used, and is remembered until it ends");
    }

    async fn the_message_does_not_choose_how_it_is_checked(app: TestApp) {
        let (id, key) = signing_system(&app).await;
        let refused = async |assertion: String, why: &str| {
            assert_eq!(told(&app, signed(assertion)).await, "invalid_client", "{why}");
        };
        // With the public key, which everybody knows, as the secret of an HMAC.
        let public = key.public("a").to_string();
        let message = unsigned(&json!({ "alg": "HS256", "kid": "a" }), &claims(&app, &id));
        let mut mac = Hmac::<Sha256>::new_from_slice(public.as_bytes()).unwrap();
        mac.update(message.as_bytes());
        let signature = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        refused(format!("{message}.{signature}"), "HS256").await;
        let none = unsigned(&json!({ "alg": "none", "kid": "a" }), &claims(&app, &id));
        refused(format!("{none}."), "none").await;
        for (head, why) in [
            (json!({ "alg": "RS256", "kid": "a" }), "another algorithm than the key's"),
            (json!({ "alg": "ES256", "kid": "b" }), "signed with another key than the named one"),
            (json!({ "alg": "ES256", "kid": "c" }), "an unknown key"),
            (json!({ "alg": "ES256" }), "which key is not said"),
            (json!({ "alg": "ES256", "kid": "a", "crit": ["b64"], "b64": true }), "crit"),
        ] {
            refused(key.sign(&head, &claims(&app, &id)), why).await;
        }
        let own = json!({ "alg": "ES256", "kid": "a", "jwk": ClientKey::new(9).public("a") });
        refused(ClientKey::new(9).sign(&own, &claims(&app, &id)), "a key that came along").await;
        let good = key.sign(&header(), &claims(&app, &id));
        refused(good[..good.len() - 4].to_owned(), "cut short").await;
        refused("x".repeat(9_000), "too long").await;
    }

    async fn refused_proofs_are_counted_for_clients_that_are_there(app: TestApp) {
        let id = app.oauth_client(system_input()).await;
        told(&app, basic(&id, "x")).await;
        told(&app, basic(&Uuid::now_v7().to_string(), "x")).await;
        let counted = app.services.uses.take();
        assert_eq!(counted.len(), 1);
        let ((client, _, kind), times) = counted[0];
        assert_eq!((client.to_string(), kind, times), (id, UseKind::RefusedTokens, 1));
        assert_eq!(usage::flush(&app.services).await.unwrap(), 0);
    }

    async fn proofs_and_tokens_that_ended_are_let_go(app: TestApp) {
        let (id, key) = signing_system(&app).await;
        told(&app, signed(key.sign(&header(), &claims(&app, &id)))).await;
        let now = app.services.clock.now();
        for hours in [1, 48] {
            let row = revoked_token::Model { jti: Uuid::now_v7(), expires_at: now + TimeDelta::hours(hours) };
            put(&app, row).await;
        }
        app.pass(TimeDelta::hours(2));
        worker::run_once(&app.services).await;
        let db = app.services.store.reader();
        assert_eq!(used_proof::Entity::find().count(db).await.unwrap(), 0);
        assert_eq!(revoked_token::Entity::find().count(db).await.unwrap(), 1, "one is still to be refused");
    }
}
