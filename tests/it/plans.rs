//! What a plan may say and when it may be changed: dates, empty fields, reasons, overrides, who sees it;
//! through both faces, on both engines.

use chrono::TimeDelta;
use sanggar::access::grant::Grant;
use serde_json::{Value, json};

use crate::{
    batch::input as batch_input,
    both_engines,
    program::input as program_input,
    session::{after_school, assignment, expert, input, plan},
    support::{
        Face, TestApp,
        training::{BANDUNG, USUAL, Wanted, World},
    },
};

const DRAFT: Wanted = Wanted { status: "draft", ..USUAL };

async fn staff(world: &World<'_>, face: Face, operation: &str, args: Value) -> crate::support::face::Outcome {
    world.app.call(face, Some(&world.staff()), operation, args).await
}

fn faults(outcome: &crate::support::face::Outcome) -> Vec<(&str, &str)> {
    outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect()
}

fn missing<'a>(fields: &[&'a str]) -> Vec<(&'a str, &'static str)> {
    fields.iter().map(|field| (*field, "field_missing")).collect()
}

both_engines! {
    async fn dates_that_no_calendar_knows_are_told_apart_from_dates(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            for wild in ["-0100-01-01", "1899-12-31", "+10001-01-01", "+262142-12-31"] {
                let mut new = batch_input(world.program);
                new["startsOn"] = json!(wild);
                new["endsOn"] = json!(wild);
                let outcome = staff(&world, face, "create_batch", json!({ "input": new })).await;
                assert_eq!(faults(&outcome), [("/startsOn", "date_out_of_range"), ("/endsOn", "date_out_of_range")], "{face:?} {wild}");
                for filter in ["startsFrom", "startsUntil"] {
                    let outcome = app.call(face, None, "list_batches", json!({ filter: wild })).await;
                    assert_eq!(faults(&outcome), [(format!("/{filter}").as_str(), "date_out_of_range")]);
                }
            }
            let far = "+10000-01-01T00:00:00Z";
            let mut new = batch_input(world.program);
            new["registrationClosesAt"] = json!(far);
            let outcome = staff(&world, face, "create_batch", json!({ "input": new })).await;
            assert_eq!(faults(&outcome), [("/registrationClosesAt", "date_out_of_range")]);
            let batch = world.batch(DRAFT).await;
            let mut session = input(after_school(), 60);
            session["endsAt"] = json!(far);
            let outcome = staff(&world, face, "create_session", json!({ "id": batch, "input": session })).await;
            assert_eq!(faults(&outcome), [("/endsAt", "date_out_of_range")]);
            let closed = world.batch(Wanted { status: "closed", ..USUAL }).await;
            let extend = json!({ "id": closed, "input": { "registrationClosesAt": far, "reason": " " } });
            let outcome = staff(&world, face, "extend_batch", extend).await;
            assert_eq!(faults(&outcome), [("/registrationClosesAt", "date_out_of_range"), ("/reason", "reason_missing")]);
        }
    }

    async fn null_clears_what_may_be_empty_and_is_a_fault_for_what_may_not(app: TestApp) {
        let world = World::new(&app).await;
        for (face, code) in Face::BOTH.into_iter().zip(["PL-A", "PL-B"]) {
            let batch = world.batch(DRAFT).await;
            let empty = json!({ "name": null, "regionCode": null, "place": null, "startsOn": null, "endsOn": null,
                "registrationOpensAt": null, "registrationClosesAt": null, "capacity": null, "selection": null, "costRupiah": null });
            let outcome = staff(&world, face, "update_batch", json!({ "id": batch, "version": 1, "input": empty })).await;
            let mut told = faults(&outcome);
            told.sort_unstable();
            assert_eq!(told, missing(&["/capacity", "/costRupiah", "/endsOn", "/name", "/place", "/regionCode",
                "/registrationClosesAt", "/registrationOpensAt", "/selection", "/startsOn"]));

            let made = staff(&world, face, "create_program", json!({ "input": program_input(world.provider, code) })).await.ok();
            let empty = json!({ "code": null, "title": null, "form": null, "hoursJp": null, "minutesPerJp": null, "proRata": null, "attendancePercent": null });
            let outcome = staff(&world, face, "update_program", json!({ "id": made["id"], "version": 1, "input": empty })).await;
            assert_eq!(faults(&outcome), missing(&["/code", "/title", "/form", "/hoursJp", "/minutesPerJp", "/proRata", "/attendancePercent"]));
            let clear = json!({ "description": null, "minimumScore": null, "audience": null, "competencies": null });
            let cleared = staff(&world, face, "update_program", json!({ "id": made["id"], "version": 1, "input": clear })).await.ok();
            assert_eq!((&cleared["description"], &cleared["minimumScore"]), (&json!(""), &Value::Null));
            assert_eq!((&cleared["audience"], &cleared["competencies"]), (&json!([]), &json!([])));

            let session = plan(&world, face, batch, input(after_school(), 60)).await;
            let empty = json!({ "title": null, "startsAt": null, "endsAt": null, "timezone": null });
            let outcome = staff(&world, face, "update_session", json!({ "id": session["id"], "version": 1, "input": empty })).await;
            assert_eq!(faults(&outcome), missing(&["/title", "/startsAt", "/endsAt", "/timezone"]));
        }
    }

    async fn everything_that_keeps_a_batch_from_opening_is_told_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let batches = [world.batch(DRAFT).await, world.batch(DRAFT).await];
        staff(&world, Face::Rest, "archive_program", json!({ "id": world.program })).await.ok();
        app.pass(TimeDelta::days(8));
        for (face, batch) in Face::BOTH.into_iter().zip(batches) {
            let outcome = staff(&world, face, "open_batch", json!({ "id": batch })).await;
            assert_eq!(faults(&outcome), [
                ("/programId", "program_not_published"),
                ("", "batch_without_session"),
                ("/registrationClosesAt", "registration_over"),
            ], "{face:?}");
            assert_eq!(outcome.refused(), "program_not_published");
        }
    }

    async fn a_draft_that_was_cancelled_stays_hidden_and_what_was_opened_stays_known(app: TestApp) {
        let world = World::new(&app).await;
        let teacher = world.token(world.teacher("Siti").await);
        for face in Face::BOTH {
            let (draft, planned) = (world.batch(DRAFT).await, world.batch(DRAFT).await);
            plan(&world, face, planned, input(after_school(), 60)).await;
            staff(&world, face, "open_batch", json!({ "id": planned })).await.ok();
            for (batch, shown) in [(draft, false), (planned, true)] {
                let cancel = json!({ "id": batch, "input": { "reason": "Gedung dipakai" } });
                staff(&world, face, "cancel_batch", cancel).await.ok();
                let seen = app.call(face, Some(&teacher), "get_batch", json!({ "id": batch })).await;
                assert_eq!(seen.code.is_none(), shown);
                let sessions = app.call(face, Some(&teacher), "list_sessions", json!({ "id": batch })).await;
                assert_eq!(sessions.code.is_none(), shown);
                staff(&world, face, "get_batch", json!({ "id": batch })).await.ok();
            }
        }
    }

    async fn an_override_allows_what_it_was_given_for_and_no_more(app: TestApp) {
        let world = World::new(&app).await;
        let powerful = app.token_of("staff-and-officer", vec![Grant::provider_staff(world.provider), Grant::regional_officer(BANDUNG)]);
        for face in Face::BOTH {
            let batch = world.batch(USUAL).await;
            let session = plan(&world, face, batch, input(after_school(), 60)).await["id"].clone();
            let tired = expert(&world, "Eka", Some("verified")).await;
            world.taught_before(&tired, 96 * 60 - 10).await;
            let mut reasoned = assignment(&session, &tired);
            reasoned["input"]["overrideReason"] = json!("Tidak ada pengganti");
            app.call(face, Some(&powerful), "assign_session_teacher", reasoned).await.ok();
            let lasting = |version: i32, minutes: i64, reason: Value| {
                let ends = after_school() + TimeDelta::minutes(minutes);
                let mut input = json!({ "endsAt": ends });
                if !reason.is_null() { input["overrideReason"] = reason }
                json!({ "id": session, "version": version, "input": input })
            };
            let shorter = staff(&world, face, "update_session", lasting(2, 50, Value::Null)).await.ok();
            assert_eq!(shorter["minutes"], 50, "it covers fewer minutes");
            let longer = staff(&world, face, "update_session", lasting(3, 55, Value::Null)).await;
            assert_eq!(longer.refused(), "trainer_burden_exceeded");
            let powerless = staff(&world, face, "update_session", lasting(3, 55, json!("Lebih lama"))).await;
            assert_eq!(powerless.refused(), "forbidden");
            let silent = app.call(face, Some(&powerful), "update_session", lasting(3, 55, json!(" "))).await;
            assert_eq!(faults(&silent), [("/overrideReason", "reason_missing")]);
            app.call(face, Some(&powerful), "update_session", lasting(3, 55, json!("Lebih lama"))).await.ok();
            let kept = async || world.ledger().await.into_iter().find(|e| e.person_id == tired.person && e.minutes < 100);
            let entry = kept().await.unwrap();
            assert_eq!((entry.minutes, entry.override_by.as_deref(), entry.override_reason.as_deref()), (55, Some("staff-and-officer"), Some("Lebih lama")));
            staff(&world, face, "update_session", lasting(4, 10, Value::Null)).await.ok();
            assert_eq!(kept().await.unwrap().override_by, None, "the cap is not passed that far any more");
            world.clear_teachers().await;
        }
    }

    async fn a_draft_in_school_hours_is_told_although_nobody_has_enrolled(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(DRAFT).await;
            // 2026-03-03 is a Tuesday; lessons last from 07:00 to 14:00.
            let morning = input("2026-03-03T02:00:00Z".parse().unwrap(), 120);
            let planned = plan(&world, face, batch, morning).await;
            assert_eq!(planned["warnings"][0]["code"], "sessions_in_school_hours");
            assert!(planned["warnings"][0]["detail"].as_str().unwrap().contains("100"), "{planned}");
            let opened = staff(&world, face, "open_batch", json!({ "id": batch })).await.ok();
            let codes: Vec<_> = opened["warnings"].as_array().unwrap().iter().map(|w| &w["code"]).collect();
            assert_eq!(codes, ["sessions_shorter_than_jp", "sessions_in_school_hours"]);
            let quiet = world.batch(DRAFT).await;
            let afternoon = plan(&world, face, quiet, input(after_school(), 60)).await;
            assert_eq!(afternoon["warnings"], json!([]));
        }
    }

    async fn the_ways_back_take_a_reason_that_is_kept(app: TestApp) {
        let world = World::new(&app).await;
        for (face, code) in Face::BOTH.into_iter().zip(["PL-A", "PL-B"]) {
            let closed = world.batch(Wanted { status: "closed", ..USUAL }).await;
            let extend = json!({ "id": closed, "input": { "registrationClosesAt": "2026-03-15T00:00:00Z", "reason": "Masih ada kursi" } });
            let extended = staff(&world, face, "extend_batch", extend).await.ok();
            assert_eq!(extended["statusReason"], "Masih ada kursi");
            let shut = staff(&world, face, "close_batch", json!({ "id": closed })).await.ok();
            assert_eq!(shut["statusReason"], Value::Null, "the reason belonged to the extension");
            let made = staff(&world, face, "create_program", json!({ "input": program_input(world.provider, code) })).await.ok();
            staff(&world, face, "publish_program", json!({ "id": made["id"] })).await.ok();
            let silent = staff(&world, face, "unpublish_program", json!({ "id": made["id"], "input": { "reason": "" } })).await;
            assert_eq!(faults(&silent), [("/reason", "reason_missing")]);
            staff(&world, face, "unpublish_program", json!({ "id": made["id"], "input": { "reason": "JP keliru" } })).await.ok();
        }
        for (kind, reason) in [("batch.extended", "Masih ada kursi"), ("program.unpublished", "JP keliru")] {
            for event in app.events(kind).await {
                assert_eq!(event.payload["reason"], reason);
            }
        }
    }

    async fn of_many_who_take_one_code_at_once_one_gets_it_and_the_others_hear_the_rule(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let code = format!("PL-{face:?}");
            let new = json!({ "input": program_input(world.provider, &code) });
            let calls = (0..16).map(|_| app.call(face, Some(&staff), "create_program", new.clone()));
            let outcomes = futures_util::future::join_all(calls).await;
            assert_eq!(outcomes.iter().filter(|o| o.code.is_none()).count(), 1);
            for outcome in outcomes.iter().filter(|o| o.code.is_some()) {
                assert_eq!(faults(outcome), [("/code", "program_code_taken")], "{:?}", outcome.code);
            }
        }
    }
}
