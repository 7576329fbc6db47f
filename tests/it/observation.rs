//! A peer observation from the proposal to the end, and every step that is refused; through both faces, on
//! both engines.

use chrono::TimeDelta;
use entity::{activity, community, observation};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{Face, Outcome, TestApp, app::start, circle::Circle, directory::put, rows::activity_row},
};

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> =
        outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

fn with(mut proposal: Value, changes: &[(&str, Value)]) -> Value {
    for (field, value) in changes {
        proposal[*field] = value.clone();
    }
    proposal
}

both_engines! {
    async fn two_colleagues_go_through_the_whole_cycle(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let made = circle.planned(face, circle.proposal()).await;
            assert_eq!((&made["status"], &made["agreedAt"], &made["version"]), (&json!("planned"), &json!(null), &json!(1)));
            assert_eq!((&made["observerName"], &made["observedName"]), (&json!("Budi"), &json!("Siti")));
            assert_eq!(made["proposedById"], json!(circle.observed));
            let id = made["id"].clone();
            let step = async |person: Uuid, operation: &str, input: Value| {
                circle.ask(face, person, operation, json!({ "id": id, "input": input })).await.ok()
            };
            let agreed = step(circle.observer, "accept_observation", Value::Null).await;
            assert!(agreed["agreedAt"].is_string());
            let recorded = step(circle.observer, "record_observation", json!({ "evidence": "Guru menunggu.\n\nMurid bertanya.  " })).await;
            assert_eq!((&recorded["status"], &recorded["evidence"]), (&json!("observed"), &json!("Guru menunggu.\n\nMurid bertanya.  ")), "as given");
            let told = step(circle.observer, "give_observation_feedback", json!({ "feedback": "Beri waktu." })).await;
            assert_eq!(told["status"], "feedback_given");
            let reflected = step(circle.observed, "reflect_observation", json!({ "reflection": "Saya terlalu cepat." })).await;
            assert_eq!((&reflected["status"], &reflected["reflection"]), (&json!("reflected"), &json!("Saya terlalu cepat.")));
            let closed = step(circle.observer, "close_observation", Value::Null).await;
            assert_eq!((&closed["status"], &closed["reflection"]), (&json!("closed"), &json!(null)), "not the observer's to read");
            let read = circle.ask(face, circle.observed, "get_observation", json!({ "id": id })).await.ok();
            assert_eq!((&read["reflection"], &read["version"]), (&json!("Saya terlalu cepat."), &json!(6)));
        }
        for kind in ["planned", "accepted", "recorded", "feedback_given", "reflected", "closed"] {
            assert_eq!(app.events(&format!("observation.{kind}")).await.len(), 2, "{kind}");
        }
        let rest = circle.ask(Face::Rest, circle.observer, "list_observations", json!({})).await.ok();
        let graphql = circle.ask(Face::Graphql, circle.observer, "list_observations", json!({})).await.ok();
        assert_eq!(rest, graphql);
        assert_eq!(rest["items"].as_array().unwrap().len(), 2);
    }

    async fn every_fault_of_a_proposal_is_told_at_once(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (meeting, elsewhere) = (Uuid::now_v7(), Uuid::now_v7());
        put(&app, activity_row(meeting, circle.community, start())).await;
        put(&app, activity::Model { kind: "peer_observation".to_owned(), ..activity_row(elsewhere, circle.other_community, start()) }).await;
        for face in Face::BOTH {
            let bad = with(circle.proposal(), &[
                ("observerId", json!(circle.outsider)), ("observedId", json!(circle.outsider)), ("focus", json!(" ")),
                ("subject", json!("NISN 0051234567")), ("grade", json!("x".repeat(41))), ("lessonAt", json!("1800-01-01T00:00:00Z")),
                ("schoolId", json!(Uuid::nil())), ("instrumentId", json!(Uuid::nil())), ("activityId", json!(meeting)),
            ]);
            let outcome = circle.ask(face, circle.observed, "plan_observation", json!({ "id": circle.community, "input": bad })).await;
            assert_eq!(faults(&outcome), [
                ("/activityId", "activity_not_peer_observation"), ("/focus", "text_missing"), ("/grade", "text_too_long"),
                ("/instrumentId", "reference_unknown"), ("/lessonAt", "date_out_of_range"),
                ("/observedId", "colleague_not_a_member"), ("/observedId", "observation_of_oneself"),
                ("/observerId", "colleague_not_a_member"), ("/observerId", "observation_of_others"),
                ("/schoolId", "reference_unknown"), ("/subject", "child_identity_suspected"),
            ], "{face:?}");
            let foreign = with(circle.proposal(), &[("activityId", json!(elsewhere))]);
            let outcome = circle.ask(face, circle.observed, "plan_observation", json!({ "id": circle.community, "input": foreign })).await;
            assert_eq!(faults(&outcome), [("/activityId", "reference_unknown")]);
            // A member proposes what is theirs, not what is between two others.
            let outcome = circle.ask(face, circle.member, "plan_observation", json!({ "id": circle.community, "input": circle.proposal() })).await;
            assert_eq!(faults(&outcome), [("/observerId", "observation_of_others")]);
            let outcome = circle.ask(face, circle.outsider, "plan_observation", json!({ "id": circle.community, "input": circle.proposal() })).await;
            assert_eq!(outcome.refused(), "forbidden");
        }
        assert!(observation::Entity::find().all(app.services.store.reader()).await.unwrap().is_empty());
    }

    async fn nothing_is_recorded_before_the_other_agrees_or_before_the_lesson(app: TestApp) {
        let circle = Circle::new(&app).await;
        let evidence = json!({ "evidence": "Tiga murid bertanya." });
        for face in Face::BOTH {
            let soon = (app.services.clock.now() + TimeDelta::hours(1)).to_rfc3339();
            let id = circle.planned(face, with(circle.proposal(), &[("lessonAt", json!(soon))])).await["id"].clone();
            let ask = async |person: Uuid, operation: &str, input: &Value| {
                circle.ask(face, person, operation, json!({ "id": id, "input": input })).await
            };
            assert_eq!(ask(circle.observer, "record_observation", &evidence).await.refused(), "observation_not_agreed");
            assert_eq!(ask(circle.observed, "accept_observation", &Value::Null).await.refused(), "observation_own_proposal");
            ask(circle.observer, "accept_observation", &Value::Null).await.ok();
            assert_eq!(ask(circle.observer, "accept_observation", &Value::Null).await.refused(), "observation_already_agreed");
            assert_eq!(ask(circle.observer, "record_observation", &evidence).await.refused(), "lesson_to_come");
            app.pass(TimeDelta::hours(1));
            assert_eq!(ask(circle.observed, "record_observation", &evidence).await.refused(), "observer_only");
            ask(circle.observer, "record_observation", &evidence).await.ok();
            assert_eq!(ask(circle.observed, "cancel_observation", &json!({ "reason": "Batal" })).await.refused(), "observation_not_planned");
            assert_eq!(ask(circle.observed, "give_observation_feedback", &json!({ "feedback": "Bagus" })).await.refused(), "observer_only");
            assert_eq!(ask(circle.observed, "reflect_observation", &json!({ "reflection": "Ya" })).await.refused(), "observation_takes_no_reflection");
            assert_eq!(ask(circle.observed, "close_observation", &Value::Null).await.refused(), "observation_not_reflected");
            assert_eq!(ask(circle.observed, "share_observation", &json!({})).await.refused(), "observation_not_shareable");
            ask(circle.observer, "give_observation_feedback", &json!({ "feedback": "Beri waktu." })).await.ok();
            assert_eq!(ask(circle.observer, "reflect_observation", &json!({ "reflection": "Ya" })).await.refused(), "observed_only");
            assert_eq!(ask(circle.observer, "record_observation", &evidence).await.refused(), "observation_not_recordable");
        }
    }

    async fn a_change_of_the_plan_asks_for_a_new_yes(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = circle.planned(face, circle.proposal()).await["id"].clone();
            circle.ask(face, circle.observer, "accept_observation", json!({ "id": id })).await.ok();
            let change = |version: Value, input: Value| json!({ "id": id, "version": version, "input": input });
            let ask = async |args: Value| circle.ask(face, circle.observer, "update_observation", args).await;
            assert_eq!(ask(change(json!(null), json!({ "grade": "Kelas 5" }))).await.refused(), "precondition_required");
            assert_eq!(ask(change(json!(1), json!({ "grade": "Kelas 5" }))).await.refused(), "stale_version");
            let outcome = ask(change(json!(2), json!({ "grade": null, "focus": null, "subject": null, "lessonAt": null }))).await;
            assert_eq!(faults(&outcome), ["/focus", "/grade", "/lessonAt", "/subject"].map(|field| (field, "field_missing")));
            let same = ask(change(json!(2), json!({ "grade": "Kelas 4B" }))).await.ok();
            assert!(same["agreedAt"].is_string() && same["version"] == 2, "nothing changed: {same}");
            let changed = ask(change(json!(2), json!({ "grade": "Kelas 5", "schoolId": circle.country.bandung }))).await.ok();
            assert_eq!((&changed["agreedAt"], &changed["proposedById"]), (&json!(null), &json!(circle.observer)));
            assert_eq!(circle.ask(face, circle.observer, "accept_observation", json!({ "id": id })).await.refused(), "observation_own_proposal");
            circle.ask(face, circle.observed, "accept_observation", json!({ "id": id })).await.ok();
            let cleared = ask(change(json!(4), json!({ "schoolId": null }))).await.ok();
            assert_eq!(cleared["schoolId"], json!(null));
            let bad = circle.ask(face, circle.observed, "cancel_observation", json!({ "id": id, "input": { "reason": "Ibu 0812-3456-7890" } })).await;
            assert_eq!(faults(&bad), [("/reason", "child_identity_suspected")]);
            let gone = circle.ask(face, circle.observed, "cancel_observation", json!({ "id": id, "input": { "reason": "Rapat" } })).await.ok();
            assert_eq!((&gone["status"], &gone["statusReason"]), (&json!("cancelled"), &json!("Rapat")));
            assert_eq!(ask(change(json!(6), json!({ "grade": "Kelas 6" }))).await.refused(), "observation_not_planned");
        }
    }

    async fn a_step_on_a_stale_version_is_refused_where_it_names_one(app: TestApp) {
        let circle = Circle::new(&app).await;
        let id = circle.planned(Face::Rest, circle.proposal()).await["id"].clone();
        let args = json!({ "id": id, "version": 9 });
        assert_eq!(circle.ask(Face::Rest, circle.observer, "accept_observation", args).await.refused(), "stale_version");
    }

    async fn what_looks_like_a_child_is_refused_in_every_text(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = circle.planned(face, circle.proposal()).await["id"].clone();
            circle.ask(face, circle.observer, "accept_observation", json!({ "id": id })).await.ok();
            for bad in ["NISN 0051234567", "3273 0145 0908 0001", "hubungi 0812-3456-7890", "ani@contoh.sch.id"] {
                let refused = async |person: Uuid, operation: &str, field: &str| {
                    let outcome = circle.ask(face, person, operation, json!({ "id": id, "version": 2, "input": { field: bad } })).await;
                    let pointer = format!("/{field}");
                    // A state may refuse first; what is told of the text is told of nothing else.
                    if outcome.code.as_deref() == Some("invalid") {
                        assert_eq!(faults(&outcome), [(pointer.as_str(), "child_identity_suspected")], "{operation}");
                    }
                    assert!(!outcome.data.to_string().contains(bad), "the refusal repeats {bad}");
                    outcome.refused()
                };
                assert_eq!(refused(circle.observed, "update_observation", "focus").await, "invalid");
                assert_eq!(refused(circle.observer, "record_observation", "evidence").await, "invalid");
            }
            let id = circle.discussed(face).await;
            let refused = async |person: Uuid, operation: &str, field: &str| {
                let outcome = circle.ask(face, person, operation, json!({ "id": id, "input": { field: "Ani 0051234567" } })).await;
                assert_eq!(faults(&outcome), [(format!("/{field}").as_str(), "child_identity_suspected")]);
            };
            refused(circle.observer, "give_observation_feedback", "feedback").await;
            refused(circle.observed, "reflect_observation", "reflection").await;
        }
    }

    async fn texts_are_bounded_and_hide_nothing(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = circle.discussed(face).await;
            let refused = async |text: String, code: &str| {
                let outcome = circle.ask(face, circle.observed, "reflect_observation", json!({ "id": id, "input": { "reflection": text } })).await;
                assert_eq!(faults(&outcome), [("/reflection", code)], "{face:?}");
            };
            refused("é".repeat(10_001), "text_too_long").await;
            refused(" \n ".to_owned(), "text_missing").await;
            refused("a\u{202E}b".to_owned(), "text_has_direction_controls").await;
            refused("a\u{0}b".to_owned(), "text_has_control_characters").await;
            circle.ask(face, circle.observed, "reflect_observation", json!({ "id": id, "input": { "reflection": "é".repeat(10_000) } })).await.ok();
        }
    }

    async fn a_closed_community_plans_nothing_new_and_lets_what_began_end(app: TestApp) {
        let circle = Circle::new(&app).await;
        let id = circle.discussed(Face::Rest).await;
        let row = community::ActiveModel { id: Set(circle.community), status: Set("closed".to_owned()), ..Default::default() };
        row.update(app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            let outcome = circle.ask(face, circle.observed, "plan_observation", json!({ "id": circle.community, "input": circle.proposal() })).await;
            assert_eq!(outcome.refused(), "community_closed");
            circle.ask(face, circle.observed, "reflect_observation", json!({ "id": id, "input": { "reflection": "Ya." } })).await.ok();
        }
    }

    async fn the_list_walks_the_latest_lesson_first_in_few_statements_at_any_size(app: TestApp) {
        let circle = Circle::new(&app).await;
        for hour in 1..=7 {
            let at = format!("2026-03-0{hour}T08:00:00Z");
            circle.planned(Face::Rest, with(circle.proposal(), &[("lessonAt", json!(at))])).await;
        }
        for face in Face::BOTH {
            let (mut seen, mut after) = (Vec::new(), json!(null));
            loop {
                let page = circle.ask(face, circle.observer, "list_observations", json!({ "first": 3, "after": after })).await.ok();
                seen.extend(page["items"].as_array().unwrap().iter().map(|o| o["lessonAt"].as_str().unwrap()[..10].to_owned()));
                after = page["next"].clone();
                if after.is_null() { break }
            }
            assert_eq!(seen, (1..=7).rev().map(|hour| format!("2026-03-0{hour}")).collect::<Vec<_>>(), "{face:?}");
            for (filter, found) in [(json!({ "status": "planned" }), 7), (json!({ "status": "closed" }), 0), (json!({ "communityId": circle.other_community }), 0)] {
                let page = circle.ask(face, circle.observer, "list_observations", filter).await.ok();
                assert_eq!(page["items"].as_array().unwrap().len(), found);
            }
        }
        let token = circle.teacher(circle.observer);
        for size in [1, 7] {
            let before = app.services.store.statements();
            let query = "query($n: Int) { observations(first: $n) { totalCount nodes { id observerName observedName focus } } }";
            let answer = app.graphql(Some(&token), query, json!({ "n": size })).await;
            assert_eq!(answer["data"]["observations"]["nodes"].as_array().map(Vec::len), Some(size), "{answer}");
            assert_eq!(answer["data"]["observations"]["totalCount"], 7);
            let spent = app.services.store.statements() - before;
            assert!(spent <= 4, "{spent} statements for {size}");
        }
    }

    async fn both_say_yes_at_once_and_one_agreement_comes_of_it(app: TestApp) {
        let circle = Circle::new(&app).await;
        let id = circle.planned(Face::Rest, circle.proposal()).await["id"].clone();
        let yes = || circle.ask(Face::Rest, circle.observer, "accept_observation", json!({ "id": id }));
        let all = futures_util::future::join_all((0..8).map(|_| yes())).await;
        assert_eq!(all.iter().filter(|outcome| outcome.code.is_none()).count(), 1);
        assert_eq!(app.events("observation.accepted").await.len(), 1);
    }
}
