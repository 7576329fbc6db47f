//! Scores, completions with their explanation, and the ways back, through both faces, on both engines.

use chrono::TimeDelta;
use sanggar::access::grant::Grant;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        training::{USUAL, Wanted, World},
    },
};

async fn apply(world: &World<'_>, face: Face, batch: Uuid, person: Uuid) -> Value {
    let args = json!({ "id": batch, "input": {} });
    world.app.call(face, Some(&world.token(person)), "apply_enrolment", args).await.ok()
}

both_engines! {
    async fn a_completion_is_explained_decided_and_taken_back(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(USUAL).await;
            let session = world.session(batch, TimeDelta::hours(-2)).await;
            let siti = world.teacher("Siti").await;
            let enrolment = apply(&world, face, batch, siti).await;
            let id = json!({ "id": enrolment["id"] });
            let why = json!({ "id": enrolment["id"], "input": { "reason": "Presensi keliru" } });
            let score = |score: i32| json!({ "id": enrolment["id"], "input": { "score": score } });
            assert_eq!(app.call(face, Some(&staff), "complete_enrolment", id.clone()).await.refused(), "batch_not_running");
            assert_eq!(app.call(face, Some(&staff), "score_enrolment", score(70)).await.refused(), "batch_not_running");
            world.set_batch(batch, "running").await;
            world.attended(session, enrolment["id"].as_str().unwrap().parse().unwrap(), 79).await;
            let outside = app.call(face, Some(&staff), "score_enrolment", score(101)).await;
            assert_eq!(outside.faults, [("/score".to_owned(), "score_out_of_range".to_owned())]);
            assert_eq!(app.call(face, Some(&world.token(siti)), "score_enrolment", score(100)).await.refused(), "forbidden");
            let told = app.call(face, Some(&world.token(siti)), "get_enrolment_completion", id.clone()).await.ok();
            assert_eq!(told["met"], false);
            assert_eq!(told["jp"], Value::Null);
            assert_eq!(told["lines"][0], json!({ "requirement": "attendance", "unit": "minutes", "required": 80, "actual": 79, "met": false }));
            assert_eq!(told["lines"][1], json!({ "requirement": "score", "unit": "points", "required": 70, "actual": null, "met": false }));

            let failed = app.call(face, Some(&staff), "complete_enrolment", id.clone()).await.ok();
            assert_eq!((&failed["status"], &failed["jpEarned"]), (&json!("not_completed"), &Value::Null));
            assert_eq!(failed["reason"], "attendance 79/80 minutes; score -/70 points");
            assert_eq!(app.call(face, Some(&staff), "score_enrolment", score(70)).await.refused(), "enrolment_not_accepted");
            assert_eq!(app.call(face, Some(&staff), "reopen_enrolment", why.clone()).await.ok()["status"], "accepted");
            let scored = app.call(face, Some(&staff), "score_enrolment", score(70)).await.ok();
            let same = app.call(face, Some(&staff), "score_enrolment", score(70)).await.ok();
            assert_eq!(scored, same, "the same score again changes nothing");
            let raised = entity::attendance::ActiveModel {
                session_id: Set(session),
                enrolment_id: Set(enrolment["id"].as_str().unwrap().parse().unwrap()),
                minutes: Set(80),
                ..Default::default()
            };
            raised.update(app.services.store.writer()).await.unwrap();
            let done = app.call(face, Some(&staff), "complete_enrolment", id.clone()).await.ok();
            assert_eq!((&done["status"], &done["jpEarned"], &done["reason"]), (&json!("completed"), &json!(32), &Value::Null));
            assert_eq!(app.call(face, Some(&staff), "complete_enrolment", id.clone()).await.refused(), "enrolment_not_accepted");

            let of = Some(enrolment["id"].as_str().unwrap().parse().unwrap());
            let certificate = world.certificate_of(of, siti, 32, "direct", "valid", "2026-03-02").await;
            assert_eq!(app.call(face, Some(&staff), "reopen_enrolment", why.clone()).await.refused(), "enrolment_has_certificate");
            let revoked = entity::certificate::ActiveModel { id: Set(certificate), status: Set("revoked".to_owned()), ..Default::default() };
            revoked.update(app.services.store.writer()).await.unwrap();
            let open = app.call(face, Some(&staff), "reopen_enrolment", why.clone()).await.ok();
            assert_eq!((&open["status"], &open["jpEarned"]), (&json!("accepted"), &Value::Null));
            assert_eq!(world.read_batch(batch).await.taken, 1, "the seat was kept all along");
        }
    }

    async fn a_whole_batch_is_completed_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let (staff, people) = (world.staff(), 620);
        let batch = world.batch(Wanted { capacity: 1000, selection: "first_come", status: "running" }).await;
        let session = world.session(batch, TimeDelta::hours(-2)).await;
        let persons = world.teachers(people).await;
        for (n, person) in persons.iter().enumerate() {
            let at = start() + TimeDelta::seconds(i64::try_from(n).unwrap());
            let id = world.enrolment(batch, *person, "accepted", at).await;
            if n % 2 == 0 {
                let scored = entity::enrolment::ActiveModel { id: Set(id), score: Set(Some(80)), ..Default::default() };
                scored.update(app.services.store.writer()).await.unwrap();
                world.attended(session, id, 90).await;
            }
        }
        let other = world.organisation("BGTK-LAIN").await;
        let stranger = app.token(Grant::provider_staff(other));
        assert_eq!(app.call(Face::Rest, Some(&stranger), "complete_batch", json!({ "id": batch })).await.refused(), "forbidden");
        let before = app.services.store.statements();
        let told = app.call(Face::Graphql, Some(&staff), "complete_batch", json!({ "id": batch })).await.ok();
        let statements = app.services.store.statements() - before;
        assert!(statements <= 20, "{statements} statements for {people} enrolments");
        assert_eq!((&told["completedCount"], &told["notCompletedCount"]), (&json!(310), &json!(310)));
        assert_eq!(told["completed"][0]["personId"], json!(persons[0]));
        assert_eq!(told["completed"][309]["jpEarned"], 32);
        assert_eq!(told["notCompleted"][1]["reason"], "attendance 0/80 minutes; score -/70 points");
        assert_eq!(app.events("enrolment.completed").await.len(), 310);
        assert_eq!(app.events("enrolment.not_completed").await.len(), 310);
        let stored = world.read_enrolment(&told["completed"][7]["enrolmentId"]).await;
        assert_eq!((stored.status.as_str(), stored.jp_earned, stored.version), ("completed", Some(32), 2));
        let stored = world.read_enrolment(&told["notCompleted"][300]["enrolmentId"]).await;
        assert_eq!((stored.status.as_str(), stored.reason.is_some()), ("not_completed", true));
        let again = app.call(Face::Rest, Some(&staff), "complete_batch", json!({ "id": batch })).await.ok();
        assert_eq!((&again["completedCount"], &again["notCompletedCount"]), (&json!(0), &json!(0)));
    }

    async fn a_decision_is_taken_back_for_a_reason_and_never_in_a_cancelled_batch(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            let batch = world.batch(Wanted { status: "running", ..USUAL }).await;
            let session = world.session(batch, TimeDelta::hours(-2)).await;
            let siti = world.teacher("Siti").await;
            let id = world.enrolment(batch, siti, "not_completed", start()).await;
            let reopen = |reason: &'static str| {
                let (app, staff) = (&app, staff.clone());
                async move {
                    let args = json!({ "id": id, "input": { "reason": reason } });
                    app.call(face, Some(&staff), "reopen_enrolment", args).await
                }
            };
            assert_eq!(reopen(" ").await.faults, [("/reason".to_owned(), "reason_missing".to_owned())]);
            for status in ["cancelled", "closed"] {
                world.set_batch(batch, status).await;
                assert_eq!(reopen("Presensi keliru").await.refused(), "batch_not_running", "{status}");
            }
            assert_eq!(world.read_enrolment(&json!(id)).await.status, "not_completed");
            world.set_batch(batch, "finished").await;
            let open = reopen("Presensi keliru").await.ok();
            assert_eq!((&open["status"], &open["reason"]), (&json!("accepted"), &json!("Presensi keliru")));
            let read = app.call(face, Some(&world.token(siti)), "get_enrolment", json!({ "id": id })).await.ok();
            assert_eq!(read["reason"], "Presensi keliru", "whoever it concerns reads why");
            let told = app.events("enrolment.reopened").await;
            assert_eq!((told.len(), &told[nth].payload["reason"]), (nth + 1, &json!("Presensi keliru")));
            world.attended(session, id, 100).await;
            let args = json!({ "id": id, "input": { "score": 90 } });
            app.call(face, Some(&staff), "score_enrolment", args).await.ok();
            app.call(face, Some(&staff), "complete_batch", json!({ "id": batch })).await.ok();
            let done = world.read_enrolment(&json!(id)).await;
            assert_eq!((done.status.as_str(), done.reason), ("completed", None), "decided anew, the reason is gone");
        }
    }

    async fn nobody_is_decided_about_before_the_last_session_has_ended(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(Wanted { status: "running", ..USUAL }).await;
            for hours in [-2, 1, 4] {
                world.session(batch, TimeDelta::hours(hours)).await;
            }
            let siti = world.enrolment(batch, world.teacher("Siti").await, "accepted", start()).await;
            let budi = world.enrolment(batch, world.teacher("Budi").await, "accepted", start()).await;
            let complete = |operation: &'static str, id: Uuid| {
                let (app, staff) = (&app, staff.clone());
                async move { app.call(face, Some(&staff), operation, json!({ "id": id })).await }
            };
            for (operation, id) in [("complete_enrolment", siti), ("complete_batch", batch)] {
                let early = complete(operation, id).await;
                assert!(early.data.to_string().contains("2 Maret 2026 pukul 20.40 WIB"), "until when: {}", early.data);
                assert_eq!(early.refused(), "sessions_to_come", "{operation}");
            }
            app.clock.set(start() + TimeDelta::minutes(4 * 60 + 99));
            assert_eq!(complete("complete_batch", batch).await.refused(), "sessions_to_come", "the last one is on");
            assert_eq!(world.read_enrolment(&json!(siti)).await.status, "accepted");
            app.clock.set(start() + TimeDelta::minutes(4 * 60 + 100));
            assert_eq!(complete("complete_enrolment", siti).await.ok()["status"], "not_completed");
            app.clock.set(start());
            world.set_batch(batch, "finished").await;
            assert_eq!(complete("complete_enrolment", budi).await.ok()["status"], "not_completed");
            complete("complete_batch", batch).await.ok();
        }
    }
}
