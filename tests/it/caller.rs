//! Who a token that came through an app stands for: looked up at each use, so that what ended is gone at once.

use chrono::TimeDelta;
use entity::{account, app_authorization, oauth_client, revoked_token, role_grant, token_family};
use sanggar::access::{grant::Grant, oauth_scope::Scopes};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        directory::{Country, put},
        identity::{Holder, account_row, client_row, every_scope, role_grant_row},
    },
};

async fn code(app: &TestApp, token: &str) -> Option<String> {
    let (_, body) = app.get("/v1/me", Some(token)).await;
    body["code"].as_str().map(str::to_owned)
}

async fn roles(app: &TestApp, token: &str) -> Value {
    app.get("/v1/me", Some(token)).await.1["roles"].clone()
}

/// Changes the row with this key.
macro_rules! change {
    ($app:expr, $noun:ident, $id:expr, $($field:ident = $value:expr),+) => {{
        let reader = $app.services.store.reader();
        let row = $noun::Entity::find_by_id($id).one(reader).await.unwrap().unwrap();
        let mut row = row.into_active_model();
        $( row.$field = Set($value); )+
        row.update($app.services.store.writer()).await.unwrap();
    }};
}

both_engines! {
    async fn a_withdrawn_role_no_longer_counts_at_the_next_request(app: TestApp) {
        let country = Country::new(&app).await;
        let siti = country.teacher(&app, "Siti Aminah", country.bandung).await;
        let grants = [Grant::teacher(siti), Grant::regional_officer("32")];
        let through = app.through_app(&grants, &every_scope(), true).await;
        assert_eq!(roles(&app, &through.token).await, json!(["regional_officer", "teacher"]));
        change!(app, role_grant, through.roles[0], withdrawn_at = Some(start()));
        assert_eq!(roles(&app, &through.token).await, json!(["teacher"]));
    }

    async fn a_role_whose_time_ran_out_no_longer_counts(app: TestApp) {
        Country::new(&app).await;
        let through = app.through_app(&[Grant::regional_officer("32")], &every_scope(), true).await;
        change!(app, role_grant, through.roles[0], expires_at = Some(start() + TimeDelta::hours(1)));
        assert_eq!(roles(&app, &through.token).await, json!(["regional_officer"]));
        app.pass(TimeDelta::hours(1));
        assert_eq!(roles(&app, &through.token).await, json!([]), "not at the very moment");
    }

    async fn whatever_a_token_rests_on_ends_it(app: TestApp) {
        let fresh = || async { app.through_app(&[], &every_scope(), true).await };
        let one = fresh().await;
        assert_eq!(code(&app, &one.token).await, None);
        change!(app, account, one.account, status = "blocked".to_owned());
        assert_eq!(code(&app, &one.token).await.as_deref(), Some("token_revoked"), "a blocked account");
        for status in ["pending", "suspended", "refused"] {
            let one = fresh().await;
            change!(app, oauth_client, one.client, status = status.to_owned());
            assert_eq!(code(&app, &one.token).await.as_deref(), Some("token_revoked"), "a client that is {status}");
        }
        let one = fresh().await;
        change!(app, token_family, one.family, revoked_at = Some(start()));
        assert_eq!(code(&app, &one.token).await.as_deref(), Some("token_revoked"), "a revoked family");
        let one = fresh().await;
        change!(app, token_family, one.family, expires_at = start());
        assert_eq!(code(&app, &one.token).await.as_deref(), Some("token_revoked"), "a family that ended");
        let one = fresh().await;
        change!(app, app_authorization, one.authorization, withdrawn_at = Some(start()));
        assert_eq!(code(&app, &one.token).await.as_deref(), Some("token_revoked"), "a withdrawn consent");
        let one = fresh().await;
        put(&app, revoked_token::Model { jti: one.jti, expires_at: start() + TimeDelta::days(1) }).await;
        assert_eq!(code(&app, &one.token).await.as_deref(), Some("token_revoked"), "a revoked token");
    }

    async fn a_role_that_can_issue_does_not_count_without_a_second_factor(app: TestApp) {
        let country = Country::new(&app).await;
        let grants = [Grant::ministry(), Grant::regional_officer("32"), Grant::provider_staff(country.provider)];
        let without = app.through_app(&grants, &every_scope(), false).await;
        let (_, me) = app.get("/v1/me", Some(&without.token)).await;
        assert_eq!((&me["roles"], &me["secondFactorMissing"]), (&json!(["regional_officer"]), &json!(true)), "{me}");
        let told: Vec<_> =
            me["grants"].as_array().unwrap().iter().map(|g| (g["role"].as_str().unwrap(), g["inForce"] == true)).collect();
        assert!(told.contains(&("ministry", false)) && told.contains(&("regional_officer", true)), "{told:?}");
        let with = app.through_app(&grants, &every_scope(), true).await;
        assert_eq!(roles(&app, &with.token).await, json!(["ministry", "regional_officer", "provider_staff"]));
    }

    async fn a_system_acts_for_itself_with_its_own_roles(app: TestApp) {
        let (client, token) = app.system(&[Grant::ministry_system()], &every_scope()).await;
        let (_, me) = app.get("/v1/me", Some(&token)).await;
        assert_eq!((&me["client"]["id"], &me["roles"]), (&json!(client), &json!(["ministry_system"])), "{me}");
        assert_eq!((&me["accountId"], &me["secondFactorMissing"]), (&json!(null), &json!(false)));
        change!(app, oauth_client, client, status = "suspended".to_owned());
        assert_eq!(code(&app, &token).await.as_deref(), Some("token_revoked"));
    }

    async fn an_app_learns_for_whom_it_acts_and_what_it_may(app: TestApp) {
        use sanggar::access::oauth_scope::OAuthScope::CertificatesRead;
        let country = Country::new(&app).await;
        let siti = country.teacher(&app, "Siti Aminah", country.bandung).await;
        let scopes: Scopes = [CertificatesRead].into();
        let through = app.through_app(&[Grant::teacher(siti)], &scopes, true).await;
        for face in Face::BOTH {
            let me = app.call(face, Some(&through.token), "get_me", json!({})).await.ok();
            assert_eq!(me["accountId"], json!(through.account), "{face:?}: {me}");
            if face == Face::Rest {
                assert_eq!(me["client"], json!({ "id": through.client, "name": "Aplikasi Guru" }));
            }
            assert_eq!(me["scopes"], json!(["certificates_read"]), "{face:?}");
            assert_eq!(me["person"], json!(null), "{face:?}: the directory is another scope");
            let actions = me["actions"].as_array().unwrap();
            assert_eq!(actions.len(), 1, "{face:?}: {actions:?}");
            assert_eq!(actions[0]["action"], "certificate.read", "{face:?}");
            assert_eq!(actions[0]["reaches"][0]["kind"], "own", "{face:?}");
            assert_eq!(actions[0]["reaches"][0]["personId"], json!(siti), "{face:?}");
        }
    }

    async fn a_merge_takes_the_account_along_where_the_survivor_has_none(app: TestApp) {
        let country = Country::new(&app).await;
        let old = country.teacher(&app, "Siti A.", country.bandung).await;
        let new = country.teacher(&app, "Siti Aminah", country.surabaya).await;
        let through = app.through_app(&[Grant::teacher(old)], &every_scope(), true).await;
        merge(&app, old, new).await;
        let row = account::Entity::find_by_id(through.account).one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!((row.person_id, row.version), (Some(new), 2));
        let told = app.events("account.moved").await.pop().unwrap();
        assert_eq!((told.subject_id, told.subject_version), (through.account.to_string(), 2));
        assert_eq!(told.payload, json!({ "fromPersonId": old, "personId": new }));
        assert_eq!(app.get("/v1/me", Some(&through.token)).await.1["person"]["id"], json!(new));
    }

    async fn a_merge_of_two_with_accounts_leaves_both_and_both_are_the_survivor(app: TestApp) {
        let country = Country::new(&app).await;
        let old = country.teacher(&app, "Siti A.", country.bandung).await;
        let new = country.teacher(&app, "Siti Aminah", country.surabaya).await;
        let one = app.through_app(&[Grant::teacher(old), Grant::principal(country.bandung, Some(old))], &every_scope(), true).await;
        let other = app.through_app(&[Grant::teacher(new)], &every_scope(), true).await;
        merge(&app, old, new).await;
        let reader = app.services.store.reader();
        for (through, person) in [(&one, old), (&other, new)] {
            let row = account::Entity::find_by_id(through.account).one(reader).await.unwrap().unwrap();
            assert_eq!(row.person_id, Some(person), "an account moved");
            let (_, me) = app.get("/v1/me", Some(&through.token)).await;
            assert_eq!(me["person"]["id"], json!(new), "{me}");
            for grant in me["grants"].as_array().unwrap() {
                assert_eq!(grant["personId"], json!(new), "{grant}");
            }
        }
    }

    async fn a_token_through_an_app_costs_one_statement_more(app: TestApp) {
        let country = Country::new(&app).await;
        let siti = country.teacher(&app, "Siti Aminah", country.bandung).await;
        let plain = app.token_of("siti", vec![Grant::teacher(siti), Grant::regional_officer("32")]);
        let through = app.app_token(&[Grant::teacher(siti), Grant::regional_officer("32")], every_scope()).await;
        let mut costs = Vec::new();
        for token in [&plain, &through] {
            let before = app.services.store.statements();
            assert_eq!(app.get("/v1/persons?limit=1", Some(token)).await.0, 200);
            costs.push(app.services.store.statements() - before);
        }
        assert_eq!(costs[1], costs[0] + 1, "{costs:?}");
    }

    async fn roles_of_others_are_nobodys_by_their_rows(app: TestApp) {
        Country::new(&app).await;
        let through = app.through_app(&[], &every_scope(), true).await;
        let (account, client) = (Uuid::now_v7(), Uuid::now_v7());
        put(&app, account_row(account, None)).await;
        put(&app, client_row(client)).await;
        for holder in [Holder::Account(account), Holder::Client(client), Holder::Client(through.client)] {
            put(&app, role_grant_row(Uuid::now_v7(), holder, &Grant::ministry())).await;
        }
        assert_eq!(roles(&app, &through.token).await, json!([]), "an app's own roles are not those of who it acts for");
    }
}

async fn merge(app: &TestApp, old: Uuid, new: Uuid) {
    let args = json!({ "id": old, "input": { "intoId": new, "reason": "orang yang sama" } });
    app.call(Face::Rest, Some(&app.ministry()), "merge_person", args).await.ok();
}
