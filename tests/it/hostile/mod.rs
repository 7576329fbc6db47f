//! Hostile input: whatever is sent, the answer is in words, with a code, and never a 500.
//!
//! `SANGGAR_HOSTILE_DOCUMENTS` and `SANGGAR_HOSTILE_REQUESTS` make more of it than the
//! 10,000 documents and 30 requests per operation here. Everything is seeded: a failure
//! comes back.

mod corpus;
mod document;
mod junk;
mod operations;
mod request;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{SeedableRng, rngs::StdRng};
use sanggar::foundation::id::global;
use serde_json::Value;

use crate::support::child::Demo;

/// Requests under way at once.
const AT_ONCE: u64 = 8;
/// The most memory the service may take, MiB: what a small virtual machine has to spare.
const MEMORY: u64 = 512;

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap()
}

/// Collections whose first page gives ids that exist, and the GraphQL types of what is in them.
const COLLECTIONS: &[(&str, &str)] = &[
    ("organisations", "Organisation"),
    ("schools", "School"),
    ("persons", "Person"),
    ("programs", "Program"),
    ("batches", "Batch"),
    ("enrolments", "Enrolment"),
    ("certificates", "Certificate"),
    ("resource-persons", "ResourcePerson"),
];

/// Ids that exist, by collection.
async fn known(base: &str, ministry: &str) -> HashMap<String, Vec<String>> {
    let http = client();
    let page = async |path: String| -> Vec<Value> {
        let page = http.get(format!("{base}/v1/{path}?limit=40")).bearer_auth(ministry).send().await.unwrap();
        page.json::<Value>().await.unwrap()["items"].as_array().unwrap().clone()
    };
    let named = |rows: &[Value], name: &str| -> Vec<String> {
        rows.iter().map(|row| row[name].as_str().unwrap().to_owned()).collect()
    };
    let mut known = HashMap::new();
    for (collection, _) in COLLECTIONS {
        known.insert((*collection).to_owned(), named(&page((*collection).to_owned()).await, "id"));
    }
    known.insert("regions".to_owned(), named(&page("regions".to_owned()).await, "code"));
    known.insert("verifications".to_owned(), named(&page("certificates".to_owned()).await, "verificationId"));
    let mut sessions = Vec::new();
    for batch in known["batches"].iter().take(8) {
        sessions.extend(named(&page(format!("batches/{batch}/sessions")).await, "id"));
    }
    known.insert("sessions".to_owned(), sessions);
    let competences = page("resource-persons".to_owned()).await;
    let competences = competences.iter().flat_map(|row| named(row["competences"].as_array().unwrap(), "id"));
    known.insert("competences".to_owned(), competences.collect());
    assert!(known.values().all(|ids| !ids.is_empty()), "{known:?}");
    known
}

/// What was answered: how often each status and code, and what must not be.
#[derive(Default)]
struct Tally {
    answers: BTreeMap<String, u64>,
    bad: Vec<String>,
    slowest: Duration,
}

impl Tally {
    fn add(&mut self, other: Self) {
        for (answer, count) in other.answers {
            *self.answers.entry(answer).or_default() += count;
        }
        self.bad.extend(other.bad);
        self.slowest = self.slowest.max(other.slowest);
    }

    fn note(&mut self, status: u16, body: &Value) {
        let code = if status < 400 { &body["errors"][0]["extensions"]["code"] } else { &body["code"] };
        let code = code.as_str().or(body["errors"][0]["extensions"]["code"].as_str()).unwrap_or("ok");
        *self.answers.entry(format!("{status} {code}")).or_default() += 1;
    }

    fn good(&self, what: &str) {
        println!("{what}: {:?}, the slowest answer after {:?}", self.answers, self.slowest);
        let shown: Vec<&str> = self.bad.iter().take(8).map(String::as_str).collect();
        assert!(self.bad.is_empty(), "{what}: {} bad answers, such as\n{}", self.bad.len(), shown.join("\n"));
    }
}

fn cut(text: &str) -> String {
    text.chars().take(1_500).collect()
}

/// What is wrong with a GraphQL answer, if anything.
fn fault_of_graphql(status: u16, text: &str) -> Option<String> {
    if status >= 500 {
        return Some(format!("{status}: {text}"));
    }
    let Ok(body) = serde_json::from_str::<Value>(text) else { return Some(format!("not JSON: {text}")) };
    let errors = body["errors"].as_array();
    if errors.is_none() && body["data"].is_null() {
        return Some(format!("neither data nor errors: {text}"));
    }
    let codes =
        errors.into_iter().flatten().map(|error| error["extensions"]["code"].as_str().unwrap_or_default());
    let wrong = codes.into_iter().find(|code| code.is_empty() || *code == "internal")?;
    Some(format!("code {wrong:?}: {text}"))
}

async fn documents(
    base: String,
    token: Option<String>,
    corpus: Arc<Vec<corpus::Sample>>,
    seed: u64,
    count: u64,
) -> Tally {
    let (http, mut chance, mut tally) = (client(), StdRng::seed_from_u64(seed), Tally::default());
    for turn in 0..count {
        let attack = document::attack(&corpus, &mut chance);
        let mut request = match &attack.query {
            Some(query) => http.get(format!("{base}/graphql?query={}", crate::support::face::percent(query))),
            None => http
                .post(format!("{base}/graphql"))
                .header("content-type", "application/json")
                .body(attack.body.clone()),
        };
        if let Some(token) = &token {
            request = request.bearer_auth(token);
        }
        let started = Instant::now();
        let outcome = match request.send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                let text = answer.text().await.unwrap_or_default();
                tally.note(status, &serde_json::from_str(&text).unwrap_or_default());
                fault_of_graphql(status, &text)
            }
            Err(error) => Some(format!("no answer: {error:?}")),
        };
        tally.slowest = tally.slowest.max(started.elapsed());
        if let Some(fault) = outcome {
            let sent = cut(&String::from_utf8_lossy(&attack.body));
            tally.bad.push(format!("seed {seed}, turn {turn}: {}\n  sent {sent}", cut(&fault)));
        }
    }
    tally
}

/// That what is to be mutated is a valid document to begin with.
async fn sound(demo: &Demo, corpus: &[corpus::Sample]) {
    for sample in corpus {
        let body = serde_json::json!({ "query": sample.query, "variables": sample.variables });
        let request = client().post(format!("{}/graphql", demo.base)).bearer_auth(&demo.tokens["ministry"]);
        let answer: Value = request.json(&body).send().await.unwrap().json().await.unwrap();
        let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default();
        let unsound = ["graphql_invalid", "query_syntax", "query_too_deep", "query_too_costly"].contains(&code)
                // What ran and was then refused, an id of another kind, has a path.
                && answer["errors"][0]["path"].is_null();
        assert!(!unsound, "{}: {answer}", sample.query);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_mutated_documents_are_answered_in_words() {
    let demo = Demo::start().await;
    let known = known(&demo.base, &demo.tokens["ministry"]).await;
    let ids: Vec<String> = COLLECTIONS
        .iter()
        .flat_map(|(collection, kind)| known[*collection].iter().map(move |id| global(kind, id)))
        .chain([URL_SAFE_NO_PAD.encode("Region:32.73"), "x".to_owned()])
        .collect();
    let corpus = Arc::new(corpus::corpus(&ids, &mut StdRng::seed_from_u64(1)));
    sound(&demo, &corpus).await;
    let count = number("SANGGAR_HOSTILE_DOCUMENTS", 10_000).div_ceil(AT_ONCE);
    let tokens = [demo.tokens.get("ministry"), demo.tokens.get("teacher"), None];
    let mut tasks = tokio::task::JoinSet::new();
    for seed in 0..AT_ONCE {
        let token = tokens[usize::try_from(seed).unwrap() % 3].cloned();
        tasks.spawn(documents(demo.base.clone(), token, corpus.clone(), seed, count));
    }
    let mut tally = Tally::default();
    while let Some(part) = tasks.join_next().await {
        tally.add(part.unwrap());
    }
    let metrics = client().get(format!("{}/metrics", demo.base)).send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("sanggar_http_seconds"), "metrics are counted");
    assert!(!metrics.contains("sanggar_panics_total"), "a handler panicked");
    let memory = demo.peak_memory();
    println!("documents: peak memory {memory:?} MiB");
    assert!(memory.is_none_or(|mib| mib <= MEMORY), "{memory:?} MiB");
    tally.good("documents");
}

/// The control: each kind of bad answer is told from a good one.
#[test]
fn a_bad_answer_is_told_from_a_good_one() {
    assert_eq!(fault_of_graphql(200, r#"{"data":{"a":1}}"#), None);
    assert_eq!(fault_of_graphql(400, r#"{"errors":[{"message":"x","extensions":{"code":"syntax"}}]}"#), None);
    for (status, text) in [
        (500, r#"{"errors":[{"extensions":{"code":"x"}}]}"#),
        (200, "<html>"),
        (200, "{}"),
        (200, r#"{"data":{"a":1},"errors":[{"message":"x"}]}"#),
        (200, r#"{"data":null,"errors":[{"message":"x","extensions":{"code":"internal"}}]}"#),
    ] {
        assert!(fault_of_graphql(status, text).is_some(), "{status} {text}");
    }
}
