//! Organisations, through both faces, on both engines.

use sanggar::access::grant::Grant;
use serde_json::json;

use crate::{
    both_engines,
    support::{Face, TestApp},
};

fn input(code: &str) -> serde_json::Value {
    json!({ "input": { "code": code, "kind": "training_centre", "name": format!("Balai {code}") } })
}

both_engines! {
    async fn an_organisation_is_registered_read_changed_and_listed(app: TestApp) {
        let ministry = app.ministry();
        for (face, code) in Face::BOTH.into_iter().zip(["BGTK-A", "BGTK-B"]) {
            let made = app.call(face, Some(&ministry), "create_organisation", input(code)).await.ok();
            assert_eq!(made["code"], code);
            assert_eq!(made["version"], 1);
            let id = made["id"].clone();
            let read = app.call(face, None, "get_organisation", json!({ "id": id })).await.ok();
            assert_eq!(read, made);
            let change = json!({ "id": id, "version": 1, "input": { "name": "Balai Baru" } });
            let changed = app.call(face, Some(&ministry), "update_organisation", change).await.ok();
            assert_eq!((&changed["name"], &changed["version"]), (&json!("Balai Baru"), &json!(2)));
        }
        let rest = app.call(Face::Rest, None, "list_organisations", json!({ "kind": "training_centre" })).await.ok();
        let graphql =
            app.call(Face::Graphql, None, "list_organisations", json!({ "kind": "training_centre" })).await.ok();
        assert_eq!(rest, graphql);
        assert_eq!(rest["items"].as_array().unwrap().len(), 2);
        assert_eq!(app.events("organisation.created").await.len(), 2);
        assert_eq!(app.events("organisation.updated").await.len(), 2);
    }

    async fn every_fault_of_a_new_organisation_is_told_at_once(app: TestApp) {
        let ministry = app.ministry();
        for face in Face::BOTH {
            let bad = json!({ "input": { "code": "-", "kind": "company", "name": "  ", "regionCode": "99" } });
            let outcome = app.call(face, Some(&ministry), "create_organisation", bad).await;
            let pointers: Vec<_> = outcome.faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
            assert_eq!(pointers, ["/code", "/name", "/regionCode"], "{face:?}");
            assert_eq!(outcome.refused(), "invalid");
        }
        assert!(app.events("organisation.created").await.is_empty());
    }

    async fn mistyped_missing_and_unknown_fields_are_told_at_once(app: TestApp) {
        let ministry = app.ministry();
        let (status, problem) =
            app.post("/v1/organisations", Some(&ministry), &json!({ "code": 7, "kind": "circus", "colour": "red" })).await;
        assert_eq!(status, 422, "{problem}");
        let mut told: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        told.sort_unstable();
        assert_eq!(told, [("/code", "field_type"), ("/colour", "field_unknown"), ("/kind", "unknown_value"), ("/name", "field_missing")]);
    }

    async fn only_the_ministry_registers_organisations(app: TestApp) {
        let teacher = app.token(Grant::teacher(uuid::Uuid::now_v7()));
        for face in Face::BOTH {
            assert_eq!(app.call(face, None, "create_organisation", input("X1")).await.refused(), "unauthenticated");
            assert_eq!(app.call(face, Some(&teacher), "create_organisation", input("X1")).await.refused(), "forbidden");
        }
    }

    async fn a_change_on_a_stale_or_unnamed_version_is_refused(app: TestApp) {
        let ministry = app.ministry();
        let made = app.call(Face::Rest, Some(&ministry), "create_organisation", input("BGTK-A")).await.ok();
        for face in Face::BOTH {
            let change = |version: serde_json::Value| json!({ "id": made["id"], "version": version, "input": { "name": "Lain" } });
            let stale = app.call(face, Some(&ministry), "update_organisation", change(json!(9))).await;
            assert_eq!(stale.refused(), "stale_version");
            let unnamed = app.call(face, Some(&ministry), "update_organisation", change(json!(null))).await;
            assert_eq!(unnamed.refused(), "precondition_required");
        }
    }

    async fn the_same_key_gives_the_same_answer_and_another_body_is_refused(app: TestApp) {
        let ministry = app.ministry();
        for (face, code) in Face::BOTH.into_iter().zip(["BGTK-A", "BGTK-B"]) {
            let mut first = input(code);
            first["key"] = json!(format!("key-{code}"));
            let made = app.call(face, Some(&ministry), "create_organisation", first.clone()).await.ok();
            let again = app.call(face, Some(&ministry), "create_organisation", first.clone()).await.ok();
            assert_eq!(made, again);
            first["input"]["name"] = json!("Balai Lain");
            assert_eq!(app.call(face, Some(&ministry), "create_organisation", first).await.refused(), "idempotency_key_reused");
        }
        assert_eq!(app.events("organisation.created").await.len(), 2);
    }

    async fn pages_walk_the_whole_list_both_ways_without_repeats(app: TestApp) {
        let ministry = app.ministry();
        for n in 0..7 {
            app.call(Face::Rest, Some(&ministry), "create_organisation", input(&format!("BG-{n}"))).await.ok();
        }
        for face in Face::BOTH {
            let (mut seen, mut after) = (Vec::new(), json!(null));
            loop {
                let page = app.call(face, None, "list_organisations", json!({ "first": 3, "after": after })).await.ok();
                seen.extend(page["items"].as_array().unwrap().iter().map(|o| o["code"].clone()));
                after = page["next"].clone();
                if after.is_null() { break }
            }
            assert_eq!(seen, (0..7).map(|n| json!(format!("BG-{n}"))).collect::<Vec<_>>(), "{face:?}");
        }
        let last = app.graphql(None, "{ organisations(last: 2) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor } edges { node { code } } } }", json!({})).await;
        let list = &last["data"]["organisations"];
        assert_eq!(list["totalCount"], 7);
        assert_eq!(list["edges"][0]["node"]["code"], "BG-5");
        assert_eq!(list["pageInfo"]["hasPreviousPage"], true);
        assert_eq!(list["pageInfo"]["hasNextPage"], false);
        let before = list["pageInfo"]["startCursor"].clone();
        let back = app.graphql(None, "query($b: String) { organisations(last: 2, before: $b) { pageInfo { hasNextPage } edges { node { code } } } }", json!({ "b": before })).await;
        assert_eq!(back["data"]["organisations"]["edges"][1]["node"]["code"], "BG-4");
        assert_eq!(back["data"]["organisations"]["pageInfo"]["hasNextPage"], true);
    }

    async fn a_forged_or_foreign_cursor_is_refused(app: TestApp) {
        for face in Face::BOTH {
            for cursor in ["x", "WyJhIl0.AAAAAAAAAAAAAAAA", "....", "\u{0}"] {
                let refused = app.call(face, None, "list_organisations", json!({ "after": cursor })).await.refused();
                assert_eq!(refused, "cursor_malformed", "{face:?} {cursor:?}");
                let refused = app.call(face, None, "list_organisations", json!({ "after": cursor })).await;
                assert_eq!(refused.faults, [("/after".to_owned(), "cursor_malformed".to_owned())]);
            }
        }
    }
}
