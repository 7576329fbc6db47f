//! A peer observation belongs to two persons. Every other caller there can be walks every way there is to it,
//! through both faces and at every stage, and finds what they would find of an id that nobody ever made.

use entity::{audit_entry, event, observation};
use sanggar::{
    access::grant::{Grant, Role},
    foundation::id::global,
    rest::openapi::DOCUMENT,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        circle::{Circle, DISTRICT},
    },
};

/// Words that stand in one text each, and nowhere else.
const FOCUS: &str = "kenari-fokus-7719";
const EVIDENCE: &str = "kenari-bukti-7719";
const FEEDBACK: &str = "kenari-umpan-7719";
const REFLECTION: &str = "kenari-renungan-7719";
const CANARIES: [&str; 4] = [FOCUS, EVIDENCE, FEEDBACK, REFLECTION];

/// What can be asked of an observation: the operation, and a body it takes.
fn commands() -> Vec<(&'static str, Value)> {
    vec![
        ("update_observation", json!({ "grade": "Kelas 6" })),
        ("accept_observation", Value::Null),
        ("cancel_observation", json!({ "reason": "Rapat" })),
        ("record_observation", json!({ "evidence": "Ya." })),
        ("give_observation_feedback", json!({ "feedback": "Ya." })),
        ("reflect_observation", json!({ "reflection": "Ya." })),
        ("close_observation", Value::Null),
        ("share_observation", json!({})),
        ("unshare_observation", Value::Null),
    ]
}

/// Everybody but the two: every role, where it is nearest to them.
async fn others(circle: &Circle<'_>) -> Vec<(&'static str, String)> {
    let (app, country) = (circle.app, &circle.country);
    let head = circle.person("Kepala").await;
    let heading = circle.person("Kepala yang anggota").await;
    circle.join(heading).await;
    let mut all = vec![
        ("ministry", app.ministry()),
        ("ministry system", app.token(Grant::ministry_system())),
        ("officer of the province", app.token(Grant::regional_officer("32"))),
        ("officer of the district", app.token(Grant::regional_officer(DISTRICT))),
        ("moderator", app.token(Grant::moderator("32"))),
        ("provider", app.token(Grant::provider_staff(country.provider))),
        ("principal of their school", app.token(Grant::principal(country.bandung, Some(head)))),
        ("principal without a record", app.token(Grant::principal(country.bandung, None))),
        ("principal and member", app.token(Grant::principal(country.bandung, Some(heading)))),
        ("resource person", app.token(Grant::resource_person(circle.outsider))),
        ("the observer as a resource person", app.token(Grant::resource_person(circle.observer))),
        ("colleague of their school", circle.teacher(circle.outsider)),
        ("chair", circle.teacher(circle.chair)),
        ("member", circle.teacher(circle.member)),
        ("member of another community", circle.teacher(circle.other_member)),
    ];
    let everything = vec![
        Grant::ministry(),
        Grant::regional_officer("32"),
        Grant::principal(country.bandung, Some(head)),
        Grant::teacher(circle.chair),
    ];
    all.push(("ministry, officer, principal and chair at once", app.token_of("everything", everything)));
    all
}

/// What an answer says, without what differs in every answer (the request's id, the address).
fn told(outcome: &Outcome) -> String {
    let mut data = outcome.data.clone();
    if let Some(map) = data.as_object_mut() {
        map.remove("requestId");
        map.remove("instance");
        map.remove("extensions");
    }
    if let Some(errors) = data["errors"].as_array_mut() {
        for error in errors {
            if let Some(map) = error["extensions"].as_object_mut() {
                map.remove("requestId");
            }
        }
    }
    format!("{:?} {:?} {data}", outcome.code, outcome.faults)
}

fn silent(answer: &str, who: &str) {
    for canary in CANARIES {
        assert!(!answer.contains(canary), "{who} reads {canary}: {answer}");
    }
}

/// That `token` finds nothing of the observation in any way.
async fn finds_nothing(app: &TestApp, who: &str, token: &str, id: &Value, circle: &Circle<'_>) {
    let nobody = json!(Uuid::now_v7());
    let text = id.as_str().unwrap();
    for face in Face::BOTH {
        let here = app.call(face, Some(token), "get_observation", json!({ "id": id })).await;
        let there = app.call(face, Some(token), "get_observation", json!({ "id": nobody })).await;
        assert_eq!(
            told(&here).replace(text, "id"),
            told(&there).replace(nobody.as_str().unwrap(), "id"),
            "{who} {face:?} get"
        );
        assert!(matches!(here.code.as_deref(), Some("not_found" | "forbidden")), "{who}: {:?}", here.code);
        for args in [
            json!({ "first": 100 }),
            json!({ "communityId": circle.community }),
            json!({ "status": "reflected" }),
        ] {
            let list = app.call(face, Some(token), "list_observations", args).await;
            let answer = told(&list);
            assert!(!answer.contains(text), "{who} lists it: {answer}");
            silent(&answer, who);
        }
        for (operation, input) in commands() {
            let args = |id: &Value| json!({ "id": id, "version": 1, "input": input });
            let here = app.call(face, Some(token), operation, args(id)).await;
            let there = app.call(face, Some(token), operation, args(&nobody)).await;
            assert_eq!(
                told(&here).replace(text, "id"),
                told(&there).replace(nobody.as_str().unwrap(), "id"),
                "{who} {face:?} {operation}"
            );
            assert!(here.code.is_some(), "{who} did {operation}");
        }
    }
    let query = "query($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id ... on Observation { focus evidence feedback reflection } } }";
    let node = global("Observation", text);
    let answer = app.graphql(Some(token), query, json!({ "id": node, "ids": [node] })).await;
    assert_eq!(answer["data"], json!({ "node": null, "nodes": [null] }), "{who}: {answer}");
    assert!(answer["errors"].is_null(), "{who}: {answer}");
    let counted = app.graphql(Some(token), "{ observations(first: 1) { totalCount } }", json!({})).await;
    let total = &counted["data"]["observations"]["totalCount"];
    assert!(total.is_null() || *total == json!(0), "{who} counts {total}");
}

/// The two's way to a reflection, with a word of its own in every text; `stage` steps of it.
const STEPS: usize = 6;
async fn walk(circle: &Circle<'_>, face: Face, id: &Value, stage: usize) {
    let steps = [
        (circle.observer, "accept_observation", Value::Null),
        (circle.observer, "record_observation", json!({ "evidence": EVIDENCE, "ratings": [] })),
        (circle.observer, "give_observation_feedback", json!({ "feedback": FEEDBACK })),
        (circle.observed, "reflect_observation", json!({ "reflection": REFLECTION })),
        (circle.observed, "share_observation", json!({ "withReflection": true })),
        (circle.observed, "close_observation", Value::Null),
    ];
    let (person, operation, input) = steps[stage].clone();
    circle.ask(face, person, operation, json!({ "id": id, "input": input })).await.ok();
}

fn planted(circle: &Circle<'_>) -> Value {
    let mut proposal = circle.proposal();
    proposal["focus"] = json!(FOCUS);
    proposal
}

async fn rows_of(app: &TestApp) -> (Vec<event::Model>, Vec<audit_entry::Model>) {
    let db = app.services.store.reader();
    let events =
        event::Entity::find().filter(event::Column::SubjectKind.eq("observation")).all(db).await.unwrap();
    let audit = audit_entry::Entity::find()
        .filter(audit_entry::Column::Action.like("observation.%"))
        .all(db)
        .await
        .unwrap();
    (events, audit)
}

both_engines! {
    async fn nobody_but_the_two_finds_it_at_any_stage_by_any_way(app: TestApp) {
        let circle = Circle::new(&app).await;
        let others = others(&circle).await;
        let mut roles: Vec<Role> = vec![];
        for role in Role::ALL {
            roles.push(role);
        }
        assert_eq!(roles.len(), 8, "a new role needs a caller here");
        for face in Face::BOTH {
            let id = circle.planned(face, planted(&circle)).await["id"].clone();
            for stage in 0..=STEPS {
                for (who, token) in &others {
                    finds_nothing(&app, who, token, &id, &circle).await;
                }
                if stage < STEPS {
                    walk(&circle, face, &id, stage).await;
                }
            }
            // One of the two shared, with the reflection: that is not both.
            for (who, token) in &others {
                finds_nothing(&app, who, token, &id, &circle).await;
            }
            // And without a token there is nothing at all.
            for operation in ["get_observation", "list_observations"] {
                assert_eq!(app.call(face, None, operation, json!({ "id": id })).await.refused(), "unauthenticated");
            }
            let row = observation::Entity::find_by_id(id.as_str().unwrap().parse::<Uuid>().unwrap());
            let row = row.one(app.services.store.reader()).await.unwrap().unwrap();
            assert_eq!((row.status.as_str(), row.version), ("closed", 7), "nobody else changed anything");
            circle.ask(face, circle.observed, "unshare_observation", json!({ "id": id })).await.ok();
        }
    }

    async fn members_read_it_only_while_both_share_and_never_a_level(app: TestApp) {
        let circle = Circle::new(&app).await;
        let others = others(&circle).await;
        for face in Face::BOTH {
            let id = circle.planned(face, planted(&circle)).await["id"].clone();
            for stage in 0..4 {
                walk(&circle, face, &id, stage).await;
            }
            let ask = async |person: Uuid, operation: &str, input: Value| {
                circle.ask(face, person, operation, json!({ "id": id, "input": input })).await
            };
            assert_eq!(ask(circle.observer, "share_observation", json!({ "withReflection": true })).await.faults,
                [("/withReflection".to_owned(), "reflection_of_other".to_owned())]);
            ask(circle.observer, "share_observation", json!({})).await.ok();
            assert_eq!(ask(circle.member, "get_observation", Value::Null).await.refused(), "not_found", "one alone shares nothing");
            ask(circle.observed, "share_observation", json!({})).await.ok();
            let readers = ["chair", "member", "principal and member", "ministry, officer, principal and chair at once"];
            for (who, token) in &others {
                if !readers.contains(who) {
                    finds_nothing(&app, who, token, &id, &circle).await;
                    continue;
                }
                let shown = app.call(face, Some(token), "get_observation", json!({ "id": id })).await.ok();
                assert_eq!((&shown["focus"], &shown["evidence"], &shown["feedback"]), (&json!(FOCUS), &json!(EVIDENCE), &json!(FEEDBACK)));
                assert_eq!((&shown["reflection"], &shown["ratings"]), (&json!(null), &json!(null)), "{who}");
                let list = app.call(face, Some(token), "list_observations", json!({})).await.ok();
                assert!(list.to_string().contains(FOCUS) && !list.to_string().contains(REFLECTION));
                // Reading is not changing: they see it, and may do nothing to it.
                for (operation, input) in commands() {
                    let outcome = app.call(face, Some(token), operation, json!({ "id": id, "version": 1, "input": input })).await;
                    assert_eq!(outcome.refused(), "forbidden", "{who} {operation}");
                }
            }
            // The reflection comes along only when its author says so.
            let seen = async |person: Uuid| ask(person, "get_observation", Value::Null).await.ok()["reflection"].clone();
            assert_eq!((seen(circle.observer).await, seen(circle.observed).await), (json!(null), json!(REFLECTION)));
            ask(circle.observed, "share_observation", json!({ "withReflection": true })).await.ok();
            assert_eq!((seen(circle.observer).await, seen(circle.member).await), (json!(REFLECTION), json!(REFLECTION)));
            ask(circle.observed, "share_observation", json!({ "withReflection": false })).await.ok();
            assert_eq!((seen(circle.observer).await, seen(circle.member).await), (json!(null), json!(null)));
            // Either of the two ends it.
            for person in [circle.observed, circle.observer] {
                ask(circle.observed, "share_observation", json!({ "withReflection": true })).await.ok();
                ask(circle.observer, "share_observation", json!({})).await.ok();
                ask(circle.member, "get_observation", Value::Null).await.ok();
                ask(person, "unshare_observation", Value::Null).await.ok();
                for (who, token) in &others {
                    finds_nothing(&app, who, token, &id, &circle).await;
                }
            }
            ask(circle.observed, "unshare_observation", Value::Null).await.ok();
            assert_eq!(seen(circle.observer).await, json!(null), "what was taken back is the author's alone again");
        }
    }

    async fn whoever_leaves_the_community_no_longer_reads_what_others_share(app: TestApp) {
        use entity::membership;
        use sea_orm::sea_query::Expr;
        let circle = Circle::new(&app).await;
        let id = circle.discussed(Face::Rest).await;
        for person in [circle.observer, circle.observed] {
            circle.ask(Face::Rest, person, "share_observation", json!({ "id": id })).await.ok();
        }
        circle.ask(Face::Rest, circle.member, "get_observation", json!({ "id": id })).await.ok();
        membership::Entity::update_many().col_expr(membership::Column::Status, Expr::value("left")).exec(app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            assert_eq!(circle.ask(face, circle.member, "get_observation", json!({ "id": id })).await.refused(), "not_found");
            // The two keep what is theirs.
            circle.ask(face, circle.observed, "get_observation", json!({ "id": id })).await.ok();
        }
    }

    async fn other_words_are_shared_anew(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = circle.discussed(face).await;
            let ask = async |person: Uuid, operation: &str, input: Value| {
                circle.ask(face, person, operation, json!({ "id": id, "input": input })).await
            };
            assert_eq!(ask(circle.observed, "share_observation", json!({ "withReflection": true })).await.faults,
                [("/withReflection".to_owned(), "reflection_missing".to_owned())]);
            for person in [circle.observer, circle.observed] {
                ask(person, "share_observation", json!({})).await.ok();
            }
            ask(circle.member, "get_observation", Value::Null).await.ok();
            let changed = ask(circle.observer, "give_observation_feedback", json!({ "feedback": "Kata lain." })).await.ok();
            assert_eq!((&changed["observerShares"], &changed["observedShares"]), (&json!(false), &json!(false)));
            assert_eq!(ask(circle.member, "get_observation", Value::Null).await.refused(), "not_found");
            ask(circle.observed, "reflect_observation", json!({ "reflection": "Satu." })).await.ok();
            ask(circle.observed, "share_observation", json!({ "withReflection": true })).await.ok();
            assert_eq!(ask(circle.observer, "get_observation", Value::Null).await.ok()["reflection"], "Satu.");
            ask(circle.observed, "reflect_observation", json!({ "reflection": "Dua." })).await.ok();
            assert_eq!(ask(circle.observer, "get_observation", Value::Null).await.ok()["reflection"], json!(null));
            // Saying the same again is no change and no event.
            let before = app.events("observation.shared").await.len();
            ask(circle.observed, "share_observation", json!({})).await.ok();
            assert_eq!(app.events("observation.shared").await.len(), before);
        }
    }

    async fn events_and_the_trail_name_neither_the_two_nor_a_word_of_theirs(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = circle.planned(face, planted(&circle)).await["id"].clone();
            for stage in 0..STEPS {
                walk(&circle, face, &id, stage).await;
            }
            circle.ask(face, circle.observer, "share_observation", json!({ "id": id })).await.ok();
            circle.ask(face, circle.observer, "unshare_observation", json!({ "id": id })).await.ok();
            let off = circle.planned(face, planted(&circle)).await["id"].clone();
            let reason = json!({ "reason": format!("Rapat {FOCUS}") });
            circle.ask(face, circle.observer, "cancel_observation", json!({ "id": off, "input": reason })).await.ok();
        }
        let (events, audit) = rows_of(&app).await;
        assert!(events.len() >= 20 && audit.len() >= 20, "{} events, {} entries", events.len(), audit.len());
        for row in events {
            let keys: Vec<_> = row.payload.as_object().unwrap().keys().cloned().collect();
            assert_eq!(keys, ["communityId", "status"], "{}", row.kind);
            let text = format!("{} {} {}", row.payload, row.subject_id, row.kind);
            silent(&text, "an event");
            for person in [circle.observer, circle.observed] {
                assert!(!text.contains(&person.to_string()), "{text}");
            }
        }
        for row in audit {
            let text = row.subjects.to_string();
            silent(&text, "the trail");
            for person in [circle.observer, circle.observed] {
                assert!(!text.contains(&person.to_string()), "{text}");
            }
        }
    }

    async fn a_merge_takes_observations_along_and_cancels_what_was_of_one_human(app: TestApp) {
        let circle = Circle::new(&app).await;
        let twin = circle.person("Siti A.").await;
        circle.join(twin).await;
        let moved = circle.discussed(Face::Rest).await;
        circle.ask(Face::Rest, circle.observed, "share_observation", json!({ "id": moved })).await.ok();
        let mut proposal = circle.proposal();
        proposal["observerId"] = json!(twin);
        let between = circle.planned(Face::Rest, proposal).await["id"].clone();
        let args = json!({ "id": circle.observed, "input": { "intoId": twin, "reason": "NIK sama" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", args).await.ok();
        for face in Face::BOTH {
            // The old token leads to the record that is left.
            for person in [twin, circle.observed] {
                let shown = circle.ask(face, person, "get_observation", json!({ "id": moved })).await.ok();
                assert_eq!((&shown["observedId"], &shown["observedShares"]), (&json!(twin), &json!(true)));
                let cancelled = circle.ask(face, person, "get_observation", json!({ "id": between })).await.ok();
                assert_eq!(cancelled["status"], "cancelled");
            }
        }
        let left = observation::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert!(left.iter().all(|row| ![row.observer_id, row.observed_id, row.proposed_by_id].contains(&circle.observed)));
        let (events, _) = rows_of(&app).await;
        for row in events.iter().filter(|row| ["observation.moved", "observation.cancelled"].contains(&row.kind.as_str())) {
            assert!(!row.payload.to_string().contains(&twin.to_string()), "{}", row.payload);
        }
        assert_eq!((app.events("observation.moved").await.len(), app.events("observation.cancelled").await.len()), (1, 1));
    }

    async fn no_edge_of_the_schema_leads_to_an_observation(app: TestApp) {
        let query = "{ __schema { types { name kind fields { name args { name type { name ofType { name } } } type { ...T } } inputFields { name type { ...T } } } } }
            fragment T on __Type { name ofType { name ofType { name ofType { name ofType { name } } } } }";
        let answer = app.graphql(None, query, json!({})).await;
        let named = |ty: &Value, wanted: &str| ty.to_string().contains(&format!("\"{wanted}\""));
        let (mut to_it, mut to_ratings) = (Vec::new(), Vec::new());
        for holder in answer["data"]["__schema"]["types"].as_array().unwrap() {
            for field in holder["fields"].as_array().into_iter().flatten() {
                let at = format!("{}.{}", holder["name"].as_str().unwrap(), field["name"].as_str().unwrap());
                if named(&field["type"], "Observation") || named(&field["type"], "ObservationConnection") {
                    to_it.push(at.clone());
                }
                if named(&field["type"], "ObservationRating") {
                    to_ratings.push(at);
                }
            }
        }
        to_it.retain(|at| !at.starts_with("Mutation."));
        to_it.sort();
        assert_eq!(to_it, ["ObservationConnection.nodes", "ObservationEdge.node", "Query.observation", "Query.observations"]);
        assert_eq!(to_ratings, ["Observation.ratings"], "levels stand in the observation of the two, and nowhere else");
    }
}

/// No operation lists persons by their ratings, orders anything by them, adds them up, or finds observations
/// by a person.
#[test]
fn no_operation_ranks_or_adds_up_persons_by_ratings() {
    let document = &*DOCUMENT;
    let refers = |value: &Value, name: &str| value.to_string().contains(&format!("/schemas/{name}\""));
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let holders: Vec<_> = schemas
        .iter()
        .filter(|(_, schema)| refers(schema, "ObservationRating"))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(holders, ["Observation", "RecordObservationInput"]);
    let mut lists = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (_, operation) in item.as_object().unwrap() {
            let shows = refers(&operation["responses"], "Observation")
                || refers(&operation["responses"], "Items_Observation");
            if !shows {
                continue;
            }
            assert!(path.contains("/observations"), "{path} shows a peer observation");
            let parameters: Vec<_> = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|p| p["in"] == "query")
                .collect();
            for parameter in &parameters {
                let name = parameter["name"].as_str().unwrap();
                assert!(["communityId", "status", "after", "limit"].contains(&name), "{path} takes {name}");
            }
            if operation["operationId"].as_str().unwrap().starts_with("list_") {
                lists.push(path.as_str());
            }
        }
    }
    assert_eq!(lists, ["/v1/observations"]);
    for (name, schema) in schemas {
        for field in schema["properties"].as_object().into_iter().flatten().map(|(field, _)| field) {
            let lower = field.to_lowercase();
            let sums = lower.contains("rating") && *field != "ratings";
            assert!(!sums, "{name}.{field} looks like a sum of ratings");
        }
    }
}
