//! One request, one effect, one answer: and the answer is for whoever asked.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use entity::{event, idempotency_key, organisation};
use futures_util::future::BoxFuture;
use sanggar::{
    access::grant::Grant,
    foundation::{
        audit::AuditKey,
        clock::FixedClock,
        error::Result,
        event::Event,
        id::Ids,
        store::Store,
        transaction::{Idempotency, Origin, Tx, Writes},
    },
};
use sea_orm::{EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::json;
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, completed},
    support::{Face, TestApp, app::start, database, rows::organisation_row, training::World},
};

both_engines! {
    async fn another_organisation_never_gets_the_answer_that_a_key_stands_for(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        // Both tokens name the same subject, as those of two small providers may.
        let other = app.token(Grant::provider_staff(world.organisation("BGTK-DIY").await));
        for face in Face::BOTH {
            let enrolment = completed(&world, batch, world.teacher("Siti").await).await;
            let issue = json!({ "input": { "enrolmentId": enrolment }, "key": format!("k-{face:?}") });
            let made = app.call(face, Some(&world.staff()), "issue_certificate", issue.clone()).await.ok();
            let strange = app.call(face, Some(&other), "issue_certificate", issue.clone()).await;
            assert!(!strange.data.to_string().contains(made["number"].as_str().unwrap()), "{}", strange.data);
            assert!(["forbidden", "not_found"].contains(&strange.refused().as_str()), "{face:?}");
            let again = app.call(face, Some(&world.staff()), "issue_certificate", issue).await.ok();
            assert_eq!(again["id"], made["id"], "who asked before is answered as before");
        }
    }

    async fn who_may_never_do_something_is_told_before_any_turn_is_taken(app: TestApp) {
        let world = World::new(&app).await;
        let enrolment = completed(&world, world.batch(OVER).await, world.teacher("Siti").await).await;
        let teacher = world.token(world.teacher("Budi").await);
        // No turn is to be had any more.
        assert!(app.services.writes.drain(Duration::from_secs(1)).await);
        for face in Face::BOTH {
            let issue = json!({ "input": { "enrolmentId": enrolment } });
            assert_eq!(app.call(face, Some(&teacher), "issue_certificate", issue).await.refused(), "forbidden");
        }
    }

    async fn answers_are_kept_for_thirty_days_and_then_go(app: TestApp) {
        let token = app.ministry();
        let mut kept = Vec::new();
        for (n, days) in [(1, 0), (2, 29), (3, 2)] {
            app.pass(TimeDelta::days(days));
            let input = json!({ "code": format!("BALAI-{n}"), "kind": "company", "name": format!("Balai {n}") });
            let args = json!({ "input": input, "key": format!("key-{n}") });
            app.call(Face::Rest, Some(&token), "create_organisation", args).await.ok();
            let keys = idempotency_key::Entity::find().all(app.services.store.reader()).await.unwrap();
            let mut keys: Vec<_> = keys.into_iter().map(|row| row.key.split(' ').next_back().unwrap().to_owned()).collect();
            keys.sort();
            kept.push(keys.join(" "));
        }
        assert_eq!(kept, ["key-1", "key-1 key-2", "key-2 key-3"]);
    }
}

/// Makes an organisation and takes its time before the end.
fn make(answer: &'static str, pause: Duration) -> impl for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<String>> {
    move |tx| {
        Box::pin(async move {
            let mut row = organisation_row(Uuid::now_v7(), "SAMA");
            row.region_code = None;
            let row = row.into_active_model();
            organisation::Entity::insert(row).exec_without_returning(tx.db()).await?;
            tokio::time::sleep(pause).await;
            Ok(answer.to_owned())
        })
    }
}

/// The one way to write, as another process on the same database has it.
async fn node(url: &str) -> Writes {
    let store = Store::open(url, database::SIZES).await.unwrap();
    let (clock, ids) = (Arc::new(FixedClock::new(start())), Arc::new(Ids::from_os()));
    Writes::new(store, clock, ids, AuditKey::new([7; 32]), 4)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_on_two_nodes_at_once_is_answered_the_same() {
    let Some((url, _leftover)) = database::postgres().await else { return };
    let (one, two) = (node(&url).await, node(&url).await);
    let origin = |hash: &str| Origin {
        actor: "siti".to_owned(),
        caller: "siti".to_owned(),
        request_id: "r".to_owned(),
        idempotency: Some(Idempotency { key: "k".to_owned(), request_hash: hash.to_owned() }),
        ..Origin::default()
    };
    let first = one.run("test.make", origin("same"), make("one", Duration::from_millis(600)));
    let second = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        two.run("test.make", origin("same"), make("two", Duration::ZERO)).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!((first.unwrap().as_str(), second.unwrap().as_str()), ("one", "one"));
    let other = two.run("test.make", origin("other"), make("two", Duration::ZERO)).await;
    assert_eq!(
        other.unwrap_err().code(),
        "idempotency_key_reused",
        "the same key for another request is still refused"
    );
    let store = Store::open(&url, database::SIZES).await.unwrap();
    assert_eq!(organisation::Entity::find().count(store.reader()).await.unwrap(), 1);
    assert_eq!(idempotency_key::Entity::find().count(store.reader()).await.unwrap(), 1);
}

/// Tells of something, as every command does, and takes its time before the end.
fn tell(pause: Duration) -> impl for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<String>> {
    move |tx| {
        Box::pin(async move {
            tx.emit(Event::new("test.made", "test", Uuid::now_v7(), 1)).await?;
            tokio::time::sleep(pause).await;
            Ok("made".to_owned())
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_in_both_ways_on_two_nodes_at_once_is_done_in_one() {
    let Some((url, _leftover)) = database::postgres().await else { return };
    let (one, two) = (node(&url).await, node(&url).await);
    let names = [("siti".to_owned(), "k".to_owned()), ("tertutup".to_owned(), "x".to_owned())];
    let origin = |own: usize| Origin {
        actor: "test".to_owned(),
        caller: names[own].0.clone(),
        request_id: "r".to_owned(),
        idempotency: Some(Idempotency { key: names[own].1.clone(), request_hash: own.to_string() }),
        otherwise: Some(names[1 - own].clone()),
        ..Origin::default()
    };
    let first = one.run("test.make", origin(0), tell(Duration::from_millis(600)));
    let second = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        two.run("test.make", origin(1), tell(Duration::ZERO)).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.unwrap(), "made");
    assert_eq!(second.unwrap_err().code(), "idempotency_key_reused");
    assert_eq!(
        two.run("test.make", origin(0), tell(Duration::ZERO)).await.unwrap(),
        "made",
        "and said again"
    );
    let store = Store::open(&url, database::SIZES).await.unwrap();
    assert_eq!(event::Entity::find().count(store.reader()).await.unwrap(), 1);
    let kept = idempotency_key::Entity::find().all(store.reader()).await.unwrap();
    assert_eq!(kept.iter().map(|row| row.caller.as_str()).collect::<Vec<_>>(), ["siti"]);
}
