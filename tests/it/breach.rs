//! The register of breaches and its clock, through both faces, on both engines.

use chrono::TimeDelta;
use sanggar::{access::grant::Grant, worker};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{Face, TestApp, app::start, directory::Country},
};

/// A laptop that was lost; found out as the clock of the test begins.
fn lost() -> Value {
    json!({
        "title": "Laptop dinas hilang", "whatHappened": "Laptop hilang di kereta.", "discoveredAt": start(),
        "occurredFrom": start() - TimeDelta::hours(20), "dataClasses": ["contact", "identity", "contact"],
        "cause": "lost_device", "personsEstimated": 120, "regionCodes": ["32.73", "32.73"],
    })
}

async fn record(app: &TestApp, face: Face) -> Value {
    app.call(face, Some(&app.ministry()), "record_breach", json!({ "input": lost() })).await.ok()
}

async fn step(app: &TestApp, face: Face, verb: &str, id: &Value, input: Value) -> Value {
    let args = json!({ "id": id, "input": input });
    app.call(face, Some(&app.ministry()), verb, args).await.ok()
}

fn codes(faults: &[(String, String)]) -> Vec<&str> {
    faults.iter().map(|fault| fault.1.as_str()).collect()
}

both_engines! {
    async fn the_clock_runs_from_the_discovery_until_everybody_was_told(app: TestApp) {
        Country::new(&app).await;
        let ministry = app.ministry();
        let mut made = Vec::new();
        for face in Face::BOTH {
            let breach = record(&app, face).await;
            assert_eq!((&breach["hoursLeft"], &breach["overdue"], &breach["status"]), (&json!(72), &json!(false), &json!("open")));
            assert_eq!((&breach["dataClasses"], &breach["regionCodes"]), (&json!(["contact", "identity"]), &json!(["32.73"])));
            let read = app.call(face, Some(&ministry), "get_breach", json!({ "id": breach["id"] })).await.ok();
            assert_eq!(read, breach, "{face:?}");
            made.push(breach["id"].clone());
        }
        app.pass(TimeDelta::hours(48) + TimeDelta::minutes(30));
        for _ in 0..2 {
            worker::breach::run_once(&app.services).await.unwrap();
        }
        assert_eq!(app.events("breach.due_soon").await.len(), 2, "each is told of once");
        app.pass(TimeDelta::hours(24));
        for (face, id) in Face::BOTH.into_iter().zip(&made) {
            let read = app.call(face, Some(&ministry), "get_breach", json!({ "id": id })).await.ok();
            assert_eq!((&read["hoursLeft"], &read["overdue"]), (&json!(-1), &json!(true)), "{face:?}: {read}");
            let late = app.call(face, Some(&ministry), "list_breaches", json!({ "overdue": true })).await.ok();
            let left = 2 - made.iter().position(|one| one == id).unwrap();
            assert_eq!(late["items"].as_array().unwrap().len(), left, "{face:?}");
            step(&app, face, "notify_breach_authority", id, json!({ "notNeededBecause": "Isinya tersandi." })).await;
            let told = json!({ "notNeededBecause": "Isinya tersandi." });
            let told = step(&app, face, "notify_breach_persons", id, told).await;
            assert_eq!((&told["hoursLeft"], &told["overdue"]), (&Value::Null, &json!(false)), "{face:?}: {told}");
        }
    }

    async fn closing_names_everything_that_is_missing_and_a_step_back_keeps_the_rest(app: TestApp) {
        Country::new(&app).await;
        let ministry = app.ministry();
        for face in Face::BOTH {
            let id = record(&app, face).await["id"].clone();
            let close = |lessons: &str| json!({ "id": id, "input": { "lessons": lessons } });
            let refused = app.call(face, Some(&ministry), "close_breach", close(" ")).await;
            let all = ["breach_not_contained", "breach_authority_not_told", "breach_persons_not_told", "breach_lessons_missing"];
            assert_eq!(codes(&refused.faults), all, "{face:?}");
            step(&app, face, "contain_breach", &id, json!({ "containedAt": start() })).await;
            step(&app, face, "notify_breach_authority", &id, json!({ "notNeededBecause": "Isinya tersandi." })).await;
            let refused = app.call(face, Some(&ministry), "close_breach", close("Sandikan.")).await;
            assert_eq!(refused.refused(), "breach_persons_not_told", "{face:?}");
            let told = json!({ "notifiedAt": start(), "channel": "email", "persons": 120 });
            step(&app, face, "notify_breach_persons", &id, told.clone()).await;
            let again = app.call(face, Some(&ministry), "notify_breach_persons", json!({ "id": id, "input": told })).await;
            assert_eq!(again.refused(), "breach_persons_told", "{face:?}");
            let closed = app.call(face, Some(&ministry), "close_breach", close("Sandikan.")).await.ok();
            assert_eq!((&closed["status"], &closed["lessons"]), (&json!("closed"), &json!("Sandikan.")));
            let change = json!({ "id": id, "version": closed["version"], "input": { "personsEstimated": 1 } });
            assert_eq!(app.call(face, Some(&ministry), "update_breach", change).await.refused(), "breach_closed");
            let back = step(&app, face, "reopen_breach", &id, json!({ "reason": "Salinan kedua." })).await;
            assert_eq!((&back["status"], &back["personsNotice"]["persons"]), (&json!("contained"), &json!(120)), "{back}");
            let back = step(&app, face, "reopen_breach", &id, json!({ "reason": "Masih terbuka." })).await;
            assert_eq!((&back["status"], &back["containedAt"]), (&json!("open"), &Value::Null), "{back}");
            let further = json!({ "id": id, "input": { "reason": "Lagi." } });
            assert_eq!(app.call(face, Some(&ministry), "reopen_breach", further).await.refused(), "breach_open");
        }
    }

    async fn a_notice_after_the_time_is_flagged_and_one_before_the_discovery_refused(app: TestApp) {
        Country::new(&app).await;
        let ministry = app.ministry();
        let ids = [record(&app, Face::Rest).await["id"].clone(), record(&app, Face::Graphql).await["id"].clone()];
        app.pass(TimeDelta::hours(80));
        for (face, id) in Face::BOTH.into_iter().zip(&ids) {
            let early = json!({ "notifiedAt": start() - TimeDelta::hours(1), "channel": "letter", "reference": "PDP/1" });
            let early = app.call(face, Some(&ministry), "notify_breach_authority", json!({ "id": id, "input": early })).await;
            assert_eq!(early.faults, [("/notifiedAt".to_owned(), "breach_told_before_discovery".to_owned())], "{face:?}");
            let both = json!({ "notifiedAt": start(), "notNeededBecause": " " });
            let both = app.call(face, Some(&ministry), "notify_breach_persons", json!({ "id": id, "input": both })).await;
            assert_eq!(codes(&both.faults), ["breach_told_or_not_needed", "reason_missing"], "{face:?}");
            let neither = app.call(face, Some(&ministry), "notify_breach_persons", json!({ "id": id, "input": {} })).await;
            assert_eq!(codes(&neither.faults), ["field_missing", "field_missing", "field_missing"], "{face:?}");
            let in_time = json!({ "notifiedAt": start() + TimeDelta::hours(72), "channel": "letter", "reference": "PDP/1" });
            let told = step(&app, face, "notify_breach_authority", id, in_time).await;
            assert_eq!((&told["authorityNotice"]["late"], &told["notifiedLate"]), (&json!(false), &json!(false)), "{told}");
            let late = json!({ "notifiedAt": start() + TimeDelta::hours(73), "channel": "email", "persons": 118 });
            let told = step(&app, face, "notify_breach_persons", id, late).await;
            assert_eq!((&told["personsNotice"]["late"], &told["notifiedLate"]), (&json!(true), &json!(true)), "{told}");
        }
    }

    async fn the_register_is_the_ministrys_alone(app: TestApp) {
        Country::new(&app).await;
        let id = record(&app, Face::Rest).await["id"].clone();
        let others = [
            Grant::regional_officer("32"),
            Grant::teacher(Uuid::now_v7()),
            Grant::provider_staff(Uuid::now_v7()),
            Grant::principal(Uuid::now_v7(), None),
        ];
        for token in others.map(|grant| app.token(grant)) {
            for face in Face::BOTH {
                let recorded = app.call(face, Some(&token), "record_breach", json!({ "input": lost() })).await;
                assert_eq!(recorded.refused(), "forbidden", "{face:?}");
                for operation in ["get_breach", "get_breach_notice", "list_breaches"] {
                    let read = app.call(face, Some(&token), operation, json!({ "id": id })).await;
                    assert_eq!(read.refused(), "forbidden", "{face:?} {operation}");
                }
            }
        }
    }

    async fn a_stale_version_is_refused_a_replay_records_nothing_and_every_fault_is_told(app: TestApp) {
        Country::new(&app).await;
        let ministry = app.ministry();
        for (face, key) in [(Face::Rest, "satu"), (Face::Graphql, "dua")] {
            let args = json!({ "input": lost(), "key": key });
            let made = app.call(face, Some(&ministry), "record_breach", args.clone()).await.ok();
            let again = app.call(face, Some(&ministry), "record_breach", args).await.ok();
            assert_eq!(again, made, "{face:?}");
            let change = |version: Value| json!({ "id": made["id"], "version": version,
                "input": { "personsEstimated": 118, "measures": "Kunci dicabut." } });
            assert_eq!(app.call(face, Some(&ministry), "update_breach", change(json!(9))).await.refused(), "stale_version");
            let changed = app.call(face, Some(&ministry), "update_breach", change(json!(1))).await.ok();
            assert_eq!((&changed["personsEstimated"], &changed["version"]), (&json!(118), &json!(2)), "{face:?}");
            let bad = json!({ "title": " ", "whatHappened": "", "discoveredAt": start() + TimeDelta::hours(1),
                "occurredFrom": start(), "occurredUntil": start() - TimeDelta::hours(1), "dataClasses": [],
                "cause": "other", "personsEstimated": -1, "regionCodes": ["99"], "contact": "" });
            let outcome = app.call(face, Some(&ministry), "record_breach", json!({ "input": bad })).await;
            let mut told: Vec<_> = outcome.faults.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect();
            told.sort_unstable();
            let all = [
                ("/contact", "text_missing"),
                ("/dataClasses", "breach_classes_missing"),
                ("/discoveredAt", "breach_moment_ahead"),
                ("/occurredUntil", "breach_occurred_backwards"),
                ("/personsEstimated", "breach_persons_out_of_range"),
                ("/regionCodes/0", "reference_unknown"),
                ("/title", "text_missing"),
                ("/whatHappened", "text_missing"),
            ];
            assert_eq!(told, all, "{face:?}");
        }
        assert_eq!(app.events("breach.recorded").await.len(), 2);
    }

    async fn the_notice_says_what_the_law_asks_for_in_both_languages(app: TestApp) {
        Country::new(&app).await;
        let ministry = app.ministry();
        let mut input = lost();
        input["measures"] = json!("Kunci akses dicabut.");
        input["contact"] = json!("Pejabat PDP, pdp@contoh.go.id");
        for face in Face::BOTH {
            let made = app.call(face, Some(&ministry), "record_breach", json!({ "input": input })).await.ok();
            let letter = |language: Value| app.call(face, Some(&ministry), "get_breach_notice",
                json!({ "id": made["id"], "language": language }));
            let usual = letter(Value::Null).await.ok();
            assert_eq!(usual["language"], "id", "{face:?}");
            let english = letter(json!("en")).await.ok();
            assert_eq!(english["language"], "en", "{face:?}");
            let [usual, english] = [usual, english].map(|one| one["text"].as_str().unwrap().to_owned());
            for said in ["nomor telepon", "2 Maret 2026", "hilang di kereta", "Kunci akses dicabut.", "pdp@contoh.go.id", "Pasal 46"] {
                assert!(usual.contains(said), "{face:?}: {said} is not in {usual}");
            }
            for said in ["telephone number", "2 March 2026", "hilang di kereta", "Kunci akses dicabut.", "pdp@contoh.go.id", "article 46"] {
                assert!(english.contains(said), "{face:?}: {said} is not in {english}");
            }
            assert!(!usual.contains("breach_") && !english.contains("breach_"), "{usual} {english}");
        }
    }
}
