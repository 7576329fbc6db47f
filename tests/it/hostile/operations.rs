//! Hostile requests to every operation of the OpenAPI document, as the ministry and without
//! a token: the status is one that the document has, and a refusal is a problem with a code.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use rand::{SeedableRng, rngs::StdRng};
use sanggar::{demo, foundation::store::Store, startup::Running};
use serde_json::Value;

use super::{Tally, client, cut, known, number, request};
use crate::support::database::{self, Leftover};

/// What is wrong with a REST answer, if anything.
fn fault_of_rest(operation: &request::Operation, status: u16, media: &str, text: &str) -> Option<String> {
    if status >= 500 || !operation.documents(status) {
        return Some(format!("{status} is not documented: {text}"));
    }
    if status < 400 {
        return None;
    }
    let problem: Value = serde_json::from_str(text).unwrap_or_default();
    let worded =
        media == "application/problem+json" && problem["code"].as_str().is_some_and(|code| !code.is_empty());
    (!worded).then(|| format!("{status} {media:?} is not a problem: {text}"))
}

async fn requests(
    base: String,
    token: Option<String>,
    known: Arc<HashMap<String, Vec<String>>>,
    seed: u64,
    count: u64,
) -> Tally {
    let (http, mut chance, mut tally) = (client(), StdRng::seed_from_u64(seed), Tally::default());
    for operation in request::operations() {
        for turn in 0..count {
            let hostile = operation.request(&known, &mut chance);
            let mut request = http.request(hostile.method.clone(), format!("{base}{}", hostile.path));
            for (name, value) in &hostile.headers {
                request = request.header(*name, value.as_slice());
            }
            if let Some(body) = &hostile.body {
                request = request.body(body.clone());
            }
            if let Some(token) = &token {
                request = request.bearer_auth(token);
            }
            let started = Instant::now();
            let fault = match request.send().await {
                Ok(answer) => {
                    let status = answer.status().as_u16();
                    let media = answer.headers().get("content-type").and_then(|m| m.to_str().ok());
                    let media = media.unwrap_or_default().to_owned();
                    let text = answer.text().await.unwrap_or_default();
                    tally.note(status, &serde_json::from_str(&text).unwrap_or_default());
                    fault_of_rest(&operation, status, &media, &text)
                }
                Err(error) => Some(format!("no answer: {error:?}")),
            };
            tally.slowest = tally.slowest.max(started.elapsed());
            if let Some(fault) = fault {
                let body = hostile.body.map(|body| cut(&String::from_utf8_lossy(&body)));
                let headers: Vec<_> = hostile
                    .headers
                    .iter()
                    .map(|(n, v)| format!("{n}: {}", String::from_utf8_lossy(v)))
                    .collect();
                tally.bad.push(format!(
                    "{} (seed {seed}, turn {turn}): {}\n  sent {} {} {headers:?} {body:?}",
                    operation.id,
                    cut(&fault),
                    hostile.method,
                    cut(&hostile.path),
                ));
            }
        }
    }
    tally
}

/// Storms every operation of a service filled with the demo's data.
async fn every_operation(url: String, leftover: Leftover) {
    let store = Store::open(&url, database::SIZES).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (services, shown) = demo::fill(store, "http://sanggar.test", folder.path().to_owned()).await.unwrap();
    let local = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let running = Running::bind(services, None, local, Some(2), Duration::from_secs(1)).unwrap();
    let base = format!("http://{}", running.address());
    tokio::spawn(running.until(std::future::pending()));
    let ministry = shown.tokens.iter().find(|(role, ..)| role.name() == "ministry").unwrap().2.clone();
    let known = Arc::new(known(&base, &ministry).await);
    let count = number("SANGGAR_HOSTILE_REQUESTS", 30);
    let mut tasks = tokio::task::JoinSet::new();
    for seed in 0..2 {
        tasks.spawn(requests(base.clone(), Some(ministry.clone()), known.clone(), seed, count.div_ceil(2)));
    }
    tasks.spawn(requests(base, None, known, 2, count));
    let mut tally = Tally::default();
    while let Some(part) = tasks.join_next().await {
        tally.add(part.unwrap());
    }
    tally.good("requests");
    drop(leftover);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_answers_hostile_requests_as_documented_on_sqlite() {
    let (url, leftover) = database::sqlite().await;
    every_operation(url, leftover).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_answers_hostile_requests_as_documented_on_postgres() {
    let Some((url, leftover)) = database::postgres().await else { return };
    every_operation(url, leftover).await;
}

/// The control: each kind of bad answer is told from a good one.
#[test]
fn a_bad_answer_is_told_from_a_good_one() {
    let operations = request::operations();
    let operation = operations.iter().find(|operation| operation.id == "list_organisations").unwrap();
    let problem = "application/problem+json";
    assert_eq!(fault_of_rest(operation, 200, "application/json", "{}"), None);
    assert_eq!(fault_of_rest(operation, 400, problem, r#"{"code":"cursor_malformed"}"#), None);
    for (status, media, text) in [
        (500, problem, r#"{"code":"internal"}"#),
        (418, problem, r#"{"code":"teapot"}"#),
        (400, "text/html", r#"{"code":"x"}"#),
        (400, problem, "{}"),
        (400, problem, "oops"),
    ] {
        assert!(fault_of_rest(operation, status, media, text).is_some(), "{status} {media} {text}");
    }
}
