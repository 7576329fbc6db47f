//! What members say to one another; through both faces, on both engines.

use std::time::Duration;

use chrono::TimeDelta;
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        app::start,
        circle::{Circle, DISTRICT},
        directory::put,
        rows::{activity_row, reading_row},
        socket::Socket,
        voice::{comment_row, proposal_row},
    },
};

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> =
        outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

/// Says something, a second after whatever was said before.
async fn say(circle: &Circle<'_>, face: Face, person: Uuid, input: Value) -> Outcome {
    circle.app.pass(TimeDelta::seconds(1));
    circle.ask(face, person, "create_comment", json!({ "id": circle.community, "input": input })).await
}

async fn listed(circle: &Circle<'_>, face: Face, person: Uuid, about: Value) -> Vec<Value> {
    let mut args = json!({ "id": circle.community, "first": 100 });
    args.as_object_mut().unwrap().extend(about.as_object().unwrap().clone());
    let page = circle.ask(face, person, "list_comments", args).await.ok();
    page["items"].as_array().unwrap().clone()
}

both_engines! {
    async fn members_talk_about_what_their_community_does(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let (activity, reading) = (Uuid::now_v7(), Uuid::now_v7());
            put(&app, activity_row(activity, circle.community, start())).await;
            put(&app, reading_row(reading, circle.community)).await;
            let about = json!({ "activityId": activity });
            let first = json!({ "about": about, "body": "Waktunya cukup.\nDi kelas lain?", "mentions": [circle.chair, circle.chair] });
            let made = say(&circle, face, circle.member, first).await.ok();
            assert_eq!((&made["subjectKind"], &made["activityId"], &made["authorName"]), (&json!("activity"), &json!(activity), &json!("Dewi")));
            assert_eq!((&made["body"], &made["mentions"]), (&json!("Waktunya cukup.\nDi kelas lain?"), &json!([{ "personId": circle.chair, "personName": "Ketua" }])));
            let reply = json!({ "about": about, "parentId": made["id"], "body": "Di kelas saya juga." });
            let reply = say(&circle, face, circle.chair, reply).await.ok();
            assert_eq!(reply["parentId"], made["id"]);
            let deeper = json!({ "about": about, "parentId": reply["id"], "body": "Setuju." });
            assert_eq!(faults(&say(&circle, face, circle.member, deeper).await), [("/parentId", "comment_parent_is_reply")]);
            say(&circle, face, circle.member, json!({ "about": { "readingId": reading }, "body": "Bab dua?" })).await.ok();

            let ask = async |person: Uuid, operation: &str, version: Value, input: Value| {
                circle.ask(face, person, operation, json!({ "id": made["id"], "version": version, "input": input })).await
            };
            let change = json!({ "body": "Waktunya kurang." });
            assert_eq!(ask(circle.member, "update_comment", json!(9), change.clone()).await.refused(), "stale_version");
            assert_eq!(ask(circle.chair, "update_comment", json!(1), change.clone()).await.refused(), "forbidden");
            let changed = ask(circle.member, "update_comment", json!(1), change).await.ok();
            assert_eq!((&changed["body"], &changed["mentions"]), (&json!("Waktunya kurang."), &json!([])));
            assert!(!changed["editedAt"].is_null());
            assert_eq!(ask(circle.chair, "withdraw_comment", Value::Null, Value::Null).await.refused(), "forbidden");
            let gone = ask(circle.member, "withdraw_comment", Value::Null, Value::Null).await.ok();
            assert_eq!((&gone["status"], &gone["body"]), (&json!("withdrawn"), &Value::Null));
            let again = ask(circle.member, "withdraw_comment", Value::Null, Value::Null).await;
            assert_eq!(again.refused(), "comment_withdrawn");
            let thread = listed(&circle, face, circle.chair, about).await;
            let bodies: Vec<_> = thread.iter().map(|one| one["body"].clone()).collect();
            assert_eq!(bodies, [Value::Null, json!("Di kelas saya juga.")], "the place remains, the reply survives");
            let late = json!({ "about": { "activityId": activity }, "parentId": made["id"], "body": "Ya." });
            assert_eq!(say(&circle, face, circle.chair, late).await.refused(), "comment_not_visible");
        }
        assert_eq!(app.events("comment.created").await.len(), 6);
        let told = serde_json::to_string(&app.events("comment.created").await[0].payload).unwrap();
        assert!(!told.contains("Waktunya") && !told.contains(&circle.chair.to_string()), "an event says what was said: {told}");
    }

    async fn every_fault_of_a_comment_is_told_at_once(app: TestApp) {
        let circle = Circle::new(&app).await;
        let elsewhere = Uuid::now_v7();
        put(&app, activity_row(elsewhere, circle.other_community, start())).await;
        for face in Face::BOTH {
            let bad = json!({ "about": { "activityId": elsewhere }, "parentId": Uuid::now_v7(), "body": " ",
                "mentions": [circle.chair, circle.outsider, circle.other_member] });
            assert_eq!(faults(&say(&circle, face, circle.member, bad).await), [
                ("/about/activityId", "reference_unknown"), ("/body", "text_missing"),
                ("/mentions/1", "colleague_not_a_member"), ("/mentions/2", "colleague_not_a_member"), ("/parentId", "reference_unknown"),
            ]);
            let two = json!({ "about": { "activityId": elsewhere, "readingId": elsewhere }, "body": "x".repeat(4_001), "mentions": vec![circle.chair; 21] });
            assert_eq!(faults(&say(&circle, face, circle.member, two).await), [
                ("/about", "comment_subject_ambiguous"), ("/body", "text_too_long"), ("/mentions", "mentions_too_many"),
            ]);
            let nul = json!({ "body": "a\u{0}b" });
            assert_eq!(faults(&say(&circle, face, circle.member, nul).await), [("/body", "text_has_control_characters")]);
        }
    }

    async fn a_reaction_counts_once_for_each_member(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = say(&circle, face, circle.member, json!({ "body": "Selamat!" })).await.ok()["id"].clone();
            let react = async |person: Uuid, kind: &str, on: bool| {
                circle.ask(face, person, "react_comment", json!({ "id": id, "input": { "kind": kind, "on": on } })).await
            };
            react(circle.chair, "celebrate", true).await.ok();
            react(circle.chair, "celebrate", true).await.ok();
            react(circle.observer, "celebrate", true).await.ok();
            let mine = react(circle.observer, "agree", true).await.ok();
            assert_eq!(mine["reactions"], json!([{ "kind": "agree", "count": 1, "mine": true }, { "kind": "celebrate", "count": 2, "mine": true }]));
            let back = react(circle.observer, "celebrate", false).await.ok();
            assert_eq!(back["reactions"], json!([{ "kind": "agree", "count": 1, "mine": true }, { "kind": "celebrate", "count": 1, "mine": false }]));
            react(circle.observer, "celebrate", false).await.ok();
            assert_eq!(react(circle.outsider, "agree", true).await.refused(), "not_found");
        }
        assert_eq!(app.events("comment.reacted").await.len(), 8, "saying the same again is no event");
    }

    async fn what_is_hidden_is_read_by_its_author_and_who_moderates(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (near, far) = (app.token(Grant::moderator("32")), app.token(Grant::moderator("35")));
        for face in Face::BOTH {
            let id = say(&circle, face, circle.member, json!({ "body": "Andi di kelas 4 malas." })).await.ok()["id"].clone();
            let hide = |reason: &str| json!({ "id": id, "input": { "code": "privacy", "reason": reason } });
            assert_eq!(circle.ask(face, circle.observer, "hide_comment", hide("Nama murid")).await.refused(), "forbidden");
            assert_eq!(app.call(face, Some(&far), "hide_comment", hide("Nama murid")).await.refused(), "not_found");
            assert_eq!(faults(&circle.ask(face, circle.chair, "hide_comment", hide(" ")).await), [("/reason", "reason_missing")]);
            let hidden = circle.ask(face, circle.chair, "hide_comment", hide("Nama murid")).await.ok();
            assert_eq!(hidden["hiddenReason"], "Nama murid");
            assert_eq!(app.call(face, Some(&near), "hide_comment", hide("Lagi")).await.refused(), "comment_not_visible");
            for token in [circle.teacher(circle.member), circle.teacher(circle.chair), near.clone()] {
                let seen = app.call(face, Some(&token), "get_comment", json!({ "id": id })).await.ok();
                assert_eq!((&seen["body"], &seen["hiddenReason"]), (&json!("Andi di kelas 4 malas."), &json!("Nama murid")));
            }
            let seen = circle.ask(face, circle.observer, "get_comment", json!({ "id": id })).await.ok();
            assert_eq!((&seen["body"], &seen["hiddenReason"], &seen["hiddenCode"]), (&Value::Null, &Value::Null, &json!("privacy")));
            let react = json!({ "id": id, "input": { "kind": "agree", "on": true } });
            assert_eq!(circle.ask(face, circle.observer, "react_comment", react).await.refused(), "comment_not_visible");
            let restore = json!({ "id": id, "input": { "reason": "Nama dihapus" } });
            let shown = app.call(face, Some(&near), "restore_comment", restore.clone()).await.ok();
            assert_eq!((&shown["status"], &shown["hiddenCode"]), (&json!("visible"), &Value::Null));
            assert_eq!(app.call(face, Some(&near), "restore_comment", restore).await.refused(), "comment_not_hidden");
        }
        use sea_orm::EntityTrait;
        let steps = entity::comment_moderation::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert_eq!(steps.len(), 4, "each step is kept");
    }

    async fn members_read_and_nobody_else_but_the_moderator(app: TestApp) {
        let circle = Circle::new(&app).await;
        let id = say(&circle, Face::Rest, circle.member, json!({ "body": "Halo." })).await.ok()["id"].clone();
        for face in Face::BOTH {
            for grant in [Grant::ministry(), Grant::ministry_system(), Grant::regional_officer("32")] {
                let outcome = app.call(face, Some(&app.token(grant)), "get_comment", json!({ "id": id })).await;
                assert_eq!(outcome.refused(), "forbidden");
            }
            for person in [circle.outsider, circle.other_member] {
                assert_eq!(circle.ask(face, person, "get_comment", json!({ "id": id })).await.refused(), "not_found");
                assert_eq!(say(&circle, face, person, json!({ "body": "Halo." })).await.refused(), "forbidden");
                assert!(listed(&circle, face, person, json!({})).await.is_empty());
            }
            app.call(face, Some(&app.token(Grant::moderator("32"))), "get_comment", json!({ "id": id })).await.ok();
            let nowhere = circle.ask(face, circle.member, "list_comments", json!({ "id": Uuid::now_v7() })).await;
            assert_eq!(nowhere.refused(), "not_found");
        }
    }

    async fn a_moderator_finds_nothing_of_another_region(app: TestApp) {
        let circle = Circle::new(&app).await;
        let proposal = Uuid::now_v7();
        put(&app, proposal_row(proposal, circle.community, circle.member)).await;
        let near = app.token(Grant::moderator(DISTRICT));
        for face in Face::BOTH {
            let said = say(&circle, face, circle.member, json!({ "body": "Halo." })).await.ok()["id"].clone();
            let hidden = say(&circle, face, circle.member, json!({ "body": "Andi malas." })).await.ok()["id"].clone();
            let hide = json!({ "id": hidden, "input": { "code": "privacy", "reason": "Nama murid" } });
            app.call(face, Some(&near), "hide_comment", hide).await.ok();
            let list = async |token: &str, operation: &str| {
                let page = app.call(face, Some(token), operation, json!({ "id": circle.community })).await.ok();
                page["items"].as_array().unwrap().len()
            };
            assert!(list(&near, "list_comments").await >= 2 && list(&near, "list_proposals").await == 1);
            // Another province, and another city of the same one whose code begins alike.
            for far in ["35", "32.74", "32.73.02"].map(|region| app.token(Grant::moderator(region))) {
                let reason = json!({ "reason": "Melihat-lihat" });
                for (operation, id, input) in [
                    ("get_comment", &said, Value::Null), ("get_comment", &hidden, Value::Null),
                    ("hide_comment", &said, json!({ "code": "privacy", "reason": "Melihat-lihat" })), ("restore_comment", &hidden, reason.clone()),
                    ("get_proposal", &json!(proposal), Value::Null), ("remove_proposal", &json!(proposal), reason.clone()),
                    ("unseal_proposal", &json!(proposal), reason),
                ] {
                    let outcome = app.call(face, Some(&far), operation, json!({ "id": id, "input": input })).await;
                    assert_eq!(outcome.refused(), "not_found", "{operation}");
                }
                for operation in ["list_comments", "list_proposals"] {
                    assert_eq!(list(&far, operation).await, 0, "{operation}");
                }
                let ids = [("Comment", &said), ("Comment", &hidden), ("Proposal", &json!(proposal))]
                    .map(|(kind, id)| sanggar::foundation::id::global(kind, id.as_str().unwrap()));
                let query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }";
                let answer = app.graphql(Some(&far), query, json!({ "ids": ids })).await;
                assert_eq!(answer["data"]["nodes"], json!([null, null, null]), "{answer}");
            }
        }
    }

    async fn whoever_is_named_finds_what_speaks_to_them(app: TestApp) {
        let circle = Circle::new(&app).await;
        for (nth, mentions) in [json!([circle.chair]), json!([]), json!([circle.chair, circle.observer])].into_iter().enumerate() {
            say(&circle, Face::Rest, circle.member, json!({ "body": format!("Kata {nth}"), "mentions": mentions })).await.ok();
        }
        for face in Face::BOTH {
            let of = async |person: Uuid| {
                let page = circle.ask(face, person, "list_mentions", json!({})).await.ok();
                page["items"].as_array().unwrap().iter().map(|one| one["body"].clone()).collect::<Vec<_>>()
            };
            assert_eq!(of(circle.chair).await, ["Kata 2", "Kata 0"]);
            assert_eq!(of(circle.observer).await, ["Kata 2"]);
            assert!(of(circle.member).await.is_empty());
        }
    }

    async fn a_page_of_comments_costs_the_same_for_ten_and_for_a_hundred(app: TestApp) {
        let circle = Circle::new(&app).await;
        for _ in 0..110 {
            put(&app, comment_row(Uuid::now_v7(), circle.community, circle.member)).await;
        }
        for face in Face::BOTH {
            let mut costs = Vec::new();
            for size in [10, 100] {
                let before = app.services.store.statements();
                let args = json!({ "id": circle.community, "first": size });
                let page = circle.ask(face, circle.chair, "list_comments", args).await.ok();
                assert_eq!(page["items"].as_array().unwrap().len(), size);
                costs.push(app.services.store.statements() - before);
            }
            println!("a page of comments took {costs:?} statements");
            assert_eq!(costs[0], costs[1]);
        }
    }

    async fn what_is_said_reaches_those_in_the_room_and_not_the_office(app: TestApp) {
        let circle = Circle::new(&app).await;
        let mut member = Socket::open(&app, &circle.teacher(circle.member)).await;
        let mut office = Socket::open(&app, &app.token(Grant::regional_officer(DISTRICT))).await;
        for socket in [&mut member, &mut office] {
            socket.follow("1", &circle.community.to_string(), None).await;
            assert!(socket.update().await.1.is_null());
        }
        let made = say(&circle, Face::Rest, circle.chair, json!({ "body": "Halo." })).await.ok();
        let (_, event) = member.update().await;
        assert_eq!((&event["kind"], &event["subjectId"]), (&json!("comment.created"), &made["id"]));
        assert!(office.hear_within(Duration::from_millis(600)).await.is_none(), "the office reads no discussion");
        let proposed = json!({ "id": circle.community, "input": { "title": "Kamis", "body": "Ya.", "anonymous": true } });
        circle.ask(Face::Rest, circle.chair, "create_proposal", proposed).await.ok();
        for socket in [&mut member, &mut office] {
            let (_, event) = socket.update().await;
            assert_eq!(event["kind"], "proposal.created");
            assert!(!event.to_string().contains(&circle.chair.to_string()));
        }
    }

    async fn what_was_said_follows_a_merge_of_records(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (old, new) = (circle.person("Sri Lama").await, circle.person("Sri Baru").await);
        circle.join(old).await;
        let said = say(&circle, Face::Rest, old, json!({ "body": "Halo." })).await.ok();
        let named = say(&circle, Face::Rest, circle.chair, json!({ "body": "Halo.", "mentions": [old] })).await.ok();
        let react = json!({ "id": named["id"], "input": { "kind": "thanks", "on": true } });
        circle.ask(Face::Rest, old, "react_comment", react).await.ok();
        let merge = json!({ "id": old, "input": { "intoId": new, "reason": "Orang yang sama." } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        for face in Face::BOTH {
            let own = circle.ask(face, new, "get_comment", json!({ "id": said["id"] })).await.ok();
            assert_eq!((&own["authorId"], &own["authorName"]), (&json!(new), &json!("Sri Baru")));
            let seen = circle.ask(face, new, "get_comment", json!({ "id": named["id"] })).await.ok();
            assert_eq!(seen["mentions"][0]["personId"], json!(new));
            assert_eq!(seen["reactions"][0]["mine"], true);
        }
    }

    async fn what_two_keep_between_them_is_not_talked_about_by_all(app: TestApp) {
        let circle = Circle::new(&app).await;
        for kind in ["peer_observation", "coaching"] {
            let id = Uuid::now_v7();
            let row = activity_row(id, circle.community, start());
            put(&app, entity::activity::Model { kind: kind.to_owned(), ..row }).await;
            for face in Face::BOTH {
                let about = json!({ "about": { "activityId": id }, "body": "Bagaimana?" });
                let outcome = say(&circle, face, circle.member, about).await;
                assert_eq!(faults(&outcome), [("/about/activityId", "reference_unknown")], "{kind}");
            }
        }
    }

    async fn an_officer_does_not_show_what_is_their_own(app: TestApp) {
        let circle = Circle::new(&app).await;
        let near = app.token(Grant::moderator("32"));
        for face in Face::BOTH {
            let id = say(&circle, face, circle.chair, json!({ "body": "Andi malas." })).await.ok()["id"].clone();
            let hide = json!({ "id": id, "input": { "code": "privacy", "reason": "Nama murid" } });
            circle.ask(face, circle.chair, "hide_comment", hide).await.ok();
            let restore = json!({ "id": id, "input": { "reason": "Nama dihapus" } });
            let own = circle.ask(face, circle.chair, "restore_comment", restore.clone()).await;
            assert_eq!(own.refused(), "comment_own_restore");
            app.call(face, Some(&near), "restore_comment", restore).await.ok();
        }
    }
}
