//! Recording who was in a session, through both faces, on both engines.

use async_graphql::MaybeUndefined;
use chrono::TimeDelta;
use sanggar::access::grant::Grant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
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

const RUNNING: Wanted = Wanted { status: "running", ..USUAL };

/// Arguments of `record_attendance`.
fn list(session: Uuid, entries: &[(Uuid, i32)]) -> Value {
    let entries: Vec<Value> =
        entries.iter().map(|(id, minutes)| json!({ "enrolmentId": id, "minutes": minutes })).collect();
    json!({ "id": session, "input": { "entries": entries } })
}

async fn stored(app: &TestApp, session: Uuid) -> Vec<i32> {
    let rows = entity::attendance::Entity::find()
        .filter(entity::attendance::Column::SessionId.eq(session))
        .all(app.services.store.reader())
        .await
        .unwrap();
    let mut minutes: Vec<i32> = rows.into_iter().map(|row| row.minutes).collect();
    minutes.sort_unstable();
    minutes
}

both_engines! {
    async fn a_session_is_recorded_in_one_call_and_corrected_by_another(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(RUNNING).await;
            let session = world.session(batch, TimeDelta::hours(-2)).await;
            let (siti, budi) = (world.teacher("Siti").await, world.teacher("Budi").await);
            let first = world.enrolment(batch, siti, "accepted", start()).await;
            let second = world.enrolment(batch, budi, "accepted", start()).await;
            let before = app.events("attendance.recorded").await.len();

            let both = list(session, &[(first, 100), (second, 0)]);
            let told = app.call(face, Some(&staff), "record_attendance", both.clone()).await.ok();
            assert_eq!((&told["recordedCount"], &told["correctedCount"], &told["unchangedCount"]), (&json!(2), &json!(0), &json!(0)));
            let told = app.call(face, Some(&staff), "record_attendance", both).await.ok();
            assert_eq!((&told["recordedCount"], &told["unchangedCount"]), (&json!(0), &json!(2)));
            assert_eq!(app.events("attendance.recorded").await.len(), before + 1, "one event a session, none for nothing");
            let told = app.call(face, Some(&staff), "record_attendance", list(session, &[(second, 45)])).await.ok();
            assert_eq!(told["correctedCount"], 1);
            assert_eq!(stored(&app, session).await, [45, 100]);

            let all = app.call(face, Some(&staff), "list_attendance", json!({ "id": session })).await.ok();
            let names: Vec<_> = all["items"].as_array().unwrap().iter().map(|a| (&a["personName"], &a["minutes"])).collect();
            assert_eq!(names, [(&json!("Siti"), &json!(100)), (&json!("Budi"), &json!(45))]);
            let mine = app.call(face, Some(&world.token(budi)), "list_attendance", json!({ "id": session })).await.ok();
            assert_eq!(mine["items"].as_array().unwrap().len(), 1);
            assert_eq!(mine["items"][0]["enrolmentId"], json!(second));
        }
    }

    async fn every_fault_of_a_list_is_told_and_nothing_of_it_recorded(app: TestApp) {
        let world = World::new(&app).await;
        let (batch, other) = (world.batch(RUNNING).await, world.batch(RUNNING).await);
        let session = world.session(batch, TimeDelta::hours(-2)).await;
        let good = world.enrolment(batch, world.teacher("Siti").await, "accepted", start()).await;
        let gone = world.enrolment(batch, world.teacher("Budi").await, "withdrawn", start()).await;
        let far = world.enrolment(other, world.teacher("Rina").await, "accepted", start()).await;
        let expected = [
            ("/entries/1/minutes", "minutes_out_of_range"),
            ("/entries/1/enrolmentId", "enrolment_listed_twice"),
            ("/entries/2/enrolmentId", "enrolment_not_accepted"),
            ("/entries/3/enrolmentId", "enrolment_not_in_batch"),
            ("/entries/3/minutes", "minutes_out_of_range"),
        ];
        for face in Face::BOTH {
            let bad = list(session, &[(good, 90), (good, 101), (gone, 5), (far, -1)]);
            let outcome = app.call(face, Some(&world.staff()), "record_attendance", bad).await;
            let mut told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
            let mut wanted = expected.to_vec();
            told.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(told, wanted, "{face:?}");
            let empty = app.call(face, Some(&world.staff()), "record_attendance", list(session, &[])).await;
            assert_eq!(empty.faults, [("/entries".to_owned(), "attendance_empty".to_owned())]);
        }
        assert!(stored(&app, session).await.is_empty());
        assert!(app.events("attendance.recorded").await.is_empty());
    }

    async fn only_a_session_that_has_started_in_a_batch_that_runs_is_recorded(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(RUNNING).await;
            let session = world.session(batch, TimeDelta::hours(1)).await;
            world.teaches(session, "Dewi").await;
            let id = world.enrolment(batch, world.teacher("Siti").await, "accepted", start()).await;
            let call = |args: Value| {
                let (app, staff) = (&app, world.staff());
                async move { app.call(face, Some(&staff), "record_attendance", args).await }
            };
            let early = call(list(session, &[(id, 5)])).await;
            assert_eq!(early.faults, [(String::new(), "session_in_future".to_owned())]);
            app.clock.set(start() + TimeDelta::hours(1));
            for status in ["open", "closed", "cancelled"] {
                world.set_batch(batch, status).await;
                assert_eq!(call(list(session, &[(id, 5)])).await.refused(), "batch_not_running");
            }
            world.set_batch(batch, "finished").await;
            call(list(session, &[(id, 5)])).await.ok();
            app.clock.set(start());
        }
    }

    async fn a_line_recorded_by_mistake_is_taken_back_and_stands_in_nobodys_way(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            let batch = world.batch(RUNNING).await;
            let session = world.session(batch, TimeDelta::hours(-2)).await;
            let (siti, budi) = (world.teacher("Siti").await, world.teacher("Budi").await);
            let first = world.enrolment(batch, siti, "accepted", start()).await;
            let done = world.enrolment(batch, budi, "completed", start()).await;
            world.set_taken(batch, 2).await;
            world.attended(session, done, 100).await;
            let call = |operation: &'static str, args: Value| {
                let (app, staff) = (&app, staff.clone());
                async move { app.call(face, Some(&staff), operation, args).await }
            };
            call("record_attendance", list(session, &[(first, 0)])).await.ok();
            let reject = json!({ "id": first, "input": { "reason": "Salah daftar" } });
            assert_eq!(call("reject_enrolment", reject.clone()).await.refused(), "enrolment_has_attendance");

            let back = |id: Uuid| json!({ "id": session, "input": { "entries": [{ "enrolmentId": id, "minutes": null }] } });
            let told = call("record_attendance", back(first)).await.ok();
            assert_eq!((&told["removedCount"], &told["recordedCount"], &told["unchangedCount"]), (&json!(1), &json!(0), &json!(0)));
            let told = call("record_attendance", back(first)).await.ok();
            assert_eq!((&told["removedCount"], &told["unchangedCount"]), (&json!(0), &json!(1)), "once is enough");
            assert_eq!(stored(&app, session).await, [100]);
            let decided = call("record_attendance", back(done)).await;
            assert_eq!(decided.faults, [("/entries/0/enrolmentId".to_owned(), "enrolment_not_accepted".to_owned())]);
            let forgotten = json!({ "id": session, "input": { "entries": [{ "enrolmentId": first }] } });
            let forgotten = call("record_attendance", forgotten).await;
            assert_eq!(forgotten.faults, [("/entries/0/minutes".to_owned(), "field_missing".to_owned())]);
            let told = app.events("attendance.recorded").await;
            assert_eq!(told.len(), 2 * (nth + 1));
            let (recorded, taken_back) = (&told[2 * nth], &told[2 * nth + 1]);
            assert_eq!((&recorded.payload["enrolmentIds"], &recorded.payload["removedEnrolmentIds"]), (&json!([first]), &json!([])));
            assert_eq!((&taken_back.payload["enrolmentIds"], &taken_back.payload["removedEnrolmentIds"]), (&json!([]), &json!([first])));
            assert_eq!((recorded.subject_version, taken_back.subject_version), (2, 3), "one order of what happened to a session");
            let shown = call("get_session", json!({ "id": session })).await.ok();
            assert_eq!(shown["version"], 3);
            call("reject_enrolment", reject).await.ok();
        }
    }

    async fn who_teaches_a_session_records_it_and_no_other(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(RUNNING).await;
        let taught = world.session(batch, TimeDelta::hours(-4)).await;
        let other = world.session(batch, TimeDelta::hours(-2)).await;
        let dewi = app.token(Grant::resource_person(world.teaches(taught, "Dewi").await));
        let siti = world.teacher("Siti").await;
        let id = world.enrolment(batch, siti, "accepted", start()).await;
        let stranger = app.token(Grant::provider_staff(world.organisation("BGTK-LAIN").await));
        let draft = world.batch(Wanted { status: "draft", ..USUAL }).await;
        let hidden = world.session(draft, TimeDelta::hours(-2)).await;
        for face in Face::BOTH {
            let call = |token: Option<String>, session: Uuid| {
                let app = &app;
                async move { app.call(face, token.as_deref(), "record_attendance", list(session, &[(id, 60)])).await }
            };
            call(Some(dewi.clone()), taught).await.ok();
            assert_eq!(call(Some(dewi.clone()), other).await.refused(), "forbidden");
            assert_eq!(call(Some(stranger.clone()), taught).await.refused(), "forbidden");
            assert_eq!(call(Some(world.token(siti)), taught).await.refused(), "forbidden");
            assert_eq!(call(Some(stranger.clone()), hidden).await.refused(), "not_found");
            assert_eq!(call(None, taught).await.refused(), "unauthenticated");
            let principal = app.token(Grant::principal(world.school, None));
            let unread = app.call(face, Some(&principal), "list_attendance", json!({ "id": taught })).await;
            assert_eq!(unread.refused(), "forbidden");
            assert_eq!(app.call(face, None, "list_attendance", json!({ "id": taught })).await.refused(), "unauthenticated");
            let read = app.call(face, Some(&dewi), "list_attendance", json!({ "id": taught })).await.ok();
            assert_eq!(read["items"].as_array().unwrap().len(), 1);
        }
    }

    async fn a_large_session_takes_few_statements(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(Wanted { capacity: 2_000, ..RUNNING }).await;
        let session = world.session(batch, TimeDelta::hours(-2)).await;
        let mut entries = Vec::new();
        for person in world.teachers(1_000).await {
            entries.push((world.enrolment(batch, person, "accepted", start()).await, 90));
        }
        let before = app.services.store.statements();
        let told = app.call(Face::Rest, Some(&world.staff()), "record_attendance", list(session, &entries)).await.ok();
        let statements = app.services.store.statements() - before;
        assert_eq!(told["recordedCount"], 1_000);
        assert!(statements <= 16, "{statements} statements for 1,000 lines");
        assert_eq!(stored(&app, session).await, vec![90; 1_000]);
    }

    async fn recordings_of_one_session_at_once_leave_one_line_each(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(RUNNING).await;
        let session = world.session(batch, TimeDelta::hours(-2)).await;
        let mut ids = Vec::new();
        for person in world.teachers(8).await {
            ids.push(world.enrolment(batch, person, "accepted", start()).await);
        }
        let tasks: Vec<_> = (0..64).map(|n| {
            use sanggar::training::attendance::write::{AttendanceEntryInput, RecordAttendance, RecordAttendanceInput};
            // Every other list comes in the opposite order, which would deadlock if rows were locked in it.
            let mut order = ids.clone();
            if n % 2 == 1 { order.reverse() }
            let entries = order.iter().map(|id| AttendanceEntryInput { enrolment_id: (*id).into(), minutes: MaybeUndefined::Value(n) }).collect();
            let record = RecordAttendance { session_id: session.into(), input: RecordAttendanceInput { entries } };
            let ctx = app.operator();
            tokio::spawn(async move { ctx.write(record).await.map(|_| ()) })
        }).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let minutes = stored(&app, session).await;
        assert_eq!(minutes.len(), 8);
        assert!(minutes.iter().all(|m| *m == minutes[0]), "one whole list won: {minutes:?}");
        assert_eq!(app.events("attendance.recorded").await.len(), 64);
    }
}
