//! The book club: a book read together, chapter by chapter; through both faces, on both engines.

use entity::{activity, chapter_mark, chapter_note, reading_chapter};
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
        rows::activity_row,
    },
};

fn book() -> Value {
    json!({ "title": "Pendidikan yang Memerdekakan", "authors": ["Ki Hadjar Dewantara"], "isbn": "0-306-40615-2", "year": 2017,
        "chapters": [{ "number": 1, "title": "Tujuan", "pages": "1-24" }, { "number": 2, "title": "Among" }, { "number": 3, "title": "Taman" }] })
}

async fn planned(circle: &Circle<'_>, face: Face, schedule: Value) -> Value {
    let args = json!({ "id": circle.community, "input": { "book": book(), "schedule": schedule } });
    circle.ask(face, circle.chair, "create_book_reading", args).await.ok()
}

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> =
        outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

both_engines! {
    async fn a_book_is_planned_read_and_finished(app: TestApp) {
        let circle = Circle::new(&app).await;
        let meeting = Uuid::now_v7();
        put(&app, activity::Model { kind: "book_club_meeting".to_owned(), ..activity_row(meeting, circle.community, start()) }).await;
        for face in Face::BOTH {
            let schedule = json!([{ "chapter": 1, "dueOn": "2026-03-06", "leaderId": circle.member, "activityId": meeting }, { "chapter": 2, "dueOn": "2026-03-20" }]);
            let made = planned(&circle, face, schedule).await;
            assert_eq!((&made["status"], &made["book"]["isbn"]), (&json!("planned"), &json!("9780306406157")));
            assert_eq!(made["chapters"][0], json!({ "number": 1, "title": "Tujuan", "pages": "1-24", "dueOn": "2026-03-06",
                "leaderId": circle.member, "leaderName": "Dewi", "activityId": meeting }));
            assert_eq!((&made["readCounts"], &made["myChapters"]), (&json!([0, 0, 0]), &json!([])));
            let id = made["id"].clone();
            let ask = async |operation: &str, args: Value| circle.ask(face, circle.chair, operation, args).await;
            assert_eq!(ask("finish_book_reading", json!({ "id": id })).await.refused(), "reading_not_reading");
            assert_eq!(ask("start_book_reading", json!({ "id": id })).await.ok()["status"], "reading");
            assert_eq!(ask("start_book_reading", json!({ "id": id })).await.refused(), "reading_not_planned");
            let change = |version: Value| json!({ "id": id, "version": version, "input": { "schedule": [{ "chapter": 3, "dueOn": "2026-04-01" }] } });
            assert_eq!(ask("update_book_reading", change(json!(1))).await.refused(), "stale_version");
            assert_eq!(ask("update_book_reading", change(json!(null))).await.refused(), "precondition_required");
            let changed = ask("update_book_reading", change(json!(2))).await.ok();
            assert_eq!((&changed["chapters"][0]["leaderId"], &changed["chapters"][0]["title"], &changed["chapters"][2]["dueOn"]),
                (&json!(null), &json!("Tujuan"), &json!("2026-04-01")));
            let same = ask("update_book_reading", change(json!(3))).await.ok();
            assert_eq!(same["version"], 3, "saying the same again is no change");
            assert_eq!(ask("finish_book_reading", json!({ "id": id })).await.ok()["status"], "finished");
            assert_eq!(ask("update_book_reading", change(json!(4))).await.refused(), "reading_over");
            let stop = json!({ "id": id, "input": { "reason": "Bosan" } });
            assert_eq!(ask("stop_book_reading", stop).await.refused(), "reading_over");
            let read = circle.ask(face, circle.member, "get_book_reading", json!({ "id": id })).await.ok();
            assert_eq!(read["status"], "finished");
        }
        let rest = circle.ask(Face::Rest, circle.member, "list_book_readings", json!({ "id": circle.community })).await.ok();
        let graphql = circle.ask(Face::Graphql, circle.member, "list_book_readings", json!({ "id": circle.community })).await.ok();
        assert_eq!(rest, graphql);
        assert_eq!(rest["items"].as_array().unwrap().len(), 2);
        for (kind, count) in [("created", 2), ("started", 2), ("updated", 2), ("finished", 2)] {
            assert_eq!(app.events(&format!("book_reading.{kind}")).await.len(), count, "{kind}");
        }
    }

    async fn every_fault_of_a_book_and_its_schedule_is_told_at_once(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (meeting, elsewhere) = (Uuid::now_v7(), Uuid::now_v7());
        put(&app, activity_row(meeting, circle.community, start())).await;
        put(&app, activity::Model { kind: "book_club_meeting".to_owned(), ..activity_row(elsewhere, circle.other_community, start()) }).await;
        for face in Face::BOTH {
            let bad = json!({ "book": { "title": " ", "authors": [], "isbn": "978-0-306-40615-6", "year": 1000, "publisher": "",
                    "chapters": [{ "number": 2, "title": "" }, { "number": 2, "title": "Dua", "pages": "x".repeat(41) }] },
                "schedule": [{ "chapter": 2, "dueOn": "2026-03-01", "leaderId": circle.outsider, "activityId": meeting },
                    { "chapter": 1, "dueOn": "2026-03-02", "activityId": elsewhere }] });
            let outcome = circle.ask(face, circle.chair, "create_book_reading", json!({ "id": circle.community, "input": bad })).await;
            assert_eq!(faults(&outcome), [
                ("/book/authors", "authors_out_of_range"), ("/book/chapters/0/number", "chapters_not_in_order"),
                ("/book/chapters/0/title", "text_missing"), ("/book/chapters/1/pages", "text_too_long"),
                ("/book/isbn", "isbn_check_digit_wrong"), ("/book/publisher", "text_missing"), ("/book/title", "text_missing"),
                ("/book/year", "book_year_out_of_range"), ("/schedule/0/activityId", "activity_not_book_club_meeting"),
                ("/schedule/0/dueOn", "due_dates_reversed"), ("/schedule/0/leaderId", "colleague_not_a_member"),
                ("/schedule/1/activityId", "reference_unknown"),
            ], "{face:?}");
            let made = planned(&circle, face, json!([])).await;
            let bad = json!({ "id": made["id"], "version": 1, "input": { "schedule": [{ "chapter": 4 }, { "chapter": 1 }, { "chapter": 1 }] } });
            let outcome = circle.ask(face, circle.chair, "update_book_reading", bad).await;
            assert_eq!(faults(&outcome), [("/schedule/0/chapter", "chapter_unknown"), ("/schedule/2/chapter", "chapter_scheduled_twice")]);
            let null = json!({ "id": made["id"], "version": 1, "input": { "schedule": null } });
            assert_eq!(faults(&circle.ask(face, circle.chair, "update_book_reading", null).await), [("/schedule", "field_missing")]);
        }
    }

    async fn officers_plan_and_members_read(app: TestApp) {
        let circle = Circle::new(&app).await;
        let id = planned(&circle, Face::Rest, json!([])).await["id"].clone();
        let (district, far) = (app.token(Grant::regional_officer(DISTRICT)), circle.country.stranger(&app));
        for face in Face::BOTH {
            for person in [circle.member, circle.outsider, circle.other_member] {
                let args = json!({ "id": circle.community, "input": { "book": book() } });
                assert_eq!(circle.ask(face, person, "create_book_reading", args).await.refused(), "forbidden");
            }
            assert_eq!(circle.ask(face, circle.member, "start_book_reading", json!({ "id": id })).await.refused(), "forbidden");
            for person in [circle.outsider, circle.other_member] {
                for (operation, input) in [
                    ("get_book_reading", Value::Null), ("list_chapter_notes", Value::Null), ("start_book_reading", Value::Null),
                    ("write_chapter_note", json!({ "chapter": 1, "text": "Ya" })), ("mark_chapter", json!({ "chapter": 1, "read": true })),
                ] {
                    let outcome = circle.ask(face, person, operation, json!({ "id": id, "input": input })).await;
                    assert_eq!(outcome.refused(), "not_found", "{operation}");
                }
            }
            // Who looks after the region sees what is read, and not what members say about it.
            for token in [&district, &app.ministry()] {
                app.call(face, Some(token), "get_book_reading", json!({ "id": id })).await.ok();
                assert_eq!(app.call(face, Some(token), "list_chapter_notes", json!({ "id": id })).await.refused(), "forbidden");
            }
            assert_eq!(app.call(face, Some(&far), "get_book_reading", json!({ "id": id })).await.refused(), "not_found");
        }
    }

    async fn each_member_has_one_note_for_each_chapter(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = planned(&circle, face, json!([])).await["id"].clone();
            let write = async |person: Uuid, chapter: i32, text: &str| {
                circle.ask(face, person, "write_chapter_note", json!({ "id": id, "input": { "chapter": chapter, "text": text } })).await
            };
            let own = async || {
                let args = json!({ "id": id, "chapter": 1 });
                circle.ask(face, circle.member, "list_chapter_notes", args).await.ok()["items"][0].clone()
            };
            write(circle.member, 1, "Menuntun,\nbukan menarik.").await.ok();
            let first = own().await;
            assert_eq!((&first["text"], &first["authorName"]), (&json!("Menuntun,\nbukan menarik."), &json!("Dewi")));
            write(circle.member, 1, "Kata lain.").await.ok();
            let again = own().await;
            assert_eq!((&again["id"], &again["text"]), (&first["id"], &json!("Kata lain.")));
            write(circle.observer, 1, "Setuju.").await.ok();
            write(circle.observer, 2, "Among itu menemani.").await.ok();
            assert_eq!(faults(&write(circle.member, 4, "Ya").await), [("/chapter", "chapter_unknown")]);
            assert_eq!(faults(&write(circle.member, 1, &"é".repeat(5_001)).await), [("/text", "text_too_long")]);
            assert_eq!(faults(&write(circle.member, 1, "a\u{202E}b").await), [("/text", "text_has_direction_controls")]);
            let notes = async |args: Value| {
                let page = circle.ask(face, circle.chair, "list_chapter_notes", args).await.ok();
                page["items"].as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(notes(json!({ "id": id })).await.len(), 3);
            assert_eq!(notes(json!({ "id": id, "chapter": 2 })).await, ["Among itu menemani."]);
            assert_eq!(write(circle.member, 1, " \n ").await.ok()["note"], json!(null));
            assert_eq!(write(circle.member, 1, "").await.ok()["note"], json!(null), "twice is as good as once");
            assert_eq!(notes(json!({ "id": id, "chapter": 1 })).await, ["Setuju."]);
            let stop = json!({ "id": id, "input": { "reason": "Buku lain" } });
            circle.ask(face, circle.chair, "stop_book_reading", stop).await.ok();
            assert_eq!(write(circle.member, 1, "Terlambat").await.refused(), "reading_over");
            write(circle.observer, 2, "").await.ok();
        }
        for row in entity::event::Entity::find().all(app.services.store.reader()).await.unwrap() {
            let text = row.payload.to_string();
            assert!(!text.contains("Menuntun") && !text.contains(&circle.member.to_string()), "{}: {text}", row.kind);
        }
        assert_eq!(app.events("chapter_note.written").await.len(), 8);
        assert_eq!(app.events("chapter_note.deleted").await.len(), 4);
    }

    async fn the_group_sees_how_many_have_read_a_chapter_and_never_who(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = planned(&circle, face, json!([])).await["id"].clone();
            let mark = async |person: Uuid, chapter: i32, read: bool| {
                circle.ask(face, person, "mark_chapter", json!({ "id": id, "input": { "chapter": chapter, "read": read } })).await
            };
            mark(circle.member, 2, true).await.ok();
            let mine = mark(circle.member, 1, true).await.ok();
            assert_eq!((&mine["readCounts"], &mine["myChapters"], &mine["version"]), (&json!([1, 1, 0]), &json!([1, 2]), &json!(1)));
            mark(circle.observer, 1, true).await.ok();
            mark(circle.observer, 1, true).await.ok();
            let seen = circle.ask(face, circle.chair, "get_book_reading", json!({ "id": id })).await.ok();
            assert_eq!((&seen["readCounts"], &seen["myChapters"]), (&json!([2, 1, 0]), &json!([])));
            for person in [circle.member, circle.observer] {
                assert!(!seen.to_string().contains(&person.to_string()), "the chair learns who reads: {seen}");
            }
            let back = mark(circle.member, 1, false).await.ok();
            assert_eq!((&back["readCounts"], &back["myChapters"]), (&json!([1, 1, 0]), &json!([2])));
            assert_eq!(faults(&mark(circle.member, 9, true).await), [("/chapter", "chapter_unknown")]);
        }
        assert_eq!(app.events("chapter.marked").await.len(), 8, "what changed nothing is no event");
    }

    async fn a_reading_costs_the_same_few_statements_at_any_size(app: TestApp) {
        let circle = Circle::new(&app).await;
        for n in 0..5 {
            let id = planned(&circle, Face::Rest, json!([{ "chapter": 1, "leaderId": circle.member }])).await["id"].clone();
            let note = json!({ "id": id, "input": { "chapter": 1, "text": format!("Catatan {n}") } });
            circle.ask(Face::Rest, circle.member, "write_chapter_note", note).await.ok();
            circle.ask(Face::Rest, circle.member, "mark_chapter", json!({ "id": id, "input": { "chapter": 1, "read": true } })).await.ok();
        }
        let token = circle.teacher(circle.member);
        for size in [1, 5] {
            let before = app.services.store.statements();
            let query = "query($id: ID!, $n: Int) { bookReadings(id: $id, first: $n) { nodes { book { title } chapters { title leaderName } readCounts myChapters } } }";
            let answer = app.graphql(Some(&token), query, json!({ "id": circle.community, "n": size })).await;
            assert_eq!(answer["data"]["bookReadings"]["nodes"].as_array().map(Vec::len), Some(size), "{answer}");
            let spent = app.services.store.statements() - before;
            assert!(spent <= 7, "{spent} statements for {size}");
        }
        let page = circle.ask(Face::Rest, circle.member, "list_book_readings", json!({ "id": circle.community, "first": 2 })).await.ok();
        let next = circle.ask(Face::Rest, circle.member, "list_book_readings", json!({ "id": circle.community, "first": 10, "after": page["next"] })).await.ok();
        assert_eq!(next["items"].as_array().unwrap().len(), 3);
    }

    async fn a_merge_takes_notes_marks_and_leading_along(app: TestApp) {
        let circle = Circle::new(&app).await;
        let twin = circle.person("Dewi L.").await;
        circle.join(twin).await;
        let id = planned(&circle, Face::Rest, json!([{ "chapter": 1, "leaderId": circle.member }])).await["id"].clone();
        for (person, chapter, text) in [(circle.member, 1, "Lama"), (twin, 1, "Baru"), (circle.member, 2, "Dua")] {
            let note = json!({ "id": id, "input": { "chapter": chapter, "text": text } });
            circle.ask(Face::Rest, person, "write_chapter_note", note).await.ok();
            circle.ask(Face::Rest, person, "mark_chapter", json!({ "id": id, "input": { "chapter": chapter, "read": true } })).await.ok();
        }
        let args = json!({ "id": circle.member, "input": { "intoId": twin, "reason": "NIK sama" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", args).await.ok();
        let read = circle.ask(Face::Rest, twin, "get_book_reading", json!({ "id": id })).await.ok();
        assert_eq!((&read["chapters"][0]["leaderId"], &read["readCounts"], &read["myChapters"]), (&json!(twin), &json!([1, 1, 0]), &json!([1, 2])));
        let notes = circle.ask(Face::Rest, twin, "list_chapter_notes", json!({ "id": id })).await.ok();
        let texts: Vec<_> = notes["items"].as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap()).collect();
        assert!(texts.contains(&"Baru\n\nLama") && texts.contains(&"Dua") && texts.len() == 2, "{texts:?}");
        let db = app.services.store.reader();
        assert!(chapter_note::Entity::find().all(db).await.unwrap().iter().all(|row| row.person_id == twin));
        assert!(chapter_mark::Entity::find().all(db).await.unwrap().iter().all(|row| row.person_id == twin));
        assert!(reading_chapter::Entity::find().all(db).await.unwrap().iter().all(|row| row.leader_id != Some(circle.member)));
    }
}
