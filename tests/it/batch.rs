//! Batches, through both faces, on both engines.

use chrono::TimeDelta;
use sanggar::access::grant::Grant;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    session::{Expert, expert},
    support::{
        Face, TestApp,
        app::start,
        training::{BANDUNG, BOGOR, USUAL, Wanted, World},
    },
};

pub fn input(program: Uuid) -> Value {
    json!({
        "programId": program,
        "name": "Angkatan  3",
        "regionCode": BANDUNG,
        "place": "Aula BGTK",
        "startsOn": "2026-04-06",
        "endsOn": "2026-04-10",
        "registrationOpensAt": "2026-03-01T00:00:00Z",
        "registrationClosesAt": "2026-03-20T00:00:00.987Z",
        "capacity": 30,
    })
}

async fn plan(world: &World<'_>, face: Face) -> Value {
    let input = json!({ "input": input(world.program) });
    world.app.call(face, Some(&world.staff()), "create_batch", input).await.ok()
}

async fn step(world: &World<'_>, face: Face, verb: &str, id: &Value, input: Value) -> Value {
    let args = json!({ "id": id, "input": input });
    world.app.call(face, Some(&world.staff()), &format!("{verb}_batch"), args).await.ok()
}

async fn refusal(world: &World<'_>, face: Face, verb: &str, id: &Value, input: Value) -> String {
    let args = json!({ "id": id, "input": input });
    world.app.call(face, Some(&world.staff()), &format!("{verb}_batch"), args).await.refused()
}

/// A session on a Saturday morning of the planned batch, so that no lesson is missed.
async fn session(world: &World<'_>, face: Face, batch: &Value) -> Value {
    let input = json!({ "title": "Pembukaan", "startsAt": "2026-04-06T08:00:00Z", "endsAt": "2026-04-06T12:00:00Z", "timezone": "Asia/Jakarta" });
    let args = json!({ "id": batch, "input": input });
    world.app.call(face, Some(&world.staff()), "create_session", args).await.ok()
}

/// Lets a session have been held yesterday.
async fn hold(world: &World<'_>, session: &Value) {
    let held = entity::session::ActiveModel {
        id: Set(session.as_str().unwrap().parse().unwrap()),
        starts_at: Set(start() - TimeDelta::hours(24)),
        ends_at: Set(start() - TimeDelta::hours(20)),
        ..Default::default()
    };
    held.update(world.app.services.store.writer()).await.unwrap();
}

both_engines! {
    async fn a_batch_goes_from_the_draft_to_its_end(app: TestApp) {
        let world = World::new(&app).await;
        let Expert { resource_person, .. } = expert(&world, "Dewi", Some("verified")).await;
        for face in Face::BOTH {
            let made = plan(&world, face).await;
            let id = &made["id"];
            assert_eq!((&made["status"], &made["kind"], &made["generation"]), (&json!("draft"), &json!("direct"), &json!(0)));
            assert_eq!((&made["name"], &made["registrationClosesAt"]), (&json!("Angkatan 3"), &json!("2026-03-20T00:00:00Z")));
            assert_eq!((&made["seatsLeft"], &made["sessionCount"], &made["selection"]), (&json!(30), &json!(0), &json!("first_come")));
            assert_eq!((&made["programTitle"], &made["providerName"]), (&json!("Guru Belajar: Seri Pendidikan Inklusif"), &json!("Balai BGTK-JABAR")));
            assert_eq!(refusal(&world, face, "open", id, Value::Null).await, "batch_without_session");
            let planned = session(&world, face, id).await;
            let opened = step(&world, face, "open", id, Value::Null).await;
            assert_eq!((&opened["status"], &opened["sessionCount"]), (&json!("open"), &json!(1)));
            assert_eq!(opened["warnings"][0]["code"], "sessions_shorter_than_jp");
            assert!(opened["warnings"][0]["detail"].as_str().unwrap().contains("240"));
            assert_eq!(refusal(&world, face, "start", id, Value::Null).await, "batch_not_closed");
            step(&world, face, "close", id, Value::Null).await;
            let past = json!({ "registrationClosesAt": "2026-03-01T12:00:00Z", "reason": "Masih ada kursi" });
            assert_eq!(refusal(&world, face, "extend", id, past).await, "registration_over");
            let extended = step(&world, face, "extend", id, json!({ "registrationClosesAt": "2026-04-01T00:00:00Z", "reason": "Masih ada kursi" })).await;
            assert_eq!((&extended["status"], &extended["registrationClosesAt"]), (&json!("open"), &json!("2026-04-01T00:00:00Z")));
            step(&world, face, "close", id, Value::Null).await;
            assert_eq!(refusal(&world, face, "start", id, Value::Null).await, "session_without_resource_person");
            let assign = json!({ "id": planned["id"], "input": { "resourcePersonId": resource_person } });
            app.call(face, Some(&world.staff()), "assign_session_teacher", assign.clone()).await.ok();
            step(&world, face, "start", id, Value::Null).await;
            assert_eq!(refusal(&world, face, "finish", id, Value::Null).await, "sessions_to_come");
            hold(&world, &planned["id"]).await;
            let finished = step(&world, face, "finish", id, Value::Null).await;
            assert_eq!(finished["status"], "finished");
            assert_eq!(refusal(&world, face, "cancel", id, json!({ "reason": "x" })).await, "batch_finished");
            let seen = app.call(face, Some(&world.staff()), "get_batch", json!({ "id": id })).await.ok();
            assert_eq!(seen, finished);
            // The other face plans the same hours with the same expert.
            world.clear_teachers().await;
        }
        for (kind, times) in [("created", 2), ("opened", 2), ("closed", 4), ("extended", 2), ("started", 2), ("finished", 2)] {
            assert_eq!(app.events(&format!("batch.{kind}")).await.len(), times, "{kind}");
        }
    }

    async fn a_competence_that_was_withdrawn_keeps_a_direct_batch_from_starting_but_not_a_cascade(app: TestApp) {
        let world = World::new(&app).await;
        let Expert { resource_person, competence, .. } = expert(&world, "Dewi", Some("verified")).await;
        let source = world.batch(Wanted { status: "finished", ..USUAL }).await;
        for face in Face::BOTH {
            let direct = plan(&world, face).await["id"].clone();
            let taught = session(&world, face, &direct).await;
            let assign = json!({ "id": taught["id"], "input": { "resourcePersonId": resource_person } });
            app.call(face, Some(&world.staff()), "assign_session_teacher", assign).await.ok();
            step(&world, face, "open", &direct, Value::Null).await;
            step(&world, face, "close", &direct, Value::Null).await;
            world.set_competence(competence, "withdrawn").await;
            assert_eq!(refusal(&world, face, "start", &direct, Value::Null).await, "session_without_resource_person");
            world.set_competence(competence, "verified").await;
            world.clear_teachers().await;

            let mut passed_on = input(world.program);
            passed_on["kind"] = json!("cascade");
            passed_on["sourceBatchId"] = json!(source);
            let made = app.call(face, Some(&world.staff()), "create_batch", json!({ "input": passed_on })).await.ok();
            assert_eq!((&made["generation"], &made["sourceBatchId"]), (&json!(1), &json!(source)));
            session(&world, face, &made["id"]).await;
            step(&world, face, "open", &made["id"], Value::Null).await;
            step(&world, face, "close", &made["id"], Value::Null).await;
            step(&world, face, "start", &made["id"], Value::Null).await;
        }
    }

    async fn a_lineage_that_cannot_be_is_refused(app: TestApp) {
        let world = World::new(&app).await;
        let open = world.batch(USUAL).await;
        for face in Face::BOTH {
            for (kind, source, code) in [
                ("cascade", Value::Null, "cascade_without_source"),
                ("direct", json!(open), "direct_batch_with_source"),
                ("cascade", json!(open), "cascade_source_not_running"),
            ] {
                let mut new = input(world.program);
                new["kind"] = json!(kind);
                if !source.is_null() { new["sourceBatchId"] = source }
                let outcome = app.call(face, Some(&world.staff()), "create_batch", json!({ "input": new })).await;
                assert_eq!(outcome.refused(), code);
            }
            let mut new = input(world.program);
            new["kind"] = json!("cascade");
            new["sourceBatchId"] = json!(Uuid::now_v7());
            let outcome = app.call(face, Some(&world.staff()), "create_batch", json!({ "input": new })).await;
            assert_eq!(outcome.faults, [("/sourceBatchId".to_owned(), "reference_unknown".to_owned())]);
        }
    }

    async fn every_fault_of_a_new_batch_is_told_at_once(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let mut bad = input(world.program);
            bad["name"] = json!(" ");
            bad["regionCode"] = json!("99");
            bad["capacity"] = json!(0);
            bad["costRupiah"] = json!(-1);
            bad["endsOn"] = json!("2026-04-01");
            bad["registrationClosesAt"] = json!("2026-02-01T00:00:00Z");
            let outcome = app.call(face, Some(&world.staff()), "create_batch", json!({ "input": bad })).await;
            let told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
            assert_eq!(told, [
                ("/name", "text_missing"),
                ("/regionCode", "reference_unknown"),
                ("/capacity", "capacity_out_of_range"),
                ("/costRupiah", "cost_out_of_range"),
                ("/registrationClosesAt", "registration_window_reversed"),
                ("/endsOn", "batch_dates_reversed"),
            ], "{face:?}");
        }
        assert!(app.events("batch.created").await.is_empty());
    }

    async fn only_the_programs_provider_and_the_ministry_run_its_batches(app: TestApp) {
        let world = World::new(&app).await;
        let planned = plan(&world, Face::Rest).await["id"].clone();
        let open = world.batch(USUAL).await;
        let other = app.token(Grant::provider_staff(world.organisation("LPTK-X").await));
        let teacher = world.token(world.teacher("Siti").await);
        let officer = app.token(Grant::regional_officer("32"));
        for face in Face::BOTH {
            for wrong in [&other, &teacher, &officer] {
                let new = app.call(face, Some(wrong), "create_batch", json!({ "input": input(world.program) })).await;
                assert_eq!(new.refused(), "forbidden");
                let close = app.call(face, Some(wrong), "close_batch", json!({ "id": open })).await;
                assert_eq!(close.refused(), "forbidden");
                let hidden = app.call(face, Some(wrong), "open_batch", json!({ "id": planned })).await;
                // Another provider might open one, but does not see this; the others open none.
                assert_eq!(hidden.refused(), if wrong == &other { "not_found" } else { "forbidden" });
            }
            let nobody = app.call(face, None, "close_batch", json!({ "id": open })).await;
            assert_eq!(nobody.refused(), "unauthenticated");
            let mut unknown = input(Uuid::now_v7());
            unknown["name"] = json!("x");
            let refused = app.call(face, Some(&teacher), "create_batch", json!({ "input": unknown })).await;
            assert_eq!(refused.refused(), "forbidden");
            let refused = app.call(face, Some(&world.staff()), "create_batch", json!({ "input": unknown })).await;
            assert_eq!(refused.faults, [("/programId".to_owned(), "reference_unknown".to_owned())]);
        }
    }

    async fn drafts_are_hidden_everywhere_and_the_public_sees_open_batches_only(app: TestApp) {
        let world = World::new(&app).await;
        let teacher = world.token(world.teacher("Siti").await);
        let mut by_status = Vec::new();
        for status in ["draft", "open", "closed", "running", "finished", "cancelled"] {
            by_status.push((status, world.batch(Wanted { status, ..USUAL }).await));
        }
        let staff = world.staff();
        for (token, seen) in [(None, vec!["open"]), (Some(&teacher), vec!["open", "closed", "running", "finished", "cancelled"]),
            (Some(&staff), vec!["draft", "open", "closed", "running", "finished", "cancelled"])] {
            let token = token.map(String::as_str);
            for face in Face::BOTH {
                let list = app.call(face, token, "list_batches", json!({})).await.ok();
                let mut listed: Vec<_> = list["items"].as_array().unwrap().iter().map(|b| b["status"].as_str().unwrap().to_owned()).collect();
                listed.sort_unstable();
                let mut expected = seen.clone();
                expected.sort_unstable();
                assert_eq!(listed, expected);
                for (status, id) in &by_status {
                    let found = app.call(face, token, "get_batch", json!({ "id": id })).await;
                    assert_eq!(found.code.is_none(), seen.contains(status), "{status}");
                    let sessions = app.call(face, token, "list_sessions", json!({ "id": id })).await;
                    assert_eq!(sessions.code.is_none(), seen.contains(status), "sessions of {status}");
                }
            }
            for (status, id) in &by_status {
                let id = sanggar::foundation::id::global("Batch", &id.to_string());
                let node = app.graphql(token, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
                assert_eq!(node["data"]["node"]["id"] == json!(id), seen.contains(status), "{node}");
            }
        }
    }

    async fn batches_are_found_by_place_time_and_whether_one_can_apply_now(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        let open = world.batch(USUAL).await;
        let draft = plan(&world, Face::Rest).await["id"].clone();
        let elsewhere = json!({ "id": draft, "version": 1, "input": { "regionCode": BOGOR } });
        app.call(Face::Rest, Some(&staff), "update_batch", elsewhere).await.ok();
        for face in Face::BOTH {
            for (filter, expected) in [
                (json!({ "regionCode": "32" }), vec![json!(open), draft.clone()]),
                (json!({ "regionCode": BANDUNG }), vec![json!(open)]),
                (json!({ "regionCode": "32.7" }), vec![]),
                (json!({ "startsFrom": "2026-03-02" }), vec![draft.clone()]),
                (json!({ "startsUntil": "2026-03-01" }), vec![json!(open)]),
                (json!({ "openNow": true }), vec![json!(open)]),
                (json!({ "openNow": false }), vec![draft.clone()]),
                (json!({ "programId": world.program, "providerId": world.provider, "kind": "direct" }), vec![json!(open), draft.clone()]),
                (json!({ "programId": Uuid::now_v7() }), vec![]),
                (json!({ "kind": "cascade" }), vec![]),
            ] {
                let list = app.call(face, Some(&staff), "list_batches", filter.clone()).await.ok();
                let ids: Vec<_> = list["items"].as_array().unwrap().iter().map(|b| b["id"].clone()).collect();
                assert_eq!(ids, expected, "{face:?} {filter}");
            }
        }
        app.pass(TimeDelta::days(8));
        let list = app.call(Face::Rest, None, "list_batches", json!({ "openNow": true })).await.ok();
        assert_eq!(list["items"], json!([]), "its window is over");
        let (status, _) = app.get("/v1/batches?startsFrom=yesterday", None).await;
        assert_eq!(status, 400);
    }

    async fn seats_are_never_fewer_than_taken_and_new_ones_go_to_the_waiting_list(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(Wanted { capacity: 2, ..USUAL }).await;
            for name in ["Ani", "Budi", "Cici", "Dodi"] {
                let person = world.teacher(name).await;
                let input = json!({ "id": batch, "batchId": batch, "input": { "personId": person } });
                app.pass(TimeDelta::seconds(1));
                app.call(face, Some(&world.token(person)), "apply_enrolment", input).await.ok();
            }
            let seen = app.call(face, None, "get_batch", json!({ "id": batch })).await.ok();
            assert_eq!((&seen["taken"], &seen["seatsLeft"]), (&json!(2), &json!(0)));
            let change = |capacity: i32| json!({ "id": batch, "version": seen["version"], "input": { "capacity": capacity } });
            let fewer = app.call(face, Some(&world.staff()), "update_batch", change(1)).await;
            assert_eq!(fewer.refused(), "capacity_below_taken");
            let accepted = app.events("enrolment.accepted").await.len();
            let more = app.call(face, Some(&world.staff()), "update_batch", change(3)).await.ok();
            assert_eq!((&more["taken"], &more["seatsLeft"], &more["capacity"]), (&json!(3), &json!(0), &json!(3)));
            let promoted = app.events("enrolment.accepted").await;
            assert_eq!(promoted.len(), accepted + 1);
            let row = world.read_enrolment(&json!(promoted.last().unwrap().subject_id)).await;
            assert_eq!(row.status, "accepted");
            let first = world.app.call(face, Some(&world.staff()), "get_batch", json!({ "id": batch })).await.ok();
            assert_eq!(first, more);
        }
    }

    async fn a_seat_that_is_taken_is_a_new_version_for_whoever_cached_the_batch(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        let path = format!("/v1/batches/{batch}");
        let ask = |etag: String| app.request(reqwest::Method::GET, &path, None).header("If-None-Match", etag).send();
        let first = ask("\"v0\"".to_owned()).await.unwrap();
        let etag = first.headers()["etag"].to_str().unwrap().to_owned();
        assert_eq!(ask(etag.clone()).await.unwrap().status(), 304);
        let person = world.teacher("Ani").await;
        app.call(Face::Rest, Some(&world.token(person)), "apply_enrolment", json!({ "id": batch, "batchId": batch, "input": { "personId": person } })).await.ok();
        assert_eq!(ask(etag).await.unwrap().status(), 200);
    }

    async fn what_people_applied_for_stays_once_it_was_opened(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let open = world.batch(USUAL).await;
            let change = |version: Value, input: Value| json!({ "id": open, "version": version, "input": input });
            for offer in [json!({ "costRupiah": 5 }), json!({ "selection": "least_trained_first" }), json!({ "regionCode": BOGOR })] {
                let outcome = app.call(face, Some(&world.staff()), "update_batch", change(json!(1), offer)).await;
                assert_eq!(outcome.refused(), "batch_not_draft");
            }
            let venue = app.call(face, Some(&world.staff()), "update_batch", change(json!(1), json!({ "place": "Aula 2" }))).await.ok();
            assert_eq!((&venue["place"], &venue["version"]), (&json!("Aula 2"), &json!(2)));
            let stale = app.call(face, Some(&world.staff()), "update_batch", change(json!(1), json!({ "place": "Aula 3" }))).await;
            assert_eq!(stale.refused(), "stale_version");
            world.session(open, TimeDelta::days(10)).await;
            let shorter = app.call(face, Some(&world.staff()), "update_batch", change(json!(2), json!({ "endsOn": "2026-03-11" }))).await;
            assert_eq!(shorter.refused(), "sessions_outside_batch_dates");
            world.set_batch(open, "closed").await;
            let window = app.call(face, Some(&world.staff()), "update_batch", change(json!(2), json!({ "registrationClosesAt": "2026-03-19T00:00:00Z" }))).await;
            assert_eq!(window.refused(), "batch_not_open");
        }
    }

    async fn cancelling_tells_everyone_frees_the_seats_and_releases_who_was_to_teach(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(Wanted { capacity: 1, ..USUAL }).await;
            // The batch never started, so nothing was taught on either day.
            let (past, to_come) = (world.session(batch, TimeDelta::hours(-20)).await, world.session(batch, TimeDelta::days(5)).await);
            world.teaches(past, "Dewi").await;
            world.teaches(to_come, "Eka").await;
            let mut enrolments = Vec::new();
            for name in ["Ani", "Budi"] {
                let person = world.teacher(name).await;
                let input = json!({ "id": batch, "batchId": batch, "input": { "personId": person } });
                enrolments.push(app.call(face, Some(&world.token(person)), "apply_enrolment", input).await.ok());
            }
            let done = world.teacher("Cici").await;
            let completed = world.enrolment(batch, done, "completed", start()).await;
            assert_eq!(refusal(&world, face, "cancel", &json!(batch), json!({ "reason": " " })).await, "invalid");
            let cancelled = step(&world, face, "cancel", &json!(batch), json!({ "reason": "Narasumber berhalangan" })).await;
            assert_eq!((&cancelled["status"], &cancelled["statusReason"]), (&json!("cancelled"), &json!("Narasumber berhalangan")));
            assert_eq!((&cancelled["taken"], &cancelled["seatsLeft"]), (&json!(0), &json!(1)));
            for (enrolment, status) in enrolments.iter().zip(["withdrawn", "rejected"]) {
                let row = world.read_enrolment(&enrolment["id"]).await;
                assert_eq!((row.status.as_str(), row.reason.as_deref()), (status, Some("Narasumber berhalangan")));
            }
            assert_eq!(world.read_enrolment(&json!(completed)).await.status, "completed");
            let kept: Vec<_> = world.ledger().await.iter().map(|entry| entry.session_id).collect();
            assert!(kept.is_empty(), "a batch that never started taught nothing");
            world.clear_teachers().await;
            assert_eq!(refusal(&world, face, "cancel", &json!(batch), json!({ "reason": "x" })).await, "batch_already_cancelled");
        }
        assert_eq!(app.events("enrolment.withdrawn").await.len(), 2);
        assert_eq!(app.events("enrolment.rejected").await.len(), 2);
        let told = app.events("enrolment.withdrawn").await;
        assert!(!told[0].payload.to_string().contains("Narasumber"), "a reason may be personal");
    }

    async fn a_page_of_batches_with_everything_around_them_costs_one_statement_at_any_size(app: TestApp) {
        let world = World::new(&app).await;
        for _ in 0..100 {
            let batch = world.batch(USUAL).await;
            world.session(batch, TimeDelta::days(5)).await;
        }
        let query = "query($n: Int) { batches(first: $n, filter: { status: OPEN }) { edges { node {
            name seatsLeft sessionCount program { title } ...Around } } } }
            fragment Around on Batch { provider { name } region { name } }";
        for n in [1, 20, 100] {
            let before = app.services.store.statements();
            let answer = app.graphql(None, query, json!({ "n": n })).await;
            assert_eq!(app.services.store.statements() - before, 1, "page of {n}");
            let edges = answer["data"]["batches"]["edges"].as_array().unwrap();
            assert_eq!(edges.len(), n, "{answer}");
            let node = &edges[n - 1]["node"];
            assert_eq!((&node["sessionCount"], &node["seatsLeft"]), (&json!(1), &json!(30)));
            assert_eq!(node["program"]["title"], "Guru Belajar: Seri Pendidikan Inklusif");
            assert_eq!((&node["provider"]["name"], &node["region"]["name"]), (&json!("Balai BGTK-JABAR"), &json!("Wilayah 32.73")));
        }
        let before = app.services.store.statements();
        let query = "{ batches(first: 20) { nodes { sessions { title teachers { name } batch { program { code } } } } } }";
        let answer = app.graphql(Some(&world.staff()), query, json!({})).await;
        assert_eq!(answer["data"]["batches"]["nodes"][19]["sessions"][0]["batch"]["program"]["code"], "GB-INKLUSIF", "{answer}");
        let spent = app.services.store.statements() - before;
        // Loaders gather what is asked for within a moment, so how many batches they make varies a little.
        assert!(spent < 20, "not three for each of 20 rows, but {spent}");
    }
}
