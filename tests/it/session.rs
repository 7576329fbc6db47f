//! Sessions, who teaches them, and what that costs schools and teachers; both faces, both engines.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{competence, person, resource_person, session_teacher};
use sanggar::access::grant::Grant;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        training::{BANDUNG, BOGOR, USUAL, Wanted, World},
    },
};

/// Somebody who may teach, or not.
pub struct Expert {
    pub person: Uuid,
    pub resource_person: Uuid,
    pub competence: Uuid,
}

/// A teacher of the school in Bandung who is a resource person, with a competence in this state.
pub async fn expert(world: &World<'_>, name: &str, status: Option<&str>) -> Expert {
    let person = world.teacher(name).await;
    let (resource_person, competence) = (Uuid::now_v7(), Uuid::now_v7());
    let row = resource_person::Model {
        id: resource_person,
        person_id: person,
        organisation_id: None,
        biography: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    world.insert(row).await;
    if let Some(status) = status {
        let row = competence::Model {
            id: competence,
            resource_person_id: resource_person,
            program_id: world.program,
            evidence: "Sertifikat pelatih".to_owned(),
            evidence_url: None,
            status: status.to_owned(),
            reason: None,
            decided_by: None,
            decided_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        };
        world.insert(row).await;
    }
    Expert { person, resource_person, competence }
}

impl World<'_> {
    /// Moves a competence to another state.
    pub async fn set_competence(&self, id: Uuid, status: &str) {
        let change =
            competence::ActiveModel { id: Set(id), status: Set(status.to_owned()), ..Default::default() };
        change.update(self.app.services.store.writer()).await.unwrap();
    }

    /// Forgets who teaches what.
    pub async fn clear_teachers(&self) {
        session_teacher::Entity::delete_many().exec(self.app.services.store.writer()).await.unwrap();
    }

    /// The entries of the ledger.
    pub async fn ledger(&self) -> Vec<session_teacher::Model> {
        session_teacher::Entity::find().all(self.app.services.store.reader()).await.unwrap()
    }

    /// Minutes that somebody taught already this term, in a session of another time.
    pub async fn taught_before(&self, expert: &Expert, minutes: i32) {
        let batch = self.batch(USUAL).await;
        let session = self.untaught_session(batch, TimeDelta::days(-40)).await;
        let entry = session_teacher::Model {
            session_id: session,
            resource_person_id: expert.resource_person,
            person_id: expert.person,
            term: "2025-2".to_owned(),
            minutes,
            override_by: None,
            override_reason: None,
            created_at: start(),
        };
        self.insert(entry).await;
    }
}

pub fn input(starts: DateTime<Utc>, minutes: i64) -> Value {
    json!({
        "title": "Asesmen  diagnostik",
        "startsAt": starts,
        "endsAt": starts + TimeDelta::minutes(minutes),
        "timezone": "Asia/Jakarta",
        "place": "Lab 2",
    })
}

/// 2026-03-03, a Tuesday, 16:00 in Jakarta: after school.
pub fn after_school() -> DateTime<Utc> {
    "2026-03-03T09:00:00Z".parse().unwrap()
}

pub async fn plan(world: &World<'_>, face: Face, batch: Uuid, input: Value) -> Value {
    let args = json!({ "id": batch, "input": input });
    world.app.call(face, Some(&world.staff()), "create_session", args).await.ok()
}

pub fn assignment(session: &Value, expert: &Expert) -> Value {
    json!({ "id": session, "input": { "resourcePersonId": expert.resource_person } })
}

both_engines! {
    async fn a_session_is_planned_moved_and_taken_off_the_plan(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(Wanted { status: "draft", ..USUAL }).await;
            let made = plan(&world, face, batch, input(after_school(), 90)).await;
            assert_eq!((&made["title"], &made["minutes"]), (&json!("Asesmen diagnostik"), &json!(90)));
            assert_eq!((&made["place"], &made["warnings"]), (&json!("Lab 2"), &json!([])));
            let read = app.call(face, Some(&staff), "get_batch", json!({ "id": batch })).await.ok();
            assert_eq!((&read["sessionCount"], &read["version"]), (&json!(1), &json!(2)));
            let later = after_school() + TimeDelta::minutes(180);
            let change = json!({ "id": made["id"], "version": 1, "input": { "endsAt": later, "place": null } });
            let moved = app.call(face, Some(&staff), "update_session", change).await.ok();
            assert_eq!((&moved["minutes"], &moved["place"], &moved["version"]), (&json!(180), &Value::Null, &json!(2)));
            let stale = json!({ "id": made["id"], "version": 1, "input": { "title": "Lain" } });
            assert_eq!(app.call(face, Some(&staff), "update_session", stale).await.refused(), "stale_version");
            let unnamed = json!({ "id": made["id"], "input": { "title": "Lain" } });
            assert_eq!(app.call(face, Some(&staff), "update_session", unnamed).await.refused(), "precondition_required");
            let read = app.call(face, Some(&staff), "get_session", json!({ "id": made["id"] })).await.ok();
            assert_eq!(read, moved);
            let delete = |version: Value| app.call(face, Some(&staff), "delete_session", json!({ "id": made["id"], "version": version }));
            assert_eq!(delete(json!(1)).await.refused(), "stale_version");
            assert_eq!(delete(json!(null)).await.refused(), "precondition_required");
            let gone = delete(json!(2)).await.ok();
            assert_eq!(gone["id"], made["id"]);
            let read = app.call(face, Some(&staff), "get_session", json!({ "id": made["id"] })).await;
            assert_eq!(read.refused(), "not_found");
        }
        for kind in ["created", "updated", "deleted"] {
            assert_eq!(app.events(&format!("session.{kind}")).await.len(), 2, "{kind}");
        }
    }

    async fn every_fault_of_a_session_is_told_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        for face in Face::BOTH {
            let mut bad = input("2026-04-30T09:00:00Z".parse().unwrap(), 13 * 60);
            bad["title"] = json!("");
            bad["place"] = json!("\u{202E}");
            let args = json!({ "id": batch, "input": bad });
            let outcome = app.call(face, Some(&world.staff()), "create_session", args).await;
            let told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
            assert_eq!(told, [
                ("/title", "text_missing"),
                ("/place", "text_has_direction_controls"),
                ("/endsAt", "session_too_long"),
                ("/startsAt", "session_outside_batch_dates"),
                ("/endsAt", "session_outside_batch_dates"),
            ], "{face:?}");
            let mut zone = input(after_school(), 60);
            zone["timezone"] = json!("Europe/Paris");
            let outcome = app.call(face, Some(&world.staff()), "create_session", json!({ "id": batch, "input": zone })).await;
            assert_eq!(outcome.faults, [("/timezone".to_owned(), "time_zone_unknown".to_owned())]);
        }
    }

    async fn an_open_batch_keeps_a_session_and_a_finished_one_all_of_them(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(USUAL).await;
            let only = world.session(batch, TimeDelta::days(3)).await;
            let delete = |id: Uuid| app.call(face, Some(&staff), "delete_session", json!({ "id": id, "version": 1 }));
            assert_eq!(delete(only).await.refused(), "batch_without_session");
            let second = world.session(batch, TimeDelta::days(4)).await;
            world.set_batch(batch, "finished").await;
            assert_eq!(delete(second).await.refused(), "batch_finished");
            let args = json!({ "id": batch, "input": input(after_school(), 60) });
            assert_eq!(app.call(face, Some(&staff), "create_session", args).await.refused(), "batch_finished");
        }
    }

    async fn what_was_attended_stands(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        let batch = world.batch(Wanted { status: "running", ..USUAL }).await;
        let session = world.session(batch, TimeDelta::hours(-3)).await;
        let enrolment = world.enrolment(batch, world.teacher("Siti").await, "accepted", start()).await;
        world.attended(session, enrolment, 60).await;
        for (face, version) in Face::BOTH.into_iter().zip([1, 2]) {
            let change = |input: Value| json!({ "id": session, "version": version, "input": input });
            let longer = change(json!({ "endsAt": start() + TimeDelta::hours(1) }));
            assert_eq!(app.call(face, Some(&staff), "update_session", longer).await.refused(), "session_has_attendance");
            let delete = app.call(face, Some(&staff), "delete_session", json!({ "id": session, "version": version })).await;
            assert_eq!(delete.refused(), "session_has_attendance");
            let entry = &world.ledger().await[0];
            let unassign = json!({ "id": session, "input": { "resourcePersonId": entry.resource_person_id } });
            assert_eq!(app.call(face, Some(&staff), "unassign_session_teacher", unassign).await.refused(), "session_has_attendance");
            let renamed = change(json!({ "title": format!("Judul {version}") }));
            app.call(face, Some(&staff), "update_session", renamed).await.ok();
        }
    }

    async fn only_verified_competence_for_the_program_teaches(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        let batch = world.batch(USUAL).await;
        for face in Face::BOTH {
            let session = plan(&world, face, batch, input(after_school(), 60)).await["id"].clone();
            for status in [None, Some("claimed"), Some("refused"), Some("withdrawn")] {
                let unfit = expert(&world, "Dewi", status).await;
                let outcome = app.call(face, Some(&staff), "assign_session_teacher", assignment(&session, &unfit)).await;
                assert_eq!(outcome.refused(), "competence_not_verified", "{status:?}");
            }
            let fit = expert(&world, "Eka", Some("verified")).await;
            let taught = app.call(face, Some(&staff), "assign_session_teacher", assignment(&session, &fit)).await.ok();
            assert_eq!(taught["teachers"][0]["name"], "Eka");
            assert_eq!((&taught["teachers"][0]["minutes"], &taught["teachers"][0]["term"]), (&json!(60), &json!("2025-2")));
            let twice = app.call(face, Some(&staff), "assign_session_teacher", assignment(&session, &fit)).await;
            assert_eq!(twice.refused(), "teacher_already_assigned");
            let unknown = json!({ "id": session, "input": { "resourcePersonId": Uuid::now_v7() } });
            let outcome = app.call(face, Some(&staff), "assign_session_teacher", unknown).await;
            assert_eq!(outcome.faults, [("/resourcePersonId".to_owned(), "reference_unknown".to_owned())]);
            let free = app.call(face, Some(&staff), "unassign_session_teacher", assignment(&session, &fit)).await.ok();
            assert_eq!(free["teachers"], json!([]));
            let again = app.call(face, Some(&staff), "unassign_session_teacher", assignment(&session, &fit)).await;
            assert_eq!(again.refused(), "teacher_not_assigned");
        }
        assert_eq!(app.events("session.assigned").await.len(), 2);
        assert_eq!(app.events("session.unassigned").await.len(), 2);
    }

    async fn nobody_teaches_at_two_places_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(USUAL).await;
            let busy = expert(&world, "Dewi", Some("verified")).await;
            let first = plan(&world, face, batch, input(after_school(), 60)).await["id"].clone();
            let overlapping = plan(&world, face, batch, input(after_school() + TimeDelta::minutes(59), 60)).await["id"].clone();
            let next = plan(&world, face, batch, input(after_school() + TimeDelta::minutes(60), 60)).await["id"].clone();
            app.call(face, Some(&staff), "assign_session_teacher", assignment(&first, &busy)).await.ok();
            let refused = app.call(face, Some(&staff), "assign_session_teacher", assignment(&overlapping, &busy)).await;
            assert_eq!(refused.refused(), "resource_person_busy");
            app.call(face, Some(&staff), "assign_session_teacher", assignment(&next, &busy)).await.ok();
            let onto = json!({ "id": next, "version": 2, "input": { "startsAt": after_school() + TimeDelta::minutes(30) } });
            assert_eq!(app.call(face, Some(&staff), "update_session", onto).await.refused(), "resource_person_busy");
        }
    }

    async fn two_batches_that_want_the_same_expert_at_the_same_time_get_them_once(app: TestApp) {
        let world = World::new(&app).await;
        let wanted = expert(&world, "Dewi", Some("verified")).await;
        let mut sessions = Vec::new();
        for _ in 0..8 {
            let batch = world.batch(USUAL).await;
            sessions.push(plan(&world, Face::Rest, batch, input(after_school(), 60)).await["id"].clone());
        }
        let staff = world.staff();
        let calls = sessions.iter().map(|session| {
            app.call(Face::Rest, Some(&staff), "assign_session_teacher", assignment(session, &wanted))
        });
        let outcomes = futures_util::future::join_all(calls).await;
        assert_eq!(outcomes.iter().filter(|o| o.code.is_none()).count(), 1);
        assert!(outcomes.iter().flat_map(|o| &o.code).all(|code| code == "resource_person_busy"));
        assert_eq!(world.ledger().await.len(), 1);
    }

    async fn past_the_cap_is_told_and_past_twice_the_cap_takes_a_name_and_a_reason(app: TestApp) {
        let world = World::new(&app).await;
        let (staff, ministry) = (world.staff(), app.ministry());
        let both = app.token_of("staff-and-officer", vec![Grant::provider_staff(world.provider), Grant::regional_officer(BANDUNG)]);
        let elsewhere = app.token_of("staff-elsewhere", vec![Grant::provider_staff(world.provider), Grant::regional_officer(BOGOR)]);
        for face in Face::BOTH {
            let batch = world.batch(USUAL).await;
            let session = plan(&world, face, batch, input(after_school(), 60)).await["id"].clone();
            let busy = expert(&world, "Dewi", Some("verified")).await;
            world.taught_before(&busy, 48 * 60 - 59).await;
            let warned = app.call(face, Some(&staff), "assign_session_teacher", assignment(&session, &busy)).await.ok();
            assert_eq!(warned["warnings"][0]["code"], "trainer_burden_past_cap");
            assert!(warned["warnings"][0]["detail"].as_str().unwrap().contains("2881"), "{warned}");
            let read = app.call(face, Some(&staff), "get_session", json!({ "id": session })).await.ok();
            assert_eq!(read["warnings"], json!([]));

            let tired = expert(&world, "Eka", Some("verified")).await;
            world.taught_before(&tired, 96 * 60 - 59).await;
            let exceeded = app.call(face, Some(&staff), "assign_session_teacher", assignment(&session, &tired)).await;
            assert_eq!(exceeded.refused(), "trainer_burden_exceeded");
            let exceeded = app.call(face, Some(&ministry), "assign_session_teacher", assignment(&session, &tired)).await;
            assert_eq!(exceeded.refused(), "trainer_burden_exceeded", "the right alone is no reason");
            let mut reasoned = assignment(&session, &tired);
            reasoned["input"]["overrideReason"] = json!("Tidak ada pengganti");
            for powerless in [&staff, &elsewhere] {
                let outcome = app.call(face, Some(powerless), "assign_session_teacher", reasoned.clone()).await;
                assert_eq!(outcome.refused(), "forbidden");
            }
            let allowed = app.call(face, Some(&both), "assign_session_teacher", reasoned).await.ok();
            assert_eq!(allowed["warnings"][0]["code"], "trainer_burden_past_cap");
            let entry = world.ledger().await.into_iter().find(|e| e.person_id == tired.person && e.minutes == 60).unwrap();
            assert_eq!((entry.override_by.as_deref(), entry.override_reason.as_deref()), (Some("staff-and-officer"), Some("Tidak ada pengganti")));

            let mut needless = assignment(&session, &expert(&world, "Fitri", Some("verified")).await);
            needless["input"]["overrideReason"] = json!("Untuk berjaga-jaga");
            app.call(face, Some(&staff), "assign_session_teacher", needless).await.ok();
            assert_eq!(world.ledger().await.iter().filter(|e| e.override_by.is_some()).count(), 1, "kept only where needed");
            world.clear_teachers().await;
        }
    }

    async fn only_serving_teachers_are_counted(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(USUAL).await;
            let session = plan(&world, face, batch, input(after_school(), 60)).await["id"].clone();
            let outsider = expert(&world, "Prof. Gita", Some("verified")).await;
            let change = person::ActiveModel {
                id: Set(outsider.person),
                kind: Set("external_expert".to_owned()),
                employment: Set("none".to_owned()),
                ..Default::default()
            };
            change.update(app.services.store.writer()).await.unwrap();
            world.taught_before(&outsider, 200 * 60).await;
            let taught = app.call(face, Some(&staff), "assign_session_teacher", assignment(&session, &outsider)).await.ok();
            assert_eq!(taught["warnings"], json!([]));
            let burden = app.call(face, Some(&app.ministry()), "get_trainer_burden", json!({ "id": outsider.person })).await.ok();
            assert_eq!(burden["counted"], json!(false));
            assert_eq!((&burden["terms"][0]["minutes"], &burden["terms"][0]["pastCap"]), (&json!(200 * 60 + 60), &json!(false)));
        }
    }

    async fn moving_a_session_moves_the_ledger(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(USUAL).await;
            let session = plan(&world, face, batch, input(after_school(), 60)).await["id"].clone();
            let teacher = expert(&world, "Dewi", Some("verified")).await;
            app.call(face, Some(&staff), "assign_session_teacher", assignment(&session, &teacher)).await.ok();
            world.taught_before(&teacher, 48 * 60 - 60).await;
            let longer = json!({ "id": session, "version": 2, "input": { "endsAt": after_school() + TimeDelta::minutes(120) } });
            let moved = app.call(face, Some(&staff), "update_session", longer).await.ok();
            assert_eq!(moved["warnings"][0]["code"], "trainer_burden_past_cap");
            assert_eq!(moved["teachers"][0]["minutes"], 120);
            let far = entity::batch::ActiveModel { id: Set(batch), ends_on: Set("2026-08-01".parse().unwrap()), ..Default::default() };
            far.update(app.services.store.writer()).await.unwrap();
            let term = json!({ "id": session, "version": 3, "input": { "startsAt": "2026-07-14T09:00:00Z", "endsAt": "2026-07-14T10:00:00Z" } });
            let moved = app.call(face, Some(&staff), "update_session", term).await.ok();
            assert_eq!((&moved["teachers"][0]["term"], &moved["warnings"]), (&json!("2026-1"), &json!([])));
        }
    }

    async fn a_burden_is_read_by_whom_it_concerns(app: TestApp) {
        let world = World::new(&app).await;
        let teacher = expert(&world, "Dewi", Some("verified")).await;
        let stranger = world.teacher("Eka").await;
        let other = world.organisation("LPTK-X").await;
        let batch = world.batch(USUAL).await;
        let session = plan(&world, Face::Rest, batch, input(after_school(), 60)).await["id"].clone();
        app.call(Face::Rest, Some(&world.staff()), "assign_session_teacher", assignment(&session, &teacher)).await.ok();
        for face in Face::BOTH {
            let ask = |token: Option<String>| {
                let app = &app;
                async move { app.call(face, token.as_deref(), "get_trainer_burden", json!({ "id": teacher.person })).await }
            };
            for insider in [
                app.ministry(),
                world.staff(),
                world.token(teacher.person),
                app.token(Grant::principal(world.school, None)),
                app.token(Grant::regional_officer(BANDUNG)),
                app.token(Grant::ministry_system()),
            ] {
                let burden = ask(Some(insider)).await.ok();
                assert_eq!((&burden["counted"], &burden["capMinutes"]), (&json!(true), &json!(48 * 60)));
                let term = &burden["terms"][0];
                assert_eq!((&term["term"], &term["minutes"], &term["pastCap"]), (&json!("2025-2"), &json!(60), &json!(false)));
                assert_eq!((&term["entries"][0]["sessionId"], &term["entries"][0]["batchId"]), (&session, &json!(batch)));
            }
            for outsider in [
                world.token(stranger),
                app.token(Grant::provider_staff(other)),
                app.token(Grant::principal(Uuid::now_v7(), None)),
                app.token(Grant::regional_officer(BOGOR)),
            ] {
                assert_eq!(ask(Some(outsider)).await.refused(), "not_found");
            }
            assert_eq!(ask(None).await.refused(), "unauthenticated");
        }
    }

    async fn lessons_that_would_be_missed_are_counted_by_school_and_nobody_is_named(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        let batch = world.batch(USUAL).await;
        // 2026-03-03 is a Tuesday; lessons last from 07:00 to 14:00, so 13:00 to 15:00 misses an hour.
        let clashing = input("2026-03-03T06:00:00Z".parse().unwrap(), 120);
        let quiet = plan(&world, Face::Rest, batch, clashing.clone()).await;
        assert_eq!(quiet["warnings"], json!([]), "nobody has applied yet");
        for (name, status) in [("Ani", "accepted"), ("Budi", "applied"), ("Cici", "rejected")] {
            world.enrolment(batch, world.teacher(name).await, status, start()).await;
        }
        world.teaches(quiet["id"].as_str().unwrap().parse().unwrap(), "Dewi").await;
        plan(&world, Face::Rest, batch, input(after_school(), 60)).await;
        for face in Face::BOTH {
            let planned = plan(&world, face, batch, clashing.clone()).await;
            assert_eq!(planned["warnings"][0]["code"], "sessions_clash_with_teaching");
            app.call(face, Some(&staff), "delete_session", json!({ "id": planned["id"], "version": planned["version"] })).await.ok();

            let told = app.call(face, Some(&staff), "get_session_clashes", json!({ "id": quiet["id"] })).await.ok();
            assert_eq!(told["persons"], 3);
            let school = &told["schools"][0];
            assert_eq!((&school["npsn"], &school["minutes"]), (&json!("20219180"), &json!(60)));
            assert_eq!((&school["participants"], &school["teachers"]), (&json!(2), &json!(1)));
            assert_eq!(school["windows"], json!([{ "from": "2026-03-03T13:00:00", "until": "2026-03-03T14:00:00" }]));
            let all = app.call(face, Some(&staff), "get_batch_clashes", json!({ "id": batch })).await.ok();
            assert_eq!((&all["clashingSessions"], &all["schools"], &all["personMinutes"]), (&json!(1), &json!(1), &json!(180)));
            assert_eq!((&all["sessions"][0]["sessionId"], &all["sessions"][0]["persons"]), (&quiet["id"], &json!(3)));
            for name in ["Ani", "Budi", "Dewi"] {
                assert!(!all.to_string().contains(name) && !told.to_string().contains(name));
            }
            let officer = app.token(Grant::regional_officer(BANDUNG));
            app.call(face, Some(&officer), "get_session_clashes", json!({ "id": quiet["id"] })).await.ok();
            for (token, code) in [
                (Some(app.token(Grant::regional_officer(BOGOR))), "forbidden"),
                (Some(world.token(world.teacher("Eka").await)), "forbidden"),
                (None, "unauthenticated"),
            ] {
                for (operation, id) in [("get_session_clashes", quiet["id"].clone()), ("get_batch_clashes", json!(batch))] {
                    let outcome = app.call(face, token.as_deref(), operation, json!({ "id": id })).await;
                    assert_eq!(outcome.refused(), code);
                }
            }
        }
    }

    async fn names_of_those_who_teach_are_not_public(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        let session = world.session(batch, TimeDelta::days(2)).await;
        world.teaches(session, "Dewi Lestari").await;
        for face in Face::BOTH {
            let open = app.call(face, None, "list_sessions", json!({ "id": batch })).await.ok();
            assert_eq!(open["items"][0]["teachers"], json!([]));
            let known = app.call(face, Some(&world.staff()), "list_sessions", json!({ "id": batch })).await.ok();
            assert_eq!(known["items"][0]["teachers"][0]["name"], "Dewi Lestari");
        }
    }

    async fn sessions_are_listed_by_start_page_by_page(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        let mut expected = Vec::new();
        for day in [5, 1, 4, 2, 3] {
            expected.push((day, json!(world.session(batch, TimeDelta::days(day)).await)));
        }
        expected.sort_by_key(|(day, _)| *day);
        let expected: Vec<_> = expected.into_iter().map(|(_, id)| id).collect();
        for face in Face::BOTH {
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            loop {
                let page = app.call(face, None, "list_sessions", json!({ "id": batch, "first": 2, "after": after })).await.ok();
                seen.extend(page["items"].as_array().unwrap().iter().map(|s| s["id"].clone()));
                after = page["next"].clone();
                if after.is_null() { break }
            }
            assert_eq!(seen, expected);
        }
    }

    async fn a_batch_has_at_most_a_hundred_sessions(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        for n in 0..100 {
            world.session(batch, TimeDelta::minutes(n)).await;
        }
        for face in Face::BOTH {
            let args = json!({ "id": batch, "input": input(after_school(), 60) });
            assert_eq!(app.call(face, Some(&world.staff()), "create_session", args).await.refused(), "sessions_too_many");
        }
    }
}
