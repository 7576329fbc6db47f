//! Criteria in editions, and notes of progress; through both faces, on both engines.

use chrono::TimeDelta;
use entity::{activity, progress_note};
use sanggar::{access::grant::Grant, worker::progress};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{Face, Outcome, TestApp, app::start, circle::Circle, directory::put, rows::activity_row},
};

fn criteria() -> Value {
    json!([{ "code": "breadth", "least": 2, "growth": 1, "ceiling": 5 },
        { "code": "regularity", "least": 50, "growth": 5, "ceiling": 75 }])
}

fn edition(from_year: i32) -> Value {
    json!({ "fromYear": from_year, "description": "Kemajuan sendiri.", "criteria": criteria(), "needed": 1 })
}

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect()
}

/// A meeting that was held and reported.
async fn met(app: &TestApp, community: Uuid, days_ago: i64, attended: i32) {
    let row = activity_row(Uuid::now_v7(), community, start() - TimeDelta::days(days_ago));
    put(app, activity::Model { status: "reported".to_owned(), attended, ..row }).await;
}

async fn notes_of(circle: &Circle<'_>, face: Face, person: Uuid) -> Vec<Value> {
    let args = json!({ "id": circle.community, "first": 10 });
    let page = circle.ask(face, person, "list_progress_notes", args).await.ok();
    page["items"].as_array().unwrap().clone()
}

both_engines! {
    async fn criteria_come_in_editions_and_what_was_published_never_changes(app: TestApp) {
        let (ministry, circle) = (app.ministry(), Circle::new(&app).await);
        for (face, year) in Face::BOTH.into_iter().zip([2025, 2027]) {
            let call = async |operation: &str, args: Value| app.call(face, Some(&ministry), operation, args).await;
            let teacher = async |operation: &str, args: Value| circle.ask(face, circle.member, operation, args).await;
            let wrong = json!({ "input": { "fromYear": 1999, "description": " ", "needed": 5, "criteria":
                [{ "code": "reuse", "least": 9, "growth": -1, "ceiling": 3 }, { "code": "reuse", "least": 0, "growth": 0, "ceiling": 0 }] } });
            let refused = call("create_recognition_scheme", wrong).await;
            assert_eq!(faults(&refused), [("/fromYear", "year_out_of_range"), ("/description", "text_missing"),
                ("/criteria/0/growth", "criterion_growth_out_of_range"), ("/criteria/0/least", "criterion_least_over_ceiling"),
                ("/criteria/1/ceiling", "criterion_ceiling_out_of_range"), ("/criteria/1/code", "criterion_twice"),
                ("/needed", "criteria_needed_out_of_range")]);
            assert_eq!(teacher("create_recognition_scheme", json!({ "input": edition(year) })).await.refused(), "forbidden");
            let draft = call("create_recognition_scheme", json!({ "input": edition(year) })).await.ok();
            let id = draft["id"].clone();
            assert_eq!((&draft["status"], &draft["criteria"][0]["code"]), (&json!("draft"), &json!("regularity")), "in one order");
            assert_eq!(call("create_recognition_scheme", json!({ "input": edition(year) })).await.refused(), "recognition_scheme_draft_exists");
            // Nobody but the ministry sees a draft.
            assert_eq!(teacher("get_recognition_scheme", json!({ "id": id })).await.refused(), "not_found");
            let change = |version: i64, input: Value| json!({ "id": id, "version": version, "input": input });
            assert_eq!(call("update_recognition_scheme", change(7, json!({ "needed": 2 }))).await.refused(), "stale_version");
            let wrong = call("update_recognition_scheme", change(1, json!({ "fromYear": 2101, "needed": 3 }))).await;
            assert_eq!(faults(&wrong), [("/fromYear", "year_out_of_range"), ("/needed", "criteria_needed_out_of_range")]);
            let changed = call("update_recognition_scheme", change(1, json!({ "needed": 2 }))).await.ok();
            assert_eq!((&changed["needed"], &changed["version"]), (&json!(2), &json!(2)));
            assert_eq!(call("publish_recognition_scheme", json!({ "id": id })).await.ok()["status"], "published");
            assert_eq!(call("update_recognition_scheme", change(3, json!({ "needed": 1 }))).await.refused(), "recognition_scheme_not_draft");
            assert_eq!(call("publish_recognition_scheme", json!({ "id": id })).await.refused(), "recognition_scheme_not_draft");
            let read = teacher("get_recognition_scheme", json!({ "id": id })).await.ok();
            assert_eq!((&read["fromYear"], &read["needed"]), (&json!(year), &json!(2)));
        }
        // A later edition begins with a year that has not begun.
        let late = app.call(Face::Rest, Some(&ministry), "create_recognition_scheme", json!({ "input": edition(2026) })).await.ok();
        let publish = json!({ "id": late["id"] });
        assert_eq!(app.call(Face::Rest, Some(&ministry), "publish_recognition_scheme", publish).await.refused(), "recognition_scheme_from_past");
        let listed = circle.ask(Face::Graphql, circle.member, "list_recognition_schemes", json!({ "first": 10 })).await.ok();
        let editions: Vec<_> = listed["items"].as_array().unwrap().iter().map(|one| one["edition"].clone()).collect();
        assert_eq!(editions, [json!(2), json!(1)], "the draft is not among them");
        let first = json!({ "id": listed["items"][1]["id"] });
        let retired = app.call(Face::Graphql, Some(&ministry), "retire_recognition_scheme", first.clone()).await.ok();
        assert_eq!((&retired["status"], &retired["retiredYear"]), (&json!("retired"), &json!(2026)));
        assert_eq!(app.call(Face::Rest, Some(&ministry), "retire_recognition_scheme", first).await.refused(), "recognition_scheme_not_published");
    }

    async fn a_month_is_noted_once_a_week_after_its_end_and_never_changes(app: TestApp) {
        let circle = Circle::new(&app).await;
        // Today is the second of March. Three meetings in January, one of them with a single person; one in December.
        for (days_ago, attended) in [(40, 3), (50, 2), (45, 1), (62, 4)] {
            met(&app, circle.community, days_ago, attended).await;
        }
        assert_eq!(progress::run_once(&app.services).await.unwrap(), 6, "three months of two communities");
        assert_eq!(progress::run_once(&app.services).await.unwrap(), 0);
        app.pass(TimeDelta::days(6));
        assert_eq!(progress::run_once(&app.services).await.unwrap(), 2, "February since the eighth of March");
        for face in Face::BOTH {
            let notes = notes_of(&circle, face, circle.member).await;
            let months: Vec<_> = notes.iter().map(|note| note["month"].as_str().unwrap()).collect();
            assert_eq!(months, ["2026-02-01", "2026-01-01", "2025-12-01", "2025-11-01"]);
            let january = &notes[1];
            assert_eq!((&january["facts"]["activities"], &january["before"]["activities"]), (&json!(2), &json!(1)));
            let breadth = january["lines"].as_array().unwrap().iter().find(|line| line["code"] == "breadth").unwrap();
            assert_eq!((&breadth["actual"], &breadth["before"], &breadth["change"]), (&json!(1), &json!(1), &json!(0)));
            assert_eq!(breadth["textId"], "Keragaman: 1 jenis kegiatan; bulan sebelumnya 1.");
            assert_eq!(breadth["textEn"], "Breadth: 1 kinds of activity; 1 the month before.");
            // What is reported later is not in it: it never changes.
            met(&app, circle.community, 41, 5).await;
            let make = json!({ "id": circle.community, "input": { "month": "2026-01-31" } });
            let officer = app.token(Grant::regional_officer("32.73"));
            let again = app.call(face, Some(&officer), "make_progress_note", make.clone()).await.ok();
            assert_eq!((&again["id"], &again["sha256"], &again["facts"]), (&january["id"], &january["sha256"], &january["facts"]));
            // Those it is for, and no others.
            assert_eq!(notes_of(&circle, face, circle.outsider).await, Vec::<Value>::new());
            let one = json!({ "id": january["id"] });
            assert_eq!(circle.ask(face, circle.other_member, "get_progress_note", one.clone()).await.refused(), "not_found");
            assert_eq!(circle.ask(face, circle.member, "get_progress_note", one.clone()).await.ok()["id"], january["id"]);
            let elsewhere = app.token(Grant::regional_officer("35"));
            assert_eq!(app.call(face, Some(&elsewhere), "get_progress_note", one).await.refused(), "not_found");
            assert_eq!(app.call(face, Some(&elsewhere), "make_progress_note", make.clone()).await.refused(), "forbidden");
            assert_eq!(circle.ask(face, circle.chair, "make_progress_note", make).await.refused(), "forbidden");
            for (month, code) in [("2026-03-01", "progress_month_open"), ("2024-12-31", "progress_before_founding"), ("1800-01-01", "date_out_of_range")] {
                let args = json!({ "id": circle.community, "input": { "month": month } });
                let refused = app.call(face, Some(&officer), "make_progress_note", args).await;
                assert_eq!(faults(&refused), [("/month", code)]);
            }
        }
        assert_eq!(progress_note::Entity::find().all(app.services.store.reader()).await.unwrap().len(), 8);
        assert_eq!(app.events("progress_note.made").await.len(), 8, "doing it again is no event");
    }

    async fn two_nodes_that_note_at_once_make_one_note(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (one, other) = tokio::join!(progress::run_once(&app.services), progress::run_once(&app.services));
        assert!(one.unwrap() + other.unwrap() >= 6);
        let rows = progress_note::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert_eq!(rows.len(), 6);
        assert_eq!(notes_of(&circle, Face::Rest, circle.member).await.len(), 3);
        assert_eq!(app.events("progress_note.made").await.len(), 6);
    }
}
