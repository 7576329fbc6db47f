//! What is particular to each kind of activity; through both faces, on both engines.

use chrono::TimeDelta;
use entity::{activity, artefact, article_read, book_reading, coaching, observation, reading_chapter};
use sanggar::access::grant::Grant;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        app::start,
        circle::{Circle, DISTRICT},
        directory::put,
        rows::{activity_row, artefact_row, observation_row, reading_row},
    },
};

/// An activity of this kind that began yesterday and stands there.
pub async fn held(circle: &Circle<'_>, kind: &str, status: &str) -> Uuid {
    let id = Uuid::now_v7();
    let row = activity_row(id, circle.community, start() - TimeDelta::days(1));
    put(circle.app, activity::Model { kind: kind.to_owned(), status: status.to_owned(), ..row }).await;
    id
}

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> =
        outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

pub async fn detail(circle: &Circle<'_>, face: Face, person: Uuid, id: Uuid) -> Value {
    circle.ask(face, person, "get_activity_detail", json!({ "id": id })).await.ok()["detail"].clone()
}

/// What the feed says of an activity.
pub async fn in_feed(circle: &Circle<'_>, face: Face, person: Uuid, id: Uuid) -> Value {
    let args = json!({ "id": circle.community, "first": 20 });
    let page = circle.ask(face, person, "list_community_feed", args).await.ok();
    let items = page["items"].as_array().unwrap();
    items.iter().find(|item| item["activityId"] == json!(id)).unwrap()["detail"].clone()
}

fn practice(circle: &Circle<'_>) -> Value {
    json!({ "bestPractice": { "title": "Pojok tanya", "context": "Kelas 4", "problem": "Sedikit yang bertanya.",
        "done": "Semua menulis satu pertanyaan.", "changed": "Separuh kelas bertanya.",
        "presenterIds": [circle.observed, circle.member] } })
}

fn shown_by_pupils(circle: &Circle<'_>) -> Value {
    json!({ "studentLedIct": { "topic": "Kuis daring", "tool": "Papan digital", "grade": "Kelas 6", "pupils": 4,
        "supervisorId": circle.member } })
}

both_engines! {
    async fn officers_say_what_is_particular_until_the_report_is_complete(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = held(&circle, "best_practice_sharing", "planned").await;
            assert_eq!(detail(&circle, face, circle.member, id).await, Value::Null);
            let say = async |person: Uuid, input: Value| circle.ask(face, person, "describe_activity", json!({ "id": id, "input": input })).await;
            assert_eq!(say(circle.member, practice(&circle)).await.refused(), "forbidden");
            assert_eq!(say(circle.outsider, practice(&circle)).await.refused(), "not_found");
            let said = say(circle.chair, practice(&circle)).await.ok();
            assert_eq!((&said["kind"], &said["detail"]["kind"], &said["detail"]["title"]),
                (&json!("best_practice_sharing"), &json!("best_practice_sharing"), &json!("Pojok tanya")));
            let names: Vec<_> = said["detail"]["presenters"].as_array().unwrap().iter().map(|one| one["personName"].as_str().unwrap()).collect();
            assert_eq!(names, ["Siti", "Dewi"]);
            assert_eq!(detail(&circle, face, circle.member, id).await, said["detail"]);
            assert_eq!(in_feed(&circle, face, circle.member, id).await, said["detail"]);
            let told = app.events("activity.described").await.len();
            say(circle.chair, practice(&circle)).await.ok();
            assert_eq!(app.events("activity.described").await.len(), told, "saying the same again is no event");
            let change = json!({ "id": id, "version": 2, "input": { "kind": "meeting" } });
            assert_eq!(faults(&circle.ask(face, circle.chair, "update_activity", change).await), [("/kind", "activity_has_detail")]);
            let closed = held(&circle, "best_practice_sharing", "reported").await;
            let late = json!({ "id": closed, "input": practice(&circle) });
            assert_eq!(circle.ask(face, circle.chair, "describe_activity", late.clone()).await.refused(), "activity_detail_closed");
            let reopen = json!({ "id": closed, "input": { "reason": "Lupa mencatat" } });
            circle.ask(face, circle.chair, "reopen_activity", reopen).await.ok();
            circle.ask(face, circle.chair, "describe_activity", late).await.ok();
        }
    }

    async fn every_fault_of_a_detail_is_told_at_once(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = held(&circle, "best_practice_sharing", "held").await;
            let say = async |input: Value| circle.ask(face, circle.chair, "describe_activity", json!({ "id": id, "input": input })).await;
            let mut bad = practice(&circle);
            bad["bestPractice"]["title"] = json!(" ");
            bad["bestPractice"]["problem"] = json!("x".repeat(2_001));
            bad["bestPractice"]["done"] = json!("a\u{0}b");
            bad["meeting"] = json!({ "agenda": ["Satu"] });
            assert_eq!(faults(&say(bad).await), [("/bestPractice/done", "text_has_control_characters"), ("/bestPractice/problem", "text_too_long"),
                ("/bestPractice/title", "text_missing"), ("/meeting", "detail_of_other_kind")]);
            let mut bad = practice(&circle);
            bad["bestPractice"]["presenterIds"] = json!([circle.outsider, circle.member, circle.member]);
            bad["bestPractice"]["artefactId"] = json!(Uuid::now_v7());
            assert_eq!(faults(&say(bad).await), [("/bestPractice/artefactId", "reference_unknown"),
                ("/bestPractice/presenterIds/0", "colleague_not_a_member"), ("/bestPractice/presenterIds/2", "presenter_listed_twice")]);
            let mut bad = practice(&circle);
            bad["bestPractice"]["presenterIds"] = json!(vec![circle.member; 11]);
            assert_eq!(faults(&say(bad).await), [("/bestPractice/presenterIds", "presenters_out_of_range")]);
            assert_eq!(faults(&say(shown_by_pupils(&circle)).await), [("/bestPractice", "detail_missing"), ("/studentLedIct", "detail_of_other_kind")]);
            assert_eq!(faults(&say(json!({})).await), [("/bestPractice", "detail_missing")]);
            let other = held(&circle, "article_sharing", "held").await;
            let none = json!({ "id": other, "input": practice(&circle) });
            assert_eq!(faults(&circle.ask(face, circle.chair, "describe_activity", none).await), [("", "activity_takes_no_detail")]);
            let meeting = held(&circle, "meeting", "held").await;
            let agenda = |points: Value| json!({ "id": meeting, "input": { "meeting": { "agenda": points } } });
            for points in [json!([]), json!(vec!["Satu"; 21])] {
                assert_eq!(faults(&circle.ask(face, circle.chair, "describe_activity", agenda(points)).await), [("/meeting/agenda", "agenda_out_of_range")]);
            }
            circle.ask(face, circle.chair, "describe_activity", agenda(json!(["Asesmen", "Rencana"]))).await.ok();
            assert_eq!(in_feed(&circle, face, circle.member, meeting).await["agenda"], json!(["Asesmen", "Rencana"]));
        }
    }

    async fn no_pupil_is_told_of_where_pupils_lead(app: TestApp) {
        let circle = Circle::new(&app).await;
        let number = "Siswa 0051234567";
        for face in Face::BOTH {
            let id = held(&circle, "student_led_ict", "held").await;
            let mut bad = shown_by_pupils(&circle);
            bad["studentLedIct"]["topic"] = json!(number);
            bad["studentLedIct"]["pupils"] = json!(0);
            let outcome = circle.ask(face, circle.chair, "describe_activity", json!({ "id": id, "input": bad })).await;
            assert_eq!(faults(&outcome), [("/studentLedIct/pupils", "pupils_out_of_range"), ("/studentLedIct/topic", "child_identity_suspected")]);
            let said = circle.ask(face, circle.chair, "describe_activity", json!({ "id": id, "input": shown_by_pupils(&circle) })).await.ok();
            assert_eq!((&said["detail"]["pupils"], &said["detail"]["supervisor"]["personName"]), (&json!(4), &json!("Dewi")));
            assert_eq!(in_feed(&circle, face, circle.member, id).await, said["detail"]);

            let report = json!({ "id": id, "input": { "notes": number } });
            assert_eq!(faults(&circle.ask(face, circle.chair, "report_activity", report).await), [("/notes", "child_identity_suspected")]);
            let day = if face == Face::Rest { "2026-03-07" } else { "2026-03-08" };
            let make = |kind: &str| json!({ "id": circle.community, "input": { "kind": kind, "title": number, "description": number,
                "startsAt": format!("{day}T01:00:00Z"), "endsAt": format!("{day}T03:00:00Z"), "mode": "online" } });
            let outcome = circle.ask(face, circle.chair, "create_activity", make("student_led_ict")).await;
            assert_eq!(faults(&outcome), [("/description", "child_identity_suspected"), ("/title", "child_identity_suspected")]);
            let other = circle.ask(face, circle.chair, "create_activity", make("meeting")).await.ok();
            let change = json!({ "id": other["id"], "version": 1, "input": { "kind": "student_led_ict" } });
            let outcome = circle.ask(face, circle.chair, "update_activity", change).await;
            assert_eq!(faults(&outcome), [("/description", "child_identity_suspected"), ("/title", "child_identity_suspected")]);
            let planned = held(&circle, "student_led_ict", "planned").await;
            let cancel = json!({ "id": planned, "input": { "reason": number } });
            assert_eq!(faults(&circle.ask(face, circle.chair, "cancel_activity", cancel).await), [("/reason", "child_identity_suspected")]);
        }
    }

    async fn articles_are_shared_pinned_and_read(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = held(&circle, "article_sharing", "held").await;
            let share = async |person: Uuid, title: &str| {
                let input = json!({ "title": title, "authors": ["Rahmat"], "url": "https://contoh.id/a", "why": "Menarik." });
                circle.ask(face, person, "share_article", json!({ "id": id, "input": input })).await
            };
            assert_eq!(share(circle.outsider, "Luar").await.refused(), "not_found");
            let (first, second) = (share(circle.member, "Satu").await.ok(), share(circle.observer, "Dua").await.ok());
            assert_eq!((&first["sharedByName"], &first["reads"], &first["isPinned"]), (&json!("Dewi"), &json!(0), &json!(false)));
            let step = async |person: Uuid, operation: &str, of: &Value| circle.ask(face, person, operation, json!({ "id": of["id"] })).await;
            assert_eq!(step(circle.member, "pin_article", &first).await.refused(), "forbidden");
            assert_eq!(step(circle.chair, "pin_article", &first).await.ok()["isPinned"], true);
            let told = app.events("article.pinned").await.len();
            step(circle.chair, "pin_article", &first).await.ok();
            assert_eq!(app.events("article.pinned").await.len(), told, "pinning again is no event");
            let listed = circle.ask(face, circle.member, "list_articles", json!({ "id": circle.community, "first": 2 })).await.ok();
            let of = |page: &Value| page["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
            assert_eq!(of(&listed)[0], first["id"], "pinned first, then the newest");
            let mut all = of(&listed);
            let mut next = listed["next"].clone();
            while next.is_string() {
                let page = circle.ask(face, circle.member, "list_articles", json!({ "id": circle.community, "first": 2, "after": next })).await.ok();
                all.extend(of(&page));
                next = page["next"].clone();
            }
            assert!(all.contains(&second["id"]) && all.len() == if face == Face::Rest { 2 } else { 4 }, "{all:?}");

            let mark = async |person: Uuid, read: bool| circle.ask(face, person, "mark_article", json!({ "id": first["id"], "input": { "read": read } })).await;
            let told = app.events("article.marked").await.len();
            for _ in 0..2 {
                mark(circle.observer, true).await.ok();
            }
            assert_eq!(app.events("article.marked").await.len(), told + 1, "a mark is set once");
            let seen = async |token: &str| app.call(face, Some(token), "get_article", json!({ "id": first["id"] })).await.ok();
            let mine = seen(&circle.teacher(circle.observer)).await;
            assert_eq!((&mine["reads"], &mine["readByMe"]), (&json!(1), &json!(true)));
            for token in [circle.teacher(circle.member), app.ministry(), app.token(Grant::regional_officer(DISTRICT))] {
                let one = seen(&token).await;
                assert_eq!((&one["reads"], &one["readByMe"]), (&json!(1), &json!(false)));
            }
            let shown = in_feed(&circle, face, circle.observer, id).await;
            let one = |title: &str| shown["articles"].as_array().unwrap().iter().find(|one| one["title"] == title).unwrap();
            assert_eq!((&shown["articleCount"], &one("Satu")["isPinned"], &one("Satu")["reads"], &one("Satu")["readByMe"], &one("Dua")["readByMe"]),
                (&json!(2), &json!(true), &json!(1), &json!(true), &json!(false)));
            let graphql = "query($id: ID!) { activity(id: $id) { detail { __typename ... on ArticleSharingDetail { articleCount } } } }";
            let answer = app.graphql(Some(&circle.teacher(circle.member)), graphql, json!({ "id": id })).await;
            assert_eq!(answer["data"]["activity"]["detail"], json!({ "__typename": "ArticleSharingDetail", "articleCount": 2 }));
            assert_eq!(mark(circle.outsider, true).await.refused(), "not_found");
            assert_eq!(app.call(face, Some(&circle.country.stranger(&app)), "get_article", json!({ "id": first["id"] })).await.refused(), "not_found");

            assert_eq!(step(circle.member, "remove_article", &second).await.refused(), "article_not_yours");
            step(circle.chair, "remove_article", &second).await.ok();
            step(circle.member, "remove_article", &first).await.ok();
            assert_eq!(article_read::Entity::find().count(app.services.store.reader()).await.unwrap(), 0);
            share(circle.member, "Tiga").await.ok();
            share(circle.member, "Empat").await.ok();
        }
        for kind in ["shared", "pinned", "marked", "removed"] {
            for event in app.events(&format!("article.{kind}")).await {
                let payload = event.payload.to_string();
                assert!(!payload.contains("Satu") && !payload.contains(&circle.observer.to_string()), "{payload}");
            }
        }
    }

    async fn a_community_pins_at_most_five_and_every_fault_of_an_article_is_told(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = held(&circle, "article_sharing", "held").await;
            let share = async |input: Value| circle.ask(face, circle.member, "share_article", json!({ "id": id, "input": input })).await;
            let bad = json!({ "title": "", "authors": [], "url": "http://contoh.id/a", "doi": "bukan", "why": "\u{0}" });
            assert_eq!(faults(&share(bad).await), [("/authors", "authors_out_of_range"), ("/doi", "doi_malformed"), ("/title", "text_missing"),
                ("/url", "url_not_https"), ("/why", "text_has_control_characters")]);
            let bare = json!({ "title": "A", "authors": ["B"], "why": "C" });
            assert_eq!(faults(&share(bare).await), [("/url", "article_without_address")]);
            let mut pinned = Vec::new();
            for nth in 0..6 {
                let input = json!({ "title": format!("A{nth}"), "authors": ["B"], "doi": "https://doi.org/10.1234/X", "why": "C" });
                let made = share(input).await.ok();
                assert_eq!(made["doi"], "10.1234/x");
                let outcome = circle.ask(face, circle.chair, "pin_article", json!({ "id": made["id"] })).await;
                if nth < 5 { outcome.ok(); } else { assert_eq!(outcome.refused(), "pins_full"); }
                pinned.push(made["id"].clone());
            }
            for id in pinned.iter().take(5) {
                circle.ask(face, circle.chair, "unpin_article", json!({ "id": id })).await.ok();
            }
            let meeting = held(&circle, "meeting", "held").await;
            let input = json!({ "title": "A", "authors": ["B"], "url": "https://contoh.id", "why": "C" });
            let elsewhere = circle.ask(face, circle.member, "share_article", json!({ "id": meeting, "input": input })).await;
            assert_eq!(elsewhere.refused(), "activity_not_article_sharing");
        }
    }

    async fn a_coaching_is_the_twos_until_both_share_it(app: TestApp) {
        let circle = Circle::new(&app).await;
        let secret = "Suara yang tenang";
        for face in Face::BOTH {
            let id = held(&circle, "coaching", "held").await;
            let ask = async |person: Uuid, operation: &str, input: Value| circle.ask(face, person, operation, json!({ "id": id, "input": input })).await;
            let words = json!({ "coachId": circle.observer, "coacheeId": circle.observed, "focus": secret, "nextSteps": "Bertemu lagi" });
            assert_eq!(ask(circle.member, "record_coaching", words.clone()).await.refused(), "coaching_not_yours");
            assert_eq!(ask(circle.chair, "record_coaching", words.clone()).await.refused(), "coaching_not_yours");
            assert_eq!(ask(circle.outsider, "record_coaching", words.clone()).await.refused(), "not_found");
            let mut bad = words.clone();
            bad["coacheeId"] = json!(circle.observer);
            bad["focus"] = json!("hubungi 081234567890");
            assert_eq!(faults(&ask(circle.observer, "record_coaching", bad).await), [("/coacheeId", "coaching_of_oneself"), ("/focus", "child_identity_suspected")]);
            let made = ask(circle.observer, "record_coaching", words.clone()).await.ok();
            assert_eq!((&made["focus"], &made["coach"]["personName"], &made["isShared"]), (&json!(secret), &json!("Budi"), &json!(false)));
            let mut other = words.clone();
            other["coachId"] = json!(circle.observed);
            other["coacheeId"] = json!(circle.observer);
            assert_eq!(faults(&ask(circle.observed, "record_coaching", other).await), [("/coachId", "coaching_pair_fixed")]);

            let closed = json!({ "kind": "coaching", "isShared": false, "coachShares": false, "coacheeShares": false,
                "coach": null, "coachee": null, "focus": null, "nextSteps": null });
            let shown = |mut detail: Value| { detail.as_object_mut().unwrap().remove("__typename"); detail };
            let others = [circle.member, circle.chair];
            let tokens = [app.ministry(), app.token(Grant::regional_officer(DISTRICT)), app.token(Grant::principal(circle.country.bandung, None))];
            let is_open_to = async |person: Uuid| shown(detail(&circle, face, person, id).await) != closed;
            let hidden = async || {
                for person in others {
                    assert_eq!(shown(detail(&circle, face, person, id).await), closed);
                    assert_eq!(shown(in_feed(&circle, face, person, id).await), closed);
                }
            };
            hidden().await;
            for person in [circle.observer, circle.observed] {
                assert!(is_open_to(person).await);
                assert_eq!(in_feed(&circle, face, person, id).await["nextSteps"], "Bertemu lagi");
            }
            assert_eq!(ask(circle.member, "share_coaching", Value::Null).await.refused(), "coaching_not_yours");
            ask(circle.observer, "share_coaching", Value::Null).await.ok();
            hidden().await;
            ask(circle.observed, "share_coaching", Value::Null).await.ok();
            for person in others {
                assert_eq!(detail(&circle, face, person, id).await["focus"], secret);
            }
            for token in &tokens {
                let seen = app.call(face, Some(token), "get_activity_detail", json!({ "id": id })).await.ok();
                assert_eq!(shown(seen["detail"].clone()), closed, "shared with members, and with nobody else");
            }
            let mut again = words.clone();
            again["focus"] = json!("Kata lain");
            let changed = ask(circle.observed, "record_coaching", again).await.ok();
            assert_eq!((&changed["isShared"], &changed["coachShares"]), (&json!(false), &json!(false)), "other words ask anew");
            hidden().await;
            for person in [circle.observer, circle.observed] {
                ask(person, "share_coaching", Value::Null).await.ok();
            }
            ask(circle.observed, "unshare_coaching", Value::Null).await.ok();
            hidden().await;
        }
        for kind in ["recorded", "shared", "unshared"] {
            let told = app.events(&format!("coaching.{kind}")).await;
            assert!(!told.is_empty());
            for event in told {
                let payload = event.payload.to_string();
                assert!(![secret.to_owned(), circle.observer.to_string(), circle.observed.to_string()].iter().any(|word| payload.contains(word)), "{payload}");
            }
        }
    }

    async fn members_do_not_see_who_was_at_a_coaching(app: TestApp) {
        let circle = Circle::new(&app).await;
        let id = held(&circle, "coaching", "held").await;
        let entries = json!([{ "personId": circle.observer, "minutes": 60 }, { "personId": circle.observed, "minutes": 60 }]);
        circle.ask(Face::Rest, circle.chair, "record_activity_attendance", json!({ "id": id, "input": { "entries": entries } })).await.ok();
        for face in Face::BOTH {
            for (person, count) in [(circle.member, 0), (circle.observed, 1), (circle.chair, 2)] {
                let there = circle.ask(face, person, "list_activity_attendance", json!({ "id": id })).await.ok();
                assert_eq!(there["items"].as_array().unwrap().len(), count);
                let page = circle.ask(face, person, "list_community_feed", json!({ "id": circle.community })).await.ok();
                assert_eq!((page["items"][0]["firstAttendees"].as_array().unwrap().len(), &page["items"][0]["attended"]), (count, &json!(2)));
            }
        }
    }

    async fn what_stands_elsewhere_is_summed_up(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (made, watched, club) = (held(&circle, "common_assessment", "held").await, held(&circle, "peer_observation", "held").await,
            held(&circle, "book_club_meeting", "held").await);
        for title in ["A", "B", "C", "D"] {
            let row = artefact_row(Uuid::now_v7(), circle.community, DISTRICT);
            put(&app, artefact::Model { title: title.to_owned(), activity_id: Some(made), ..row }).await;
        }
        for evidence in [Some("Tiga murid bertanya.".to_owned()), None] {
            let row = observation_row(Uuid::now_v7(), circle.community, circle.observer, circle.observed);
            put(&app, observation::Model { activity_id: Some(watched), evidence, ..row }).await;
        }
        let reading = Uuid::now_v7();
        put(&app, book_reading::Model { ..reading_row(reading, circle.community) }).await;
        for number in [2, 1] {
            let chapter = reading_chapter::Model { reading_id: reading, number, title: format!("Bab {number}"), pages: None, due_on: None,
                leader_id: None, activity_id: Some(club) };
            put(&app, chapter).await;
        }
        for face in Face::BOTH {
            let shown = in_feed(&circle, face, circle.member, made).await;
            let titles: Vec<_> = shown["artefacts"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
            assert_eq!((&shown["artefactCount"], titles), (&json!(4), vec!["A", "B", "C"]));
            let officer = app.token(Grant::regional_officer(DISTRICT));
            let seen = app.call(face, Some(&officer), "get_activity_detail", json!({ "id": made })).await.ok();
            assert_eq!(seen["detail"]["artefactCount"], 0, "what is not published yet is the members' own");
            let shown = in_feed(&circle, face, circle.member, watched).await;
            assert_eq!(shown["lessonsObserved"], 1, "counted once something was written down");
            assert!(!shown.to_string().contains("bertanya") && !shown.to_string().contains(&circle.observed.to_string()));
            let shown = in_feed(&circle, face, circle.member, club).await;
            let chapters: Vec<_> = shown["chapters"].as_array().unwrap().iter().map(|one| (one["number"].clone(), one["chapterTitle"].clone())).collect();
            assert_eq!(chapters, [(json!(1), json!("Bab 1")), (json!(2), json!("Bab 2"))]);
        }
    }

    async fn what_is_particular_follows_a_merged_person(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (told, coached, read) = (held(&circle, "best_practice_sharing", "held").await, held(&circle, "coaching", "held").await,
            held(&circle, "article_sharing", "held").await);
        let twin = circle.person("Dewi Lestari").await;
        circle.ask(Face::Rest, circle.chair, "describe_activity", json!({ "id": told, "input": practice(&circle) })).await.ok();
        let words = json!({ "coachId": circle.member, "coacheeId": circle.observed, "focus": "Tenang" });
        circle.ask(Face::Rest, circle.member, "record_coaching", json!({ "id": coached, "input": words })).await.ok();
        let input = json!({ "title": "A", "authors": ["B"], "url": "https://contoh.id", "why": "C" });
        let article = circle.ask(Face::Rest, circle.member, "share_article", json!({ "id": read, "input": input })).await.ok();
        circle.ask(Face::Rest, circle.member, "mark_article", json!({ "id": article["id"], "input": { "read": true } })).await.ok();
        let merge = json!({ "id": circle.member, "input": { "intoId": twin, "reason": "Orang yang sama, dua catatan." } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        for face in Face::BOTH {
            assert_eq!(detail(&circle, face, circle.chair, told).await["presenters"][1]["personId"], json!(twin));
            assert_eq!(detail(&circle, face, twin, coached).await["coach"]["personId"], json!(twin));
            let seen = circle.ask(face, twin, "get_article", json!({ "id": article["id"] })).await.ok();
            assert_eq!((&seen["sharedById"], &seen["readByMe"], &seen["reads"]), (&json!(twin), &json!(true), &json!(1)));
        }
        let merge = json!({ "id": circle.observed, "input": { "intoId": twin, "reason": "Orang yang sama, dua catatan." } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        let row = coaching::Entity::find_by_id(coached).one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!((row.coach_id, row.coachee_id, row.coach_shared_at), (twin, twin, None));
        assert_eq!(detail(&circle, Face::Rest, circle.chair, coached).await["focus"], Value::Null);
    }
}
