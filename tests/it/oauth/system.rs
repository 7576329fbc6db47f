//! Systems that act for themselves; giving tokens back and asking what they are worth.

use entity::role_grant;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Stage, stage::client_row};
use crate::{
    both_engines,
    support::{TestApp, app::start, directory::put},
};

/// The role that lets a system read.
fn reads_everything(client: Uuid) -> role_grant::Model {
    role_grant::Model {
        id: Uuid::now_v7(),
        account_id: None,
        client_id: Some(client),
        role: "ministry_system".to_owned(),
        region_code: None,
        organisation_id: None,
        school_id: None,
        person_id: None,
        reason: "Menarik sertifikat".to_owned(),
        given_by: "ministry".to_owned(),
        given_at: start(),
        expires_at: None,
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_reason: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

fn text(body: &Value, name: &str) -> String {
    body[name].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

both_engines! {
    async fn a_system_acts_for_itself_within_what_it_was_registered_for(app: TestApp) {
        let stage = Stage::new(&app).await;
        put(&app, reads_everything(stage.system)).await;
        let (status, body) = stage.system_sends("/oauth/token", &[("grant_type", "client_credentials"), ("scope", "certificates_read")]).await;
        assert_eq!(status, 200, "{body}");
        assert!(body.get("refresh_token").is_none() && body["scope"] == "certificates_read", "{body}");
        let token = text(&body, "access_token");
        let (status, me) = app.get("/v1/me", Some(&token)).await;
        assert_eq!((status, me["subject"].as_str()), (200, Some(stage.system.to_string().as_str())));
        assert_eq!(app.get("/v1/certificates", Some(&token)).await.0, 200);
        let (status, refused) = app.get("/v1/persons", Some(&token)).await;
        assert_eq!((status, refused["code"].as_str()), (403, Some("insufficient_scope")));
        for (scope, error) in [("moderation", "invalid_scope"), ("everything", "invalid_scope")] {
            let (status, body) = stage.system_sends("/oauth/token", &[("grant_type", "client_credentials"), ("scope", scope)]).await;
            assert_eq!((status, body["error"].as_str()), (400, Some(error)));
        }
        let (status, body) = stage.system_sends("/oauth/token", &[("grant_type", "authorization_code"), ("code", "x")]).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("unauthorized_client")));
    }

    async fn a_system_without_its_key_gets_nothing(app: TestApp) {
        let stage = Stage::new(&app).await;
        let id = stage.system.to_string();
        let form = [("grant_type", "client_credentials"), ("client_id", id.as_str())];
        let (status, body, _) = stage.send("/oauth/token", &form, None).await;
        assert_eq!((status, body["error"].as_str()), (401, Some("invalid_client")));
    }

    async fn an_app_that_keeps_no_secret_does_not_act_for_itself_whatever_it_was_registered_for(app: TestApp) {
        let stage = Stage::new(&app).await;
        let odd = Uuid::now_v7();
        put(&app, entity::oauth_client::Model { grant_types: json!(["client_credentials"]), ..client_row(odd, "Aneh") }).await;
        let odd = odd.to_string();
        let form = [("grant_type", "client_credentials"), ("client_id", odd.as_str())];
        let (status, body, _) = stage.send("/oauth/token", &form, None).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("unauthorized_client")));
    }

    async fn a_token_that_is_given_back_is_good_no_longer(app: TestApp) {
        let stage = Stage::new(&app).await;
        let tokens = stage.tokens().await;
        let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
        let id = stage.phone.to_string();
        let other = text(&stage.refresh(&refresh).await.1, "access_token");
        let (status, _, _) = stage.send("/oauth/revoke", &[("client_id", id.as_str()), ("token", &access)], None).await;
        assert_eq!(status, 200);
        assert_eq!(stage.me(&access).await, (401, "token_revoked".to_owned()));
        assert_eq!(stage.me(&other).await.0, 200, "only that one");
        // The hint may be wrong, and what is no token is no fault (RFC 7009, 2.1 and 2.2).
        for token in ["nothing", access.as_str()] {
            let form = [("client_id", id.as_str()), ("token", token), ("token_type_hint", "refresh_token")];
            assert_eq!(stage.send("/oauth/revoke", &form, None).await.0, 200);
        }
        let form = [("client_id", id.as_str()), ("token", refresh.as_str()), ("token_type_hint", "access_token")];
        assert_eq!(stage.send("/oauth/revoke", &form, None).await.0, 200);
        assert_eq!(stage.me(&other).await, (401, "token_revoked".to_owned()), "all of the family");
        assert_eq!(app.events("token_family.revoked").await[0].payload["reason"], json!("signed_out"));
        assert_eq!(stage.refresh(&refresh).await.0, 400);
    }

    async fn a_system_learns_what_its_own_tokens_are_worth_and_nothing_of_others(app: TestApp) {
        let stage = Stage::new(&app).await;
        put(&app, reads_everything(stage.system)).await;
        let (_, body) = stage.system_sends("/oauth/token", &[("grant_type", "client_credentials"), ("scope", "certificates_read")]).await;
        let token = text(&body, "access_token");
        let (status, worth) = stage.system_sends("/oauth/introspect", &[("token", &token)]).await;
        assert_eq!((status, &worth["active"], &worth["scope"]), (200, &json!(true), &json!("certificates_read")));
        assert_eq!(worth["client_id"], stage.system.to_string());
        let theirs = stage.tokens().await;
        for other in [text(&theirs, "access_token"), text(&theirs, "refresh_token"), "nothing".to_owned(), app.ministry()] {
            let (status, worth) = stage.system_sends("/oauth/introspect", &[("token", &other)]).await;
            assert_eq!((status, worth), (200, json!({ "active": false })));
        }
        let (status, _) = stage.system_sends("/oauth/revoke", &[("token", &token)]).await;
        assert_eq!(status, 200);
        let (_, worth) = stage.system_sends("/oauth/introspect", &[("token", &token)]).await;
        assert_eq!(worth, json!({ "active": false }));
        let id = stage.phone.to_string();
        let (status, body, _) = stage.send("/oauth/introspect", &[("client_id", id.as_str()), ("token", "x")], None).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("unauthorized_client")));
    }
}
