//! Corrections that persons ask for in their records, through both faces, on both engines.

use chrono::TimeDelta;
use entity::{audit_entry, correction, event};
use sanggar::access::{grant::Grant, oauth_scope::OAuthScope};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        directory::{Country, id_of, person_of},
        identity::all_but,
    },
};

const NUPTK: &str = "4738779680130042";
const PHONE: &str = "0812-3456-7890";

/// A teacher of the school in Bandung with a token.
async fn teacher(app: &TestApp, country: &Country, name: &str) -> (Uuid, String) {
    let id = country.teacher(app, name, country.bandung).await;
    (id, app.token(Grant::teacher(id)))
}

fn ask(person: Uuid, input: Value) -> Value {
    let mut input = input;
    if input["reason"].is_null() {
        input["reason"] = json!("Sesuai KTP.");
    }
    json!({ "id": person, "input": input })
}

async fn asked(app: &TestApp, face: Face, token: &str, person: Uuid, changes: Value) -> Value {
    app.call(face, Some(token), "request_correction", ask(person, json!({ "changes": changes }))).await.ok()
}

async fn decide(app: &TestApp, face: Face, token: &str, verb: &str, id: &Value) -> Outcome {
    let args = json!({ "id": id, "input": { "reason": "Sudah diperiksa." } });
    app.call(face, Some(token), &format!("{verb}_correction"), args).await
}

async fn row_of(app: &TestApp, made: &Value) -> correction::Model {
    let reader = app.services.store.reader();
    correction::Entity::find_by_id(id_of(made)).one(reader).await.unwrap().unwrap()
}

fn kept(row: &correction::Model) -> [bool; 3] {
    [row.changes_sealed.is_some(), row.words.is_some(), row.reason.is_some()]
}

async fn listed(app: &TestApp, face: Face, token: &str, filter: Value) -> Vec<Value> {
    let page = app.call(face, Some(token), "list_corrections", filter).await.ok();
    page["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
}

fn wanted<'a>(made: &'a Value, field: &str) -> &'a Value {
    made["changes"].as_array().unwrap().iter().find(|change| change["field"] == field).unwrap()
}

both_engines! {
    async fn what_is_asked_for_is_accepted_applied_told_and_forgotten(app: TestApp) {
        let country = Country::new(&app).await;
        let officer = country.officer(&app);
        for face in Face::BOTH {
            let (siti, own) = teacher(&app, &country, "Siti Aminah").await;
            let input = json!({ "changes": { "phone": PHONE, "subject": null, "birthDate": "1987-09-15" },
                "words": "Nama di sertifikat\nsaya keliru.", "reason": "Sesuai ijazah." });
            let made = app.call(face, Some(&own), "request_correction", ask(siti, input)).await.ok();
            assert_eq!((&made["status"], &made["overdue"]), (&json!("requested"), &json!(false)), "{face:?}: {made}");
            assert_eq!(made["fields"], json!(["birthDate", "subject", "phone"]));
            let sealed = row_of(&app, &made).await;
            assert!(!format!("{sealed:?}").contains("0812"), "{sealed:?}");
            for token in [&own, &officer] {
                let read = app.call(face, Some(token), "get_correction", json!({ "id": made["id"] })).await.ok();
                assert_eq!((wanted(&read, "phone")["wanted"].as_str(), wanted(&read, "subject")["wanted"].as_str()), (Some(PHONE), None));
                assert!(listed(&app, face, token, json!({ "status": "requested" })).await.contains(&made["id"]));
            }
            // What changed meanwhile elsewhere in the record stays.
            let meanwhile = json!({ "id": siti, "version": 1, "input": { "employment": "pppk" } });
            app.call(face, Some(&officer), "update_person", meanwhile).await.ok();
            let done = decide(&app, face, &officer, "accept", &made["id"]).await.ok();
            assert_eq!((&done["status"], &done["decisionReason"]), (&json!("accepted"), &json!("Sudah diperiksa.")));
            assert_eq!((&done["changes"], &done["words"], &done["reason"]), (&json!([]), &json!(null), &json!(null)));
            let person = person_of(&app, siti).await;
            assert_eq!((person.phone.as_deref(), person.employment.as_str(), person.version), (Some("+6281234567890"), "pppk", 3));
            let read = app.call(face, Some(&own), "get_correction", json!({ "id": made["id"] })).await.ok();
            assert_eq!((&read["decisionReason"], &read["fields"]), (&json!("Sudah diperiksa."), &made["fields"]));
            assert_eq!(kept(&row_of(&app, &made).await), [false; 3]);
        }
        assert_eq!(app.events("correction.requested").await.len(), 2);
        assert_eq!(app.events("correction.accepted").await.len(), 2);
        let reader = app.services.store.reader();
        let (events, audit) = (event::Entity::find().all(reader).await.unwrap(), audit_entry::Entity::find().all(reader).await.unwrap());
        let accepted: Vec<_> = audit.iter().filter(|entry| entry.action == "correction.accept").collect();
        assert!(accepted.iter().all(|entry| entry.reason.as_deref() == Some("Sudah diperiksa.")) && accepted.len() == 2);
        let told = format!("{events:?}{audit:?}");
        for secret in ["81234567890", "0812-3456", "Nama di sertifikat", "Sesuai ijazah"] {
            assert!(!told.contains(secret), "{secret} is told");
        }
    }

    async fn all_that_is_wrong_with_a_wish_is_told_at_once(app: TestApp) {
        let country = Country::new(&app).await;
        let (siti, own) = teacher(&app, &country, "Siti Aminah").await;
        for face in Face::BOTH {
            let bad = json!({ "changes": { "name": null, "nuptk": "12", "phone": "satu", "birthDate": "2030-01-01",
                "schoolId": Uuid::now_v7() }, "words": " ", "reason": " " });
            let outcome = app.call(face, Some(&own), "request_correction", ask(siti, bad)).await;
            let mut told: Vec<_> = outcome.faults.iter().map(|fault| fault.0.as_str()).collect();
            told.sort_unstable();
            let all = ["/changes/birthDate", "/changes/name", "/changes/nuptk", "/changes/phone", "/changes/schoolId", "/reason", "/words"];
            assert_eq!(told, all, "{face:?}");
            for nothing in [json!({}), json!({ "changes": {} })] {
                let outcome = app.call(face, Some(&own), "request_correction", ask(siti, nothing)).await;
                assert_eq!(outcome.faults, [("/changes".to_owned(), "correction_empty".to_owned())], "{face:?}");
            }
        }
        let unknown = ask(siti, json!({ "changes": { "nik": "3273014509870002" } }));
        assert_eq!(app.call(Face::Rest, Some(&own), "request_correction", unknown).await.refused(), "invalid");
    }

    async fn others_neither_see_nor_decide_and_nobody_decides_about_their_own(app: TestApp) {
        let country = Country::new(&app).await;
        let (siti, own) = teacher(&app, &country, "Siti Aminah").await;
        let (_, colleague) = teacher(&app, &country, "Budi Santoso").await;
        let principal = app.token(Grant::principal(country.bandung, None));
        let self_ruling = app.token_of("pejabat", vec![Grant::ministry(), Grant::teacher(siti)]);
        for face in Face::BOTH {
            let made = asked(&app, face, &own, siti, json!({ "phone": PHONE })).await;
            let id = json!({ "id": made["id"] });
            for token in [&colleague, &country.stranger(&app)] {
                assert_eq!(app.call(face, Some(token), "get_correction", id.clone()).await.refused(), "not_found", "{face:?}");
                assert!(listed(&app, face, token, json!({})).await.is_empty());
            }
            assert_eq!(decide(&app, face, &country.stranger(&app), "accept", &made["id"]).await.refused(), "not_found");
            for verb in ["accept", "reject"] {
                assert_eq!(decide(&app, face, &own, verb, &made["id"]).await.refused(), "forbidden", "{face:?}");
                assert_eq!(decide(&app, face, &self_ruling, verb, &made["id"]).await.refused(), "correction_own", "{face:?}");
            }
            let officer = country.officer(&app);
            assert_eq!(app.call(face, Some(&officer), "withdraw_correction", id.clone()).await.refused(), "forbidden");
            for (token, code) in [(&colleague, "not_found"), (&principal, "forbidden"), (&officer, "forbidden")] {
                let args = ask(siti, json!({ "words": "Keliru." }));
                assert_eq!(app.call(face, Some(token), "request_correction", args).await.refused(), code, "{face:?}");
            }
            app.call(face, Some(&own), "withdraw_correction", id).await.ok();
        }
        let made = asked(&app, Face::Rest, &own, siti, json!({ "phone": PHONE })).await;
        let stale = json!({ "id": made["id"], "version": 7, "input": { "reason": "Sudah diperiksa." } });
        assert_eq!(app.call(Face::Rest, Some(&app.ministry()), "accept_correction", stale).await.refused(), "stale_version");
    }

    async fn three_may_wait_each_is_answered_once_and_a_retry_asks_once(app: TestApp) {
        let country = Country::new(&app).await;
        for face in Face::BOTH {
            let (siti, own) = teacher(&app, &country, "Siti Aminah").await;
            let mut args = ask(siti, json!({ "words": "Sertifikat saya keliru." }));
            args["key"] = json!(format!("asked-{face:?}"));
            let first = app.call(face, Some(&own), "request_correction", args.clone()).await.ok();
            assert_eq!(app.call(face, Some(&own), "request_correction", args).await.ok(), first, "{face:?}");
            let second = asked(&app, face, &own, siti, json!({ "phone": PHONE })).await;
            let third = asked(&app, face, &own, siti, json!({ "email": null })).await;
            let fourth = ask(siti, json!({ "words": "Lagi." }));
            assert_eq!(app.call(face, Some(&own), "request_correction", fourth.clone()).await.refused(), "corrections_too_many");
            let gone = app.call(face, Some(&own), "withdraw_correction", json!({ "id": second["id"] })).await.ok();
            assert_eq!((&gone["status"], &gone["decisionReason"]), (&json!("withdrawn"), &json!(null)));
            let rejected = decide(&app, face, &app.ministry(), "reject", &third["id"]).await.ok();
            assert_eq!((&rejected["status"], &rejected["decisionReason"]), (&json!("rejected"), &json!("Sudah diperiksa.")));
            for made in [&second, &third] {
                assert_eq!(kept(&row_of(&app, made).await), [false; 3], "{face:?}");
                assert_eq!(decide(&app, face, &app.ministry(), "accept", &made["id"]).await.refused(), "correction_not_requested");
                let again = app.call(face, Some(&own), "withdraw_correction", json!({ "id": made["id"] })).await;
                assert_eq!(again.refused(), "correction_not_requested", "{face:?}");
            }
            app.call(face, Some(&own), "request_correction", fourth).await.ok();
            assert_eq!(person_of(&app, siti).await.version, 1, "nothing was changed");
        }
    }

    async fn two_who_decide_at_once_come_to_one_answer(app: TestApp) {
        let country = Country::new(&app).await;
        let (siti, own) = teacher(&app, &country, "Siti Aminah").await;
        let (officer, ministry) = (country.officer(&app), app.ministry());
        for phone in ["0812-3456-7891", "0812-3456-7892"] {
            let made = asked(&app, Face::Rest, &own, siti, json!({ "phone": phone })).await;
            let (one, other) = tokio::join!(
                decide(&app, Face::Rest, &officer, "accept", &made["id"]),
                decide(&app, Face::Graphql, &ministry, "reject", &made["id"]),
            );
            let accepted = one.code.is_none();
            let codes = [one.code, other.code];
            assert!(codes.contains(&None) && codes.contains(&Some("correction_not_requested".to_owned())), "{codes:?}");
            let has = person_of(&app, siti).await.phone.is_some_and(|now| now.ends_with(&phone[10..]));
            assert_eq!(has, accepted, "{phone}");
        }
        let told = app.events("correction.accepted").await.len() + app.events("correction.rejected").await.len();
        assert_eq!(told, 2);
    }

    async fn what_waits_longer_than_72_hours_is_overdue_and_comes_first(app: TestApp) {
        let country = Country::new(&app).await;
        let (siti, own) = teacher(&app, &country, "Siti Aminah").await;
        let late = asked(&app, Face::Rest, &own, siti, json!({ "phone": PHONE })).await;
        app.pass(TimeDelta::hours(1));
        let soon = asked(&app, Face::Rest, &own, siti, json!({ "email": null })).await;
        let officer = country.officer(&app);
        app.pass(TimeDelta::hours(71) + TimeDelta::seconds(1));
        for face in Face::BOTH {
            let both = listed(&app, face, &officer, json!({ "regionCode": "32.73", "status": "requested", "personId": siti })).await;
            assert_eq!(both, [late["id"].clone(), soon["id"].clone()], "{face:?}");
            assert_eq!(listed(&app, face, &officer, json!({ "overdue": true })).await, [late["id"].clone()], "{face:?}");
            assert_eq!(listed(&app, face, &officer, json!({ "overdue": false })).await, [soon["id"].clone()], "{face:?}");
            assert!(listed(&app, face, &officer, json!({ "regionCode": "35" })).await.is_empty());
            let read = app.call(face, Some(&own), "get_correction", json!({ "id": late["id"] })).await.ok();
            assert_eq!(read["overdue"], true, "{face:?}");
        }
        decide(&app, Face::Rest, &officer, "accept", &late["id"]).await.ok();
        assert!(listed(&app, Face::Rest, &officer, json!({ "overdue": true })).await.is_empty());
    }

    async fn what_may_not_be_applied_leaves_nothing_half_done(app: TestApp) {
        let country = Country::new(&app).await;
        let (budi, _) = teacher(&app, &country, "Budi Santoso").await;
        let known = json!({ "id": budi, "version": 1, "input": { "nuptk": NUPTK } });
        app.call(Face::Rest, Some(&app.ministry()), "update_person", known).await.ok();
        let officer = country.officer(&app);
        for face in Face::BOTH {
            let (siti, own) = teacher(&app, &country, "Siti Aminah").await;
            // Asking tells nobody whose number it is.
            let twice = asked(&app, face, &own, siti, json!({ "nuptk": NUPTK, "phone": PHONE })).await;
            assert_eq!(decide(&app, face, &officer, "accept", &twice["id"]).await.refused(), "person_already_known", "{face:?}");
            let moved = asked(&app, face, &own, siti, json!({ "schoolId": country.surabaya })).await;
            assert_eq!(decide(&app, face, &officer, "accept", &moved["id"]).await.refused(), "forbidden", "{face:?}");
            assert_eq!((person_of(&app, siti).await.version, person_of(&app, siti).await.phone), (1, None));
            for made in [&twice, &moved] {
                let row = row_of(&app, made).await;
                assert!(row.status == "requested" && row.changes_sealed.is_some(), "{face:?}: {row:?}");
            }
            decide(&app, face, &app.ministry(), "accept", &moved["id"]).await.ok();
            assert_eq!(person_of(&app, siti).await.region_code.as_deref(), Some("35.78"), "{face:?}");
        }
    }

    async fn an_app_sees_what_its_scopes_cover_and_a_merge_takes_corrections_along(app: TestApp) {
        let country = Country::new(&app).await;
        let narrow = app.app_token(&[Grant::regional_officer("32")], all_but(OAuthScope::ContactsRead)).await;
        let unruling = app.app_token(&[Grant::regional_officer("32")], all_but(OAuthScope::PrivacyManage)).await;
        for face in Face::BOTH {
            let (siti, own) = teacher(&app, &country, "Siti Aminah").await;
            let made = asked(&app, face, &own, siti, json!({ "phone": PHONE, "name": "Siti Aminah, S.Pd." })).await;
            let read = app.call(face, Some(&narrow), "get_correction", json!({ "id": made["id"] })).await.ok();
            let phone = wanted(&read, "phone");
            assert_eq!((&phone["wanted"], &phone["withheld"]), (&json!(null), &json!("contacts_read")), "{face:?}");
            assert_eq!(wanted(&read, "name")["wanted"], "Siti Aminah, S.Pd.", "{face:?}");
            assert_eq!(decide(&app, face, &unruling, "accept", &made["id"]).await.refused(), "insufficient_scope");
            let (survivor, theirs) = teacher(&app, &country, "Siti Aminah").await;
            let merge = json!({ "id": siti, "input": { "intoId": survivor, "reason": "Orang yang sama." } });
            app.call(face, Some(&app.ministry()), "merge_person", merge).await.ok();
            assert_eq!(listed(&app, face, &theirs, json!({ "personId": survivor })).await, [made["id"].clone()], "{face:?}");
            decide(&app, face, &country.officer(&app), "accept", &made["id"]).await.ok();
            assert_eq!(person_of(&app, survivor).await.name, "Siti Aminah, S.Pd.", "{face:?}");
        }
    }
}
