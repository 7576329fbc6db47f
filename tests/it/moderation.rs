//! What moderation leaves and what is said against it: a hide that stands, its history, appeals, reports; through both
//! faces, on both engines. Who appeals for an anonymous proposal and who reports is looked for everywhere.

use chrono::TimeDelta;
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        circle::Circle,
        directory::put,
        voice::{comment_row, named},
    },
};

const NAME: &str = "Pelapor Sunyi";

/// Calls a second after whatever was done before: steps are told in the order of their time.
pub async fn call(app: &TestApp, face: Face, token: &str, operation: &str, args: Value) -> Outcome {
    app.pass(TimeDelta::seconds(1));
    app.call(face, Some(token), operation, args).await
}

/// A moderator of the region, as one of several.
pub fn moderator(app: &TestApp, name: &str) -> String {
    app.token_of(name, vec![Grant::moderator("32")])
}

pub async fn said(circle: &Circle<'_>, face: Face, person: Uuid) -> Value {
    let args = json!({ "id": circle.community, "input": { "body": "Andi di kelas 4 malas." } });
    call(circle.app, face, &circle.teacher(person), "create_comment", args).await.ok()["id"].clone()
}

pub async fn hide(app: &TestApp, face: Face, token: &str, id: &Value) {
    let args = json!({ "id": id, "input": { "code": "privacy", "reason": "Nama murid" } });
    call(app, face, token, "hide_comment", args).await.ok();
}

pub fn because(id: &Value, reason: &str) -> Value {
    json!({ "id": id, "input": { "reason": reason } })
}

pub fn words(id: &Value) -> Value {
    json!({ "id": id, "input": { "words": "Andi tokoh sebuah buku." } })
}

pub fn decision(id: &Value, outcome: &str) -> Value {
    json!({ "id": id, "input": { "outcome": outcome, "reason": "Andi memang tokoh buku" } })
}

pub fn wrong(id: &Value, code: &str) -> Value {
    json!({ "id": id, "input": { "code": code, "words": "Menyebut nama murid." } })
}

async fn steps(app: &TestApp, face: Face, token: &str, operation: &str, id: &Value) -> Vec<Value> {
    let page = call(app, face, token, operation, json!({ "id": id })).await.ok();
    page["items"].as_array().unwrap().clone()
}

pub async fn listed(app: &TestApp, face: Face, token: &str, operation: &str, status: &str) -> Vec<Value> {
    let page = call(app, face, token, operation, json!({ "status": status })).await.ok();
    page["items"].as_array().unwrap().clone()
}

/// An anonymous proposal.
pub async fn proposed(circle: &Circle<'_>, face: Face, person: Uuid) -> Value {
    let input = json!({ "title": "Pindah ke Kamis", "body": "Ketua selalu terlambat.", "anonymous": true });
    let args = json!({ "id": circle.community, "input": input });
    call(circle.app, face, &circle.teacher(person), "create_proposal", args).await.ok()["id"].clone()
}

both_engines! {
    async fn what_the_moderator_hid_no_officer_shows(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (chair, near) = (circle.teacher(circle.chair), moderator(&app, "m-1"));
        for face in Face::BOTH {
            let id = said(&circle, face, circle.member).await;
            for (by, officer_may) in [(&chair, true), (&near, false)] {
                hide(&app, face, by, &id).await;
                let shown = call(&app, face, &chair, "restore_comment", because(&id, "Sudah dibahas")).await;
                if officer_may {
                    shown.ok();
                } else {
                    assert_eq!(shown.refused(), "comment_hidden_by_moderator");
                    call(&app, face, &near, "restore_comment", because(&id, "Sudah dibahas")).await.ok();
                }
            }
            hide(&app, face, &chair, &id).await;
            call(&app, face, &near, "restore_comment", because(&id, "Bukan nama murid")).await.ok();

            // What an officer hid and the moderator confirmed is the moderator's, until it is hidden anew.
            hide(&app, face, &chair, &id).await;
            let made = call(&app, face, &circle.teacher(circle.member), "appeal_comment", words(&id)).await.ok();
            call(&app, face, &near, "decide_appeal", decision(&made["id"], "dismissed")).await.ok();
            let shown = call(&app, face, &chair, "restore_comment", because(&id, "Sudah dibahas")).await;
            assert_eq!(shown.refused(), "comment_hidden_by_moderator");
            call(&app, face, &near, "restore_comment", because(&id, "Sudah dibahas")).await.ok();
            hide(&app, face, &chair, &id).await;
            call(&app, face, &chair, "restore_comment", because(&id, "Sudah dibahas")).await.ok();
        }
    }

    async fn how_a_comment_was_moderated_is_read_by_its_author_and_who_moderates(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (chair, near, far) = (circle.teacher(circle.chair), moderator(&app, "m-1"), app.token(Grant::moderator("35")));
        let author = circle.teacher(circle.member);
        for face in Face::BOTH {
            let id = said(&circle, face, circle.member).await;
            assert!(steps(&app, face, &author, "list_comment_moderation", &id).await.is_empty());
            hide(&app, face, &chair, &id).await;
            call(&app, face, &near, "restore_comment", because(&id, "Tokoh buku")).await.ok();
            let told = |steps: &[Value]| -> Vec<(Value, Value, Value, Value, Value)> {
                let of = |s: &Value| (s["step"].clone(), s["code"].clone(), s["reason"].clone(), s["doneAs"].clone(), s["doneBy"].clone());
                steps.iter().map(of).collect()
            };
            let by = |hider: Value, restorer: Value| vec![
                (json!("hidden"), json!("privacy"), json!("Nama murid"), json!("officer"), hider),
                (json!("restored"), Value::Null, json!("Tokoh buku"), json!("moderator"), restorer),
            ];
            let own = steps(&app, face, &author, "list_comment_moderation", &id).await;
            assert_eq!(told(&own), by(Value::Null, Value::Null), "an author is not told by whom");
            for reader in [&chair, &near] {
                let all = steps(&app, face, reader, "list_comment_moderation", &id).await;
                assert_eq!(told(&all), by(json!(circle.chair), json!("m-1")));
            }
            let first = call(&app, face, &author, "list_comment_moderation", json!({ "id": id, "first": 1 })).await.ok();
            assert_eq!(first["items"], json!([own[0]]));
            let args = json!({ "id": id, "first": 1, "after": first["next"] });
            let second = call(&app, face, &author, "list_comment_moderation", args).await.ok();
            assert_eq!((&second["items"], &second["next"]), (&json!([own[1]]), &Value::Null));
            for (token, code) in [
                (circle.teacher(circle.observer), "forbidden"), (circle.teacher(circle.outsider), "not_found"),
                (far.clone(), "not_found"), (app.ministry(), "forbidden"), (app.token(Grant::regional_officer("32")), "forbidden"),
            ] {
                let outcome = call(&app, face, &token, "list_comment_moderation", json!({ "id": id })).await;
                assert_eq!(outcome.refused(), code);
            }
        }
    }

    async fn a_list_of_comments_brings_their_steps_along_to_whom_they_are_for(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (chair, near) = (circle.teacher(circle.chair), moderator(&app, "m-1"));
        let mut costs = Vec::new();
        for count in [2, 8] {
            for _ in 0..count {
                let id = said(&circle, Face::Rest, circle.member).await;
                hide(&app, Face::Rest, &chair, &id).await;
                call(&app, Face::Rest, &circle.teacher(circle.member), "appeal_comment", words(&id)).await.ok();
            }
            let query = "query($id: ID!) { comments(id: $id, first: 50) { nodes { moderation(first: 5) { step doneBy appeal { status } } } } }";
            for (token, by, appeal, times) in [
                (circle.teacher(circle.member), Value::Null, json!({ "status": "OPEN" }), 1),
                (chair.clone(), json!(circle.chair), Value::Null, 1),
                (near.clone(), json!(circle.chair), json!({ "status": "OPEN" }), 1),
                (circle.teacher(circle.observer), Value::Null, Value::Null, 0),
            ] {
                let before = app.services.store.statements();
                let id = sanggar::foundation::id::global("Community", &circle.community.to_string());
                let answer = app.graphql(Some(&token), query, json!({ "id": id })).await;
                costs.push(app.services.store.statements() - before);
                let step = json!({ "step": "HIDDEN", "doneBy": by, "appeal": appeal });
                let nodes = answer["data"]["comments"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
                assert_eq!(nodes.len(), if count == 2 { 2 } else { 10 }, "the second round adds to the first");
                for comment in nodes {
                    assert_eq!(comment["moderation"], json!(vec![step.clone(); times]));
                }
            }
        }
        println!("comments with their steps took {costs:?} statements");
        assert_eq!(costs[..4], costs[4..], "each comment asks for itself");
    }

    async fn an_author_appeals_once_and_another_moderator_decides(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (first, second, far) = (moderator(&app, "m-1"), moderator(&app, "m-2"), app.token(Grant::moderator("35")));
        let (author, chair) = (circle.teacher(circle.member), circle.teacher(circle.chair));
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            let id = said(&circle, face, circle.member).await;
            assert_eq!(call(&app, face, &author, "appeal_comment", words(&id)).await.refused(), "comment_not_hidden");
            hide(&app, face, &first, &id).await;
            for (token, code) in [(circle.teacher(circle.observer), "forbidden"), (chair.clone(), "forbidden"), (first.clone(), "forbidden"),
                (circle.teacher(circle.outsider), "not_found"), (app.ministry(), "forbidden")] {
                assert_eq!(call(&app, face, &token, "appeal_comment", words(&id)).await.refused(), code);
            }
            let silent = call(&app, face, &author, "appeal_comment", json!({ "id": id, "input": { "words": " " } })).await;
            assert_eq!(silent.faults, [("/words".to_owned(), "text_missing".to_owned())]);
            let mut args = words(&id);
            args["key"] = json!(format!("keberatan-{nth}"));
            let made = call(&app, face, &author, "appeal_comment", args.clone()).await.ok();
            assert_eq!((&made["status"], &made["commentId"], &made["proposalId"]), (&json!("open"), &id, &Value::Null));
            assert_eq!(call(&app, face, &author, "appeal_comment", args).await.ok(), made, "a replay is answered as before");
            assert_eq!(call(&app, face, &author, "appeal_comment", words(&id)).await.refused(), "appeal_exists");

            for token in [&author, &chair, &app.ministry()] {
                assert_eq!(call(&app, face, token, "list_appeals", json!({})).await.refused(), "forbidden");
            }
            assert!(listed(&app, face, &far, "list_appeals", "open").await.is_empty());
            let waiting = listed(&app, face, &second, "list_appeals", "open").await;
            assert_eq!((waiting.len(), &waiting[0]["id"], &waiting[0]["ownDecision"]), (1, &made["id"], &json!(false)));
            assert_eq!(listed(&app, face, &first, "list_appeals", "open").await[0]["ownDecision"], true);
            let ruling = decision(&made["id"], "dismissed");
            assert_eq!(call(&app, face, &first, "decide_appeal", ruling.clone()).await.refused(), "appeal_own_decision");
            assert_eq!(call(&app, face, &far, "decide_appeal", ruling.clone()).await.refused(), "not_found");
            assert_eq!(call(&app, face, &chair, "decide_appeal", ruling.clone()).await.refused(), "forbidden");
            let silent = json!({ "id": made["id"], "input": { "outcome": "upheld", "reason": " " } });
            let silent = call(&app, face, &second, "decide_appeal", silent).await;
            assert_eq!(silent.faults, [("/reason".to_owned(), "reason_missing".to_owned())]);
            let decided = call(&app, face, &second, "decide_appeal", ruling.clone()).await.ok();
            assert_eq!((&decided["status"], &decided["answer"]), (&json!("dismissed"), &json!("Andi memang tokoh buku")));
            assert_eq!(call(&app, face, &second, "decide_appeal", ruling).await.refused(), "appeal_not_open");
            assert_eq!(call(&app, face, &author, "appeal_comment", words(&id)).await.refused(), "appeal_exists", "it is final");
            let own = steps(&app, face, &author, "list_comment_moderation", &id).await;
            assert_eq!((&own[0]["appeal"]["status"], &own[0]["appeal"]["answer"]), (&json!("dismissed"), &json!("Andi memang tokoh buku")));
            assert_eq!(steps(&app, face, &chair, "list_comment_moderation", &id).await[0]["appeal"], Value::Null, "the officers are no party to it");
            let seen = call(&app, face, &author, "get_comment", json!({ "id": id })).await.ok();
            assert_eq!(seen["status"], "hidden");
        }
        let stale = call(&app, Face::Rest, &second, "decide_appeal", json!({ "id": listed(&app, Face::Rest, &second, "list_appeals", "dismissed").await[0]["id"],
            "version": 9, "input": { "outcome": "upheld", "reason": "Ya" } })).await;
        assert_eq!(stale.refused(), "stale_version");
        for event in app.events("comment.appealed").await.iter().chain(&app.events("appeal.decided").await) {
            let told = event.payload.to_string();
            assert!(!told.contains("tokoh") && !told.contains(&circle.member.to_string()), "{told}");
        }
    }

    async fn an_appeal_that_is_upheld_shows_the_comment_and_one_without_an_object_lapses(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (near, author, chair) = (moderator(&app, "m-1"), circle.teacher(circle.member), circle.teacher(circle.chair));
        for face in Face::BOTH {
            let id = said(&circle, face, circle.member).await;
            hide(&app, face, &chair, &id).await;
            let made = call(&app, face, &author, "appeal_comment", words(&id)).await.ok();
            call(&app, face, &near, "decide_appeal", decision(&made["id"], "upheld")).await.ok();
            let seen = circle.ask(face, circle.observer, "get_comment", json!({ "id": id })).await.ok();
            assert_eq!((&seen["status"], &seen["body"], &seen["hiddenCode"]), (&json!("visible"), &json!("Andi di kelas 4 malas."), &Value::Null));
            let own = steps(&app, face, &author, "list_comment_moderation", &id).await;
            assert_eq!((own.len(), &own[1]["step"], &own[1]["doneAs"], &own[0]["appeal"]["status"]), (2, &json!("restored"), &json!("moderator"), &json!("upheld")));

            hide(&app, face, &chair, &id).await;
            let made = call(&app, face, &author, "appeal_comment", words(&id)).await.ok();
            call(&app, face, &chair, "restore_comment", because(&id, "Benar juga")).await.ok();
            assert_eq!(call(&app, face, &near, "get_appeal", json!({ "id": made["id"] })).await.ok()["status"], "lapsed");
            assert_eq!(call(&app, face, &near, "decide_appeal", decision(&made["id"], "upheld")).await.refused(), "appeal_not_open");
            hide(&app, face, &chair, &id).await;
            let made = call(&app, face, &author, "appeal_comment", words(&id)).await.ok();
            call(&app, face, &author, "withdraw_comment", json!({ "id": id })).await.ok();
            assert_eq!(call(&app, face, &near, "get_appeal", json!({ "id": made["id"] })).await.ok()["status"], "lapsed");
        }
        let late = [said(&circle, Face::Rest, circle.member).await, said(&circle, Face::Rest, circle.member).await];
        for id in &late {
            hide(&app, Face::Rest, &chair, id).await;
        }
        app.pass(TimeDelta::days(31));
        for (face, id) in Face::BOTH.into_iter().zip(&late) {
            let outcome = call(&app, face, &circle.teacher(circle.member), "appeal_comment", words(id)).await;
            assert_eq!(outcome.refused(), "appeal_too_late");
        }
    }

    async fn an_anonymous_author_appeals_and_nobody_learns_who(app: TestApp) {
        let circle = Circle::new(&app).await;
        let author = circle.person(NAME).await;
        circle.join(author).await;
        let (first, second) = (moderator(&app, "m-1"), moderator(&app, "m-2"));
        let before = named(&app, author, NAME).await;
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            let id = proposed(&circle, face, author).await;
            let own = circle.teacher(author);
            let closes_at = app.services.clock.now() + TimeDelta::days(7);
            let input = json!({ "closesAt": closes_at, "rule": "simple_majority", "quorumPercent": 10 });
            call(&app, face, &circle.teacher(circle.chair), "open_proposal_voting", json!({ "id": id, "input": input })).await.ok();
            call(&app, face, &own, "vote_proposal", json!({ "id": id, "input": { "choice": "yes" } })).await.ok();
            let voting = call(&app, face, &own, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!(call(&app, face, &own, "appeal_proposal", words(&id)).await.refused(), "proposal_not_removed");
            call(&app, face, &first, "remove_proposal", because(&id, "Menyerang ketua")).await.ok();
            for (person, code) in [(circle.chair, "forbidden"), (circle.member, "forbidden"), (circle.outsider, "not_found")] {
                assert_eq!(call(&app, face, &circle.teacher(person), "appeal_proposal", words(&id)).await.refused(), code);
            }
            let mut args = words(&id);
            args["key"] = json!(format!("keberatan-{nth}"));
            let made = call(&app, face, &own, "appeal_proposal", args.clone()).await.ok();
            assert_eq!(call(&app, face, &own, "appeal_proposal", args).await.ok(), made);
            assert_eq!(call(&app, face, &own, "appeal_proposal", words(&id)).await.refused(), "appeal_exists");
            for token in [&first, &second] {
                for (operation, args) in [("list_appeals", json!({})), ("get_appeal", json!({ "id": made["id"] })), ("list_proposal_moderation", json!({ "id": id }))] {
                    let told = call(&app, face, token, operation, args).await.ok().to_string();
                    assert!(!told.contains(&author.to_string()) && !told.contains(NAME), "{told}");
                }
            }
            assert_eq!(call(&app, face, &circle.teacher(circle.chair), "list_proposal_moderation", json!({ "id": id })).await.refused(), "forbidden");
            app.pass(TimeDelta::days(2));
            assert_eq!(call(&app, face, &first, "decide_appeal", decision(&made["id"], "upheld")).await.refused(), "appeal_own_decision");
            call(&app, face, &second, "decide_appeal", decision(&made["id"], "upheld")).await.ok();
            let back = call(&app, face, &own, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!((&back["status"], &back["statusSince"], &back["title"], &back["voting"]["turnout"]),
                (&json!("voting"), &voting["statusSince"], &json!("Pindah ke Kamis"), &json!(1)));
            let closes = |of: &Value| of["voting"]["closesAt"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
            assert!(closes(&back) - closes(&voting) >= TimeDelta::days(2), "the vote gets the time it lost");
            let told = steps(&app, face, &own, "list_proposal_moderation", &id).await;
            let kinds: Vec<_> = told.iter().map(|step| (step["step"].clone(), step["doneBy"].clone())).collect();
            assert_eq!(kinds, [(json!("removed"), Value::Null), (json!("returned"), Value::Null)]);
            assert_eq!(told[0]["appeal"]["answer"], "Andi memang tokoh buku");
        }
        assert_eq!(named(&app, author, NAME).await, before, "a table names the author more often than before");
        let events = app.events("proposal.appealed").await;
        assert_eq!(events.len(), 2);
        assert!(events.iter().all(|event| (event.actor.as_str(), event.request_id.as_str()) == ("withheld", "withheld")));
    }

    async fn a_report_is_made_once_and_nobody_learns_by_whom(app: TestApp) {
        let circle = Circle::new(&app).await;
        let reporter = circle.person(NAME).await;
        circle.join(reporter).await;
        let (mine, chair, near) = (circle.teacher(reporter), circle.teacher(circle.chair), moderator(&app, "m-1"));
        let far = app.token(Grant::moderator("35"));
        let before = named(&app, reporter, NAME).await;
        for face in Face::BOTH {
            let id = said(&circle, face, circle.member).await;
            let ask = async |token: &str, operation: &str, args: Value| call(&app, face, token, operation, args).await;
            let own = ask(&circle.teacher(circle.member), "report_comment", wrong(&id, "privacy")).await;
            assert_eq!(own.refused(), "report_own");
            assert_eq!(ask(&circle.teacher(circle.outsider), "report_comment", wrong(&id, "privacy")).await.refused(), "not_found");
            assert_eq!(ask(&app.ministry(), "report_comment", wrong(&id, "privacy")).await.refused(), "forbidden");
            let long = json!({ "id": id, "input": { "code": "privacy", "words": "x".repeat(2_001) } });
            assert_eq!(ask(&mine, "report_comment", long).await.faults, [("/words".to_owned(), "text_too_long".to_owned())]);
            let made = ask(&mine, "report_comment", wrong(&id, "privacy")).await.ok();
            assert_eq!(ask(&mine, "report_comment", wrong(&id, "abuse")).await.ok(), made, "again is the same report");
            ask(&circle.teacher(circle.observer), "report_comment", wrong(&id, "off_topic")).await.ok();
            for token in [&chair, &near] {
                let open = listed(&app, face, token, "list_reports", "open").await;
                let codes: Vec<_> = open.iter().map(|one| (one["code"].clone(), one["openOfSame"].clone())).collect();
                assert_eq!(codes, [(json!("privacy"), json!(2)), (json!("off_topic"), json!(2))]);
                let text = json!(open).to_string();
                assert!(!text.contains(&reporter.to_string()) && !text.contains(NAME), "{text}");
            }
            for token in [&far, &mine] {
                assert!(listed(&app, face, token, "list_reports", "open").await.is_empty());
                assert_eq!(ask(token, "dismiss_report", because(&made["id"], "Tokoh buku")).await.refused(), "not_found");
            }
            assert_eq!(ask(&app.ministry(), "list_reports", json!({})).await.refused(), "forbidden");
            assert_eq!(ask(&chair, "dismiss_report", because(&made["id"], " ")).await.faults, [("/reason".to_owned(), "reason_missing".to_owned())]);
            let mut stale = because(&made["id"], "Tokoh buku");
            stale["version"] = json!(9);
            if face == Face::Rest {
                assert_eq!(ask(&chair, "dismiss_report", stale).await.refused(), "stale_version");
            }
            ask(&chair, "dismiss_report", because(&made["id"], "Tokoh buku")).await.ok();
            assert_eq!(ask(&chair, "dismiss_report", because(&made["id"], "Tokoh buku")).await.refused(), "report_not_open");
            let answered = ask(&mine, "report_comment", wrong(&id, "abuse")).await.ok();
            assert_eq!((&answered["id"], &answered["status"], &answered["answer"]), (&made["id"], &json!("dismissed"), &json!("Tokoh buku")));
            hide(&app, face, &chair, &id).await;
            assert!(listed(&app, face, &near, "list_reports", "open").await.is_empty(), "hiding settles what is open");
            assert_eq!(ask(&circle.teacher(circle.observed), "report_comment", wrong(&id, "abuse")).await.refused(), "comment_not_visible");

            // What the chair said is looked after by the moderator alone.
            let by_chair = said(&circle, face, circle.chair).await;
            ask(&mine, "report_comment", wrong(&by_chair, "abuse")).await.ok();
            assert!(listed(&app, face, &chair, "list_reports", "open").await.is_empty());
            assert_eq!(listed(&app, face, &near, "list_reports", "open").await[0]["commentId"], by_chair);
            call(&app, face, &chair, "withdraw_comment", json!({ "id": by_chair })).await.ok();
            assert!(listed(&app, face, &near, "list_reports", "open").await.is_empty(), "taking back settles them, too");

            let id = proposed(&circle, face, circle.member).await;
            assert_eq!(ask(&circle.teacher(circle.member), "report_proposal", wrong(&id, "abuse")).await.refused(), "report_own");
            let closes_at = app.services.clock.now() + TimeDelta::days(7);
            let input = json!({ "closesAt": closes_at, "rule": "simple_majority", "quorumPercent": 10 });
            ask(&chair, "open_proposal_voting", json!({ "id": id, "input": input })).await.ok();
            ask(&mine, "vote_proposal", json!({ "id": id, "input": { "choice": "yes" } })).await.ok();
            let made = ask(&mine, "report_proposal", wrong(&id, "abuse")).await.ok();
            assert_eq!(ask(&mine, "report_proposal", wrong(&id, "abuse")).await.ok(), made);
            assert!(listed(&app, face, &chair, "list_reports", "open").await.is_empty(), "of proposals the moderator alone reads");
            assert_eq!(ask(&chair, "dismiss_report", because(&made["id"], "Tidak")).await.refused(), "not_found");
            assert_eq!(listed(&app, face, &near, "list_reports", "open").await[0]["proposalId"], id);
            call(&app, face, &near, "remove_proposal", because(&id, "Menyerang ketua")).await.ok();
            assert!(listed(&app, face, &near, "list_reports", "open").await.is_empty());
            assert_eq!(ask(&circle.teacher(circle.observer), "report_proposal", wrong(&id, "abuse")).await.refused(), "proposal_removed");
        }
        assert_eq!(named(&app, reporter, NAME).await, before, "a table names the reporter more often than before");
        for kind in ["comment.reported", "proposal.reported"] {
            let events = app.events(kind).await;
            assert!(events.len() >= 2 && events.iter().all(|event| (event.actor.as_str(), event.request_id.as_str()) == ("withheld", "withheld")));
            assert!(events.iter().all(|event| !event.payload.to_string().contains("Menyebut")), "an event says what was said");
        }
        use sea_orm::EntityTrait;
        let rows = entity::report::Entity::find().all(app.services.store.reader()).await.unwrap();
        let marks: std::collections::HashSet<_> = rows.iter().map(|row| &row.reporter_mark).collect();
        assert_eq!(marks.len(), rows.len(), "two reports of one person have nothing in common");
        // The reporter voted on what they reported: whoever reads the rows sees two strangers, neither of them an author.
        let votes = entity::proposal_vote::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert_eq!(votes.len(), 2);
        let proposals = entity::proposal::Entity::find().all(app.services.store.reader()).await.unwrap();
        let veil = sanggar::access::veil::Veil::new(&app.services.keyring);
        for vote in &votes {
            assert!(proposals.iter().all(|row| row.author_mark.as_ref() != Some(&vote.voter_mark)));
            let reported = rows.iter().find(|row| row.subject_id == vote.proposal_id).unwrap();
            assert_ne!(reported.reporter_mark, vote.voter_mark, "a report lies beside a vote");
            assert_ne!(reported.reporter_mark, veil.mark(vote.proposal_id, reporter), "it is the mark of an author");
            assert_ne!(vote.voter_mark, veil.mark(vote.proposal_id, reporter), "it is the mark of an author");
        }
    }

    async fn nobody_has_more_than_twenty_open_reports_and_a_page_of_them_costs_the_same(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (mine, chair) = (circle.teacher(circle.observer), circle.teacher(circle.chair));
        let ids: Vec<_> = std::iter::repeat_with(Uuid::now_v7).take(22).collect();
        for id in &ids {
            put(&app, comment_row(*id, circle.community, circle.member)).await;
        }
        for id in &ids[..20] {
            call(&app, Face::Rest, &mine, "report_comment", wrong(&json!(id), "off_topic")).await.ok();
        }
        let mut open = listed(&app, Face::Rest, &chair, "list_reports", "open").await;
        for (face, id) in Face::BOTH.into_iter().zip(&ids[20..]) {
            let args = wrong(&json!(id), "off_topic");
            assert_eq!(call(&app, face, &mine, "report_comment", args.clone()).await.refused(), "reports_too_many");
            call(&app, face, &circle.teacher(circle.observed), "report_comment", args.clone()).await.ok();
            let looked_at = open.pop().unwrap();
            call(&app, face, &chair, "dismiss_report", because(&looked_at["id"], "Tidak apa-apa")).await.ok();
            call(&app, face, &mine, "report_comment", args).await.ok();
            let change = json!({ "id": looked_at["commentId"], "version": 1, "input": { "body": "Beli buku saya." } });
            call(&app, face, &circle.teacher(circle.member), "update_comment", change).await.ok();
            let again = call(&app, face, &mine, "report_comment", wrong(&looked_at["commentId"], "advertising")).await;
            assert_eq!(again.refused(), "reports_too_many", "one that opens again counts");
            let mut costs = Vec::new();
            for size in [2, 20] {
                let before = app.services.store.statements();
                let page = call(&app, face, &chair, "list_reports", json!({ "first": size })).await.ok();
                assert_eq!(page["items"].as_array().unwrap().len(), size);
                costs.push(app.services.store.statements() - before);
            }
            println!("a page of reports took {costs:?} statements");
            assert_eq!(costs[0], costs[1]);
        }
    }
}
