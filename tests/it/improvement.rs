//! What a community improves, from the problem to the result; through both faces, on both engines.

use chrono::TimeDelta;
use entity::{activity, artefact, improvement, improvement_activity};
use sanggar::access::grant::Grant;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        app::start,
        circle::{Circle, DISTRICT},
        directory::put,
        improvement::improvement_row,
        rows::{activity_row, artefact_row},
    },
};

fn item() -> Value {
    json!({ "title": "Pemahaman pecahan", "problem": "Banyak siswa menghafal cara.", "evidence": "Asesmen bulan Juli.",
        "evidenceUrl": "https://contoh.id/asesmen", "measure": "Siswa yang tuntas", "unit": "percent", "direction": "higher",
        "baseline": "42,5", "baselineOn": "2026-03-01", "target": "70" })
}

async fn created(circle: &Circle<'_>, face: Face) -> Value {
    let args = json!({ "id": circle.community, "input": item() });
    circle.ask(face, circle.chair, "create_improvement", args).await.ok()
}

fn agreement(owner: Uuid) -> Value {
    json!({ "strategy": "Benda konkret dahulu.", "ownerId": owner, "dueOn": "2026-05-31" })
}

/// Walks a new item to where it is tried; answers its id.
async fn tried(circle: &Circle<'_>, face: Face) -> Value {
    let id = created(circle, face).await["id"].clone();
    let agree = json!({ "id": id, "input": agreement(circle.member) });
    circle.ask(face, circle.chair, "agree_improvement", agree).await.ok();
    circle.ask(face, circle.chair, "start_improvement", json!({ "id": id })).await.ok();
    id
}

/// The chain of an item, as an ordinary member follows it.
async fn chain(circle: &Circle<'_>, face: Face, id: &Value) -> Value {
    if face == Face::Rest {
        return circle.ask(face, circle.observer, "get_improvement_chain", json!({ "id": id })).await.ok();
    }
    let query = "query($id: ID!) { improvementChain(id: $id) { improvement { id result { outcome change } }
        activities { id status attended } artefacts { id } } }";
    let answer = circle.app.graphql(Some(&circle.teacher(circle.observer)), query, json!({ "id": id })).await;
    let mut chain = answer["data"]["improvementChain"].clone();
    assert!(!chain.is_null(), "{answer}");
    // As REST writes ids and enums.
    for pointer in ["/improvement/id", "/activities/0/id", "/artefacts/0/id"] {
        if let Some(id) = chain.pointer_mut(pointer) {
            let (_, key) = sanggar::foundation::id::parse_global(id.as_str().unwrap()).unwrap();
            *id = json!(key);
        }
    }
    for pointer in ["/improvement/result/outcome", "/activities/0/status"] {
        if let Some(text) = chain.pointer_mut(pointer).filter(|value| value.is_string()) {
            *text = json!(text.as_str().unwrap().to_lowercase());
        }
    }
    chain
}

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> =
        outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

/// A held activity and a published artefact of the community.
async fn made(app: &TestApp, circle: &Circle<'_>) -> (Uuid, Uuid) {
    let (meeting, paper) = (Uuid::now_v7(), Uuid::now_v7());
    let row = activity_row(meeting, circle.community, start());
    put(app, activity::Model { status: "reported".to_owned(), attended: 3, ..row }).await;
    let row = artefact_row(paper, circle.community, DISTRICT);
    let published = artefact::Model {
        status: "published".to_owned(),
        audience: Some("everyone".to_owned()),
        published: Some(1),
        ..row
    };
    put(app, published).await;
    (meeting, paper)
}

both_engines! {
    async fn an_item_goes_from_the_problem_to_the_result(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let item = created(&circle, face).await;
            assert_eq!((&item["status"], &item["baseline"], &item["result"], &item["overdue"]),
                (&json!("identified"), &json!("42.5"), &json!(null), &json!(false)));
            let id = item["id"].clone();
            let ask = async |operation: &str, input: Value| circle.ask(face, circle.chair, operation, json!({ "id": id, "input": input })).await;
            assert_eq!(ask("start_improvement", Value::Null).await.refused(), "improvement_not_agreed");
            assert_eq!(ask("reopen_improvement", json!({ "reason": "Ya" })).await.refused(), "improvement_has_no_way_back");
            let agreed = ask("agree_improvement", agreement(circle.member)).await.ok();
            assert_eq!((&agreed["status"], &agreed["ownerName"], &agreed["dueOn"]), (&json!("strategy_agreed"), &json!("Dewi"), &json!("2026-05-31")));
            assert_eq!(ask("start_improvement", Value::Null).await.ok()["status"], "in_progress");
            // Whoever looks after it says how it goes and what came of it.
            let own = async |operation: &str, input: Value| circle.ask(face, circle.member, operation, json!({ "id": id, "input": input })).await;
            assert_eq!(own("note_improvement", json!({ "progress": "Berjalan." })).await.ok()["progress"], "Berjalan.");
            assert_eq!(own("note_improvement", json!({ "progress": "Berjalan." })).await.ok()["version"], 4, "the same again is no change");
            let review = json!({ "after": "55", "afterOn": "2026-03-02", "review": "Membaik." });
            let reviewed = own("review_improvement", review.clone()).await.ok();
            assert_eq!(reviewed["result"], json!({ "before": "42.5", "beforeOn": "2026-03-01", "after": "55", "afterOn": "2026-03-02", "target": "70",
                "direction": "higher", "change": "12.5", "missing": "15", "outcome": "improved" }));
            assert_eq!(own("review_improvement", review).await.refused(), "improvement_not_in_progress");
            assert_eq!(ask("drop_improvement", json!({ "reason": "Bosan" })).await.refused(), "improvement_reviewed");
            // On with it: the measurement is taken back, and made again.
            let back = ask("reopen_improvement", json!({ "reason": "Satu sekolah belum diukur" })).await.ok();
            assert_eq!((&back["status"], &back["result"], &back["statusReason"]), (&json!("in_progress"), &json!(null), &json!("Satu sekolah belum diukur")));
            let again = own("review_improvement", json!({ "after": "70", "afterOn": "2026-03-02", "review": "Tuntas." })).await.ok();
            assert_eq!((&again["result"]["outcome"], &again["result"]["missing"]), (&json!("reached"), &json!("0")));
            let closed = ask("close_improvement", json!({ "note": "Jadi kebiasaan." })).await.ok();
            assert_eq!((&closed["status"], &closed["closingNote"], &closed["statusReason"]), (&json!("closed"), &json!("Jadi kebiasaan."), &json!(null)));
            assert_eq!(ask("close_improvement", json!({})).await.refused(), "improvement_not_reviewed");
            assert_eq!(ask("reopen_improvement", json!({ "reason": "Terlalu cepat" })).await.ok()["status"], "reviewed");
            let read = circle.ask(face, circle.observer, "get_improvement", json!({ "id": id })).await.ok();
            assert_eq!(read["result"]["outcome"], "reached");
        }
        for (kind, count) in [("created", 2), ("agreed", 2), ("started", 2), ("noted", 2), ("reviewed", 4), ("reopened", 4), ("closed", 2)] {
            let events = app.events(&format!("improvement.{kind}")).await;
            assert_eq!(events.len(), count, "{kind}");
        }
        for row in entity::event::Entity::find().all(app.services.store.reader()).await.unwrap() {
            let text = row.payload.to_string();
            assert!(!text.contains(&circle.member.to_string()), "{} names who looks after it: {text}", row.kind);
        }
    }

    async fn the_chain_leads_from_the_problem_over_what_was_done_to_the_result(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (meeting, paper) = made(&app, &circle).await;
        for face in Face::BOTH {
            let id = tried(&circle, face).await;
            let link = async |operation: &str, input: Value| circle.ask(face, circle.chair, operation, json!({ "id": id, "input": input })).await;
            let linked = link("link_improvement", json!({ "activityId": meeting })).await.ok();
            assert_eq!(linked["version"], 4);
            assert_eq!(link("link_improvement", json!({ "activityId": meeting })).await.ok()["version"], 4, "twice is as good as once");
            link("link_improvement", json!({ "artefactId": paper })).await.ok();
            let review = json!({ "id": id, "input": { "after": "40", "afterOn": "2026-03-02", "review": "Belum." } });
            circle.ask(face, circle.member, "review_improvement", review).await.ok();
            let found = chain(&circle, face, &id).await;
            assert_eq!((&found["improvement"]["id"], &found["improvement"]["result"]["outcome"], &found["improvement"]["result"]["change"]),
                (&id, &json!("worse"), &json!("-2.5")));
            assert_eq!((&found["activities"][0]["id"], &found["activities"][0]["status"], &found["activities"][0]["attended"]),
                (&json!(meeting), &json!("reported"), &json!(3)));
            assert_eq!(found["artefacts"][0]["id"], json!(paper));
            assert_eq!(link("link_improvement", json!({})).await.faults[0].1, "link_not_one");
            assert_eq!(link("link_improvement", json!({ "activityId": meeting, "artefactId": paper })).await.faults[0].1, "link_not_one");
            let unlinked = link("unlink_improvement", json!({ "activityId": meeting })).await.ok();
            assert_eq!(link("unlink_improvement", json!({ "activityId": meeting })).await.ok()["version"], unlinked["version"]);
            let found = chain(&circle, face, &id).await;
            assert_eq!(found["activities"], json!([]));
            link("link_improvement", json!({ "activityId": meeting })).await.ok();
            link("close_improvement", json!({})).await.ok();
            assert_eq!(link("link_improvement", json!({ "artefactId": paper })).await.refused(), "improvement_over");
        }
        // From the activity one sees what it was for.
        let query = "query($id: ID!) { activity(id: $id) { improvements { title result { outcome } } } }";
        let answer = app.graphql(Some(&circle.teacher(circle.observer)), query, json!({ "id": meeting })).await;
        assert_eq!(answer["data"]["activity"]["improvements"].as_array().map(Vec::len), Some(2), "{answer}");
        assert_eq!(answer["data"]["activity"]["improvements"][0]["result"]["outcome"], "WORSE");
    }

    async fn only_what_belongs_there_is_put_to_an_item(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (elsewhere, draft) = (Uuid::now_v7(), Uuid::now_v7());
        put(&app, activity_row(elsewhere, circle.other_community, start())).await;
        put(&app, artefact_row(draft, circle.community, DISTRICT)).await;
        for face in Face::BOTH {
            let id = created(&circle, face).await["id"].clone();
            let link = async |input: Value| circle.ask(face, circle.chair, "link_improvement", json!({ "id": id, "input": input })).await;
            assert_eq!(faults(&link(json!({ "activityId": elsewhere })).await), [("/activityId", "reference_unknown")]);
            assert_eq!(faults(&link(json!({ "activityId": Uuid::now_v7() })).await), [("/activityId", "reference_unknown")]);
            assert_eq!(faults(&link(json!({ "artefactId": draft })).await), [("/artefactId", "link_not_published")]);
            assert_eq!(faults(&link(json!({ "artefactId": Uuid::now_v7() })).await), [("/artefactId", "reference_unknown")]);
        }
        let id = Uuid::now_v7();
        put(&app, improvement_row(id, circle.community, None)).await;
        for _ in 0..100 {
            let activity_id = Uuid::now_v7();
            put(&app, activity_row(activity_id, circle.community, start())).await;
            put(&app, improvement_activity::Model { improvement_id: id, activity_id, linked_at: start() }).await;
        }
        let more = Uuid::now_v7();
        put(&app, activity_row(more, circle.community, start())).await;
        let args = json!({ "id": id, "input": { "activityId": more } });
        assert_eq!(circle.ask(Face::Rest, circle.chair, "link_improvement", args).await.refused(), "improvement_links_full");
    }

    async fn every_fault_is_told_at_once_and_a_goal_does_not_move(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let bad = json!({ "title": " ", "problem": "a\u{0}b", "evidence": "x".repeat(2_001), "evidenceUrl": "javascript:alert(1)",
                "measure": "", "unit": "percent", "direction": "lower", "baseline": "101", "baselineOn": "2026-03-09", "target": "satu" });
            let outcome = circle.ask(face, circle.chair, "create_improvement", json!({ "id": circle.community, "input": bad })).await;
            assert_eq!(faults(&outcome), [
                ("/baseline", "measure_out_of_range"), ("/baselineOn", "measured_in_future"), ("/evidence", "text_too_long"),
                ("/evidenceUrl", "url_malformed"), ("/measure", "text_missing"), ("/problem", "text_has_control_characters"),
                ("/target", "measure_malformed"), ("/title", "text_missing"),
            ], "{face:?}");
            let item = created(&circle, face).await;
            let id = item["id"].clone();
            let change = async |version: Value, input: Value| {
                circle.ask(face, circle.chair, "update_improvement", json!({ "id": id, "version": version, "input": input })).await
            };
            assert_eq!(change(json!(null), json!({ "title": "Lain" })).await.refused(), "precondition_required");
            assert_eq!(change(json!(9), json!({ "title": "Lain" })).await.refused(), "stale_version");
            assert_eq!(change(json!(1), json!({ "title": item["title"] })).await.ok()["version"], 1, "the same again is no change");
            assert_eq!(faults(&change(json!(1), json!({ "direction": "lower" })).await), [("/target", "target_not_better")]);
            assert_eq!(faults(&change(json!(1), json!({ "unit": "count" })).await), [("/baseline", "measure_not_whole")]);
            let early = json!({ "ownerId": circle.member, "dueOn": "2026-05-31", "title": " " });
            assert_eq!(faults(&change(json!(1), early).await),
                [("/dueOn", "improvement_not_yet_agreed"), ("/ownerId", "improvement_not_yet_agreed"), ("/title", "text_missing")]);
            assert_eq!(faults(&change(json!(1), json!({ "title": null })).await), [("/title", "field_missing")]);
            assert_eq!(change(json!(1), json!({ "target": "75.25", "evidenceUrl": null })).await.ok()["target"], "75.25");
            let bad = json!({ "strategy": "", "ownerId": circle.outsider, "dueOn": "2026-03-01" });
            let outcome = circle.ask(face, circle.chair, "agree_improvement", json!({ "id": id, "input": bad })).await;
            assert_eq!(faults(&outcome), [("/dueOn", "due_in_past"), ("/ownerId", "colleague_not_a_member"), ("/strategy", "text_missing")]);
            circle.ask(face, circle.chair, "agree_improvement", json!({ "id": id, "input": agreement(circle.member) })).await.ok();
            assert_eq!(change(json!(3), json!({ "target": "50" })).await.refused(), "improvement_not_identified");
            let passed = change(json!(3), json!({ "ownerId": circle.observer, "dueOn": "2026-06-30" })).await.ok();
            assert_eq!((&passed["ownerName"], &passed["dueOn"]), (&json!("Budi"), &json!("2026-06-30")));
            circle.ask(face, circle.chair, "start_improvement", json!({ "id": id })).await.ok();
            let bad = json!({ "after": "-1", "afterOn": "2026-02-28", "review": "" });
            let outcome = circle.ask(face, circle.observer, "review_improvement", json!({ "id": id, "input": bad })).await;
            assert_eq!(faults(&outcome), [("/after", "measure_malformed"), ("/afterOn", "measured_before_baseline"), ("/review", "text_missing")]);
            let drop = json!({ "id": id, "input": { "reason": "Digabung" } });
            assert_eq!(circle.ask(face, circle.chair, "drop_improvement", drop.clone()).await.ok()["status"], "dropped");
            assert_eq!(circle.ask(face, circle.chair, "drop_improvement", drop).await.refused(), "improvement_reviewed");
        }
    }

    async fn officers_lead_owners_report_and_others_learn_nothing(app: TestApp) {
        let circle = Circle::new(&app).await;
        let id = tried(&circle, Face::Rest).await;
        let head = app.token(Grant::principal(circle.country.bandung, Some(circle.outsider)));
        let (district, far) = (app.token(Grant::regional_officer(DISTRICT)), circle.country.stranger(&app));
        for face in Face::BOTH {
            let note = json!({ "id": id, "input": { "progress": format!("Lewat {face:?}.") } });
            assert_eq!(circle.ask(face, circle.observer, "note_improvement", note.clone()).await.refused(), "forbidden");
            circle.ask(face, circle.member, "note_improvement", note.clone()).await.ok();
            assert_eq!(circle.ask(face, circle.member, "reopen_improvement", json!({ "id": id, "input": { "reason": "Ya" } })).await.refused(), "forbidden");
            assert_eq!(circle.ask(face, circle.member, "create_improvement", json!({ "id": circle.community, "input": item() })).await.refused(), "forbidden");
            for person in [circle.outsider, circle.other_member] {
                for operation in ["get_improvement", "get_improvement_chain", "start_improvement"] {
                    assert_eq!(circle.ask(face, person, operation, json!({ "id": id })).await.refused(), "not_found", "{operation}");
                }
                let list = circle.ask(face, person, "list_improvements", json!({ "id": circle.community })).await.ok();
                assert_eq!(list["items"], json!([]));
            }
            for token in [&district, &app.ministry()] {
                app.call(face, Some(token), "get_improvement", json!({ "id": id })).await.ok();
                assert_eq!(app.call(face, Some(token), "note_improvement", note.clone()).await.refused(), "forbidden");
            }
            assert_eq!(app.call(face, Some(&far), "get_improvement", json!({ "id": id })).await.refused(), "not_found");
            // The principal of the community's school works on it too.
            app.call(face, Some(&head), "create_improvement", json!({ "id": circle.community, "input": item() })).await.ok();
            app.call(face, Some(&head), "get_improvement_chain", json!({ "id": id })).await.ok();
        }
    }

    async fn what_is_overdue_is_found(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (due, done, open) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        put(&app, improvement_row(due, circle.community, Some(circle.member))).await;
        put(&app, improvement::Model { status: "closed".to_owned(), ..improvement_row(done, circle.community, Some(circle.member)) }).await;
        put(&app, improvement::Model { status: "identified".to_owned(), due_on: None, ..improvement_row(open, circle.community, None) }).await;
        app.clock.set(start() + TimeDelta::days(100));
        for face in Face::BOTH {
            let found = async |args: Value| {
                let mut args = args;
                args["id"] = json!(circle.community);
                let page = circle.ask(face, circle.observer, "list_improvements", args).await.ok();
                page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect::<Vec<_>>()
            };
            assert_eq!(found(json!({})).await, [json!(open), json!(done), json!(due)]);
            assert_eq!(found(json!({ "overdue": true })).await, [json!(due)]);
            assert_eq!(found(json!({ "overdue": false })).await, [json!(open), json!(done)]);
            assert_eq!(found(json!({ "status": "closed" })).await, [json!(done)]);
            assert_eq!(found(json!({ "ownerId": circle.member })).await, [json!(done), json!(due)]);
            assert_eq!(found(json!({ "dueFrom": "2026-05-31", "dueUntil": "2026-06-01" })).await, [json!(done), json!(due)]);
            assert!(found(json!({ "dueUntil": "2026-05-31" })).await.is_empty());
            let item = circle.ask(face, circle.observer, "get_improvement", json!({ "id": due })).await.ok();
            assert_eq!(item["overdue"], true);
        }
    }

    async fn chains_and_lists_cost_the_same_few_statements_at_any_size(app: TestApp) {
        let circle = Circle::new(&app).await;
        let token = circle.teacher(circle.observer);
        let mut items = Vec::new();
        for n in 0..6 {
            let id = Uuid::now_v7();
            put(&app, improvement_row(id, circle.community, Some(circle.member))).await;
            for _ in 0..n {
                let activity_id = Uuid::now_v7();
                put(&app, activity_row(activity_id, circle.community, start())).await;
                put(&app, improvement_activity::Model { improvement_id: id, activity_id, linked_at: start() }).await;
            }
            items.push(id);
        }
        let mut chains = Vec::new();
        for id in [items[1], items[5]] {
            let before = app.services.store.statements();
            app.get(&format!("/v1/improvements/{id}/chain"), Some(&token)).await;
            chains.push(app.services.store.statements() - before);
        }
        assert!(chains[0] == chains[1] && chains[0] <= 8, "{chains:?}");
        let mut edges = Vec::new();
        for size in [2, 10] {
            let before = app.services.store.statements();
            let query = "query($id: ID!, $n: Int) { activities(id: $id, first: $n) { nodes { title improvements { title ownerName } } } }";
            let answer = app.graphql(Some(&token), query, json!({ "id": circle.community, "n": size })).await;
            assert_eq!(answer["data"]["activities"]["nodes"].as_array().map(Vec::len), Some(size), "{answer}");
            edges.push(app.services.store.statements() - before);
        }
        assert_eq!(edges[0], edges[1], "{edges:?}");
        println!("a chain is {} statements, activities with their items {}", chains[0], edges[0]);
    }

    async fn a_merge_takes_what_somebody_looks_after_along(app: TestApp) {
        let circle = Circle::new(&app).await;
        let twin = circle.person("Dewi L.").await;
        circle.join(twin).await;
        let id = tried(&circle, Face::Rest).await;
        let args = json!({ "id": circle.member, "input": { "intoId": twin, "reason": "NIK sama" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", args).await.ok();
        let read = circle.ask(Face::Rest, twin, "get_improvement", json!({ "id": id })).await.ok();
        assert_eq!((&read["ownerId"], &read["ownerName"], &read["version"]), (&json!(twin), &json!("Dewi L."), &json!(4)));
        let note = json!({ "id": id, "input": { "progress": "Lanjut." } });
        circle.ask(Face::Rest, twin, "note_improvement", note).await.ok();
        let rows = improvement::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert!(rows.iter().all(|row| row.owner_id == Some(twin)));
    }

    async fn of_two_who_review_at_once_one_is_told(app: TestApp) {
        let circle = Circle::new(&app).await;
        let id = tried(&circle, Face::Rest).await;
        let review = |after: &str| json!({ "id": id, "input": { "after": after, "afterOn": "2026-03-02", "review": "Ya." } });
        let (one, other) = tokio::join!(
            circle.ask(Face::Rest, circle.member, "review_improvement", review("50")),
            circle.ask(Face::Graphql, circle.chair, "review_improvement", review("60")),
        );
        let codes: Vec<_> = [&one, &other].into_iter().filter_map(|outcome| outcome.code.clone()).collect();
        assert_eq!(codes, ["improvement_not_in_progress"], "{one:?} {other:?}");
    }
}
