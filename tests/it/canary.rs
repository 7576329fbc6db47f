//! Canaries: what is secret is put into every input of the running program, and is then looked for wherever it must
//! not be: in its log at the level an operator would turn to in need, in its metrics, and in what it says is wrong.

use std::collections::BTreeSet;

use reqwest::Method;
use sanggar::rest::openapi::DOCUMENT;
use serde_json::{Map, Value, json};

use crate::support::{
    child::{self, Service},
    database,
    face::percent,
};

/// A NIK, a password, a token and the secret of a reset link; nothing of them is a word of ours.
const CANARIES: [&str; 4] = [
    "3273014507850009",
    "KenariSandi-7f3Qw9Zk",
    "eyJhbGciOiJFUzI1NiJ9.a2VuYXJpLXRva2Vu.S2VuYXJpVG9rZW4",
    "kenari_pemulihan_Zx81Lm20Pq",
];

/// Where a canary was seen.
type Seen = BTreeSet<String>;

fn look(text: &str, place: &str, seen: &mut Seen) {
    for canary in CANARIES.iter().filter(|canary| text.contains(**canary)) {
        seen.insert(format!("{canary} in {place}"));
    }
}

/// The schema behind a reference.
fn resolved(schema: &'static Value) -> &'static Value {
    match schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/")) {
        Some(path) => path.split('/').fold(&*DOCUMENT, |at, part| &at[part]),
        None => schema,
    }
}

/// A body that has the canary in every member.
fn body(operation: &'static Value, canary: &str) -> Option<Value> {
    let content = operation["requestBody"]["content"].as_object()?;
    let schema = resolved(&content.values().next()?["schema"]);
    let members = schema["properties"].as_object();
    let mut filled: Map<String, Value> =
        members.into_iter().flatten().map(|(name, _)| (name.clone(), json!(canary))).collect();
    filled.insert("kenari".to_owned(), json!({ "dalam": [canary] }));
    Some(Value::Object(filled))
}

struct Sender {
    http: reqwest::Client,
    base: String,
    ministry: String,
    seen: Seen,
    sent: usize,
}

impl Sender {
    async fn send(&mut self, what: &str, request: reqwest::RequestBuilder) {
        self.sent += 1;
        let answer = request.send().await.unwrap();
        let status = answer.status();
        assert!(status.as_u16() < 500, "{what}: {status}");
        let headers = format!("{:?}", answer.headers());
        // A page leads on to itself in the other language, with what its own address said.
        let page =
            answer.headers().get("content-type").is_some_and(|media| media == "text/html; charset=utf-8");
        let text = answer.text().await.unwrap_or_default();
        if !page && (status.as_u16() >= 400 || text.contains("\"errors\"")) {
            look(&text, &format!("the answer {status} to {what}: {text}"), &mut self.seen);
            look(&headers, &format!("the headers of the answer to {what}"), &mut self.seen);
        }
    }

    fn request(&self, method: &Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method.clone(), format!("{}{path}", self.base))
    }

    /// Every documented operation, with the canary as each of its inputs.
    async fn rest(&mut self, canary: &str) {
        for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let method: Method = method.to_uppercase().parse().unwrap();
                let name = operation["operationId"].as_str().unwrap();
                let (mut filled, mut query) = (path.clone(), Vec::new());
                for parameter in operation["parameters"].as_array().into_iter().flatten() {
                    let parameter_name = parameter["name"].as_str().unwrap();
                    if parameter["in"] == "path" {
                        filled = filled.replace(&format!("{{{parameter_name}}}"), &percent(canary));
                    } else if parameter["in"] == "query" {
                        query.push(format!("{parameter_name}={}", percent(canary)));
                    }
                }
                let filled = format!("{filled}?{}&kenari={}", query.join("&"), percent(canary));
                let mut request = self.request(&method, &filled).bearer_auth(&self.ministry);
                if method == Method::POST {
                    request = request.header("idempotency-key", canary);
                }
                if method == Method::PATCH {
                    request = request.header("if-match", canary);
                }
                if let Some(body) = body(operation, canary) {
                    request = request.json(&body);
                }
                self.send(name, request).await;
            }
        }
    }

    /// Where a token, a cookie or a form belongs, and where it does not.
    async fn elsewhere(&mut self, canary: &str) {
        let bearer = self.request(&Method::GET, "/v1/me").bearer_auth(canary);
        self.send("a bearer token", bearer).await;
        let dpop = self.request(&Method::GET, "/v1/me").header("authorization", format!("DPoP {canary}"));
        self.send("a bound token", dpop.header("dpop", canary)).await;
        let basic = self.request(&Method::GET, "/v1/me").basic_auth(canary, Some(canary));
        self.send("basic", basic).await;
        let headers = self.request(&Method::GET, "/v1/persons");
        let headers =
            ["accept-language", "cookie", "referer", "user-agent", "x-forwarded-for", "if-none-match"]
                .into_iter()
                .fold(headers, |request, name| request.header(name, canary));
        self.send("headers", headers).await;
        let unknown = format!("/{}?{}", percent(canary), percent(canary));
        let unknown = self.request(&Method::GET, &unknown);
        self.send("an address", unknown).await;
        let broken = self.request(&Method::POST, "/v1/organisations").bearer_auth(&self.ministry);
        let broken = broken.header("content-type", "application/json").body(format!("{{\"a\": {canary}"));
        self.send("broken JSON", broken).await;
        let forms = [
            "/sign-in",
            "/reset",
            "/invitation",
            "/account/password",
            "/oauth/token",
            "/oauth/revoke",
            "/oauth/introspect",
            "/oauth/authorize",
        ];
        let fields = [
            "login",
            "password",
            "new_password",
            "code",
            "token",
            "csrf",
            "grant_type",
            "refresh_token",
            "client_id",
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "code_verifier",
            "redirect_uri",
            "state",
            "scope",
        ];
        for path in forms {
            let form: Vec<String> = fields.iter().map(|name| format!("{name}={}", percent(canary))).collect();
            let form = form.join("&");
            let posted = self.request(&Method::POST, path).basic_auth(canary, Some(canary));
            let posted =
                posted.header("content-type", "application/x-www-form-urlencoded").body(form.clone());
            self.send(path, posted).await;
            let asked = self.request(&Method::GET, &format!("{path}?{form}"));
            self.send(path, asked).await;
        }
        let registration = json!({ "client_name": canary, "redirect_uris": [canary], "jwks": { "keys": [{ "kty": "EC", "d": canary }] } });
        let registered = self.request(&Method::POST, "/oauth/register").json(&registration);
        self.send("registration", registered).await;
    }

    async fn graphql(&mut self, canary: &str) {
        let text = canary.replace('"', "");
        let documents = [
            (format!("{{ node(id: \"{text}\") {{ id }} }}"), json!({})),
            (format!("{{ persons(first: 1, after: \"{text}\") {{ nodes {{ id }} }} }}"), json!({})),
            ("query($id: ID!) { node(id: $id) { id } }".to_owned(), json!({ "id": canary })),
            ("query($n: Int!) { persons(first: $n) { nodes { id } } }".to_owned(), json!({ "n": canary })),
            (
                "mutation($i: CreatePersonInput!) { createPerson(input: $i) { id } }".to_owned(),
                json!({ "i": { "name": canary, "nik": canary, "nuptk": canary, "kenari": canary, "kind": canary } }),
            ),
            (format!("{{ me {{ subject }} }} # {text}"), json!({})),
            (format!("{{ me {{ subject(\"{text}\") "), json!({})),
        ];
        for (query, variables) in documents {
            let request = self.request(&Method::POST, "/graphql").bearer_auth(&self.ministry);
            let sent = json!({ "query": query, "variables": variables });
            self.send(&query, request.json(&sent)).await;
        }
        let persisted = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": canary } } });
        let persisted = self.request(&Method::POST, "/graphql").json(&persisted);
        self.send("a persisted query", persisted).await;
    }
}

async fn nothing_secret_is_told(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::logging(url, folder.path(), "debug").await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let ministry = child::ministry(url, folder.path());
    let mut sender = Sender { http, base: service.base.clone(), ministry, seen: Seen::new(), sent: 0 };
    for canary in CANARIES {
        sender.rest(canary).await;
        sender.elsewhere(canary).await;
        sender.graphql(canary).await;
    }
    let metrics = sender.request(&Method::GET, "/metrics").send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("sanggar_http_seconds"), "no metrics to look at");
    look(&metrics, "the metrics", &mut sender.seen);
    let log = service.log();
    assert!(log.lines().count() > sender.sent, "the log has too little to tell anything");
    for line in log.lines() {
        look(line, &format!("the log: {}", line.chars().take(400).collect::<String>()), &mut sender.seen);
    }
    let told: Vec<&String> = sender.seen.iter().take(12).collect();
    println!("{} requests with a canary, {} lines of log", sender.sent, log.lines().count());
    assert!(sender.seen.is_empty(), "seen {} times, such as {told:#?}", sender.seen.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_that_is_sent_is_logged_counted_or_repeated_on_sqlite() {
    let (url, leftover) = database::sqlite().await;
    nothing_secret_is_told(&url).await;
    drop(leftover);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_that_is_sent_is_logged_counted_or_repeated_on_postgres() {
    let Some((url, leftover)) = database::postgres().await else { return };
    nothing_secret_is_told(&url).await;
    drop(leftover);
}

/// The control: a canary that was told would be found.
#[test]
fn a_canary_that_sings_is_heard() {
    let mut seen = Seen::new();
    look("a line without", "a log", &mut seen);
    assert!(seen.is_empty());
    for canary in CANARIES {
        look(&format!("{{\"password\":\"{canary}\"}}"), "a log", &mut seen);
    }
    assert_eq!(seen.len(), CANARIES.len());
}
