//! What ends with a consent, an account's password or its second factor, also where two things happen at once.

use entity::{account, app_authorization, authorization_code, browser_session, oauth_client, token_family};
use futures_util::future::join;
use sanggar::{
    access::oauth_scope::{OAuthScope, Scopes},
    foundation::transaction::Tx,
    identity::{
        client::usage::UseKind,
        oauth::{
            authorize::Request,
            consent::{self, Agreeing},
            refresh::Named,
        },
        protocol,
        sign_in::{enter, password, second, session},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use super::{Stage, stage::REDIRECT};
use crate::{
    both_engines,
    support::{TestApp, app::start, directory::put},
};

/// How often two things are let happen at once.
const ROUNDS: usize = 6;

/// The consent that the teacher gave the app.
async fn given(stage: &Stage<'_>) -> Uuid {
    let rows = consent::of_account(stage.app.services.store.reader(), stage.account).await.unwrap();
    rows.into_iter().find(|(_, client)| client.id == stage.phone).unwrap().0.id
}

async fn withdrawn(stage: &Stage<'_>) {
    consent::withdraw(&stage.app.services, stage.account, given(stage).await, "test").await.unwrap();
}

/// What an app asks, read.
fn request(scopes: &[OAuthScope]) -> Request {
    Request {
        redirect_uri: REDIRECT.to_owned(),
        state: None,
        scopes: scopes.iter().copied().collect::<Scopes>(),
        code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
        dpop_jkt: None,
    }
}

/// One step on the account, as a page takes it.
async fn on_account<F>(stage: &Stage<'_>, work: F)
where
    F: for<'a> Fn(&'a Tx) -> futures_util::future::BoxFuture<'a, sanggar::foundation::error::Result<()>>
        + Send
        + Sync
        + 'static,
{
    protocol::write(&stage.app.services, "test.step", "test", "test", work).await.unwrap();
}

both_engines! {
    async fn a_consent_that_was_withdrawn_comes_back_only_when_somebody_agrees(app: TestApp) {
        let stage = Stage::new(&app).await;
        stage.agrees(&[]).await;
        let give = async |asked: bool, scopes: &[OAuthScope]| {
            let who = Agreeing { account: stage.account, second_factor: false, asked };
            consent::give(&app.services, &who, stage.phone, &request(scopes), "test").await.unwrap()
        };
        let agreed = [OAuthScope::CertificatesRead];
        assert!(give(false, &agreed).await.is_some(), "it is in force");
        assert!(give(false, &[OAuthScope::TrainingsRead]).await.is_none(), "more than was agreed to");
        withdrawn(&stage).await;
        assert!(give(false, &agreed).await.is_none(), "it was withdrawn after somebody looked");
        let rows = consent::of_account(app.services.store.reader(), stage.account).await.unwrap();
        assert!(rows.is_empty() && app.events("app_authorization.given").await.len() == 1);
        assert!(give(true, &agreed).await.is_some());
    }

    async fn a_code_outlives_neither_a_withdrawal_nor_a_new_password(app: TestApp) {
        let stage = Stage::new(&app).await;
        let before = stage.code(&[]).await;
        withdrawn(&stage).await;
        let after = stage.code(&[]).await;
        let (status, body) = stage.redeem(&before).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")), "of the consent that ended");
        assert_eq!(stage.redeem(&after).await.0, 200);
        let before = stage.code(&[]).await;
        let account = stage.account;
        on_account(&stage, move |tx| Box::pin(password::revoke_apps(tx, account))).await;
        let (status, body) = stage.redeem(&before).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
        let code = stage.code(&[]).await;
        assert_eq!(stage.redeem(&code).await.0, 200, "what was agreed to stays");
    }

    async fn tokens_never_outlive_a_withdrawal_that_comes_at_the_same_time(app: TestApp) {
        let stage = Stage::new(&app).await;
        for _ in 0..ROUNDS {
            let code = stage.code(&[]).await;
            let ((status, body), ()) = join(stage.redeem(&code), withdrawn(&stage)).await;
            if status == 200 {
                let access = body["access_token"].as_str().unwrap();
                assert_eq!(stage.me(access).await, (401, "token_revoked".to_owned()));
            }
            assert_eq!(stage.redeem(&code).await.0, 400);
        }
    }

    async fn tokens_are_refreshed_while_the_consent_is_withdrawn_and_end(app: TestApp) {
        let stage = Stage::new(&app).await;
        for _ in 0..ROUNDS {
            let tokens = stage.tokens().await;
            let refresh = tokens["refresh_token"].as_str().unwrap();
            let ((status, body), ()) = join(stage.refresh(refresh), withdrawn(&stage)).await;
            assert!(status == 200 || body["error"] == "invalid_grant", "{status} {body}");
            assert_eq!(stage.refresh(refresh).await.0, 400);
        }
    }

    async fn whoever_gives_the_second_factor_up_has_proved_none(app: TestApp) {
        let stage = Stage::new(&app).await;
        let row = account::ActiveModel {
            id: Set(stage.account),
            totp_confirmed_at: Set(Some(start())),
            ..Default::default()
        };
        row.update(app.services.store.writer()).await.unwrap();
        let cookie = session::start(&app.services, stage.account, true, "test").await.unwrap();
        let stage = Stage { cookie, ..stage };
        let access = stage.tokens().await["access_token"].as_str().unwrap().to_owned();
        let code = stage.code(&[]).await;
        let db = app.services.store.reader();
        assert!(token_family::Entity::find().one(db).await.unwrap().unwrap().second_factor);
        let account = stage.account;
        on_account(&stage, move |tx| {
            Box::pin(async move { second::remove(tx, enter::lock(tx, account).await?).await.map(|_| ()) })
        })
        .await;
        assert!(!session::find(&app.services, Some(&stage.cookie)).await.unwrap().unwrap().second_factor);
        assert!(authorization_code::Entity::find().all(db).await.unwrap().iter().all(|row| !row.second_factor));
        assert!(token_family::Entity::find().all(db).await.unwrap().iter().all(|row| !row.second_factor));
        assert_eq!(stage.me(&access).await.0, 200, "what needs none goes on");
        assert_eq!(stage.redeem(&code).await.0, 200);
        assert!(token_family::Entity::find().all(db).await.unwrap().iter().all(|row| !row.second_factor));
        // A session that says so in spite of all proves nothing where the account has no factor.
        let stale = session::start(&app.services, stage.account, true, "test").await.unwrap();
        let stage = Stage { cookie: stale, ..stage };
        stage.tokens().await;
        assert!(token_family::Entity::find().all(db).await.unwrap().iter().all(|row| !row.second_factor));
        assert!(browser_session::Entity::find().one(db).await.unwrap().is_some());
    }

    async fn tokens_that_are_given_and_refused_are_counted(app: TestApp) {
        let stage = Stage::new(&app).await;
        let tokens = stage.tokens().await;
        assert_eq!(stage.refresh(tokens["refresh_token"].as_str().unwrap()).await.0, 200);
        assert_eq!(stage.refresh("nothing").await.0, 400);
        let id = stage.phone.to_string();
        let form = [("client_id", id.as_str()), ("grant_type", "password")];
        assert_eq!(stage.send("/oauth/token", &form, None).await.0, 400);
        let form = [("client_id", id.as_str()), ("grant_type", "refresh_token"), ("refresh_token", "x")];
        assert_eq!(stage.send("/oauth/token", &form, Some("no proof")).await.0, 400);
        let counted = app.services.uses.take();
        let times = |kind: UseKind| {
            let mine = counted.iter().filter(|((client, _, one), _)| *client == stage.phone && *one == kind);
            mine.map(|(_, times)| times).sum::<i64>()
        };
        assert_eq!((times(UseKind::Tokens), times(UseKind::RefusedTokens)), (2, 3));
    }

    async fn a_refresh_token_is_told_to_be_worth_what_is_left_of_it(app: TestApp) {
        let stage = Stage::new(&app).await;
        let [authorization, family] = std::array::from_fn(|_| Uuid::now_v7());
        put(&app, app_authorization::Model {
            id: authorization,
            account_id: stage.account,
            client_id: stage.system,
            scopes: json!(["certificates_read", "trainings_read"]),
            text_version: consent::TEXT_VERSION,
            given_at: start(),
            withdrawn_at: None,
            used_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        })
        .await;
        put(&app, token_family::Model {
            id: family,
            client_id: stage.system,
            authorization_id: authorization,
            scopes: json!(["certificates_read", "trainings_read"]),
            generation: 1,
            confirmed: 0,
            dpop_jkt: None,
            second_factor: false,
            refreshed_at: start(),
            expires_at: start() + chrono::TimeDelta::days(30),
            revoked_at: None,
            revoked_reason: None,
            created_at: start(),
        })
        .await;
        let token = Named { family, generation: 1 }.token(&app.services.keyring);
        for (registered, worth) in [
            (json!(["certificates_read", "trainings_read", "access_read"]), Some("trainings_read certificates_read")),
            (json!(["trainings_read"]), Some("trainings_read")),
            (json!(["access_read"]), None),
        ] {
            let row = oauth_client::ActiveModel { id: Set(stage.system), scopes: Set(registered), ..Default::default() };
            row.update(app.services.store.writer()).await.unwrap();
            let (status, told) = stage.system_sends("/oauth/introspect", &[("token", &token)]).await;
            assert_eq!((status, told["active"].as_bool(), told["scope"].as_str()), (200, Some(worth.is_some()), worth));
        }
    }
}
