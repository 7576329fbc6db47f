//! What holds while a batch is taught and when it ends, through both faces, on both engines.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{batch, competence};
use sea_orm::{ActiveModelTrait, EntityTrait, Set, sea_query::Expr};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    session::{after_school, assignment, expert, input, plan},
    support::{
        Face, TestApp,
        app::start,
        training::{USUAL, Wanted, World},
    },
};

const RUNNING: Wanted = Wanted { status: "running", ..USUAL };

async fn staff(world: &World<'_>, face: Face, operation: &str, args: Value) -> crate::support::face::Outcome {
    world.app.call(face, Some(&world.staff()), operation, args).await
}

fn attendance(session: Uuid, enrolment: Uuid, minutes: i32) -> Value {
    json!({ "id": session, "input": { "entries": [{ "enrolmentId": enrolment, "minutes": minutes }] } })
}

/// Withdraws every competence there is at this instant.
async fn withdraw_all(world: &World<'_>, at: DateTime<Utc>) {
    competence::Entity::update_many()
        .col_expr(competence::Column::Status, Expr::value("withdrawn"))
        .col_expr(competence::Column::DecidedAt, Expr::value(at))
        .exec(world.app.services.store.writer())
        .await
        .unwrap();
}

both_engines! {
    async fn sessions_stand_once_a_completion_was_decided_by_them(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            for decided in ["completed", "not_completed"] {
                let batch = world.batch(RUNNING).await;
                world.session(batch, TimeDelta::hours(-5)).await;
                let later = world.session(batch, TimeDelta::days(1)).await;
                let enrolment = world.enrolment(batch, world.teacher("Siti").await, decided, start()).await;
                let another = json!({ "id": batch, "input": input(after_school(), 90) });
                assert_eq!(staff(&world, face, "create_session", another.clone()).await.refused(), "batch_has_completions");
                let change = |input: Value| json!({ "id": later, "version": 1, "input": input });
                let longer = change(json!({ "endsAt": start() + TimeDelta::days(1) + TimeDelta::minutes(200) }));
                assert_eq!(staff(&world, face, "update_session", longer).await.refused(), "batch_has_completions");
                let away = staff(&world, face, "delete_session", json!({ "id": later, "version": 1 })).await;
                assert_eq!(away.refused(), "batch_has_completions");
                staff(&world, face, "update_session", change(json!({ "title": "Penutup" }))).await.ok();
                staff(&world, face, "reopen_enrolment", json!({ "id": enrolment, "input": { "reason": "Keliru" } })).await.ok();
                staff(&world, face, "create_session", another).await.ok();
            }
        }
    }

    async fn hours_that_nobody_competent_teaches_are_not_recorded(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(RUNNING).await;
            let session = world.untaught_session(batch, TimeDelta::hours(-2)).await;
            let siti = world.enrolment(batch, world.teacher("Siti").await, "accepted", start()).await;
            let record = || staff(&world, face, "record_attendance", attendance(session, siti, 90));
            let finish = || staff(&world, face, "finish_batch", json!({ "id": batch }));
            assert_eq!(record().await.refused(), "session_without_resource_person");
            assert_eq!(finish().await.refused(), "session_without_resource_person");
            world.teaches(session, "Dewi").await;
            withdraw_all(&world, start() - TimeDelta::hours(2)).await;
            assert_eq!(record().await.refused(), "session_without_resource_person", "withdrawn as it began");
            withdraw_all(&world, start() - TimeDelta::hours(1)).await;
            record().await.ok();
            assert_eq!(finish().await.ok()["status"], "finished", "what was taught was taught");
        }
    }

    async fn a_cascade_is_passed_on_by_participants_without_a_resource_person(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(RUNNING).await;
            let cascade = batch::ActiveModel { id: Set(batch), kind: Set("cascade".to_owned()), ..Default::default() };
            cascade.update(app.services.store.writer()).await.unwrap();
            let session = world.untaught_session(batch, TimeDelta::hours(-2)).await;
            let siti = world.enrolment(batch, world.teacher("Siti").await, "accepted", start()).await;
            staff(&world, face, "record_attendance", attendance(session, siti, 90)).await.ok();
            staff(&world, face, "finish_batch", json!({ "id": batch })).await.ok();
        }
    }

    async fn a_session_of_a_running_batch_keeps_somebody_competent(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(RUNNING).await;
            let planned = plan(&world, face, batch, input(after_school(), 60)).await;
            assert_eq!(planned["warnings"][0]["code"], "session_without_resource_person");
            let session = &planned["id"];
            let (former, fit) = (expert(&world, "Dewi", Some("verified")).await, expert(&world, "Eka", Some("verified")).await);
            for one in [&former, &fit] {
                staff(&world, face, "assign_session_teacher", assignment(session, one)).await.ok();
            }
            world.set_competence(former.competence, "withdrawn").await;
            let last = staff(&world, face, "unassign_session_teacher", assignment(session, &fit)).await;
            assert_eq!(last.refused(), "session_without_resource_person");
            let later = json!({ "id": session, "version": 3, "input": { "endsAt": after_school() + TimeDelta::minutes(70) } });
            assert_eq!(staff(&world, face, "update_session", later.clone()).await.refused(), "competence_not_verified");
            staff(&world, face, "unassign_session_teacher", assignment(session, &former)).await.ok();
            let mut later = later;
            later["version"] = json!(4);
            let moved = staff(&world, face, "update_session", later).await.ok();
            assert_eq!((&moved["minutes"], &moved["warnings"]), (&json!(70), &json!([])));
            world.clear_teachers().await;
        }
    }

    async fn a_batch_finishes_after_its_last_session_and_whoever_still_waits_is_told(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(RUNNING).await;
            let held = world.session(batch, TimeDelta::hours(-2)).await;
            let to_come = world.session(batch, TimeDelta::days(3)).await;
            let mut waiting = Vec::new();
            for (name, status) in [("Ani", "applied"), ("Budi", "waitlisted")] {
                waiting.push(world.enrolment(batch, world.teacher(name).await, status, start()).await);
            }
            let early = staff(&world, face, "finish_batch", json!({ "id": batch })).await;
            assert!(early.data.to_string().contains("5 Maret 2026"), "the next day is named: {}", early.data);
            assert_eq!(early.refused(), "sessions_to_come");
            let gone = staff(&world, face, "delete_session", json!({ "id": to_come, "version": 1 })).await.ok();
            assert_eq!(gone["id"], json!(to_come), "nobody attended it");
            let last = staff(&world, face, "delete_session", json!({ "id": held, "version": 1 })).await;
            assert_eq!(last.refused(), "batch_without_session");
            let finished = staff(&world, face, "finish_batch", json!({ "id": batch })).await.ok();
            assert_eq!(finished["status"], "finished");
            for id in waiting {
                let row = world.read_enrolment(&json!(id)).await;
                assert_eq!((row.status.as_str(), row.version), ("rejected", 2));
                assert!(row.reason.unwrap().contains("tanpa kursi"));
            }
        }
        assert_eq!(app.events("enrolment.rejected").await.len(), 4);
    }

    async fn a_batch_that_breaks_off_keeps_the_hours_that_were_taught_and_frees_the_others(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(RUNNING).await;
            let attended = world.session(batch, TimeDelta::hours(-20)).await;
            let nobody_came = world.session(batch, TimeDelta::hours(-10)).await;
            let to_come = world.session(batch, TimeDelta::days(5)).await;
            world.teaches(to_come, "Eka").await;
            let siti = world.enrolment(batch, world.teacher("Siti").await, "completed", start()).await;
            world.attended(attended, siti, 90).await;
            let cancel = json!({ "id": batch, "input": { "reason": "Banjir" } });
            staff(&world, face, "cancel_batch", cancel).await.ok();
            let kept: Vec<_> = world.ledger().await.iter().map(|entry| entry.session_id).collect();
            assert_eq!(kept, [attended]);
            let told = app.events("session.unassigned").await;
            let of = |session: Uuid| told.iter().find(|e| e.subject_id == session.to_string());
            for session in [nobody_came, to_come] {
                let event = of(session).unwrap();
                assert_eq!(event.subject_version, 2);
                assert!(event.payload["resourcePersonId"].is_string());
                let read = app.call(face, Some(&world.staff()), "get_session", json!({ "id": session })).await.ok();
                assert_eq!((&read["version"], &read["teachers"]), (&json!(2), &json!([])));
            }
            assert!(of(attended).is_none());
            world.clear_teachers().await;
        }
    }
}
