//! A database that stops answering, or whose answer is lost: callers are told in time, and told
//! what is true.

use std::time::{Duration, Instant};

use reqwest::Method;
use sanggar::{foundation::store::Store, startup::Running};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, PaginatorTrait, Statement};
use serde_json::{Value, json};

use crate::support::{Face, TestApp, database, proxy::Proxy};

/// What the service gives a read; more than readiness takes.
const DEADLINE: Duration = Duration::from_millis(1500);
/// How soon an answer must come from it.
const SOON: Duration = Duration::from_secs(5);

async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(SOON, work).await.expect("no answer in time")
}

/// A service that reaches its database through a proxy; `None` without PostgreSQL.
async fn behind() -> Option<(TestApp, Proxy)> {
    let (url, leftover) = database::postgres().await?;
    let (proxy, through) = Proxy::to(&url).await;
    Some((TestApp::with_deadline(&through, leftover, DEADLINE).await, proxy))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_database_leaves_nobody_waiting_and_the_service_recovers() {
    let Some((app, proxy)) = behind().await else { return };
    assert_eq!(app.get("/v1/organisations", None).await.0, 200);
    proxy.freeze();
    let read = soon(app.request(Method::GET, "/v1/organisations", None).send()).await.unwrap();
    assert_eq!((read.status().as_u16(), read.headers()["retry-after"].to_str().unwrap()), (503, "1"));
    assert_eq!(read.json::<Value>().await.unwrap()["code"], "unavailable");
    let query = json!({ "query": "{ organisations(first: 1) { edges { node { name } } } }" });
    let (status, told) = soon(app.post("/graphql", None, &query)).await;
    assert_eq!((status, &told["code"]), (503, &json!("unavailable")), "{told}");
    let (status, ready) = soon(app.get("/readyz", None)).await;
    assert_eq!((status, &ready["checks"]["database"]), (503, &json!("failing")), "{ready}");
    assert_eq!(soon(app.get("/livez", None)).await.0, 200);
    proxy.thaw();
    let started = Instant::now();
    while app.get("/v1/organisations", None).await.0 != 200 {
        assert!(started.elapsed() < SOON, "does not recover");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_database_does_not_keep_the_service_from_stopping() {
    let Some((app, proxy)) = behind().await else { return };
    let local = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let second = Running::bind(app.services.clone(), None, local, Some(1), Duration::from_secs(1)).unwrap();
    let base = format!("http://{}", second.address());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(second.until(async move {
        let _ = stopped.await;
    }));
    assert_eq!(app.http.get(format!("{base}/v1/organisations")).send().await.unwrap().status().as_u16(), 200);
    proxy.freeze();
    let token = app.ministry();
    let write =
        app.http.post(format!("{base}/v1/organisations")).bearer_auth(token).json(&organisation("BALAI-A"));
    let hanging = tokio::spawn(write.send());
    tokio::time::sleep(Duration::from_millis(200)).await;
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(10), serving).await.expect("still running").unwrap().unwrap();
    hanging.abort();
}

fn organisation(code: &str) -> Value {
    json!({ "code": code, "kind": "company", "name": format!("Balai {code}") })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_whose_commit_was_not_answered_says_so_and_its_key_tells_what_came_of_it() {
    let Some((app, proxy)) = behind().await else { return };
    let token = app.ministry();
    for (face, code) in Face::BOTH.into_iter().zip(["BALAI-A", "BALAI-B"]) {
        let args = json!({ "input": organisation(code), "key": code });
        proxy.lose_the_answer_to_a_commit();
        match face {
            Face::Rest => {
                let request = app.request(Method::POST, "/v1/organisations", Some(&token));
                let sent = request.header("Idempotency-Key", code).json(&args["input"]).send().await.unwrap();
                assert_eq!((sent.status().as_u16(), sent.headers().contains_key("retry-after")), (503, true));
                let told: Value = sent.json().await.unwrap();
                assert_eq!(told["code"], "outcome_unknown", "{told}");
            }
            Face::Graphql => {
                let told = app.call(face, Some(&token), "create_organisation", args.clone()).await;
                assert_eq!(told.refused(), "outcome_unknown");
            }
        }
        let made = app.call(face, Some(&token), "create_organisation", args).await.ok();
        assert_eq!(made["code"], code);
    }
    let made = entity::organisation::Entity::find().count(app.services.store.reader()).await.unwrap();
    assert_eq!((made, app.events("organisation.created").await.len()), (2, 2));
}

async fn setting(connection: &DatabaseConnection, name: &str) -> Duration {
    let sql = format!("SELECT setting FROM pg_settings WHERE name = '{name}'");
    let asked = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(asked).await.unwrap().unwrap();
    Duration::from_millis(row.try_get::<String>("", "setting").unwrap().parse().unwrap())
}

/// A node that stands still in a transaction is cut off before those who wait for its locks give up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_session_of_a_server_is_bounded() {
    let Some((url, _leftover)) = database::postgres().await else { return };
    let store = Store::open(&url, database::SIZES).await.unwrap();
    let longest = sanggar::foundation::transaction::LONGEST;
    let idle = setting(store.writer(), "idle_in_transaction_session_timeout").await;
    let lock = setting(store.writer(), "lock_timeout").await;
    let statement = setting(store.writer(), "statement_timeout").await;
    assert!(Duration::ZERO < idle && idle < lock && lock < longest, "{idle:?} {lock:?}");
    assert!(Duration::ZERO < statement && statement <= longest, "{statement:?}");
    assert_eq!(setting(store.reader(), "statement_timeout").await, Duration::from_secs(30));
    store.close().await;
}
