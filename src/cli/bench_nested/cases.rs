//! The reads that are measured, and the proof that both sides of each answer the same rows.

use std::{collections::BTreeSet, net::SocketAddr};

use serde_json::{Value, json};

use super::{
    load::{Ask, FRESH, Line},
    seed::Seeded,
};

/// What one side is asked.
pub struct Requests {
    /// Where.
    pub address: SocketAddr,
    /// In turn.
    pub asks: Vec<Ask>,
}

/// One read, of ours and bare.
pub struct Case {
    /// What people call it.
    pub name: &'static str,
    /// Ours.
    pub ours: Requests,
    /// The bare query of the same rows.
    pub bare: Requests,
    /// What the ratio of the two should be at most.
    pub aim: f64,
}

const REST: f64 = 1.3;
const SEEN: f64 = 1.5;
const NEW: f64 = 2.5;

/// Pages of a thousand that are walked in turn.
const PAGES: usize = 20;

const PROFILE: &str = "query Profile_NAME($id: ID!) { person(id: $id) { id name school { npsn name } region { code name }
    certificates(first: 20) { edges { node { id number title hoursJp status issuedAt program { title hoursJp } } } } } }";
const BATCHES: &str = "query Batches_NAME { batches(first: 20, filter: { status: OPEN }) { edges { node {
    id name startsOn endsOn capacity seatsLeft sessionCount program { title hoursJp } provider { name } } } } }";
const CHANGED: &str = "query Changed_NAME($after: String) { certificates(first: 1000, after: $after) { edges { node {
    id number personId programId regionCode holderName title hoursJp status issuedAt changedAt version } } } }";

/// All of them.
///
/// # Errors
/// In words: where a side does not answer, or the two answer different rows.
pub async fn cases(
    ours: SocketAddr,
    bare: SocketAddr,
    token: &str,
    seeded: &Seeded,
) -> Result<Vec<Case>, String> {
    let writer = Writer { ours, bare, token: token.to_owned() };
    let (teachers, token) = (seeded.teachers.clone(), token.to_owned());
    let made = tokio::task::spawn_blocking(move || {
        let starts = writer.starts(&token)?;
        let cases = writer.cases(&teachers, &starts);
        cases.iter().try_for_each(same_rows)?;
        Ok::<_, String>(cases)
    });
    made.await.map_err(|e| e.to_string())?
}

struct Writer {
    ours: SocketAddr,
    bare: SocketAddr,
    token: String,
}

impl Writer {
    fn cases(&self, teachers: &[uuid::Uuid], starts: &[(String, i64)]) -> Vec<Case> {
        let of_each = |path: &dyn Fn(&uuid::Uuid) -> String| teachers.iter().map(path).collect::<Vec<_>>();
        let profiles: Vec<Value> = teachers.iter().map(|id| json!({ "id": id })).collect();
        let pages: Vec<Value> = starts.iter().map(|(cursor, _)| json!({ "after": cursor })).collect();
        let bare_profile = of_each(&|id| format!("/profile/{id}"));
        let bare_changed: Vec<String> = starts.iter().map(|(_, pos)| format!("/changed/{pos}")).collect();
        let rest_changed =
            starts.iter().map(|(cursor, _)| format!("/v1/certificates?limit=1000&after={cursor}")).collect();
        let shown = vec!["/batches/shown".to_owned()];
        let case = |name, ours, bare: &[String], aim| Case { name, ours, bare: self.bare(bare), aim };
        vec![
            case(
                "a person, REST",
                self.rest(of_each(&|id| format!("/v1/persons/{id}"))),
                &of_each(&|id| format!("/person/{id}")),
                REST,
            ),
            case(
                "a person's latest 20 certificates, REST",
                self.rest(of_each(&|id| format!("/v1/certificates?personId={id}&limit=20"))),
                &of_each(&|id| format!("/certificates/{id}")),
                REST,
            ),
            case(
                "a teacher's profile, GraphQL, document seen",
                self.graphql(PROFILE, &profiles, false),
                &bare_profile,
                SEEN,
            ),
            case(
                "a teacher's profile, GraphQL, new document",
                self.graphql(PROFILE, &profiles, true),
                &bare_profile,
                NEW,
            ),
            case(
                "20 open batches, REST",
                self.public("/v1/batches?status=open&limit=20"),
                &["/batches".to_owned()],
                REST,
            ),
            case(
                "20 open batches, GraphQL, document seen",
                self.graphql(BATCHES, &[json!({})], false),
                &shown,
                SEEN,
            ),
            case(
                "20 open batches, GraphQL, new document",
                self.graphql(BATCHES, &[json!({})], true),
                &shown,
                NEW,
            ),
            case("1,000 certificates, REST", self.rest(rest_changed), &bare_changed, REST),
            case(
                "1,000 certificates, GraphQL, document seen",
                self.graphql(CHANGED, &pages, false),
                &bare_changed,
                SEEN,
            ),
        ]
    }

    fn bare(&self, paths: &[String]) -> Requests {
        let asks = paths.iter().map(|path| Ask { path: path.clone(), token: None, body: None });
        Requests { address: self.bare, asks: asks.collect() }
    }

    fn rest(&self, paths: Vec<String>) -> Requests {
        let asks = paths.into_iter().map(|path| Ask { path, token: Some(self.token.clone()), body: None });
        Requests { address: self.ours, asks: asks.collect() }
    }

    fn public(&self, path: &str) -> Requests {
        Requests { address: self.ours, asks: vec![Ask { path: path.to_owned(), token: None, body: None }] }
    }

    fn graphql(&self, query: &str, variables: &[Value], new: bool) -> Requests {
        let query = query.replace("NAME", if new { FRESH } else { "Seen" });
        let asks = variables.iter().map(|variables| Ask {
            path: "/graphql".to_owned(),
            // What anyone may read is asked for without a token.
            token: (variables != &json!({})).then(|| self.token.clone()),
            body: Some(json!({ "query": query, "variables": variables }).to_string()),
        });
        Requests { address: self.ours, asks: asks.collect() }
    }

    /// Where pages of a thousand begin: our cursor and the position it stands for.
    fn starts(&self, token: &str) -> Result<Vec<(String, i64)>, String> {
        let mut line = Line::open(self.ours)?;
        let (mut starts, mut after, mut pos) = (Vec::new(), String::new(), 0);
        while starts.len() < PAGES {
            let path = format!("/v1/certificates?limit=1000{after}");
            let (_, body) = line.ask(&Ask { path, token: Some(token.to_owned()), body: None })?;
            let page: Value = serde_json::from_slice(body).map_err(|e| e.to_string())?;
            let Some(next) = page["next"].as_str() else { break };
            pos += 1000;
            starts.push((next.to_owned(), pos));
            after = format!("&after={next}");
        }
        // The last one may begin a page that is not full.
        starts.pop();
        if starts.is_empty() {
            Err("too few certificates for pages of a thousand".to_owned())
        } else {
            Ok(starts)
        }
    }
}

/// That both sides answer the same rows to the first request of each.
fn same_rows(case: &Case) -> Result<(), String> {
    let rows = |requests: &Requests| -> Result<BTreeSet<String>, String> {
        let ask = requests.asks.first().ok_or("nothing is asked")?;
        let mut line = Line::open(requests.address)?;
        let (status, body) = line.ask(ask)?;
        let answer: Value = serde_json::from_slice(body).map_err(|e| format!("{}: {e}", ask.path))?;
        let mut found = BTreeSet::new();
        marks(&answer, &mut found);
        if status == 200 && !found.is_empty() {
            Ok(found)
        } else {
            Err(format!("{}: {status}: {answer}", ask.path))
        }
    };
    let (ours, bare) = (rows(&case.ours)?, rows(&case.bare)?);
    if ours == bare { Ok(()) } else { Err(format!("{}: {ours:?} are not the rows {bare:?}", case.name)) }
}

/// The names and numbers that tell invented rows apart.
fn marks(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.starts_with("Angkatan ") || text.contains("/BALAI-") => {
            found.insert(text.clone());
        }
        Value::String(text) if text.starts_with("Guru ") => {
            found.insert(text.clone());
        }
        Value::Array(list) => list.iter().for_each(|inner| marks(inner, found)),
        Value::Object(map) => map.values().for_each(|inner| marks(inner, found)),
        _ => {}
    }
}
