//! Apps and systems: registering, deciding, secrets, use; through both faces, on both engines.

use chrono::TimeDelta;
use sanggar::{
    access::{
        grant::Grant,
        token::{self, Claims},
    },
    identity::client::usage::{self, UseKind},
    worker,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        app::URL,
        client::{ClientKey, app_input, system_input},
    },
};

async fn call(app: &TestApp, face: Face, operation: &str, args: Value) -> Outcome {
    app.call(face, Some(&app.ministry()), operation, args).await
}

fn with(mut input: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

/// A token of a system that acts for itself.
fn token_of(app: &TestApp, client: &str) -> String {
    let client = Uuid::parse_str(client).unwrap();
    let now = app.services.clock.now();
    let subject = client.to_string();
    let mut claims = Claims::new(URL, URL, subject, Vec::new(), Uuid::now_v7(), now, TimeDelta::minutes(10));
    claims.client_id = Some(client);
    claims.scope = Some("certificates_read".to_owned());
    token::issue(&app.services.keyring, &claims, now).unwrap()
}

both_engines! {
    async fn the_ministry_registers_an_app_that_is_approved_at_once(app: TestApp) {
        for face in Face::BOTH {
            let made = call(&app, face, "register_oauth_client", json!({ "input": app_input() })).await.ok();
            assert_eq!((&made["status"], &made["version"]), (&json!("approved"), &json!(1)), "{face:?}");
            assert_eq!(made["redirectUris"], app_input()["redirectUris"]);
            assert_eq!(made["scopes"], json!(["trainings_read", "certificates_read"]));
            let read = call(&app, face, "get_oauth_client", json!({ "id": made["id"] })).await.ok();
            assert_eq!(read, made);
        }
        let listed = json!({ "status": "approved" });
        let rest = call(&app, Face::Rest, "list_oauth_clients", listed.clone()).await.ok();
        assert_eq!(rest, call(&app, Face::Graphql, "list_oauth_clients", listed).await.ok());
        assert_eq!(rest["items"].as_array().unwrap().len(), 2);
        let events = app.events("oauth_client.registered").await;
        assert_eq!(events.len(), 2);
        assert!(!events[0].payload.to_string().contains("tim@contoh.id"), "whom to write to is told to nobody");
    }

    async fn what_waits_is_approved_or_refused_and_what_is_approved_is_suspended_and_resumed(app: TestApp) {
        let waiting = with(app_input(), &json!({ "pending": true }));
        for face in Face::BOTH {
            let id = call(&app, face, "register_oauth_client", json!({ "input": waiting })).await.ok()["id"].clone();
            let step = |name: &'static str, reason: Option<&'static str>| {
                let args = match reason {
                    Some(reason) => json!({ "id": id, "input": { "reason": reason } }),
                    None => json!({ "id": id }),
                };
                let app = &app;
                async move { call(app, face, name, args).await }
            };
            let refused = async |name, reason| step(name, reason).await.refused();
            assert_eq!(refused("suspend_oauth_client", Some("Bocor")).await, "oauth_client_not_approved");
            assert_eq!(refused("resume_oauth_client", None).await, "oauth_client_not_suspended");
            assert_eq!(refused("refuse_oauth_client", Some(" ")).await, "invalid");
            assert_eq!(step("approve_oauth_client", None).await.ok()["status"], "approved");
            assert_eq!(refused("approve_oauth_client", None).await, "oauth_client_not_pending");
            assert_eq!(refused("refuse_oauth_client", Some("Tidak")).await, "oauth_client_not_pending");
            let stopped = step("suspend_oauth_client", Some("Bocor")).await.ok();
            assert_eq!((&stopped["status"], &stopped["statusReason"]), (&json!("suspended"), &json!("Bocor")));
            let again = step("resume_oauth_client", None).await.ok();
            assert_eq!((&again["status"], &again["statusReason"]), (&json!("approved"), &json!(null)));

            let id = call(&app, face, "register_oauth_client", json!({ "input": waiting })).await.ok()["id"].clone();
            let no = json!({ "id": id, "input": { "reason": "Tidak jelas" } });
            assert_eq!(call(&app, face, "refuse_oauth_client", no).await.ok()["status"], "refused");
            let change = json!({ "id": id, "version": 2, "input": { "name": "Lain" } });
            assert_eq!(call(&app, face, "update_oauth_client", change).await.refused(), "oauth_client_was_refused");
        }
    }

    async fn a_client_is_changed_in_the_version_that_was_read(app: TestApp) {
        for face in Face::BOTH {
            let made = call(&app, face, "register_oauth_client", json!({ "input": app_input() })).await.ok();
            let change = |version: Value, input: Value| json!({ "id": made["id"], "version": version, "input": input });
            let new = json!({ "redirectUris": ["https://aplikasi.contoh.id/kembali"], "homepage": "https://contoh.id" });
            let stale = call(&app, face, "update_oauth_client", change(json!(9), new.clone())).await;
            assert_eq!(stale.refused(), "stale_version");
            let unnamed = call(&app, face, "update_oauth_client", change(json!(null), new.clone())).await;
            assert_eq!(unnamed.refused(), "precondition_required");
            let changed = call(&app, face, "update_oauth_client", change(json!(1), new.clone())).await.ok();
            assert_eq!(changed["redirectUris"], new["redirectUris"]);
            assert_eq!((&changed["version"], &changed["homepage"]), (&json!(2), &new["homepage"]));
            let bad = json!({ "redirectUris": ["http://localhost/"], "homepage": "http://contoh.id" });
            let outcome = call(&app, face, "update_oauth_client", change(json!(2), bad)).await;
            let told: Vec<_> = outcome.faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
            let expected = [("/homepage", "url_malformed"), ("/redirectUris/0", "redirect_uri_not_allowed")];
            assert_eq!(told, expected, "{face:?}");
        }
    }

    async fn rules_about_addresses_ways_and_keys_are_kept(app: TestApp) {
        let mut private = ClientKey::new(3).public("a");
        private["d"] = json!("AAAA");
        let set = |keys: Value| json!({ "keys": keys }).to_string();
        let signs = json!({ "authMethod": "private_key_jwt" });
        let cases = [
            (with(app_input(), &json!({ "redirectUris": ["http://contoh.id/"] })), "/redirectUris/0", "redirect_uri_not_allowed"),
            (with(app_input(), &json!({ "redirectUris": ["https://contoh.id/#a"] })), "/redirectUris/0", "redirect_uri_malformed"),
            (with(app_input(), &json!({ "redirectUris": ["https://*.contoh.id/"] })), "/redirectUris/0", "redirect_uri_malformed"),
            (with(app_input(), &json!({ "redirectUris": ["myapp:/callback"] })), "/redirectUris/0", "redirect_uri_not_allowed"),
            (with(app_input(), &json!({ "redirectUris": [] })), "/redirectUris", "redirect_uri_missing"),
            (with(app_input(), &json!({ "authMethod": "client_secret_basic" })), "/authMethod", "auth_method_not_of_kind"),
            (with(app_input(), &json!({ "grantTypes": ["authorization_code", "client_credentials"] })), "/grantTypes", "public_client_for_itself"),
            (with(system_input(), &signs), "/jwks", "jwks_missing"),
            (with(system_input(), &json!({ "jwks": set(json!([ClientKey::new(3).public("a")])) })), "/jwks", "jwks_without_use"),
            (with(with(system_input(), &signs), &json!({ "jwks": set(json!([private])) })), "/jwks", "jwks_private"),
            (with(with(system_input(), &signs), &json!({ "jwks": set(json!([{ "kty": "oct", "k": "AAAA" }])) })), "/jwks", "jwks_private"),
            (with(with(system_input(), &signs), &json!({ "jwks": "{" })), "/jwks", "jwks_malformed"),
        ];
        for face in Face::BOTH {
            for (input, pointer, code) in &cases {
                let outcome = call(&app, face, "register_oauth_client", json!({ "input": input })).await;
                assert!(
                    outcome.faults.contains(&((*pointer).to_owned(), (*code).to_owned())),
                    "{face:?} {code}: {:?}", outcome.faults
                );
                assert_eq!(outcome.refused(), "invalid");
            }
        }
        assert!(app.events("oauth_client.registered").await.is_empty());
    }

    async fn a_secret_is_shown_once_and_two_are_good_at_once(app: TestApp) {
        for face in Face::BOTH {
            let id = json!(app.oauth_client(system_input()).await);
            let make = |days: i64| json!({ "id": id, "input": { "days": days }, "key": "satu" });
            let first = call(&app, face, "create_oauth_client_secret", make(30)).await.ok();
            let second = call(&app, face, "create_oauth_client_secret", make(30)).await.ok();
            assert_ne!(first["secret"], second["secret"], "nothing is kept to be repeated");
            assert_eq!(first["secret"].as_str().unwrap().len(), 47);
            let third = call(&app, face, "create_oauth_client_secret", make(30)).await;
            assert_eq!(third.refused(), "client_secrets_exhausted", "{face:?}");
            let listed = call(&app, face, "list_oauth_client_secrets", json!({ "id": id })).await.ok();
            let text = listed.to_string();
            for made in [&first, &second] {
                assert!(!text.contains(made["secret"].as_str().unwrap()) && text.contains(made["id"].as_str().unwrap()));
            }
            let gone = call(&app, face, "withdraw_oauth_client_secret", json!({ "id": first["id"] })).await.ok();
            assert!(gone["withdrawnAt"].is_string());
            let again = call(&app, face, "withdraw_oauth_client_secret", json!({ "id": first["id"] })).await;
            assert_eq!(again.refused(), "client_secret_withdrawn");
            call(&app, face, "create_oauth_client_secret", make(30)).await.ok();
            // What has ended makes room by itself.
            app.pass(TimeDelta::days(31));
            call(&app, face, "create_oauth_client_secret", make(366)).await.ok();
            for days in [0, 367] {
                assert_eq!(call(&app, face, "create_oauth_client_secret", make(days)).await.refused(), "invalid");
            }
        }
        let events = app.events("oauth_client_secret.created").await;
        assert!(events.iter().all(|event| !event.payload.to_string().contains("sgs_")));
    }

    async fn only_an_approved_system_with_secrets_gets_one(app: TestApp) {
        for face in Face::BOTH {
            let public = app.oauth_client(app_input()).await;
            let waiting = app.oauth_client(with(system_input(), &json!({ "pending": true }))).await;
            for (id, code) in [(public, "oauth_client_has_no_secret"), (waiting, "oauth_client_not_approved")] {
                let made = call(&app, face, "create_oauth_client_secret", json!({ "id": id, "input": {} })).await;
                assert_eq!(made.refused(), code, "{face:?}");
            }
        }
    }

    async fn nobody_but_the_ministry_sees_or_changes_clients(app: TestApp) {
        let id = app.oauth_client(system_input()).await;
        let others = [Grant::teacher(Uuid::now_v7()), Grant::regional_officer("32"), Grant::ministry_system()];
        let operations = [
            ("list_oauth_clients", json!({})),
            ("get_oauth_client", json!({ "id": id })),
            ("list_oauth_client_secrets", json!({ "id": id })),
            ("list_oauth_client_uses", json!({ "id": id })),
            ("register_oauth_client", json!({ "input": app_input() })),
            ("update_oauth_client", json!({ "id": id, "version": 1, "input": { "name": "Lain" } })),
            ("approve_oauth_client", json!({ "id": id })),
            ("suspend_oauth_client", json!({ "id": id, "input": { "reason": "Bocor" } })),
            ("create_oauth_client_secret", json!({ "id": id, "input": {} })),
        ];
        for face in Face::BOTH {
            for (operation, args) in &operations {
                let nobody = app.call(face, None, operation, args.clone()).await.refused();
                assert_eq!(nobody, "unauthenticated", "{face:?} {operation}");
                for grant in &others {
                    let token = app.token(grant.clone());
                    let refused = app.call(face, Some(&token), operation, args.clone()).await.refused();
                    assert_eq!(refused, "forbidden", "{face:?} {operation} {}", grant.role);
                }
            }
        }
    }

    async fn a_suspended_client_is_stopped_with_the_next_request(app: TestApp) {
        let id = app.oauth_client(system_input()).await;
        let token = token_of(&app, &id);
        assert_eq!(app.get("/v1/me", Some(&token)).await.0, 200);
        let reason = json!({ "reason": "Bocor" });
        let ministry = app.ministry();
        app.post(&format!("/v1/oauth-clients/{id}/suspend"), Some(&ministry), &reason).await;
        let (status, problem) = app.get("/v1/me", Some(&token)).await;
        assert_eq!((status, &problem["code"]), (401, &json!("token_revoked")));
        app.post(&format!("/v1/oauth-clients/{id}/resume"), Some(&ministry), &json!({})).await;
        assert_eq!(app.get("/v1/me", Some(&token)).await.0, 200);
    }

    async fn use_and_refused_calls_are_counted_day_by_day(app: TestApp) {
        let id = app.oauth_client(system_input()).await;
        let token = token_of(&app, &id);
        app.get("/v1/me", Some(&token)).await;
        app.get("/v1/me", Some(&token)).await;
        assert_eq!(app.get("/v1/persons", Some(&token)).await.0, 403);
        usage::count(&app.services, Uuid::parse_str(&id).unwrap(), UseKind::Tokens);
        worker::run_once(&app.services).await;
        app.get("/v1/me", Some(&token)).await;
        assert_eq!(usage::flush(&app.services).await.unwrap(), 1);
        let expected = json!([
            { "day": "2026-03-02", "kind": "tokens", "count": 1 },
            { "day": "2026-03-02", "kind": "refused_calls", "count": 1 },
            { "day": "2026-03-02", "kind": "calls", "count": 3 },
        ]);
        for face in Face::BOTH {
            let uses = call(&app, face, "list_oauth_client_uses", json!({ "id": id })).await.ok();
            assert_eq!(uses["items"], expected, "{face:?}");
            let first = call(&app, face, "list_oauth_client_uses", json!({ "id": id, "first": 2 })).await.ok();
            let rest = json!({ "id": id, "first": 2, "after": first["next"] });
            let rest = call(&app, face, "list_oauth_client_uses", rest).await.ok();
            assert_eq!(rest["items"], json!([expected[2]]), "{face:?}");
        }
    }
}
