//! An app that pinned itself runs registered documents only, and what is registered fits the schema.

use chrono::TimeDelta;
use reqwest::Method;
use sanggar::{
    access::{
        grant::Grant,
        token::{self, Claims},
    },
    foundation::transaction::hex,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::URL,
        directory::put,
        own_rows::{app_row, document_row},
    },
};

const TEXT: &str = "query Me { me { subject } }";

/// A token with which a system acts for itself.
fn token_of(app: &TestApp, client: Uuid) -> String {
    let now = app.services.clock.now();
    let mut claims =
        Claims::new(URL, URL, client.to_string(), Vec::new(), Uuid::now_v7(), now, TimeDelta::minutes(5));
    claims.client_id = Some(client);
    claims.scope = Some("directory_read".to_owned());
    token::issue(&app.services.keyring, &claims, now).unwrap()
}

/// Status and code; `ok` when it ran.
async fn sent(app: &TestApp, token: &str, body: &Value) -> (u16, String) {
    let answer = app.request(Method::POST, "/graphql", Some(token)).json(body).send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    let code = body["errors"][0]["extensions"]["code"].as_str().unwrap_or("ok");
    (status, code.to_owned())
}

fn ok() -> (u16, String) {
    (200, "ok".to_owned())
}

fn refused() -> (u16, String) {
    (400, "persisted_query_only".to_owned())
}

fn by_hash(text: &str) -> Value {
    let hash = hex(&Sha256::digest(text.as_bytes()));
    json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } })
}

both_engines! {
    async fn a_pinned_app_runs_what_is_registered_for_it_and_nothing_else(app: TestApp) {
        let [pinned, other, free] = [(); 3].map(|()| Uuid::now_v7());
        for (id, is_pinned) in [(pinned, true), (other, true), (free, false)] {
            put(&app, app_row(id, is_pinned)).await;
        }
        put(&app, document_row(Uuid::now_v7(), pinned, TEXT)).await;
        let elsewhere = "query Others { me { subject } }";
        put(&app, document_row(Uuid::now_v7(), other, elsewhere)).await;
        let token = token_of(&app, pinned);
        // Its hash alone will do from the first time on.
        assert_eq!(sent(&app, &token, &by_hash(TEXT)).await, ok());
        assert_eq!(sent(&app, &token, &json!({ "query": TEXT })).await, ok());
        for text in ["{ me { subject } }", "query Me { me { subject  } }", "{ __schema { types { name } } }", elsewhere] {
            assert_eq!(sent(&app, &token, &json!({ "query": text })).await, refused(), "{text}");
            assert_eq!(sent(&app, &token, &by_hash(text)).await, refused(), "{text}");
        }
        // What another node has never seen it looks up, and what this one holds for others is nobody else's.
        assert_eq!(sent(&app.node(|_| {}), &token, &by_hash(TEXT)).await, ok());
        assert_eq!(sent(&app, &token_of(&app, free), &json!({ "query": elsewhere })).await, ok());
        assert_eq!(sent(&app, &token, &by_hash(elsewhere)).await, refused(), "held here, and not its own");
        assert_eq!(app.request(Method::GET, "/v1/regions", Some(&token)).send().await.unwrap().status(), 200, "REST stays open");
        // A text under the hash of a registered one is none.
        let mut disguised = by_hash(TEXT);
        disguised["query"] = json!("{ me { subject } }");
        assert_eq!(sent(&app, &token, &disguised).await.1, "persisted_query_mismatch");
        let unknown = "/graphql?query=%7B%20me%20%7B%20subject%20%7D%20%7D";
        let answer = app.request(Method::GET, unknown, Some(&token)).send().await.unwrap();
        assert_eq!(answer.status(), 400);
        // Others are bound to nothing.
        assert_eq!(sent(&app, &token_of(&app, free), &json!({ "query": "{ me { subject } }" })).await, ok());
        assert_eq!(sent(&app, &app.ministry(), &json!({ "query": elsewhere })).await, ok());
    }

    async fn documents_are_registered_once_and_fit_the_schema(app: TestApp) {
        let ministry = app.ministry();
        for face in Face::BOTH {
            let client = Uuid::now_v7();
            put(&app, app_row(client, true)).await;
            let of = |id: Uuid, name: &str, text: &str| json!({ "id": id, "input": { "name": name, "document": text } });
            let made = app.call(face, Some(&ministry), "register_client_document", of(client, "Saya", TEXT)).await.ok();
            assert_eq!(made["sha256"], hex(&Sha256::digest(TEXT.as_bytes())), "{face:?}");
            assert_eq!(sent(&app, &token_of(&app, client), &by_hash(TEXT)).await, ok());
            let again = app.call(face, Some(&ministry), "register_client_document", of(client, "Lagi", TEXT)).await;
            assert_eq!(again.refused(), "client_document_registered");
            for (text, code) in [
                ("{ nobody { knows } }", "graphql_invalid"),
                ("{ me { subject ", "query_syntax"),
                ("query A { me { subject } } query B { nobody }", "graphql_invalid"),
                (" ", "text_missing"),
            ] {
                let wrong = app.call(face, Some(&ministry), "register_client_document", of(client, "", text)).await;
                let told: Vec<_> = wrong.faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
                assert_eq!(told, [("/name", "text_missing"), ("/document", code)], "{face:?} {text}");
            }
            let nowhere = app.call(face, Some(&ministry), "register_client_document", of(Uuid::now_v7(), "A", TEXT)).await;
            assert_eq!(nowhere.refused(), "not_found");
            let teacher = app.token(Grant::teacher(Uuid::now_v7()));
            let stranger = app.call(face, Some(&teacher), "register_client_document", of(client, "A", TEXT)).await;
            assert_eq!(stranger.refused(), "forbidden");
            let listed = app.call(face, Some(&ministry), "list_client_documents", json!({ "id": client })).await.ok();
            assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{face:?} {listed}");
            assert_eq!(listed["items"][0]["document"], TEXT);
            let found = app.call(face, Some(&ministry), "get_client_document", json!({ "id": made["id"] })).await.ok();
            assert_eq!(found["name"], "Saya");
            let gone = json!({ "id": made["id"], "version": 1 });
            app.call(face, Some(&ministry), "delete_client_document", gone.clone()).await.ok();
            assert_eq!(sent(&app, &token_of(&app, client), &by_hash(TEXT)).await, refused(), "from the next request on");
            assert_eq!(app.call(face, Some(&ministry), "delete_client_document", gone).await.refused(), "not_found");
        }
        assert_eq!(app.events("client_document.registered").await.len(), 2);
        assert_eq!(app.events("client_document.deleted").await.len(), 2);
    }
}
