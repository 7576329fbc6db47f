//! Refresh tokens: new at each use, the same again where an answer was lost, the end of all where one was stolen.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use entity::token_family;
use futures_util::future::join_all;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

use super::{Stage, stage::client_row};
use crate::{
    both_engines,
    support::{TestApp, directory::put},
};

/// How many families are used at the same time, and how often each of their tokens.
const FAMILIES: usize = 12;
const AT_ONCE: usize = 16;

/// How many families in all: more where somebody wants to see it hold for longer.
fn families_wanted() -> usize {
    std::env::var("SANGGAR_REFRESH_FAMILIES").map_or(FAMILIES, |text| text.parse().unwrap())
}

fn next(body: &Value) -> String {
    body["refresh_token"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

/// Calls with the access token of an answer, and waits until that was taken down.
async fn calls(stage: &Stage<'_>, body: &Value) {
    let token = body["access_token"].as_str().unwrap_or_else(|| panic!("{body}"));
    assert_eq!(stage.me(token).await.0, 200);
    let claims: Value =
        serde_json::from_slice(&BASE64.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
    let family: Uuid = claims["sid"].as_str().unwrap().parse().unwrap();
    for _ in 0..1000 {
        let row = token_family::Entity::find_by_id(family).one(stage.app.services.store.reader()).await;
        if row.unwrap().unwrap().confirmed >= claims["gen"].as_i64().unwrap() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("that the token was used was not taken down");
}

/// Uses the token of each family many times at once.
async fn one_successor_each(stage: &Stage<'_>, families: &[String]) {
    let used =
        join_all(families.iter().map(|token| join_all((0..AT_ONCE).map(|_| stage.refresh(token))))).await;
    for (token, answers) in families.iter().zip(used) {
        let got: Vec<String> = answers.iter().filter(|one| one.0 == 200).map(|one| next(&one.1)).collect();
        assert!(!got.is_empty(), "{answers:?}");
        assert!(got.iter().all(|other| *other == got[0]), "two successors: {got:?}");
        for (status, body) in answers.iter().filter(|one| one.0 != 200) {
            assert_eq!(*status, 503, "refused only where the service was too busy: {body}");
        }
        let (status, body) = stage.refresh(token).await;
        assert_eq!((status, next(&body)), (200, got[0].clone()), "a lost answer can still be asked for");
        let (status, body) = stage.refresh(&got[0]).await;
        assert_eq!(status, 200, "{body}");
        assert_ne!(next(&body), got[0]);
    }
}

both_engines! {
    async fn a_thief_and_the_owner_who_take_turns_are_found_out(app: TestApp) {
        let stage = Stage::new(&app).await;
        for _ in 0..2 {
            let stolen = next(&stage.tokens().await);
            let (_, first) = stage.refresh(&stolen).await;
            calls(&stage, &first).await;
            app.pass(TimeDelta::minutes(9));
            // The other of the two has only what was stolen, or what it was stolen from.
            let (status, body) = stage.refresh(&stolen).await;
            assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
            assert_eq!(stage.refresh(&next(&first)).await.0, 400, "both of them have to ask the person anew");
            assert_eq!(stage.me(first["access_token"].as_str().unwrap()).await, (401, "token_revoked".to_owned()));
        }
        let ended = app.events("token_family.revoked").await;
        assert_eq!(ended.len(), 2);
        assert_eq!(ended[0].payload, json!({ "clientId": stage.phone, "reason": "reused" }));
    }

    async fn a_lost_answer_can_be_asked_for_hours_later_and_at_once_by_what_runs_beside(app: TestApp) {
        let stage = Stage::new(&app).await;
        let tokens = stage.tokens().await;
        calls(&stage, &tokens).await;
        let first = next(&tokens);
        let lost = next(&stage.refresh(&first).await.1);
        app.pass(TimeDelta::hours(9));
        let (status, body) = stage.refresh(&first).await;
        assert_eq!((status, next(&body)), (200, lost.clone()), "nobody used what was lost");
        // Two parts of one app refresh at the same time; one of them calls before the other's request is there.
        let (_, body) = stage.refresh(&lost).await;
        calls(&stage, &body).await;
        let (status, again) = stage.refresh(&lost).await;
        assert_eq!((status, next(&again)), (200, next(&body)));
        assert!(app.events("token_family.revoked").await.is_empty());
    }

    async fn each_use_gives_the_next_and_a_lost_answer_can_be_asked_for_again(app: TestApp) {
        let stage = Stage::new(&app).await;
        let first = next(&stage.tokens().await);
        let (status, body) = stage.refresh(&first).await;
        assert_eq!(status, 200, "{body}");
        let second = next(&body);
        assert_ne!(first, second);
        let (status, body) = stage.refresh(&first).await;
        assert_eq!((status, next(&body)), (200, second.clone()), "its successor was never used");
        let third = next(&stage.refresh(&second).await.1);
        assert_ne!(third, second);
        assert_eq!(stage.me(body["access_token"].as_str().unwrap()).await.0, 200);
    }

    async fn an_old_one_ends_the_whole_family(app: TestApp) {
        let stage = Stage::new(&app).await;
        let first = next(&stage.tokens().await);
        let second = next(&stage.refresh(&first).await.1);
        let (_, body) = stage.refresh(&second).await;
        let (third, access) = (next(&body), body["access_token"].as_str().unwrap());
        assert_eq!(stage.me(access).await.0, 200);
        let (status, body) = stage.refresh(&first).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")), "somebody else used its successor");
        for token in [&third, &second, &first] {
            let (status, body) = stage.refresh(token).await;
            assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
        }
        assert_eq!(stage.me(access).await, (401, "token_revoked".to_owned()));
    }

    async fn many_uses_at_once_leave_one_live_successor(app: TestApp) {
        let stage = Stage::new(&app).await;
        let mut left = families_wanted();
        while left > 0 {
            let some = left.min(FAMILIES);
            left -= some;
            let mut families = Vec::new();
            for _ in 0..some {
                families.push(next(&stage.tokens().await));
            }
            one_successor_each(&stage, &families).await;
        }
    }

    async fn it_lives_for_thirty_idle_days_and_half_a_year_at_most(app: TestApp) {
        let stage = Stage::new(&app).await;
        let idle = next(&stage.tokens().await);
        let mut used = next(&stage.tokens().await);
        for _ in 0..7 {
            app.pass(TimeDelta::days(25));
            let (status, body) = stage.refresh(&used).await;
            assert_eq!(status, 200, "{body}");
            used = next(&body);
        }
        let (status, body) = stage.refresh(&idle).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")), "it lay unused");
        app.pass(TimeDelta::days(5));
        let (status, body) = stage.refresh(&used).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")), "180 days are over");
    }

    async fn less_may_be_asked_for_and_never_more(app: TestApp) {
        let stage = Stage::new(&app).await;
        let mut token = next(&stage.tokens().await);
        let id = stage.phone.to_string();
        for (scope, expected) in [("certificates_read", Ok("certificates_read")), ("trainings_read", Err("invalid_scope")), ("everything", Err("invalid_scope"))] {
            let form = [("grant_type", "refresh_token"), ("client_id", id.as_str()), ("refresh_token", &token), ("scope", scope)];
            let (status, body, _) = stage.send("/oauth/token", &form, None).await;
            match expected {
                Ok(scope) => {
                    assert_eq!((status, body["scope"].as_str()), (200, Some(scope)));
                    token = next(&body);
                }
                Err(error) => assert_eq!((status, body["error"].as_str()), (400, Some(error))),
            }
        }
        let (_, body) = stage.refresh(&token).await;
        assert_eq!(body["scope"], "certificates_read access_read access_manage", "the family keeps what was agreed to");
    }

    async fn a_token_that_nobody_made_is_refused(app: TestApp) {
        let stage = Stage::new(&app).await;
        let token = next(&stage.tokens().await);
        let parts: Vec<&str> = token.split('.').collect();
        let other = next(&stage.tokens().await);
        let others: Vec<&str> = other.split('.').collect();
        for forged in [
            format!("{}.{}.{}", others[0], parts[1], parts[2]),
            format!("{}.AAAAAAAAAAI.{}", parts[0], parts[2]),
            format!("{}.{}.{}", parts[0], parts[1], "A".repeat(43)),
            format!("{}.{}", parts[0], parts[1]),
            format!("{token}."),
            "x".repeat(4000),
        ] {
            let (status, body) = stage.refresh(&forged).await;
            assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")), "{forged}");
        }
        assert_eq!(stage.refresh(&token).await.0, 200);
    }

    async fn another_app_cannot_use_it_and_ends_nothing(app: TestApp) {
        let stage = Stage::new(&app).await;
        let token = next(&stage.tokens().await);
        let other = Uuid::now_v7();
        put(&app, client_row(other, "Lain")).await;
        let other = other.to_string();
        let form = [("grant_type", "refresh_token"), ("client_id", other.as_str()), ("refresh_token", token.as_str())];
        let (status, body, _) = stage.send("/oauth/token", &form, None).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
        let form = [("client_id", other.as_str()), ("token", token.as_str())];
        let (status, body, _) = stage.send("/oauth/revoke", &form, None).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
        assert_eq!(stage.refresh(&token).await.0, 200);
    }
}
