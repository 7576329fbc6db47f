//! What GraphQL promises of documents, values and answers, whatever they ask for; both engines.

use std::time::{Duration, Instant};

use reqwest::Method;
use sanggar::{foundation::id::global, graphql::persisted::hash_of};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{TestApp, directory::Country},
};

/// The media type whose status tells a refusal.
const OURS: &str = "application/graphql-response+json";

impl TestApp {
    async fn document(
        &self,
        token: Option<&str>,
        body: &Value,
        headers: &[(&'static str, &str)],
    ) -> (u16, Value) {
        let request = self.request(Method::POST, "/graphql", token).header("accept", OURS).json(body);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

fn budi(country: &Country) -> Value {
    json!({ "kind": "TEACHER", "name": "Budi", "employment": "PNS", "schoolId": country.bandung })
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}

both_engines! {
    async fn a_mutation_in_two_fragments_happens_once(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let query = "mutation($i: CreatePersonInput!) { ...A ...B }
            fragment A on Mutation { createPerson(input: $i) { id } }
            fragment B on Mutation { createPerson(input: $i) { name version } }";
        for told in 1..=2 {
            let answer = app.graphql(Some(&ministry), query, json!({ "i": budi(&country) })).await;
            let made = &answer["data"]["createPerson"];
            assert_eq!((&made["name"], &made["version"]), (&json!("Budi"), &json!(1)), "{answer}");
            assert!(made["id"].is_string());
            assert_eq!(app.events("person.created").await.len(), told, "{:?}", app.events("person.created").await);
        }
    }

    async fn a_retry_that_sends_only_the_hash_repeats_the_answer(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let query = "mutation($i: CreatePersonInput!) { createPerson(input: $i) { id } }";
        let hash: String = hash_of(query).iter().map(|b| format!("{b:02x}")).collect();
        let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
        let variables = json!({ "i": budi(&country) });
        let key = [("idempotency-key", "k1")];
        let whole = json!({ "query": query, "variables": variables, "extensions": extensions });
        let (_, first) = app.document(Some(&ministry), &whole, &key).await;
        let only_hash = json!({ "variables": variables, "extensions": extensions });
        let (_, again) = app.document(Some(&ministry), &only_hash, &key).await;
        assert!(first["data"]["createPerson"]["id"].is_string(), "{first}");
        assert_eq!(first["data"], again["data"], "{again}");
        let mut other = variables.clone();
        other["i"]["name"] = json!("Ani");
        let changed = json!({ "variables": other, "extensions": extensions });
        let (_, refused) = app.document(Some(&ministry), &changed, &key).await;
        let told = refused["errors"][0]["extensions"].to_string();
        assert!(told.contains("idempotency_key_reused"), "{refused}");
    }

    async fn a_missing_required_answer_takes_its_parent_along_and_others_stay(app: TestApp) {
        Country::new(&app).await;
        let ministry = app.ministry();
        let absent = global("Person", &Uuid::now_v7().to_string());
        let text = "query($id: ID!) { me { roles } person(id: $id) { name } }";
        let answer = app.graphql(Some(&ministry), text, json!({ "id": absent })).await;
        assert!(answer.as_object().unwrap().contains_key("data"));
        assert_eq!((&answer["data"], code(&answer)), (&Value::Null, "not_found"), "person: Person!");
        let text = "query($id: ID!) { z: node(id: $id) { id } a: regions(first: 1) { nodes { name @skip(if: true) } } }";
        let answer = app.graphql(Some(&ministry), text, json!({ "id": absent })).await;
        assert_eq!(answer["data"], json!({ "z": null, "a": { "nodes": [{}] } }), "{answer}");
        let text = "{ regions(first: 2) { nodes { name children { code } parent: code } } }";
        let body = json!({ "query": text });
        let raw = app.request(Method::POST, "/graphql", None).json(&body).send().await.unwrap().text().await.unwrap();
        let place = |key: &str| raw.find(&format!("\"{key}\"")).unwrap_or_else(|| panic!("{key} in {raw}"));
        assert!(place("name") < place("children") && place("children") < place("parent"), "{raw}");
    }

    async fn faults_of_values_are_told_at_once_in_the_callers_language_before_anything_runs(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let text = "mutation($i: CreatePersonInput!, $b: ID!, $n: Int) {
            createPerson(input: $i) { id } updateBatch(id: $b, version: $n, input: {}) { id } }";
        let mut input = budi(&country);
        input["schoolId"] = json!("garbage");
        input["birthDate"] = json!("27/11/2026");
        input["kind"] = json!("WIZARD");
        input["shoe"] = json!(43);
        let body = json!({ "query": text, "variables": { "i": input, "b": "x", "n": 5_000_000_000_u64 } });
        let (status, answer) = app.document(Some(&ministry), &body, &[("accept-language", "id")]).await;
        assert_eq!((status, code(&answer)), (400, "invalid"), "{answer}");
        let mut told: Vec<String> = answer["errors"][0]["extensions"]["errors"].as_array().unwrap().iter()
            .map(|fault| format!("{} {}", fault["pointer"].as_str().unwrap(), fault["code"].as_str().unwrap()))
            .collect();
        told.sort();
        assert_eq!(told, [
            "/variables/b global_id_malformed",
            "/variables/i/birthDate date_malformed",
            "/variables/i/kind unknown_value",
            "/variables/i/schoolId global_id_malformed",
            "/variables/i/shoe field_unknown",
            "/variables/n number_out_of_range",
        ]);
        assert!(answer["errors"][0]["extensions"]["errors"].to_string().contains("Tulis tanggal sebagai"), "{answer}");
        assert!(app.events("person.created").await.is_empty());
    }

    async fn an_id_of_another_kind_is_told_as_such(app: TestApp) {
        let ministry = app.ministry();
        let school = global("School", &Uuid::now_v7().to_string());
        for (text, variables, status) in [
            ("query($id: ID!) { batch(id: $id) { id } }".to_owned(), json!({ "id": school }), 400),
            (format!("{{ batch(id: \"{school}\") {{ id }} }}"), json!({}), 400),
            // Whose id this is is known to the resolver only.
            ("mutation($id: ID!) { openBatch(id: $id) { id } }".to_owned(), json!({ "id": school }), 200),
        ] {
            let body = json!({ "query": text, "variables": variables });
            let (told, answer) = app.document(Some(&ministry), &body, &[("accept-language", "id")]).await;
            assert_eq!((told, code(&answer)), (status, "id_of_another_kind"), "{text}: {answer}");
            assert!(answer["errors"][0]["message"].as_str().unwrap().contains("School"), "{answer}");
        }
        for text in ["{ batch(id: \"garbage\") { id } }", "{ node(id: \"garbage\") { id } }"] {
            let (told, answer) = app.document(None, &json!({ "query": text }), &[]).await;
            assert_eq!((told, code(&answer)), (400, "global_id_malformed"), "{text}: {answer}");
        }
        let (_, answer) = app.document(None, &json!({ "query": "{ nothing }" }), &[("accept-language", "id")]).await;
        assert!(answer["errors"][0]["message"].as_str().unwrap().starts_with("Dokumen tidak sesuai"), "{answer}");
    }

    async fn ten_thousand_entries_of_attendance_are_read_by_this_face_as_well(app: TestApp) {
        let entries: Vec<Value> = (0..10_000)
            .map(|_| json!({ "enrolmentId": global("Enrolment", &Uuid::now_v7().to_string()), "minutes": 45 }))
            .collect();
        let text = "mutation($id: ID!, $i: RecordAttendanceInput!) { recordAttendance(id: $id, input: $i) { recordedCount } }";
        let session = global("Session", &Uuid::now_v7().to_string());
        let body = json!({ "query": text, "variables": { "id": session, "i": { "entries": entries } } });
        assert!(body.to_string().len() > 900_000);
        let (status, answer) = app.document(Some(&app.ministry()), &body, &[]).await;
        assert_eq!((status, code(&answer)), (200, "not_found"), "{answer}");
    }

    async fn introspection_is_for_tools_and_no_lever(app: TestApp) {
        let nested = "possibleTypes { interfaces { ".repeat(4) + "name" + &" } }".repeat(4);
        let bomb: String = (0..5).map(|n| format!("a{n}: __type(name: \"Node\") {{ {nested} }} ")).collect();
        let wide = "fields { args { type { name } } type { possibleTypes { name description } } } ";
        let many: String = (0..30).map(|n| format!("a{n}: __schema {{ types {{ {wide} }} }} ")).collect();
        let spiral = "{ __type(name: \"Query\") { fields { type { fields { type { fields { name } } } } } } }";
        let started = Instant::now();
        for (text, refusal) in [
            (format!("{{ {bomb} }}"), "query_too_deep"),
            (format!("{{ {many} }}"), "query_too_costly"),
            (spiral.to_owned(), "query_too_deep"),
        ] {
            let (status, answer) = app.document(None, &json!({ "query": text }), &[]).await;
            assert_eq!((status, code(&answer)), (400, refusal), "{text}");
        }
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
        let tools = include_str!("../../src/graphql/guard/introspection.graphql");
        let (status, answer) = app.document(None, &json!({ "query": tools }), &[]).await;
        assert_eq!((status, code(&answer)), (200, "none"));
        assert!(answer["data"]["__schema"]["types"].as_array().unwrap().len() > 100);
    }
}
