//! The list of certificates that ministry systems pull, and the reads around it, through both
//! faces, on both engines.

use chrono::TimeDelta;
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, completed, issue},
    support::{
        Face, TestApp,
        training::{BOGOR, World},
    },
};

fn numbers(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap().to_owned()).collect()
}

both_engines! {
    async fn the_list_walks_every_change_once_and_resume_brings_only_what_is_new(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for person in world.teachers(5).await {
            completed(&world, batch, person).await;
        }
        let (staff, system) = (world.staff(), app.token(Grant::ministry_system()));
        app.call(Face::Rest, Some(&staff), "issue_batch_certificates", json!({ "id": batch })).await.ok();
        let get = async |query: &str| {
            let (status, page) = app.get(&format!("/v1/certificates?{query}"), Some(&system)).await;
            assert_eq!(status, 200, "{page}");
            page
        };
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = get(&format!("limit=2{after}")).await;
            seen.extend(numbers(&page));
            after = format!("&after={}", page["resume"].as_str().unwrap());
            if page["next"].is_null() { break }
            assert_eq!(page["next"], page["resume"]);
        }
        assert_eq!(seen, (1..=5).map(|n| format!("{n:06}/BGTKJABAR/2026")).collect::<Vec<_>>());
        let quiet = get(&format!("limit=2{after}")).await;
        assert_eq!((&quiet["items"], &quiet["next"]), (&json!([]), &json!(null)));
        assert_eq!(format!("&after={}", quiet["resume"].as_str().unwrap()), after);
        let third = get("number=000003/BGTKJABAR/2026").await["items"][0]["id"].clone();
        app.call(Face::Rest, Some(&staff), "revoke_certificate", json!({ "id": third, "input": { "reason": "Keliru" } })).await.ok();
        let news = get(&format!("limit=2{after}")).await;
        assert_eq!(numbers(&news), ["000003/BGTKJABAR/2026"]);
        assert_eq!(news["items"][0]["status"], "revoked");
        let whole = app.call(Face::Graphql, Some(&system), "list_certificates", json!({})).await.ok();
        assert_eq!(numbers(&whole), ["1", "2", "4", "5", "3"].map(|n| format!("00000{n}/BGTKJABAR/2026")));
    }

    async fn an_empty_list_gives_a_cursor_to_come_back_with(app: TestApp) {
        let world = World::new(&app).await;
        let system = app.token(Grant::ministry_system());
        let (_, empty) = app.get("/v1/certificates", Some(&system)).await;
        assert_eq!(empty["items"], json!([]));
        let batch = world.batch(OVER).await;
        issue(&world, Face::Rest, completed(&world, batch, world.teacher("Siti").await).await).await;
        let after = empty["resume"].as_str().unwrap();
        let (_, news) = app.get(&format!("/v1/certificates?after={after}"), Some(&system)).await;
        assert_eq!(news["items"].as_array().unwrap().len(), 1);
    }

    async fn filters_narrow_the_list_alike_in_both_faces(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let siti = world.teacher("Siti").await;
        let early = issue(&world, Face::Rest, completed(&world, batch, siti).await).await;
        let dewi = completed(&world, batch, world.person("Dewi", None, BOGOR).await).await;
        let ending = json!({ "input": { "enrolmentId": dewi, "validUntil": "2026-03-03" } });
        app.call(Face::Rest, Some(&world.staff()), "issue_certificate", ending).await.ok();
        let budi = issue(&world, Face::Rest, completed(&world, batch, world.teacher("Budi").await).await).await;
        app.pass(TimeDelta::days(3));
        app.call(Face::Rest, Some(&world.staff()), "revoke_certificate", json!({ "id": budi["id"], "input": { "reason": "Keliru" } })).await.ok();
        let ministry = app.ministry();
        for face in Face::BOTH {
            for (filter, expected) in [
                (json!({ "regionCode": "32" }), "123"),
                (json!({ "regionCode": BOGOR }), "2"),
                (json!({ "regionCode": "3" }), ""),
                (json!({ "programId": world.program }), "123"),
                (json!({ "programId": Uuid::nil() }), ""),
                (json!({ "providerId": world.provider }), "123"),
                (json!({ "batchId": batch }), "123"),
                (json!({ "personId": siti }), "1"),
                (json!({ "number": early["number"] }), "1"),
                (json!({ "number": "000001" }), ""),
                (json!({ "status": "valid" }), "1"),
                (json!({ "status": "expired" }), "2"),
                (json!({ "status": "revoked" }), "3"),
                (json!({ "status": "suspended" }), ""),
                (json!({ "changedAfter": "2026-03-02T08:01:30Z" }), "123"),
                (json!({ "changedAfter": "2026-03-02T08:02:00Z" }), "3"),
                (json!({ "changedAfter": "2026-03-06T00:00:00Z" }), ""),
                (json!({ "changedAfter": "0001-01-01T00:00:00Z" }), "123"),
            ] {
                let page = app.call(face, Some(&ministry), "list_certificates", filter.clone()).await.ok();
                let mut found: Vec<_> = numbers(&page).iter().map(|n| n[5..6].to_owned()).collect();
                found.sort();
                assert_eq!(found.concat(), expected, "{face:?} {filter}");
            }
        }
    }

    async fn whoever_keeps_the_greatest_instant_misses_no_write_that_began_before_it(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        issue(&world, Face::Rest, completed(&world, batch, world.teacher("Siti").await).await).await;
        let system = app.token(Grant::ministry_system());
        let (_, page) = app.get("/v1/certificates", Some(&system)).await;
        let seen = page["items"][0]["changedAt"].as_str().unwrap().to_owned();
        // A transaction that began 59 seconds earlier commits only now.
        app.pass(TimeDelta::seconds(-59));
        let late = issue(&world, Face::Rest, completed(&world, batch, world.teacher("Budi").await).await).await;
        app.pass(TimeDelta::seconds(59));
        let (_, page) = app.get(&format!("/v1/certificates?changedAfter={seen}"), Some(&system)).await;
        assert!(numbers(&page).contains(&late["number"].as_str().unwrap().to_owned()), "{page}");
    }

    async fn everyone_sees_their_own_part_of_the_list(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let siti = world.teacher("Siti").await;
        issue(&world, Face::Rest, completed(&world, batch, siti).await).await;
        let dewi = world.person("Dewi", None, BOGOR).await;
        issue(&world, Face::Rest, completed(&world, batch, dewi).await).await;
        let other = world.organisation("LPTK-LAIN").await;
        let cases = [
            (app.ministry(), 2),
            (app.token(Grant::regional_officer("32")), 2),
            (app.token(Grant::regional_officer(BOGOR)), 1),
            (app.token(Grant::regional_officer("33")), 0),
            (app.token(Grant::provider_staff(world.provider)), 2),
            (app.token(Grant::provider_staff(other)), 0),
            (world.token(siti), 1),
        ];
        for face in Face::BOTH {
            for (token, expected) in &cases {
                let page = app.call(face, Some(token), "list_certificates", json!({})).await.ok();
                assert_eq!(page["items"].as_array().unwrap().len(), *expected);
            }
            assert_eq!(app.call(face, None, "list_certificates", json!({})).await.refused(), "unauthenticated");
        }
    }

    async fn a_page_holds_a_thousand_and_no_more(app: TestApp) {
        let ministry = app.ministry();
        for (limit, fine) in [(1, true), (1_000, true), (1_001, false), (0, false), (-1, false)] {
            let query = format!("{{ certificates(first: {limit}) {{ edges {{ node {{ number status changedAt }} }} }} }}");
            let answer = app.graphql(Some(&ministry), &query, json!({})).await;
            assert_eq!(answer["errors"].is_null(), fine, "{limit}: {answer}");
            let answer = app.call(Face::Rest, Some(&ministry), "list_certificates", json!({ "first": limit })).await;
            assert_eq!(answer.code.is_none(), fine, "{limit}: {answer:?}");
        }
    }

    async fn the_nested_profile_costs_at_most_three_statements_at_any_page_size(app: TestApp) {
        let world = World::new(&app).await;
        let siti = world.teacher("Siti").await;
        for _ in 0..100 {
            let batch = world.batch(OVER).await;
            completed(&world, batch, siti).await;
            app.call(Face::Rest, Some(&world.staff()), "issue_batch_certificates", json!({ "id": batch })).await.ok();
        }
        let token = world.token(siti);
        let query = "query($id: ID!, $first: Int) { person(id: $id) { name school { name region { name } }
            certificates(first: $first) { edges { node { number title hoursJp status program { title } } } } } }";
        for size in [1, 20, 100] {
            let before = app.services.store.statements();
            let answer = app.graphql(Some(&token), query, json!({ "id": siti, "first": size })).await;
            let spent = app.services.store.statements() - before;
            let edges = answer["data"]["person"]["certificates"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
            assert_eq!(edges.len(), size);
            assert_eq!(edges[0]["node"]["program"]["title"], "Guru Belajar: Seri Pendidikan Inklusif");
            assert!(spent <= 3, "{spent} statements for {size}");
        }
    }

    async fn certificates_of_many_persons_are_one_statement(app: TestApp) {
        let world = World::new(&app).await;
        let persons = world.teachers(6).await;
        for round in 0..3 {
            let batch = world.batch(OVER).await;
            for person in &persons {
                completed(&world, batch, *person).await;
            }
            app.pass(TimeDelta::hours(round + 1));
            app.call(Face::Rest, Some(&world.staff()), "issue_batch_certificates", json!({ "id": batch })).await.ok();
        }
        let query = "{ persons(first: 6) { edges { node { id certificates(first: 2) {
            totalCount pageInfo { hasNextPage endCursor } edges { node { number issuedAt } } } } } } }";
        let query = query.replace("totalCount ", "");
        let before = app.services.store.statements();
        let answer = app.graphql(Some(&app.ministry()), &query, json!({})).await;
        assert!(app.services.store.statements() - before <= 4, "with who saw them: {answer}");
        for edge in answer["data"]["persons"]["edges"].as_array().unwrap() {
            let list = &edge["node"]["certificates"];
            let issued: Vec<_> = list["edges"].as_array().unwrap().iter().map(|e| e["node"]["issuedAt"].as_str().unwrap()).collect();
            assert_eq!(issued.len(), 2);
            assert!(issued[0] > issued[1], "newest first: {issued:?}");
            assert_eq!(list["pageInfo"]["hasNextPage"], true);
            let more = "query($id: ID!, $after: String) { person(id: $id) { certificates(after: $after) { totalCount edges { node { number } } } } }";
            let rest = app.graphql(Some(&app.ministry()), more, json!({ "id": edge["node"]["id"], "after": list["pageInfo"]["endCursor"] })).await;
            let list = &rest["data"]["person"]["certificates"];
            assert_eq!((list["edges"].as_array().unwrap().len(), &list["totalCount"]), (1, &json!(3)));
        }
    }

    async fn the_edges_of_a_certificate_lead_to_what_it_is_about(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let siti = world.teacher("Siti").await;
        let enrolment = completed(&world, batch, siti).await;
        let made = issue(&world, Face::Rest, enrolment).await;
        let query = "query($id: ID!) { certificate(id: $id) { number signed { kid } person { name } program { title }
            batch { name } provider { name } school { name } enrolment { status certificate { number } } } }";
        let answer = app.graphql(Some(&app.ministry()), query, json!({ "id": made["id"] })).await;
        let found = &answer["data"]["certificate"];
        assert_eq!((&found["person"]["name"], &found["batch"]["name"]), (&json!("Siti"), &json!("Angkatan 1")), "{answer}");
        assert_eq!(found["provider"]["name"], "Balai BGTK-JABAR");
        assert_eq!(found["enrolment"]["certificate"]["number"], made["number"]);
        let node = app.graphql(Some(&app.ministry()), "query($id: ID!) { node(id: $id) { ... on Certificate { number } } }", json!({ "id": sanggar::foundation::id::global("Certificate", made["id"].as_str().unwrap()) })).await;
        assert_eq!(node["data"]["node"]["number"], made["number"]);
    }
}
