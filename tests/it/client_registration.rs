//! Clients that register themselves (RFC 7591): what they are told, and what they do not get.

use chrono::{DateTime, TimeDelta, Utc};
use entity::oauth_client;
use sanggar::identity::client::leftover;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        TestApp,
        app::start,
        client::{ClientKey, oauth_client_row},
        directory::put,
    },
};

const PATH: &str = "/oauth/register";

fn app_metadata() -> Value {
    json!({ "client_name": "Aplikasi Guru", "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
        "redirect_uris": ["id.contoh.aplikasi:/callback"], "scope": "certificates_read trainings_read",
        "contacts": ["tim@contoh.id"], "software_version": "9", "logo_uri": "https://contoh.id/logo.png" })
}

fn with(name: &str, value: Value) -> Value {
    let mut metadata = app_metadata();
    metadata[name] = value;
    metadata
}

/// A client that registered itself and last changed then.
fn itself(status: &str, at: DateTime<Utc>) -> oauth_client::Model {
    oauth_client::Model {
        status: status.to_owned(),
        registered_by: "self".to_owned(),
        created_at: at,
        updated_at: at,
        ..oauth_client_row(Uuid::now_v7())
    }
}

both_engines! {
    async fn a_client_that_registers_itself_waits_without_a_secret(app: TestApp) {
        let (status, told) = app.post(PATH, None, &app_metadata()).await;
        assert_eq!(status, 201, "{told}");
        assert_eq!(told["redirect_uris"], app_metadata()["redirect_uris"]);
        assert_eq!(told["client_id_issued_at"], app.services.clock.now().timestamp());
        assert!(told["client_secret"].is_null() && told["logo_uri"].is_null());
        let id = told["client_id"].as_str().unwrap();
        let (_, row) = app.get(&format!("/v1/oauth-clients/{id}"), Some(&app.ministry())).await;
        assert_eq!((&row["status"], &row["registeredBy"]), (&json!("pending"), &json!("self")));
        assert_eq!(row["kind"], "public");
        assert_eq!(app.events("oauth_client.registered").await.len(), 1);
    }

    async fn a_system_registers_with_its_keys(app: TestApp) {
        let system = json!({ "client_name": "Sistem", "token_endpoint_auth_method": "private_key_jwt",
            "grant_types": ["client_credentials"], "scope": "certificates_read", "contacts": ["tim@contoh.id"],
            "jwks": { "keys": [ClientKey::new(5).public("a")] } });
        let (status, told) = app.post(PATH, None, &system).await;
        assert_eq!(status, 201, "{told}");
        assert_eq!(told["response_types"], json!([]));
        assert_eq!(told["jwks"], system["jwks"]);
    }

    async fn what_does_not_hang_together_is_refused_by_the_names_of_the_standard(app: TestApp) {
        let mut private = ClientKey::new(5).public("a");
        private["d"] = json!("AAAA");
        let metadata = "invalid_client_metadata";
        for (body, error, words) in [
            (with("redirect_uris", json!(["http://contoh.id/"])), "invalid_redirect_uri", "redirect_uris/0"),
            (with("redirect_uris", json!(["https://contoh.id/#x"])), "invalid_redirect_uri", "redirect_uris/0"),
            (with("redirect_uris", json!(["javascript:alert(1)"])), "invalid_redirect_uri", "redirect_uris/0"),
            (with("redirect_uris", json!([])), "invalid_redirect_uri", "redirect_uris"),
            (with("redirect_uris", json!("https://contoh.id/")), metadata, "RFC 7591"),
            (with("client_name", json!("\u{202e}uruG")), metadata, "client_name"),
            (with("scope", json!("everything")), metadata, "scope"),
            (with("scope", json!("")), metadata, "scope"),
            (with("grant_types", json!(["password"])), metadata, "grant_types"),
            (with("grant_types", json!(["authorization_code", "client_credentials"])), metadata, "grant_types"),
            (with("response_types", json!(["token"])), metadata, "response_types"),
            (with("token_endpoint_auth_method", json!("client_secret_post")), metadata, "token_endpoint_auth_method"),
            (with("jwks_uri", json!("http://169.254.169.254/")), metadata, "jwks_uri"),
            (with("jwks", json!({ "keys": [private] })), metadata, "jwks"),
            (with("contacts", json!([])), metadata, "contacts"),
            (with("client_uri", json!("http://contoh.id")), metadata, "client_uri"),
            (json!([]), metadata, "RFC 7591"),
        ] {
            let (status, told) = app.post(PATH, None, &body).await;
            assert_eq!((status, told["error"].as_str().unwrap()), (400, error), "{body}: {told}");
            let described = told["error_description"].as_str().unwrap();
            assert!(described.contains(words), "{described} does not name {words}");
            assert!(!described.contains("169.254") && !described.contains("AAAA"), "what was sent is not repeated");
        }
        assert!(app.events("oauth_client.registered").await.is_empty());
    }

    async fn other_bodies_and_methods_are_refused(app: TestApp) {
        let form = app.request(reqwest::Method::POST, PATH, None).body("client_name=x");
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(form.send().await.unwrap().status(), 415);
        let large = app.request(reqwest::Method::POST, PATH, None).header("content-type", "application/json");
        assert_eq!(large.body("x".repeat(40 * 1024)).send().await.unwrap().status(), 413);
        let read = app.request(reqwest::Method::GET, PATH, None).send().await.unwrap();
        assert_eq!(read.status(), 405);
        assert_eq!(read.headers()["allow"], "POST");
    }

    async fn when_too_many_wait_the_next_is_asked_to_come_back(app: TestApp) {
        for _ in 0..1_000 {
            put(&app, itself("pending", start())).await;
        }
        // What the ministry registered takes nobody's place.
        put(&app, oauth_client_row(Uuid::now_v7())).await;
        let sent = app.request(reqwest::Method::POST, PATH, None).json(&app_metadata()).send().await.unwrap();
        assert_eq!(sent.status(), 503);
        assert!(sent.headers().contains_key("retry-after"));
        let told: Value = sent.json().await.unwrap();
        assert_eq!(told["error"], "temporarily_unavailable");
        let rows = oauth_client::Entity::find().count(app.services.store.reader()).await.unwrap();
        assert_eq!(rows, 1_001);
    }

    async fn one_address_registers_ten_clients_a_day(app: TestApp) {
        for _ in 0..10 {
            assert_eq!(app.post(PATH, None, &app_metadata()).await.0, 201);
        }
        let sent = app.request(reqwest::Method::POST, PATH, None).json(&app_metadata()).send().await.unwrap();
        assert_eq!(sent.status(), 429);
        assert!(sent.headers().contains_key("retry-after"));
        app.pass(TimeDelta::hours(3));
        assert_eq!(app.post(PATH, None, &app_metadata()).await.0, 201);
        assert_eq!(app.post(PATH, None, &app_metadata()).await.0, 429);
    }

    async fn clients_that_came_to_nothing_go_after_a_month(app: TestApp) {
        let old = start() - TimeDelta::days(31);
        let stays = [
            itself("approved", old),
            itself("pending", start()),
            oauth_client::Model { registered_by: "ministry".to_owned(), ..itself("pending", old) },
        ];
        for row in stays.iter().cloned().chain([itself("pending", old), itself("refused", old)]) {
            put(&app, row).await;
        }
        assert_eq!(leftover::tidy(&app.services).await.unwrap(), 2);
        let left = oauth_client::Entity::find().all(app.services.store.reader()).await.unwrap();
        let mut ids = [left.iter().map(|row| row.id).collect::<Vec<_>>(), stays.map(|row| row.id).to_vec()];
        ids.iter_mut().for_each(|ids| ids.sort());
        assert_eq!(ids[0], ids[1]);
    }
}
