//! Links between accounts here and at upstream providers: how they are found, made and let go, and what a provider that
//! fails, or somebody who hurries, costs the others.

use entity::{account_identity, upstream_sign_in};
use futures_util::future::join_all;
use reqwest::Method;
use sanggar::identity::{account::by_hand, sign_in::session};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        directory::put,
        upstream::{BELAJAR, COOKIE, Fixture, MADRASAH, account},
    },
};

const NO_ACCOUNT: &str = "You have no account here yet";

/// A link of `account` as an earlier configuration made it.
fn link_row(account: Uuid, provider: &str, issuer: &str) -> account_identity::Model {
    account_identity::Model {
        id: Uuid::now_v7(),
        account_id: account,
        provider: provider.to_owned(),
        issuer: issuer.to_owned(),
        subject: "subject-of-before".to_owned(),
        linked_at: start(),
        used_at: start(),
    }
}

both_engines! {
    async fn whoever_has_only_a_provider_comes_back_after_a_block(app: TestApp) {
        let f = Fixture::new(app).await;
        assert_eq!(f.who(&f.through(BELAJAR, "").await).await, Some(f.siti));
        let ministry = f.app.ministry();
        let block = json!({ "id": f.siti, "input": { "reason": "Ponsel dicuri." } });
        f.app.call(Face::Rest, Some(&ministry), "block_account", block).await.ok();
        f.refused(&f.through(BELAJAR, "").await, 403, "Your account is blocked");
        f.app.call(Face::Rest, Some(&ministry), "unblock_account", json!({ "id": f.siti })).await.ok();
        let invitation = by_hand::link(&f.app.services, f.siti.into()).await.unwrap();
        let before = f.account(f.siti).await;
        assert_eq!(before.status, "invited", "she never had a password");
        assert_eq!(f.who(&f.through(BELAJAR, "").await).await, Some(f.siti));
        let after = f.account(f.siti).await;
        assert_eq!((after.status.as_str(), after.version), ("active", before.version + 1));
        assert_eq!(f.links().await.len(), 1);
        let events = f.app.events("account.accepted_with_provider").await;
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].subject_version, after.version);
        let (_, path) = invitation.split_once("sanggar.test").unwrap();
        assert_eq!(f.get(path, "").await.status, 410, "the invitation is still good");
        f.through(BELAJAR, "").await;
        assert_eq!(f.account(f.siti).await.version, after.version, "coming again changes nothing");
    }

    async fn an_address_is_found_in_whatever_letters_the_provider_writes_it(app: TestApp) {
        let f = Fixture::new(app).await;
        f.belajar.says(json!({ "email": "SITI@Belajar.ID" }));
        assert_eq!(f.who(&f.through(BELAJAR, "").await).await, Some(f.siti));
        // A Kelvin sign is no k: that address is somebody else's.
        let kadek = account(&f.app, "kadek", "active").await;
        f.belajar.says(json!({ "email": "\u{212A}adek@belajar.id", "sub": "subject-2" }));
        f.refused(&f.through(BELAJAR, "").await, 403, NO_ACCOUNT);
        f.belajar.says(json!({ "email": "Kadek@belajar.id" }));
        assert_eq!(f.who(&f.through(BELAJAR, "").await).await, Some(kadek));
    }

    async fn a_subject_that_names_an_account_does_so_letter_by_letter(app: TestApp) {
        let f = Fixture::with(app, |providers| providers[1].claim = "sub".to_owned()).await;
        for other in ["Siti", "SITI", " siti", "siti "] {
            f.madrasah.says(json!({ "sub": other }));
            f.refused(&f.through(MADRASAH, "").await, 403, NO_ACCOUNT);
        }
        f.madrasah.says(json!({ "sub": "siti" }));
        assert_eq!(f.who(&f.through(MADRASAH, "").await).await, Some(f.siti));
    }

    async fn of_first_sign_ins_at_once_all_come_in_and_one_link_is_made(app: TestApp) {
        let f = Fixture::new(app).await;
        let mut ways = Vec::new();
        for _ in 0..4 {
            ways.push(f.there(BELAJAR, "").await);
        }
        let cookies: Vec<String> = ways.iter().map(|(_, cookie)| format!("{COOKIE}={cookie}")).collect();
        let answers = join_all(ways.iter().zip(&cookies).map(|((path, _), cookie)| f.get(path, cookie))).await;
        for answer in &answers {
            assert_eq!(f.who(answer).await, Some(f.siti), "{}", answer.body);
        }
        assert_eq!(f.links().await.len(), 1);
        assert_eq!(f.app.events("account.linked_to_provider").await.len(), 1);
    }

    async fn of_many_who_come_at_once_one_asks_the_provider(app: TestApp) {
        let f = Fixture::new(app).await;
        join_all((0..8).map(|_| f.to(BELAJAR, ""))).await;
        assert_eq!(f.belajar.does(|b| b.described), 1);
    }

    async fn what_a_provider_said_is_believed_for_a_day_while_it_is_away(app: TestApp) {
        let f = Fixture::new(app).await;
        let asked = || f.belajar.does(|b| b.described);
        f.to(BELAJAR, "").await;
        f.belajar.does(|b| b.away = true);
        f.app.pass(chrono::TimeDelta::hours(2));
        f.to(BELAJAR, "").await;
        assert_eq!(asked(), 2);
        f.to(BELAJAR, "").await;
        assert_eq!(asked(), 2, "it failed just now");
        f.app.pass(chrono::TimeDelta::seconds(16));
        f.to(BELAJAR, "").await;
        assert_eq!(asked(), 3);
        f.app.pass(chrono::TimeDelta::hours(22));
        for _ in 0..3 {
            f.refused(&f.get("/sign-in/with/belajar-id", "").await, 503, "cannot be reached");
        }
        assert_eq!(asked(), 4, "it failed just now");
        f.belajar.does(|b| b.away = false);
        f.app.pass(chrono::TimeDelta::seconds(16));
        f.to(BELAJAR, "").await;
        assert_eq!(asked(), 5);
    }

    async fn a_link_that_leads_nowhere_any_more_is_no_way_in(app: TestApp) {
        let f = Fixture::new(app).await;
        let answer = f.through(BELAJAR, "").await;
        let belajar = f.links().await[0].id;
        let session = answer.session.unwrap();
        let csrf = session::find(&f.app.services, Some(&session)).await.unwrap().unwrap().csrf;
        let gone = link_row(f.siti, "closed", "https://closed.example");
        let moved = link_row(f.siti, MADRASAH, "https://madrasah-of-before.example");
        let (closed, former) = (gone.id, moved.id);
        put(&f.app, gone).await;
        put(&f.app, moved).await;
        assert_eq!(f.remove(&session, &csrf, belajar).await, 409, "neither of the others leads in");
        f.refused(&f.through(MADRASAH, "").await, 403, "Your account belongs to another sign-in");
        for old in [closed, former] {
            assert_eq!(f.remove(&session, &csrf, old).await, 303);
        }
        assert_eq!(f.remove(&session, &csrf, belajar).await, 409);
        assert_eq!(f.who(&f.through(MADRASAH, "").await).await, Some(f.siti), "linked anew");
        assert_eq!(f.remove(&session, &csrf, belajar).await, 303);
        assert_eq!(f.links().await.len(), 1);
    }

    async fn beginning_to_sign_in_counts_under_the_address_however_it_is_written(app: TestApp) {
        let f = Fixture::new(app).await;
        let node = f.app.node(|settings| settings.rates.requests_address = 3);
        let ways = [
            "/sign-in/with/belajar-id",
            "/sign%2Din/with/belajar-id",
            "/sign-in/with/madrasah?next=/account",
            "/sign-in/with/belajar-id",
            "/sign%2Din/with/belajar-id",
            "/%73ign-in/with/madrasah",
        ];
        for (nth, way) in ways.into_iter().enumerate() {
            let request = node.request(Method::GET, way, None).header("Cookie", format!("{COOKIE}=made-up-{nth}"));
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), if nth < 3 { 303 } else { 429 }, "{nth} {way}");
        }
        let begun = upstream_sign_in::Entity::find().all(f.app.services.store.reader()).await.unwrap();
        assert_eq!(begun.len(), 3);
    }
}
