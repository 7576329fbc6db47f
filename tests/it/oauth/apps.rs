//! What apps may do, through both faces; and what ends a token at once.

use reqwest::Method;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{Stage, stage::account_row};
use crate::{
    both_engines,
    support::{Face, TestApp, directory::put},
};

both_engines! {
    async fn an_account_sees_and_withdraws_its_own_and_nobody_elses(app: TestApp) {
        for face in Face::BOTH {
            let stage = Stage::new(&app).await;
            let tokens = stage.tokens().await;
            let token = tokens["access_token"].as_str();
            let list = app.call(face, token, "list_app_authorizations", json!({})).await.ok();
            let items = list["items"].as_array().unwrap();
            assert_eq!(items.len(), 1, "{list}");
            assert_eq!(items[0]["clientId"], stage.phone.to_string());
            assert_eq!(items[0]["scopes"], json!(["certificates_read", "access_read", "access_manage"]));
            let id = items[0]["id"].clone();
            let one = app.call(face, token, "get_app_authorization", json!({ "id": id })).await.ok();
            assert_eq!(one["clientName"], "Buku <b>Guru</b>");
            let ministry = app.ministry();
            for operation in ["get_app_authorization", "withdraw_app_authorization"] {
                let refused = app.call(face, Some(&ministry), operation, json!({ "id": id })).await.refused();
                assert_eq!(refused, "forbidden", "a token of an operator has no account");
            }
            let other = Uuid::now_v7();
            let absent = app.call(face, token, "get_app_authorization", json!({ "id": other })).await.refused();
            assert_eq!(absent, "not_found");
            let done = app.call(face, token, "withdraw_app_authorization", json!({ "id": id })).await.ok();
            assert!(done["withdrawnAt"].is_string() && done["version"] == 2, "{done}");
            let after = app.call(face, token, "list_app_authorizations", json!({})).await.refused();
            assert_eq!(after, "token_revoked", "its own token ended with it");
            let (status, body) = stage.refresh(tokens["refresh_token"].as_str().unwrap()).await;
            assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
            // Agreeing anew begins anew, and the page asks again.
            let asked = stage.browse(Method::GET, &stage.asks(&[]), None).await;
            assert_eq!(asked.status(), 200);
        }
    }

    async fn a_block_a_suspension_and_a_sign_out_end_tokens_at_once(app: TestApp) {
        let stage = Stage::new(&app).await;
        let tokens = stage.tokens().await;
        let access = tokens["access_token"].as_str().unwrap();
        let refresh = tokens["refresh_token"].as_str().unwrap();
        let writer = app.services.store.writer();
        for status in ["blocked", "active"] {
            let row = entity::account::Entity::find_by_id(stage.account).one(writer).await.unwrap().unwrap();
            let row = entity::account::Model { status: status.to_owned(), ..row };
            row.into_active_model().reset_all().update(writer).await.unwrap();
            let good = status == "active";
            assert_eq!(stage.me(access).await.0, if good { 200 } else { 401 });
            assert_eq!(stage.refresh(refresh).await.0, if good { 200 } else { 400 });
        }
        let row = entity::oauth_client::Entity::find_by_id(stage.phone).one(writer).await.unwrap().unwrap();
        let row = entity::oauth_client::Model { status: "suspended".to_owned(), ..row };
        row.into_active_model().reset_all().update(writer).await.unwrap();
        assert_eq!(stage.me(access).await, (401, "token_revoked".to_owned()));
        assert_eq!(stage.refresh(refresh).await.0, 401, "the client is no longer approved");
    }

    async fn what_the_app_was_not_allowed_is_told_so_through_both_faces(app: TestApp) {
        let stage = Stage::new(&app).await;
        let code = stage.code(&[("scope", Some("certificates_read"))]).await;
        let (_, tokens) = stage.redeem(&code).await;
        let token = tokens["access_token"].as_str();
        assert_eq!(app.get("/v1/certificates", token).await.0, 200);
        let refused = app.request(Method::GET, "/v1/enrolments", token).send().await.unwrap();
        assert_eq!(refused.status(), 403);
        let challenge = refused.headers()["www-authenticate"].to_str().unwrap().to_owned();
        assert!(challenge.contains("insufficient_scope") && challenge.contains("trainings_read"), "{challenge}");
        for face in Face::BOTH {
            let refused = app.call(face, token, "list_enrolments", json!({})).await.refused();
            assert_eq!(refused, "insufficient_scope");
            // An app that may see certificates does not see what else acts for its person.
            let refused = app.call(face, token, "list_app_authorizations", json!({})).await.refused();
            assert_eq!(refused, "insufficient_scope");
        }
    }

    async fn an_account_of_nobody_in_the_directory_has_a_subject_of_its_own(app: TestApp) {
        let stage = Stage::new(&app).await;
        let account = Uuid::now_v7();
        put(&app, account_row(account, None, "petugas")).await;
        let officer = stage.signed_in_as(account).await;
        let tokens = officer.tokens().await;
        let (_, worth) = app.get("/v1/me", tokens["access_token"].as_str()).await;
        assert_eq!(worth["subject"], format!("account:{account}"));
    }
}
