//! What reads cost and how lists are walked, whatever they are of: few statements at any size, pages
//! that say exactly what is around them, cursors that belong to one list. Both faces, both engines.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use sanggar::{access::grant::Grant, foundation::id::global};
use sea_orm::{ConnectionTrait, EntityTrait, Set, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, completed, issue},
    support::{
        Face, TestApp,
        app::start,
        rows::school_row,
        training::{BANDUNG, BOGOR, USUAL, World},
    },
};

/// The answer to a query and the statements it took.
async fn counted(app: &TestApp, token: &str, query: &str, variables: Value) -> (Value, u64) {
    let before = app.services.store.statements();
    let answer = app.graphql(Some(token), query, variables).await;
    (answer, app.services.store.statements() - before)
}

fn ids_of(kind: &str, ids: &[Uuid]) -> Vec<String> {
    ids.iter().map(|id| global(kind, &id.to_string())).collect()
}

/// A loader waits a millisecond for more keys: a busy machine takes more than one round for many rows,
/// but never one for each.
fn rounds(size: usize) -> u64 {
    2 + size as u64 / 5
}

/// Something both engines are busy with for a while.
const SLOW: &str = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1500000) SELECT count(*) FROM c";

both_engines! {
    async fn many_nodes_are_one_statement_for_each_kind(app: TestApp) {
        let world = World::new(&app).await;
        let persons = ids_of("Person", &world.teachers(100).await);
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Person { name school { name region { name } } } } }";
        for size in [1, 20, 100] {
            let (answer, spent) = counted(&app, &app.ministry(), query, json!({ "ids": persons[..size] })).await;
            let nodes = answer["data"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
            let found: Vec<_> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
            assert_eq!(found, persons[..size], "in the order asked for");
            assert_eq!(nodes[0]["school"]["region"]["name"], format!("Wilayah {BANDUNG}"));
            assert_eq!(spent, 2, "{size} persons, and who saw them");
        }
        let batch = world.batch(USUAL).await;
        let mixed = [
            persons[0].clone(), global("Region", BANDUNG), global("School", &world.school.to_string()), persons[1].clone(),
            global("Batch", &batch.to_string()), global("Organisation", &world.provider.to_string()),
            global("Program", &world.program.to_string()), persons[0].clone(), global("Person", &Uuid::nil().to_string()),
        ];
        let (answer, spent) = counted(&app, &app.ministry(), query, json!({ "ids": mixed })).await;
        let kinds: Vec<_> = answer["data"]["nodes"].as_array().unwrap().iter().map(|node| node["__typename"].clone()).collect();
        let expected = json!(["Person", "Region", "School", "Person", "Batch", "Organisation", "Program", "Person", null]);
        assert_eq!(json!(kinds.into_iter().map(|kind| if kind.is_string() { kind } else { Value::Null }).collect::<Vec<_>>()), expected, "{answer}");
        assert!(spent <= 7, "{spent} statements for six kinds, and who saw the persons");
    }

    async fn the_profile_by_its_global_id_costs_what_it_costs_by_its_id(app: TestApp) {
        let world = World::new(&app).await;
        let siti = world.teacher("Siti").await;
        for _ in 0..3 {
            world.certificate(siti, 32, "direct", "valid", "2025-06-01").await;
        }
        let fields = "name school { name region { name } } certificates(first: 20) { edges { node { number program { title } } } }";
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Person {{ {fields} }} }} }}");
        let (answer, spent) = counted(&app, &world.token(siti), &query, json!({ "id": global("Person", &siti.to_string()) })).await;
        assert_eq!(answer["data"]["node"]["certificates"]["edges"].as_array().map(Vec::len), Some(3), "{answer}");
        assert!(spent <= 3, "{spent} statements");
    }

    async fn certificates_and_their_totals_under_many_persons_take_few_statements_at_any_size(app: TestApp) {
        let world = World::new(&app).await;
        let persons = world.teachers(100).await;
        for person in &persons[..99] {
            for _ in 0..2 {
                world.certificate(*person, 32, "direct", "valid", "2025-06-01").await;
            }
        }
        let ministry = app.ministry();
        for size in [1, 20, 100] {
            let query = "query($n: Int) { persons(first: $n) { nodes { id certificates(first: 1) { totalCount nodes { number } } } } }";
            let (answer, spent) = counted(&app, &ministry, query, json!({ "n": size })).await;
            let rows = answer["data"]["persons"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
            assert_eq!((rows.len(), &rows[0]["certificates"]["totalCount"]), (size, &json!(2)));
            assert!(spent <= 4 + rounds(size), "{spent} statements for {size} parents");
            if size == 100 {
                assert_eq!(rows[99]["certificates"], json!({ "totalCount": 0, "nodes": [] }));
            }
            let query = "query($n: Int) { persons(first: $n) { nodes { certificates(last: 1) { nodes { number } pageInfo { hasPreviousPage hasNextPage } } } } }";
            let (answer, spent) = counted(&app, &ministry, query, json!({ "n": size })).await;
            assert!(spent <= 3 + rounds(size), "{spent} statements for {size} parents from the end");
            let last = &answer["data"]["persons"]["nodes"][0]["certificates"];
            assert_eq!(last["pageInfo"], json!({ "hasPreviousPage": true, "hasNextPage": false }));
            let alone = "query($id: ID!) { person(id: $id) { certificates(first: 2) { nodes { number } } } }";
            let alone = app.graphql(Some(&ministry), alone, json!({ "id": rows[0]["id"] })).await;
            assert_eq!(last["nodes"][0], alone["data"]["person"]["certificates"]["nodes"][1], "the oldest is the last");
        }
    }

    async fn one_request_with_many_reads_leaves_the_database_to_others(app: TestApp) {
        let (greedy, other, done) = (app.operator(), app.operator(), Arc::new(AtomicUsize::new(0)));
        let mut reads = Vec::new();
        for _ in 0..8 {
            let (ctx, done) = (greedy.clone(), done.clone());
            reads.push(tokio::spawn(async move {
                let statement = Statement::from_string(ctx.db().get_database_backend(), SLOW);
                ctx.db().query_one_raw(statement).await.unwrap();
                done.fetch_add(1, Ordering::SeqCst);
            }));
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let statement = Statement::from_string(other.db().get_database_backend(), "SELECT 1");
        other.db().query_one_raw(statement).await.unwrap();
        assert!(done.load(Ordering::SeqCst) <= 2, "the other request waited for {done:?} of eight reads");
        for read in reads {
            read.await.unwrap();
        }
    }

    async fn a_request_has_room_for_a_hundred_reads_and_no_more(app: TestApp) {
        let world = World::new(&app).await;
        let persons = ids_of("Person", &world.teachers(100).await);
        let aliases = |n: usize| (0..n).map(|i| format!("a{i}: nodes(ids: $ids) {{ id }} ")).collect::<String>();
        let query = format!("query($ids: [ID!]!) {{ {} }}", aliases(178));
        let (answer, spent) = counted(&app, &app.ministry(), &query, json!({ "ids": persons })).await;
        assert_eq!((&answer["errors"][0]["extensions"]["code"], spent), (&json!("query_too_costly"), 0), "{answer}");
    }

    async fn one_bad_id_leaves_the_other_nodes_as_they_are(app: TestApp) {
        let world = World::new(&app).await;
        let school = global("School", &world.school.to_string());
        let siti = global("Person", &world.teacher("Siti").await.to_string());
        let gone = global("School", &uuid::Uuid::now_v7().to_string());
        let ids = json!([school, gone, siti, school]);
        let answer = app.graphql(None, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids })).await;
        assert_eq!(answer["data"]["nodes"], json!([{ "id": school }, null, null, { "id": school }]), "{answer}");
        let mut told: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|e| {
            (e["path"].to_string(), e["extensions"]["code"].as_str().unwrap(), e["extensions"]["errors"][0]["pointer"].clone())
        }).collect();
        told.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(told, [
            (json!(["nodes", 2]).to_string(), "unauthenticated", Value::Null),
        ]);
        // What cannot be an id at all is a fault of the request: all of them are told, and nothing is run.
        let ids = json!([school, "x", ""]);
        let answer = app.graphql(None, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids })).await;
        let told: Vec<_> = answer["errors"][0]["extensions"]["errors"].as_array().unwrap().iter().map(|f| f["pointer"].clone()).collect();
        assert_eq!((told, answer.get("data")), (vec![json!("/variables/ids/1"), json!("/variables/ids/2")], None));
        let answer = app.graphql(None, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": vec![school; 101] })).await;
        let fault = &answer["errors"][0]["extensions"]["errors"][0];
        assert_eq!((&fault["pointer"], &fault["code"]), (&json!("/ids"), &json!("limit_out_of_range")), "{answer}");
        assert!(answer.to_string().contains("100") && !answer.to_string().contains("{$max}"), "{answer}");
    }

    async fn a_page_says_exactly_what_is_before_and_after_it(app: TestApp) {
        let world = World::new(&app).await;
        for (n, name) in ["A", "B", "C", "D"].into_iter().enumerate() {
            let row = entity::school::Model { name: name.to_owned(), region_code: if n < 2 { BOGOR } else { BANDUNG }.to_owned(), ..school_row(Uuid::now_v7(), &format!("3021918{n}")) };
            world.insert(row).await;
        }
        let query = "query($first: Int, $after: String, $last: Int, $before: String, $code: String) {
            schools(filter: { regionCode: $code }, first: $first, after: $after, last: $last, before: $before) {
                nodes { name } pageInfo { hasPreviousPage hasNextPage startCursor endCursor } } }";
        let page = async |variables: Value| {
            let (answer, spent) = counted(&app, &app.ministry(), query, variables).await;
            assert!(spent <= 2, "{spent} statements");
            answer["data"]["schools"].clone()
        };
        let around = |page: &Value| (page["pageInfo"]["hasPreviousPage"].clone(), page["pageInfo"]["hasNextPage"].clone());
        let first = page(json!({ "first": 2, "code": BOGOR })).await;
        assert_eq!(around(&first), (json!(false), json!(false)));
        let past = page(json!({ "first": 2, "code": BOGOR, "after": first["pageInfo"]["endCursor"] })).await;
        assert_eq!((past["nodes"].clone(), around(&past)), (json!([]), (json!(true), json!(false))));
        let second = page(json!({ "first": 1, "code": BOGOR, "after": first["pageInfo"]["startCursor"] })).await;
        assert_eq!((second["nodes"].clone(), around(&second)), (json!([{ "name": "B" }]), (json!(true), json!(false))));
        let back = page(json!({ "last": 1, "code": BOGOR, "before": first["pageInfo"]["endCursor"] })).await;
        assert_eq!((back["nodes"].clone(), around(&back)), (json!([{ "name": "A" }]), (json!(false), json!(true))));
        // Once nothing precedes the cursor any more, the page says so.
        entity::school::Entity::delete_many().exec(app.services.store.writer()).await.unwrap();
        let gone = page(json!({ "first": 2, "code": BOGOR, "after": first["pageInfo"]["endCursor"] })).await;
        assert_eq!(around(&gone), (json!(false), json!(false)));
        let gone = page(json!({ "last": 2, "code": BOGOR, "before": first["pageInfo"]["endCursor"] })).await;
        assert_eq!(around(&gone), (json!(false), json!(false)));
        let unasked = "query($after: String, $code: String) { schools(filter: { regionCode: $code }, first: 2, after: $after) { nodes { name } } }";
        let (_, spent) = counted(&app, &app.ministry(), unasked, json!({ "code": BOGOR, "after": first["pageInfo"]["endCursor"] })).await;
        assert_eq!(spent, 1, "who does not ask pays for no second look");
    }

    async fn a_cursor_is_of_one_list_with_one_filter_and_told_where_it_was_given(app: TestApp) {
        let world = World::new(&app).await;
        let (one, two) = (world.batch(USUAL).await, world.batch(USUAL).await);
        for (n, person) in world.teachers(3).await.into_iter().enumerate() {
            let at = start() + TimeDelta::seconds(i64::try_from(n).unwrap());
            world.enrolment(one, person, "applied", at).await;
            world.enrolment(two, person, "applied", at).await;
        }
        let ministry = app.ministry();
        for face in Face::BOTH {
            let call = async |operation: &str, args: Value| app.call(face, Some(&ministry), operation, args).await;
            let next = call("list_batch_enrolments", json!({ "id": one, "first": 1 })).await.ok()["next"].clone();
            assert_eq!(call("list_batch_enrolments", json!({ "id": one, "first": 1, "after": next })).await.ok()["items"].as_array().unwrap().len(), 1);
            for (operation, args) in [
                ("list_batch_enrolments", json!({ "id": two, "after": next })),
                ("list_enrolments", json!({ "after": next })),
                ("list_enrolments", json!({ "status": "accepted", "batchId": one, "after": next })),
                ("list_persons", json!({ "after": next })),
                ("list_certificates", json!({ "after": next })),
            ] {
                let refused = call(operation, args.clone()).await;
                assert_eq!(refused.faults, [("/after".to_owned(), "cursor_of_another_list".to_owned())], "{face:?} {operation} {args}");
            }
            let persons = call("list_persons", json!({ "first": 1 })).await.ok();
            let name = persons["items"][0]["name"].as_str().unwrap();
            use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
            let bytes = URL_SAFE_NO_PAD.decode(persons["next"].as_str().unwrap()).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains(&name[..4]), "a cursor names nobody");
        }
        let before = app.graphql(Some(&ministry), "{ persons(last: 1, before: \"x\") { nodes { name } } }", json!({})).await;
        let fault = &before["errors"][0]["extensions"]["errors"][0];
        assert_eq!((&fault["pointer"], &fault["code"]), (&json!("/before"), &json!("cursor_malformed")), "{before}");
    }

    async fn a_pull_goes_on_tomorrow_and_without_the_instant_it_began_at(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for person in world.teachers(2).await {
            completed(&world, batch, person).await;
        }
        app.call(Face::Rest, Some(&world.staff()), "issue_batch_certificates", json!({ "id": batch })).await.ok();
        let system = app.token(Grant::ministry_system());
        let pull = async |query: &str| app.get(&format!("/v1/certificates?{query}"), Some(&system)).await;
        let (_, page) = pull("status=valid&limit=1").await;
        let (_, since) = pull("changedAfter=2026-01-01T00:00:00Z&limit=1").await;
        let (resume, lost) = (page["resume"].as_str().unwrap(), since["resume"].as_str().unwrap());
        app.pass(TimeDelta::days(1));
        let (status, page) = pull(&format!("status=valid&after={resume}")).await;
        assert_eq!((status, page["items"].as_array().map(Vec::len)), (200, Some(1)), "{page}");
        let (status, page) = pull(&format!("after={lost}")).await;
        assert_eq!((status, page["items"].as_array().map(Vec::len)), (200, Some(1)), "{page}");
        let (status, refused) = pull(&format!("regionCode=32&after={lost}")).await;
        assert_eq!((status, &refused["code"]), (400, &json!("cursor_of_another_list")), "{refused}");
    }

    async fn a_retired_id_finds_what_moved_to_the_record_that_remains(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let mut chain = Vec::new();
        for name in ["Siti", "Siti A.", "Siti Aminah"] {
            chain.push(world.teacher(name).await);
        }
        for pair in chain.windows(2) {
            let change = entity::person::ActiveModel { id: Set(pair[0]), merged_into: Set(Some(pair[1])), ..Default::default() };
            sea_orm::ActiveModelTrait::update(change, app.services.store.writer()).await.unwrap();
        }
        let enrolment = completed(&world, batch, chain[2]).await;
        let certificate = issue(&world, Face::Rest, enrolment).await["id"].clone();
        for face in Face::BOTH {
            for id in &chain {
                for (operation, expected) in [("list_enrolments", json!(enrolment)), ("list_certificates", certificate.clone())] {
                    let page = app.call(face, Some(&app.ministry()), operation, json!({ "personId": id })).await.ok();
                    let found: Vec<_> = page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
                    assert_eq!(found, [expected], "{face:?} {operation}");
                }
            }
        }
    }
}
