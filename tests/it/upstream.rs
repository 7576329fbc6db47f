//! Signing in through upstream OpenID providers: who comes in, and all that must not.

use entity::{account, account_identity, upstream_sign_in};
use sanggar::identity::sign_in::session::{self, Stage};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        TestApp,
        app::start,
        directory::put,
        provider::Signed,
        upstream::{BELAJAR, COOKIE, Fixture, MADRASAH, SESSION, account, row},
    },
};

const PROVE: &str = "could not prove who you are";
const OVER: &str = "This sign-in is over";

both_engines! {
    async fn somebody_signs_in_through_a_provider_and_is_linked_the_first_time(app: TestApp) {
        let f = Fixture::new(app).await;
        let answer = f.through(BELAJAR, "?next=/v1/me%3Fa%3Db").await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/v1/me?a=b"), "{}", answer.body);
        assert_eq!(f.who(&answer).await, Some(f.siti));
        let links = f.links().await;
        assert_eq!(links.len(), 1);
        let link = &links[0];
        assert_eq!((link.account_id, link.provider.as_str(), link.subject.as_str()), (f.siti, BELAJAR, "subject-1"));
        assert_eq!(f.app.events("account.linked_to_provider").await.len(), 1);
        // From then on the provider's own name for her counts, not what else it says.
        f.belajar.says(json!({ "email": "another@belajar.id", "email_verified": false }));
        let again = f.through(BELAJAR, "").await;
        assert_eq!(f.who(&again).await, Some(f.siti));
        assert_eq!(f.links().await.len(), 1);
        let waiting = upstream_sign_in::Entity::find().all(f.app.services.store.reader()).await.unwrap();
        assert_eq!(waiting, vec![]);
    }

    async fn two_providers_lead_to_one_account(app: TestApp) {
        let f = Fixture::new(app).await;
        for provider in [BELAJAR, MADRASAH] {
            let answer = f.through(provider, "").await;
            assert_eq!(answer.location, "/account");
            assert_eq!(f.who(&answer).await, Some(f.siti), "{provider}");
        }
        assert_eq!(f.links().await.len(), 2);
        assert_eq!(f.belajar.does(|b| b.described), 1, "what a provider says of itself is kept");
        let pages = f.get("/sign-in", "").await;
        for name in [BELAJAR, MADRASAH] {
            assert!(pages.body.contains(&format!("/sign-in/with/{name}")), "{}", pages.body);
        }
    }

    async fn an_invited_account_is_accepted_by_signing_in(app: TestApp) {
        let f = Fixture::new(app).await;
        let budi = account(&f.app, "budi", "invited").await;
        f.belajar.says(json!({ "email": "budi@belajar.id", "sub": "subject-2" }));
        let answer = f.through(BELAJAR, "").await;
        assert_eq!(f.who(&answer).await, Some(budi));
        assert_eq!(f.account(budi).await.status, "active");
    }

    async fn nobody_gets_an_account_by_signing_in(app: TestApp) {
        let f = Fixture::new(app).await;
        f.belajar.says(json!({ "email": "stranger@belajar.id" }));
        f.refused(&f.through(BELAJAR, "").await, 403, "You have no account here yet");
        // Of two accounts with one address none is chosen.
        let twin = account::Model { email: Some("siti@belajar.id".to_owned()), ..row("twin", "active") };
        put(&f.app, twin).await;
        f.belajar.says(json!({ "email": "siti@belajar.id" }));
        f.refused(&f.through(BELAJAR, "").await, 403, "You have no account here yet");
        assert_eq!(f.links().await, vec![]);
    }

    async fn a_blocked_account_stays_out(app: TestApp) {
        let f = Fixture::new(app).await;
        let tono = account(&f.app, "tono", "blocked").await;
        f.belajar.says(json!({ "email": "tono@belajar.id", "sub": "subject-3" }));
        f.refused(&f.through(BELAJAR, "").await, 403, "Your account is blocked");
        assert_eq!(f.links().await, vec![]);
        // Nor does an old link help.
        put(&f.app, account_identity::Model {
            id: Uuid::now_v7(),
            account_id: tono,
            provider: BELAJAR.to_owned(),
            issuer: f.belajar.issuer.clone(),
            subject: "subject-3".to_owned(),
            linked_at: start(),
            used_at: start(),
        }).await;
        f.refused(&f.through(BELAJAR, "").await, 403, "Your account is blocked");
        assert_eq!(f.account(tono).await.signed_in_at, None);
    }

    async fn an_address_that_the_provider_did_not_verify_leads_to_nobody(app: TestApp) {
        let f = Fixture::new(app).await;
        for verified in [json!(false), Value::Null] {
            f.belajar.says(json!({ "email_verified": verified }));
            f.refused(&f.through(BELAJAR, "").await, 403, "did not say enough about you");
        }
    }

    async fn an_account_is_not_linked_to_a_second_subject_of_a_provider(app: TestApp) {
        let f = Fixture::new(app).await;
        assert!(f.through(BELAJAR, "").await.session.is_some());
        f.belajar.says(json!({ "sub": "somebody-else" }));
        f.refused(&f.through(BELAJAR, "").await, 403, "Your account belongs to another sign-in");
        assert_eq!(f.links().await.len(), 1);
    }

    async fn only_people_of_the_named_organisations_come(app: TestApp) {
        let f = Fixture::with(app, |providers| providers[0].domains = vec!["guru.belajar.id".to_owned()]).await;
        f.refused(&f.through(BELAJAR, "").await, 403, "Not with this account");
        f.belajar.says(json!({ "hd": "guru.belajar.id" }));
        assert_eq!(f.who(&f.through(BELAJAR, "").await).await, Some(f.siti));
        f.belajar.says(json!({ "hd": "elsewhere.example" }));
        f.refused(&f.through(BELAJAR, "").await, 403, "Not with this account");
    }

    async fn an_id_token_that_is_not_proven_signs_nobody_in(app: TestApp) {
        let f = Fixture::new(app).await;
        let now = start().timestamp();
        for (what, wrong) in [
            ("nonce", json!({ "nonce": "another-nonce-of-another-sign-in" })),
            ("nonce", json!({ "nonce": null })),
            ("aud", json!({ "aud": "another-client" })),
            ("aud", json!({ "aud": ["sanggar-client", "another-client"] })),
            ("azp", json!({ "azp": "another-client" })),
            ("iss", json!({ "iss": f.madrasah.issuer })),
            ("exp", json!({ "exp": now - 120 })),
            ("iat", json!({ "iat": now + 300, "exp": now + 600 })),
            ("iat", json!({ "iat": now - 3_600 })),
            ("at_hash", json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" })),
        ] {
            let right = f.belajar.does(|b| b.claims.clone());
            f.belajar.says(wrong.clone());
            let answer = f.through(BELAJAR, "").await;
            assert_eq!(answer.status, 403, "{what} {wrong}: {}", answer.location);
            f.refused(&answer, 403, PROVE);
            f.belajar.does(|b| b.claims = right);
        }
        assert!(f.through(BELAJAR, "").await.session.is_some(), "and the right one does");
    }

    async fn an_id_token_without_a_published_key_signs_nobody_in(app: TestApp) {
        let f = Fixture::new(app).await;
        for signed in [Signed::None, Signed::Hs256, Signed::Elsewhere] {
            f.belajar.does(|b| b.signed = signed);
            let answer = f.through(BELAJAR, "").await;
            assert!(answer.session.is_none(), "{signed:?}");
            f.refused(&answer, 403, PROVE);
        }
    }

    async fn a_new_key_of_a_provider_is_looked_up_when_it_is_first_seen(app: TestApp) {
        let f = Fixture::new(app).await;
        assert!(f.through(BELAJAR, "").await.session.is_some());
        f.belajar.does(|b| b.key = 2);
        assert!(f.through(BELAJAR, "").await.session.is_some());
        assert_eq!(f.belajar.does(|b| b.described), 2);
    }

    async fn what_a_provider_says_of_itself_is_read_again_after_an_hour(app: TestApp) {
        let f = Fixture::new(app).await;
        f.to(BELAJAR, "").await;
        f.app.pass(chrono::TimeDelta::minutes(59));
        f.to(BELAJAR, "").await;
        assert_eq!(f.belajar.does(|b| b.described), 1);
        f.app.pass(chrono::TimeDelta::minutes(2));
        f.to(BELAJAR, "").await;
        assert_eq!(f.belajar.does(|b| b.described), 2);
    }

    async fn the_answer_of_one_provider_is_worth_nothing_at_the_address_of_another(app: TestApp) {
        let f = Fixture::new(app).await;
        let (path, cookie) = f.there(BELAJAR, "").await;
        let mixed = path.replace("/back/belajar-id", "/back/madrasah");
        f.refused(&f.get(&mixed, &format!("{COOKIE}={cookie}")).await, 400, OVER);
        assert_eq!(f.madrasah.does(|b| b.exchanged), 0, "the code went to the other provider");
        // Nor one in whose name somebody else sends people back (RFC 9207).
        f.belajar.does(|b| b.iss = Some("https://evil.example".to_owned()));
        f.refused(&f.through(BELAJAR, "").await, 403, PROVE);
        assert_eq!(f.belajar.does(|b| b.exchanged), 0);
        // A provider that says it names itself must.
        f.belajar.does(|b| b.iss = None);
        let (path, cookie) = f.there(BELAJAR, "").await;
        let (nameless, _) = path.split_once("&iss=").unwrap();
        f.refused(&f.get(nameless, &format!("{COOKIE}={cookie}")).await, 403, PROVE);
    }

    async fn a_way_back_is_gone_once_in_time_and_in_one_browser(app: TestApp) {
        let f = Fixture::new(app).await;
        let (path, cookie) = f.there(BELAJAR, "").await;
        let own = format!("{COOKIE}={cookie}");
        f.refused(&f.get(&path, "").await, 400, OVER);
        let (_, other) = f.there(BELAJAR, "").await;
        f.refused(&f.get(&path, &format!("{COOKIE}={other}")).await, 400, OVER);
        assert_eq!(f.who(&f.get(&path, &own).await).await, Some(f.siti));
        f.refused(&f.get(&path, &own).await, 400, OVER);
        let (path, cookie) = f.there(BELAJAR, "").await;
        f.app.pass(chrono::TimeDelta::minutes(11));
        f.refused(&f.get(&path, &format!("{COOKIE}={cookie}")).await, 400, OVER);
        for forged in ["", "?state=x&code=y", "?code=y", "?state=x&state=y&code=z"] {
            f.refused(&f.get(&format!("/sign-in/back/belajar-id{forged}"), &own).await, 400, OVER);
        }
    }

    async fn nobody_is_led_to_another_site_afterwards(app: TestApp) {
        let f = Fixture::new(app).await;
        for next in ["//evil.example", "https%3A%2F%2Fevil.example", "/%5Cevil.example", "%2F%2Fevil.example", "/%09/evil.example"] {
            let answer = f.through(BELAJAR, &format!("?next={next}")).await;
            assert_eq!((answer.status, answer.location.as_str()), (303, "/account"), "{next}");
        }
    }

    async fn who_says_no_at_the_provider_is_told_so(app: TestApp) {
        let f = Fixture::new(app).await;
        f.belajar.does(|b| b.error = Some("access_denied"));
        f.refused(&f.through(BELAJAR, "").await, 403, "You did not sign in");
        f.belajar.does(|b| b.error = Some("server_error"));
        f.refused(&f.through(BELAJAR, "").await, 503, "cannot be reached");
    }

    async fn a_provider_that_is_away_takes_nobody_else_with_it(app: TestApp) {
        let f = Fixture::new(app).await;
        f.belajar.stop().await;
        f.refused(&f.get("/sign-in/with/belajar-id", "").await, 503, "Akun belajar-id cannot be reached");
        assert_eq!(f.get("/sign-in", "").await.status, 200);
        assert_eq!(f.who(&f.through(MADRASAH, "").await).await, Some(f.siti));
        assert_eq!(f.get("/sign-in/with/unknown", "").await.status, 404);
    }

    async fn a_second_factor_of_our_own_is_still_asked_for(app: TestApp) {
        let f = Fixture::new(app).await;
        let dewi = account::Model { totp_confirmed_at: Some(start()), ..row("dewi", "active") };
        put(&f.app, dewi).await;
        f.belajar.says(json!({ "email": "dewi@belajar.id", "sub": "subject-4", "amr": ["mfa"], "acr": "high" }));
        let answer = f.through(BELAJAR, "?next=/account").await;
        assert_eq!(answer.status, 303);
        assert!(answer.location.ends_with("?next=%2Faccount"), "{}", answer.location);
        assert_eq!(f.who(&answer).await, None, "she is signed in before her second factor");
        let begun = session::begun(&f.app.services, answer.session.as_deref()).await.unwrap().unwrap();
        assert_eq!((begun.stage, begun.session.second_factor), (Stage::SecondFactor, false));
    }

    async fn somebody_lets_go_of_a_link_as_long_as_another_way_in_is_left(app: TestApp) {
        let f = Fixture::new(app).await;
        let first = f.through(BELAJAR, "").await;
        let session = first.session.clone().unwrap();
        let cookie = format!("{SESSION}={session}");
        assert_eq!(f.get("/account/sign-ins", "").await.status, 303, "a stranger sees no links");
        let page = f.get("/account/sign-ins", &cookie).await;
        assert!(page.body.contains("Akun belajar-id"), "{}", page.body);
        let csrf = session::find(&f.app.services, Some(&session)).await.unwrap().unwrap().csrf;
        let link = f.links().await[0].id;
        assert_eq!(f.remove(&session, "another", link).await, 403);
        assert_eq!(f.remove(&session, &csrf, link).await, 409, "it is her only way in");
        assert_eq!(f.links().await.len(), 1);
        assert!(f.through(MADRASAH, "").await.session.is_some());
        assert_eq!(f.remove(&session, &csrf, link).await, 303);
        assert_eq!(f.app.events("account.unlinked_from_provider").await.len(), 1);
        // A link of somebody else is as if it were not there.
        let other = account(&f.app, "rina", "active").await;
        let foreign = account_identity::Model {
            id: Uuid::now_v7(),
            account_id: other,
            provider: BELAJAR.to_owned(),
            issuer: f.belajar.issuer.clone(),
            subject: "subject-9".to_owned(),
            linked_at: start(),
            used_at: start(),
        };
        let id = foreign.id;
        put(&f.app, foreign).await;
        assert_eq!(f.remove(&session, &csrf, id).await, 303);
        assert!(f.links().await.iter().any(|row| row.id == id));
    }
}
