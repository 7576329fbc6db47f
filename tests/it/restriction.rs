//! Restriction of the use of a person's record, through both faces, on both engines.

use chrono::TimeDelta;
use entity::audit_entry;
use sanggar::access::{grant::Grant, oauth_scope::OAuthScope};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, completed, issue},
    support::{
        Face, Outcome, TestApp,
        app::start,
        identity::{all_but, every_scope},
        training::{USUAL, Wanted, World},
    },
};

async fn call(
    app: &TestApp,
    face: Face,
    token: &str,
    operation: &str,
    person: Uuid,
    reason: Option<&str>,
) -> Outcome {
    let input = reason.map_or_else(|| json!({}), |reason| json!({ "reason": reason }));
    app.call(face, Some(token), operation, json!({ "id": person, "input": input })).await
}

async fn set(app: &TestApp, face: Face, token: &str, person: Uuid, reason: Option<&str>) -> Outcome {
    call(app, face, token, "set_restriction", person, reason).await
}

async fn lift(app: &TestApp, face: Face, token: &str, person: Uuid, reason: Option<&str>) -> Outcome {
    call(app, face, token, "lift_restriction", person, reason).await
}

const WHY: Option<&str> = Some("Data sedang diperiksa.");

/// What others begin with a person's record, and in whose name.
async fn begun_by_others(world: &World<'_>, face: Face, person: Uuid, version: &Value) -> Vec<Outcome> {
    let app = world.app;
    let (batch, other) = (world.batch(USUAL).await, world.teacher("Siti A.").await);
    let principal = app.token(Grant::principal(world.school, None));
    let officer = app.token(Grant::regional_officer("32"));
    let ministry = app.ministry();
    let update = json!({ "id": person, "version": version, "input": { "subject": "IPA" } });
    let merge = json!({ "id": other, "input": { "intoId": person, "reason": "NIK sama" } });
    let apply = json!({ "id": batch, "input": { "personId": person } });
    let teach = json!({ "input": { "personId": person } });
    vec![
        app.call(face, Some(&officer), "update_person", update).await,
        app.call(face, Some(&principal), "apply_enrolment", apply).await,
        app.call(face, Some(&ministry), "create_resource_person", teach).await,
        app.call(face, Some(&ministry), "merge_person", merge).await,
    ]
}

both_engines! {
    async fn others_begin_nothing_with_a_restricted_record_until_it_is_lifted(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let person = world.teacher("Siti").await;
            let own = world.token(person);
            let done = set(&app, face, &own, person, None).await.ok();
            assert_eq!((&done["restrictedBy"], &done["version"]), (&json!("person"), &json!(2)), "{face:?}");
            let officer = app.token(Grant::regional_officer("32"));
            let read = app.call(face, Some(&officer), "get_restriction", json!({ "id": person })).await.ok();
            assert_eq!(read, done);
            for outcome in begun_by_others(&world, face, person, &done["version"]).await {
                assert_eq!(outcome.refused(), "person_restricted");
            }
            let lifted = lift(&app, face, &own, person, None).await.ok();
            assert_eq!((&lifted["restrictedAt"], &lifted["restrictedBy"]), (&Value::Null, &Value::Null));
            for outcome in begun_by_others(&world, face, person, &lifted["version"]).await {
                outcome.ok();
            }
        }
        assert_eq!(app.events("person.restricted").await.len(), 2);
        assert_eq!(app.events("person.restriction_lifted").await.len(), 2);
    }

    async fn what_the_person_began_goes_on(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let person = world.teacher("Siti Nurhaliza").await;
            let own = world.token(person);
            let over = world.batch(OVER).await;
            let earned = completed(&world, over, person).await;
            let running = world.batch(Wanted { status: "running", ..USUAL }).await;
            let session = world.session(running, TimeDelta::days(-1)).await;
            let seat = world.enrolment(running, person, "accepted", start() - TimeDelta::days(9)).await;
            let agree = json!({ "purpose": "name_on_verification", "edition": 1, "language": "id" });
            app.call(face, Some(&own), "give_sharing_consent", json!({ "id": person, "input": agree })).await.ok();
            set(&app, face, &app.ministry(), person, WHY).await.ok();

            let certificate = issue(&world, face, earned).await;
            let entries = json!({ "entries": [{ "enrolmentId": seat, "minutes": 90 }] });
            app.call(face, Some(&world.staff()), "record_attendance", json!({ "id": session, "input": entries })).await.ok();
            let open = world.batch(USUAL).await;
            let mine = app.call(face, Some(&own), "apply_enrolment", json!({ "id": open, "input": {} })).await.ok();
            let back = json!({ "id": mine["id"], "input": { "reason": "Berhalangan" } });
            app.call(face, Some(&own), "withdraw_enrolment", back).await.ok();

            // What was shared beyond what must be is not while the record is restricted, and is again after.
            for (whole, lifted) in [(false, false), (true, true)] {
                if lifted {
                    lift(&app, face, &app.ministry(), person, WHY).await.ok();
                }
                let asked = json!({ "id": certificate["verificationId"] });
                let told = app.call(face, None, "get_verification", asked).await.ok();
                assert_eq!(told["holderNameIsWhole"], whole, "{face:?}: {told}");
                let consents = app.call(face, Some(&own), "list_sharing_consents", json!({})).await.ok();
                assert_eq!(consents["items"][0]["inForce"], whole);
            }
        }
    }

    async fn each_lifts_what_is_theirs_to_lift(app: TestApp) {
        let world = World::new(&app).await;
        let (officer, ministry) = (app.token(Grant::regional_officer("32")), app.ministry());
        for face in Face::BOTH {
            let person = world.teacher("Siti").await;
            let own = world.token(person);
            assert_eq!(lift(&app, face, &own, person, None).await.refused(), "restriction_not_set");
            // By the person: theirs alone.
            set(&app, face, &own, person, None).await.ok();
            for token in [&own, &officer] {
                assert_eq!(set(&app, face, token, person, WHY).await.refused(), "restriction_set_already");
            }
            for token in [&officer, &ministry] {
                assert_eq!(lift(&app, face, token, person, WHY).await.refused(), "restriction_of_person");
            }
            lift(&app, face, &own, person, None).await.ok();
            // By an officer, for the person.
            set(&app, face, &officer, person, WHY).await.ok();
            lift(&app, face, &own, person, None).await.ok();
            let since = set(&app, face, &officer, person, WHY).await.ok();
            // Taken over by the ministry: restricted all the while, and the ministry's alone.
            app.pass(TimeDelta::minutes(1));
            let taken = set(&app, face, &ministry, person, WHY).await.ok();
            assert_eq!((&taken["restrictedAt"], &taken["restrictedBy"]), (&since["restrictedAt"], &json!("ministry")));
            for token in [&own, &officer] {
                assert_eq!(lift(&app, face, token, person, WHY).await.refused(), "restriction_of_ministry");
            }
            lift(&app, face, &ministry, person, Some("Putusan sudah tetap.")).await.ok();
        }
        let entries = audit_entry::Entity::find().filter(audit_entry::Column::Action.eq("restriction.lift"));
        let entries = entries.all(app.services.store.reader()).await.unwrap();
        let why = Some("Putusan sudah tetap.".to_owned());
        assert_eq!(entries.iter().filter(|entry| entry.reason == why).count(), 2);
    }

    async fn whoever_may_not_is_refused_and_others_say_why(app: TestApp) {
        let world = World::new(&app).await;
        let person = world.teacher("Siti").await;
        let colleague = world.token(world.teacher("Budi").await);
        for face in Face::BOTH {
            for token in [&colleague, &app.token(Grant::regional_officer("35"))] {
                assert_eq!(set(&app, face, token, person, WHY).await.refused(), "not_found");
                assert_eq!(lift(&app, face, token, person, WHY).await.refused(), "not_found");
                let read = app.call(face, Some(token), "get_restriction", json!({ "id": person })).await;
                assert_eq!(read.refused(), "not_found");
            }
            for token in [&world.staff(), &app.token(Grant::principal(world.school, None))] {
                let code = set(&app, face, token, person, WHY).await.refused();
                assert!(["forbidden", "not_found"].contains(&code.as_str()), "{code}");
            }
            for reason in [None, Some(" ")] {
                assert_eq!(set(&app, face, &app.ministry(), person, reason).await.refused(), "invalid");
            }
            let without = app.app_token(&[Grant::teacher(person)], all_but(OAuthScope::PersonalDataManage)).await;
            assert_eq!(set(&app, face, &without, person, None).await.refused(), "insufficient_scope");
        }
        let stale = json!({ "id": person, "version": 9, "input": {} });
        let own = app.app_token(&[Grant::teacher(person)], every_scope()).await;
        assert_eq!(app.call(Face::Rest, Some(&own), "set_restriction", stale).await.refused(), "stale_version");
        assert!(app.events("person.restricted").await.is_empty());
        set(&app, Face::Rest, &own, person, None).await.ok();
    }
}
