//! What is told as it happens: to whom it may be told, without a gap, on every node.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use entity::{data_access, membership};
use sanggar::{
    access::{grant::Grant, keys::Keyring, token},
    foundation::{clock::FixedClock, event::Event, id::Ids, transaction::Origin},
    startup,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        TestApp,
        app::{URL, start},
        database,
        directory::put,
        rows::{activity_row, community_row, membership_row},
        socket::Socket,
        training::{BANDUNG, World},
    },
};

/// A community with one member and one activity.
struct Group {
    id: Uuid,
    activity: Uuid,
    membership: Uuid,
    member: String,
}

async fn group(app: &TestApp, world: &World<'_>, name: &str) -> Group {
    let (id, activity, membership) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    put(app, community_row(id, BANDUNG)).await;
    put(app, activity_row(activity, id, start() + TimeDelta::days(5))).await;
    let person = world.teacher(name).await;
    put(app, membership_row(membership, id, person)).await;
    Group { id, activity, membership, member: app.token(Grant::teacher(person)) }
}

/// Something happens to the group's activity, through the one way to write.
async fn happen(app: &TestApp, group: &Group, kind: &'static str, version: i64) {
    let origin = Origin {
        actor: "test".to_owned(),
        caller: "test".to_owned(),
        request_id: "test".to_owned(),
        ..Origin::default()
    };
    let (id, activity) = (group.id, group.activity);
    let work = app.services.writes.run(kind, origin, move |tx| {
        Box::pin(async move {
            let noun = if kind.starts_with("observation") { "observation" } else { "activity" };
            let event = Event::new(kind, noun, activity, version).with(json!({ "communityId": id }));
            tx.emit(event).await.map(|_| ())
        })
    });
    work.await.unwrap();
}

/// Another node on the same database.
async fn node(app: &TestApp) -> TestApp {
    let services = startup::assemble(
        app.services.store.clone(),
        Arc::new(FixedClock::new(start())),
        Ids::seeded(8),
        Keyring::ephemeral(7),
        app.services.settings.clone(),
        4,
    );
    let (_, leftover) = database::sqlite().await;
    TestApp::over(Arc::new(services), leftover)
}

both_engines! {
    async fn an_app_in_the_room_hears_what_happens_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let (own, other) = (group(&app, &world, "Siti").await, group(&app, &world, "Budi").await);
        let mut socket = Socket::open(&app, &own.member).await;
        socket.follow("1", &own.id.to_string(), None).await;
        let (_, begun) = socket.update().await;
        assert!(begun.is_null(), "the first message only says that it has begun: {begun}");
        happen(&app, &other, "activity.held", 2).await;
        happen(&app, &own, "activity.held", 2).await;
        let (_, event) = socket.update().await;
        assert_eq!((event["kind"].as_str(), event["version"].as_i64()), (Some("activity.held"), Some(2)));
        assert_eq!(event["subjectId"], own.activity.to_string());
        assert_eq!(event["activity"]["title"], "Menyusun asesmen diagnostik");
        assert!(socket.hear_within(Duration::from_millis(600)).await.is_none(), "another group's event came");
    }

    async fn what_happened_while_one_was_away_is_told_on_return(app: TestApp) {
        let world = World::new(&app).await;
        let own = group(&app, &world, "Siti").await;
        let mut socket = Socket::open(&app, &own.member).await;
        socket.follow("1", &own.id.to_string(), None).await;
        let (cursor, _) = socket.update().await;
        drop(socket);
        for version in 2..=4 {
            happen(&app, &own, "activity.updated", version).await;
        }
        // On another node, as behind a balancer.
        let elsewhere = node(&app).await;
        let mut socket = Socket::open(&elsewhere, &own.member).await;
        socket.follow("1", &own.id.to_string(), Some(&cursor)).await;
        assert!(socket.update().await.1.is_null());
        happen(&app, &own, "activity.updated", 5).await;
        for version in 2..=5 {
            assert_eq!(socket.update().await.1["version"], version);
        }
    }

    async fn a_cursor_of_another_community_or_of_nothing_is_refused(app: TestApp) {
        let world = World::new(&app).await;
        let (own, other) = (group(&app, &world, "Siti").await, group(&app, &world, "Budi").await);
        let mut socket = Socket::open(&app, &own.member).await;
        socket.follow("1", &own.id.to_string(), None).await;
        let (cursor, _) = socket.update().await;
        let mut socket = Socket::open(&app, &other.member).await;
        for (id, cursor, code) in
            [("1", cursor.as_str(), "cursor_of_another_list"), ("2", "nonsense", "cursor_malformed")]
        {
            socket.follow(id, &other.id.to_string(), Some(cursor)).await;
            let told = socket.hear().await;
            assert_eq!(told["type"], "error");
            assert_eq!(told["payload"][0]["extensions"]["code"], code, "{told}");
        }
    }

    async fn whoever_may_not_see_a_community_follows_nothing(app: TestApp) {
        let world = World::new(&app).await;
        let own = group(&app, &world, "Siti").await;
        let stranger = app.token(Grant::teacher(world.teacher("Budi").await));
        let far = app.token(Grant::regional_officer("35"));
        let near = app.token(Grant::regional_officer("32"));
        let staff = world.staff();
        for (token, code) in [
            (&stranger, "not_found"),
            (&far, "not_found"),
            (&staff, "forbidden"),
        ] {
            let mut socket = Socket::open(&app, token).await;
            socket.follow("1", &own.id.to_string(), None).await;
            let told = socket.hear().await;
            assert_eq!(told["payload"][0]["extensions"]["code"], code, "{told}");
        }
        let mut socket = Socket::open(&app, &near).await;
        socket.follow("1", &own.id.to_string(), None).await;
        socket.update().await;
    }

    async fn what_an_event_shows_of_members_is_written_down_before_it_is_told(app: TestApp) {
        let world = World::new(&app).await;
        let own = group(&app, &world, "Siti").await;
        let looks = async || data_access::Entity::find().all(app.services.store.reader()).await.unwrap();
        let mut socket = Socket::open(&app, &app.token(Grant::regional_officer("32"))).await;
        let query = "subscription($id: ID!) { communityUpdates(id: $id) { cursor event {
            activity { community { members(first: 5) { name } } } } } }";
        let payload = json!({ "query": query, "variables": { "id": own.id } });
        socket.say(&json!({ "type": "subscribe", "id": "1", "payload": payload })).await;
        socket.update().await;
        assert_eq!(looks().await, []);
        happen(&app, &own, "activity.held", 2).await;
        let (_, event) = socket.update().await;
        assert_eq!(event["activity"]["community"]["members"][0]["name"], "Siti", "{event}");
        let told: Vec<_> = looks().await.into_iter().map(|row| (row.reader, row.purpose, row.fields)).collect();
        let line = ("regional_officer", "communities_read", "name,schoolName");
        assert_eq!(told, [(line.0.to_owned(), line.1.to_owned(), line.2.to_owned())]);
    }

    async fn whoever_left_hears_no_more(app: TestApp) {
        let world = World::new(&app).await;
        let own = group(&app, &world, "Siti").await;
        let mut socket = Socket::open(&app, &own.member).await;
        socket.follow("1", &own.id.to_string(), None).await;
        socket.update().await;
        let gone = membership::ActiveModel {
            id: Set(own.membership),
            status: Set("left".to_owned()),
            ..Default::default()
        };
        gone.update(app.services.store.writer()).await.unwrap();
        happen(&app, &own, "activity.held", 2).await;
        let told = socket.hear().await;
        assert_eq!(told["payload"]["errors"][0]["extensions"]["code"], "not_found", "{told}");
        assert!(told["payload"]["data"].is_null(), "{told}");
        assert_eq!(socket.hear().await["type"], "complete");
    }

    async fn what_is_private_to_few_is_told_to_nobody(app: TestApp) {
        let world = World::new(&app).await;
        let own = group(&app, &world, "Siti").await;
        let mut socket = Socket::open(&app, &own.member).await;
        socket.follow("1", &own.id.to_string(), None).await;
        socket.update().await;
        happen(&app, &own, "observation.recorded", 2).await;
        happen(&app, &own, "activity.held", 2).await;
        assert_eq!(socket.update().await.1["kind"], "activity.held");
    }

    async fn a_subscription_that_was_ended_says_nothing_more(app: TestApp) {
        let world = World::new(&app).await;
        let own = group(&app, &world, "Siti").await;
        let mut socket = Socket::open(&app, &own.member).await;
        for id in ["1", "2"] {
            socket.follow(id, &own.id.to_string(), None).await;
            socket.update().await;
        }
        socket.say(&json!({ "type": "complete", "id": "1" })).await;
        socket.say(&json!({ "type": "ping", "payload": { "a": 1 } })).await;
        assert_eq!(socket.hear().await, json!({ "type": "pong", "payload": { "a": 1 } }));
        happen(&app, &own, "activity.held", 2).await;
        assert_eq!(socket.hear().await["id"], "2");
        assert!(socket.hear_within(Duration::from_millis(600)).await.is_none());
        // The id is free again.
        socket.follow("1", &own.id.to_string(), None).await;
        socket.update().await;
    }

    async fn everyone_on_two_nodes_hears_their_own_and_nobody_elses(app: TestApp) {
        let world = World::new(&app).await;
        let (one, two) = (group(&app, &world, "Siti").await, group(&app, &world, "Budi").await);
        let nodes = [&app, &node(&app).await];
        let wished = std::env::var("SANGGAR_SUBSCRIBERS").ok().map(|text| text.parse().unwrap());
        let all: usize = wished.unwrap_or(40);
        let mut sockets = Vec::new();
        for at in 0..all {
            let group = [&one, &two][at / 2 % 2];
            let mut socket = Socket::open(nodes[at % 2], &group.member).await;
            socket.follow("1", &group.id.to_string(), None).await;
            socket.update().await;
            sockets.push((socket, group.activity.to_string()));
        }
        const EVENTS: i64 = 20;
        for version in 1..=EVENTS {
            for group in [&one, &two] {
                happen(&app, group, "activity.updated", version).await;
            }
        }
        for (socket, activity) in &mut sockets {
            for version in 1..=EVENTS {
                let (_, event) = socket.update().await;
                assert_eq!((event["version"].as_i64(), event["subjectId"].as_str()), (Some(version), Some(activity.as_str())));
            }
        }
        let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let memory = memory.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().to_owned();
        println!("{all} subscribers on 2 nodes heard {EVENTS} events each; {memory}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_is_closed_by_the_codes_of_the_protocol() {
    let app = TestApp::sqlite().await;
    let fresh = async || Socket::connect(&app, Some("graphql-transport-ws")).await.unwrap();
    let mut socket = fresh().await;
    socket.send("hello").await;
    assert_eq!(socket.closed().await, (4400, "Invalid message".to_owned()));
    let mut socket = fresh().await;
    socket.follow("1", &Uuid::now_v7().to_string(), None).await;
    assert_eq!(socket.closed().await, (4401, "Unauthorized".to_owned()));
    let mut socket = fresh().await;
    socket
        .say(&json!({ "type": "connection_init", "payload": { "Authorization": "Bearer nonsense" } }))
        .await;
    assert_eq!(socket.closed().await, (4403, "Forbidden".to_owned()));
    let mut socket = fresh().await;
    socket.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(socket.closed().await, (4403, "Forbidden".to_owned()), "nothing is for everybody");
    let mut socket = Socket::open(&app, &app.ministry()).await;
    socket.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(socket.closed().await, (4429, "Too many initialisation requests".to_owned()));
    let (_, init) = tokio::join!(tokio::time::sleep(Duration::from_secs(9)), fresh());
    assert_eq!(init.closed().await, (4408, "Connection initialisation timeout".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_that_runs_cannot_be_used_again() {
    let app = TestApp::sqlite().await;
    let world = World::new(&app).await;
    let own = group(&app, &world, "Siti").await;
    let mut socket = Socket::open(&app, &own.member).await;
    socket.follow("1", &own.id.to_string(), None).await;
    socket.update().await;
    socket.follow("1", &own.id.to_string(), None).await;
    assert_eq!(socket.closed().await, (4409, "Subscriber already exists".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_lives_no_longer_than_its_token() {
    let app = TestApp::sqlite().await;
    let now = start() - TimeDelta::seconds(token::LEEWAY_SECONDS);
    let claims = token::Claims::new(
        URL,
        URL,
        "short",
        vec![Grant::ministry()],
        Uuid::now_v7(),
        now,
        TimeDelta::seconds(2),
    );
    let short = token::issue(&app.services.keyring, &claims, now).unwrap();
    let socket = Socket::open(&app, &short).await;
    assert_eq!(socket.closed().await, (4403, "Forbidden".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_subscription_is_refused_with_a_reason() {
    let app = TestApp::sqlite().await;
    let mut socket = Socket::open(&app, &app.ministry()).await;
    let id = Uuid::now_v7();
    let two = format!(
        "subscription {{ a: communityUpdates(id: \"{id}\") {{ cursor }} b: communityUpdates(id: \"{id}\") {{ cursor }} }}"
    );
    for (at, (query, code)) in [
        ("{ me { subject } }", "operation_not_subscription"),
        (two.as_str(), "subscription_single_field"),
        ("subscription { nothing }", "graphql_invalid"),
        ("subscription {", "query_syntax"),
    ]
    .into_iter()
    .enumerate()
    {
        let payload = json!({ "query": query });
        socket.say(&json!({ "type": "subscribe", "id": at.to_string(), "payload": payload })).await;
        let told = socket.hear().await;
        assert_eq!(
            (told["type"].as_str(), told["id"].as_str()),
            (Some("error"), Some(at.to_string().as_str()))
        );
        assert_eq!(told["payload"][0]["extensions"]["code"], code, "{told}");
    }
    let over_http = format!("subscription {{ communityUpdates(id: \"{id}\") {{ cursor }} }}");
    let over_http = app.graphql(None, &over_http, json!({})).await;
    assert_eq!(over_http["errors"][0]["extensions"]["code"], "subscription_over_http", "{over_http}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_of_another_protocol_is_not_opened() {
    let app = TestApp::sqlite().await;
    for protocol in [None, Some("graphql-ws")] {
        assert!(Socket::connect(&app, protocol).await.is_err(), "{protocol:?}");
    }
    let (status, told) = app.get("/graphql/ws", None).await;
    assert_eq!(
        (status, told["errors"][0]["extensions"]["code"].as_str()),
        (400, Some("subprotocol_missing"))
    );
}
