//! Enrolments from application to completion, through both faces, on both engines.

use chrono::{DateTime, TimeDelta, Utc};
use sanggar::access::grant::Grant;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
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

/// Arguments of `apply_enrolment`.
fn to(batch: Uuid) -> Value {
    json!({ "id": batch, "input": {} })
}

async fn apply(world: &World<'_>, face: Face, batch: Uuid, person: Uuid) -> Value {
    world.app.call(face, Some(&world.token(person)), "apply_enrolment", to(batch)).await.ok()
}

both_engines! {
    async fn first_come_gets_a_seat_and_the_next_one_waits(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(Wanted { capacity: 1, ..USUAL }).await;
            let (siti, budi) = (world.teacher("Siti").await, world.teacher("Budi").await);
            let first = apply(&world, face, batch, siti).await;
            assert_eq!((&first["status"], &first["personName"]), (&json!("accepted"), &json!("Siti")));
            assert_eq!((&first["regionCode"], &first["schoolId"]), (&json!(BANDUNG), &json!(world.school)));
            let second = apply(&world, face, batch, budi).await;
            assert_eq!((&second["status"], &second["waitlistPosition"]), (&json!("waitlisted"), &json!(1)));
            let read = app
                .call(face, Some(&world.token(budi)), "get_enrolment", json!({ "id": second["id"] }))
                .await
                .ok();
            assert_eq!(read, second);
            assert_eq!(world.read_batch(batch).await.taken, 1);
        }
        assert_eq!(app.events("enrolment.applied").await.len(), 4);
    }

    async fn a_person_has_one_live_enrolment_in_a_batch(app: TestApp) {
        let world = World::new(&app).await;
        let (batch, siti) = (world.batch(USUAL).await, world.teacher("Siti").await);
        apply(&world, Face::Rest, batch, siti).await;
        for face in Face::BOTH {
            let again = app.call(face, Some(&world.token(siti)), "apply_enrolment", to(batch)).await;
            assert_eq!(again.refused(), "enrolment_already_live");
        }
        assert_eq!(world.read_batch(batch).await.taken, 1);
    }

    async fn one_applies_only_while_the_window_lasts_and_the_batch_is_open(app: TestApp) {
        let world = World::new(&app).await;
        let siti = world.teacher("Siti").await;
        app.clock.set(start() - TimeDelta::days(2));
        let siti = world.token(siti);
        for face in Face::BOTH {
            let batch = world.batch(USUAL).await;
            app.clock.set(start() - TimeDelta::days(2));
            assert_eq!(app.call(face, Some(&siti), "apply_enrolment", to(batch)).await.refused(), "registration_not_yet_open");
            app.clock.set(start() + TimeDelta::days(7));
            assert_eq!(app.call(face, Some(&siti), "apply_enrolment", to(batch)).await.refused(), "registration_over");
            app.clock.set(start());
            for status in ["closed", "running", "finished", "cancelled"] {
                world.set_batch(batch, status).await;
                assert_eq!(app.call(face, Some(&siti), "apply_enrolment", to(batch)).await.refused(), "batch_not_open");
            }
            world.set_batch(batch, "draft").await;
            assert_eq!(app.call(face, Some(&siti), "apply_enrolment", to(batch)).await.refused(), "not_found");
        }
        assert!(app.events("enrolment.applied").await.is_empty());
    }

    async fn who_may_apply_for_whom(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        let principal = app.token(Grant::principal(world.school, None));
        for face in Face::BOTH {
            let (mine, stranger) = (world.teacher("Siti").await, world.person("Joko", None, BOGOR).await);
            let for_whom = |person: Uuid| json!({ "id": batch, "input": { "personId": person } });
            let call = |token: Option<String>, args: Value| try_apply(&app, face, token, args);
            assert_eq!(call(None, for_whom(mine)).await, Err("unauthenticated".to_owned()));
            assert_eq!(call(Some(world.staff()), for_whom(mine)).await, Err("forbidden".to_owned()));
            let officer = app.token(Grant::regional_officer("32"));
            assert_eq!(call(Some(officer), for_whom(mine)).await, Err("forbidden".to_owned()));
            assert_eq!(call(Some(world.token(stranger)), for_whom(mine)).await, Err("invalid".to_owned()));
            assert_eq!(call(Some(principal.clone()), for_whom(stranger)).await, Err("invalid".to_owned()));
            assert_eq!(call(Some(principal.clone()), to(batch)).await, Err("invalid".to_owned()));
            let made = call(Some(principal.clone()), for_whom(mine)).await.unwrap();
            assert_eq!(made["personId"], json!(mine));
            let made = call(Some(app.ministry()), for_whom(stranger)).await.unwrap();
            assert_eq!((&made["regionCode"], &made["schoolId"]), (&json!(BOGOR), &Value::Null));
        }
    }

    async fn whom_a_program_is_not_meant_for_is_told_so_and_not_refused(app: TestApp) {
        let world = World::new(&app).await;
        let meant = entity::program::ActiveModel { id: Set(world.program), audience: Set(json!(["principal"])), ..Default::default() };
        meant.update(app.services.store.writer()).await.unwrap();
        let batch = world.batch(USUAL).await;
        for face in Face::BOTH {
            let siti = world.teacher("Siti").await;
            let made = apply(&world, face, batch, siti).await;
            assert_eq!((&made["status"], &made["warnings"][0]["code"]), (&json!("accepted"), &json!("not_in_audience")));
            assert!(made["warnings"][0]["detail"].as_str().unwrap().contains("principal"), "{made}");
            let staff = world.staff();
            let read = app.call(face, Some(&staff), "get_enrolment", json!({ "id": made["id"] })).await.ok();
            assert_eq!(read, made, "the provider reads it too");
            let list = app.call(face, Some(&staff), "list_enrolments", json!({ "personId": siti })).await.ok();
            assert_eq!(list["items"][0]["warnings"], json!([]));
            let principal = world.teacher("Dewi").await;
            let change = entity::person::ActiveModel { id: Set(principal), kind: Set("principal".to_owned()), ..Default::default() };
            change.update(app.services.store.writer()).await.unwrap();
            assert_eq!(apply(&world, face, batch, principal).await["warnings"], json!([]));
        }
    }

    async fn nobody_teaches_themselves(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        let session = world.session(batch, TimeDelta::hours(1)).await;
        let dewi = world.teaches(session, "Dewi").await;
        let (budi, teacher) = (world.teacher("Budi").await, Uuid::now_v7());
        world.resource_person(teacher, budi).await;
        let made = apply(&world, Face::Rest, batch, budi).await;
        for face in Face::BOTH {
            let refused = app.call(face, Some(&world.token(dewi)), "apply_enrolment", to(batch)).await;
            assert_eq!(refused.refused(), "teaches_in_batch");
            let args = json!({ "id": session, "input": { "resourcePersonId": teacher } });
            let refused = app.call(face, Some(&world.staff()), "assign_session_teacher", args).await;
            assert_eq!(refused.refused(), "participant_of_batch");
        }
        let gone = json!({ "id": made["id"], "input": { "reason": "Akan mengajar" } });
        app.call(Face::Rest, Some(&world.token(budi)), "withdraw_enrolment", gone).await.ok();
        let args = json!({ "id": session, "input": { "resourcePersonId": teacher } });
        app.call(Face::Rest, Some(&world.staff()), "assign_session_teacher", args).await.ok();
        let back = app.call(Face::Graphql, Some(&world.token(budi)), "reapply_enrolment", json!({ "id": made["id"] })).await;
        assert_eq!(back.refused(), "teaches_in_batch");
    }

    async fn a_retired_record_cannot_be_enrolled(app: TestApp) {
        let world = World::new(&app).await;
        let (batch, old, new) = (world.batch(USUAL).await, world.teacher("Siti").await, world.teacher("Siti A").await);
        let retired = entity::person::ActiveModel { id: Set(old), merged_into: Set(Some(new)), ..Default::default() };
        retired.update(app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            let named = json!({ "id": batch, "input": { "personId": old } });
            let refused = app.call(face, Some(&app.ministry()), "apply_enrolment", named).await;
            assert_eq!(refused.refused(), "person_merged");
        }
        // Whoever has a token of the retired record is the survivor.
        let made = app.call(Face::Rest, Some(&world.token(old)), "apply_enrolment", to(batch)).await.ok();
        assert_eq!(made["personId"], json!(new));
    }

    async fn unknown_and_mistyped_fields_of_an_application_are_told(app: TestApp) {
        let world = World::new(&app).await;
        let (batch, siti) = (world.batch(USUAL).await, world.token(world.teacher("Siti").await));
        let path = format!("/v1/batches/{batch}/enrolments");
        let (status, problem) = app.post(&path, Some(&siti), &json!({ "personId": 7, "status": "accepted" })).await;
        assert_eq!(status, 422, "{problem}");
        let mut told: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        told.sort_unstable();
        assert_eq!(told, [("/personId", "field_type"), ("/status", "field_unknown")]);
        let (status, _) = app.post("/v1/batches/none/enrolments", Some(&siti), &json!({})).await;
        assert!(status == 400 || status == 404, "{status}");
    }

    async fn a_freed_seat_goes_to_the_first_who_waits_in_the_same_transaction(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(Wanted { capacity: 1, ..USUAL }).await;
            let [siti, budi, rina] = [world.teacher("Siti").await, world.teacher("Budi").await, world.teacher("Rina").await];
            let first = apply(&world, face, batch, siti).await;
            let second = apply(&world, face, batch, budi).await;
            let third = apply(&world, face, batch, rina).await;
            let siti = world.token(siti);
            let silent = app.call(face, Some(&siti), "withdraw_enrolment", json!({ "id": first["id"], "input": {} })).await;
            assert_eq!(silent.refused(), "withdrawal_reason_missing");
            let empty = json!({ "id": first["id"], "input": { "reason": "  " } });
            let empty = app.call(face, Some(&siti), "withdraw_enrolment", empty).await;
            assert_eq!(empty.faults, [("/reason".to_owned(), "reason_missing".to_owned())]);
            let reasoned = json!({ "id": first["id"], "input": { "reason": "Pindah tugas" } });
            let gone = app.call(face, Some(&siti), "withdraw_enrolment", reasoned).await.ok();
            assert_eq!((&gone["status"], &gone["reason"]), (&json!("withdrawn"), &json!("Pindah tugas")));
            assert_eq!(world.read_enrolment(&second["id"]).await.status, "accepted");
            assert_eq!(world.read_enrolment(&third["id"]).await.status, "waitlisted");
            assert_eq!(world.read_batch(batch).await.taken, 1);
            let place = app.call(face, Some(&world.token(rina)), "get_enrolment", json!({ "id": third["id"] })).await.ok();
            assert_eq!(place["waitlistPosition"], 1);
            let withdrawn = app.events("enrolment.withdrawn").await.pop().unwrap();
            let promoted = app.events("enrolment.accepted").await.pop().unwrap();
            assert_eq!((promoted.pos, &promoted.request_id), (withdrawn.pos + 1, &withdrawn.request_id));
            assert_eq!(json!(promoted.subject_id), second["id"]);
            assert!(!withdrawn.payload.to_string().contains("Pindah"), "a reason may be personal");
        }
    }

    async fn whoever_withdrew_may_apply_again_at_the_end_of_the_queue(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(Wanted { capacity: 1, ..USUAL }).await;
            let (siti, budi) = (world.teacher("Siti").await, world.teacher("Budi").await);
            let first = apply(&world, face, batch, siti).await;
            let token = world.token(siti);
            let early = app.call(face, Some(&token), "reapply_enrolment", json!({ "id": first["id"] })).await;
            assert_eq!(early.refused(), "enrolment_not_withdrawn");
            apply(&world, face, batch, budi).await;
            let reasoned = json!({ "id": first["id"], "input": { "reason": "Sakit" } });
            app.call(face, Some(&token), "withdraw_enrolment", reasoned).await.ok();
            let again = app.call(face, Some(&token), "reapply_enrolment", json!({ "id": first["id"] })).await.ok();
            assert_eq!((&again["status"], &again["reason"]), (&json!("waitlisted"), &Value::Null));
            let at = |e: &Value| e["appliedAt"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
            assert!(at(&again) > at(&first));
            // Applying anew takes up the same enrolment too.
            app.call(face, Some(&token), "withdraw_enrolment", json!({ "id": first["id"], "input": {} })).await.ok();
            assert_eq!(apply(&world, face, batch, siti).await["id"], first["id"]);
        }
        assert_eq!(app.events("enrolment.reapplied").await.len(), 2);
    }

    async fn whoever_was_turned_down_waits_for_a_decision_when_applying_anew(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let (batch, siti) = (world.batch(USUAL).await, world.teacher("Siti").await);
            let first = apply(&world, face, batch, siti).await;
            let no = json!({ "id": first["id"], "input": { "reason": "Bukan sasaran" } });
            app.call(face, Some(&staff), "reject_enrolment", no).await.ok();
            let anew = apply(&world, face, batch, siti).await;
            assert_ne!(anew["id"], first["id"]);
            assert_eq!((&anew["status"], &anew["decidedAt"]), (&json!("applied"), &Value::Null));
            assert_eq!(world.read_batch(batch).await.taken, 0, "asking twice gives no seat");
            let token = world.token(siti);
            app.call(face, Some(&token), "withdraw_enrolment", json!({ "id": anew["id"], "input": {} })).await.ok();
            let again = app.call(face, Some(&token), "reapply_enrolment", json!({ "id": anew["id"] })).await.ok();
            assert_eq!(again["status"], "applied", "nor does leaving and coming back");
            let decided = app.call(face, Some(&staff), "accept_enrolment", json!({ "id": anew["id"] })).await.ok();
            assert_eq!(decided["status"], "accepted");
            assert_eq!(apply(&world, face, batch, world.teacher("Budi").await).await["status"], "accepted");
        }
    }

    async fn an_applicant_may_leave_before_anybody_decided_and_come_back(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(Wanted { capacity: 1, selection: "least_trained_first", status: "open" }).await;
            let siti = world.teacher("Siti").await;
            let made = apply(&world, face, batch, siti).await;
            let args = json!({ "id": made["id"], "input": {} });
            let stranger = world.token(world.teacher("Budi").await);
            assert_eq!(app.call(face, Some(&stranger), "withdraw_enrolment", args.clone()).await.refused(), "not_found");
            let token = world.token(siti);
            let gone = app.call(face, Some(&token), "withdraw_enrolment", args.clone()).await.ok();
            assert_eq!((&gone["status"], &gone["reason"]), (&json!("withdrawn"), &Value::Null));
            assert_eq!(app.call(face, Some(&token), "withdraw_enrolment", args).await.refused(), "enrolment_not_withdrawable");
            let back = apply(&world, face, batch, siti).await;
            assert_eq!((&back["id"], &back["status"]), (&made["id"], &json!("applied")));
        }
        assert_eq!(app.events("enrolment.withdrawn").await.len(), 2);
    }

    async fn the_provider_gives_seats_by_hand_until_there_are_none(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(Wanted { capacity: 1, selection: "least_trained_first", status: "open" }).await;
            let (siti, budi) = (world.teacher("Siti").await, world.teacher("Budi").await);
            let first = apply(&world, face, batch, siti).await;
            let second = apply(&world, face, batch, budi).await;
            assert_eq!((&first["status"], &first["decidedAt"]), (&json!("applied"), &Value::Null));
            let by = |operation: &'static str, id: &Value, token: &str| {
                let (app, token, args) = (&app, token.to_owned(), json!({ "id": id }));
                async move { app.call(face, Some(&token), operation, args).await }
            };
            assert_eq!(by("accept_enrolment", &first["id"], &world.token(siti)).await.refused(), "forbidden");
            assert_eq!(by("accept_enrolment", &first["id"], &staff).await.ok()["status"], "accepted");
            assert_eq!(by("accept_enrolment", &first["id"], &staff).await.refused(), "enrolment_not_awaiting_seat");
            assert_eq!(by("waitlist_enrolment", &second["id"], &staff).await.ok()["status"], "waitlisted");
            assert_eq!(by("accept_enrolment", &second["id"], &staff).await.refused(), "seats_exhausted");
            assert_eq!(world.read_batch(batch).await.taken, 1);
            assert_eq!(world.read_enrolment(&second["id"]).await.version, 2);
        }
    }

    async fn one_who_attended_cannot_be_turned_down(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(Wanted { capacity: 2, ..USUAL }).await;
            let session = world.session(batch, TimeDelta::hours(-2)).await;
            let first = apply(&world, face, batch, world.teacher("Siti").await).await;
            let second = apply(&world, face, batch, world.teacher("Budi").await).await;
            let third = apply(&world, face, batch, world.teacher("Rina").await).await;
            world.set_batch(batch, "running").await;
            world.attended(session, first["id"].as_str().unwrap().parse().unwrap(), 0).await;
            let args = |e: &Value, reason: &str| json!({ "id": e["id"], "input": { "reason": reason } });
            let refused = app.call(face, Some(&staff), "reject_enrolment", args(&first, "Tidak sesuai")).await;
            assert_eq!(refused.refused(), "enrolment_has_attendance");
            let rejected = app.call(face, Some(&staff), "reject_enrolment", args(&second, "Tidak sesuai")).await.ok();
            assert_eq!((&rejected["status"], &rejected["reason"]), (&json!("rejected"), &json!("Tidak sesuai")));
            assert_eq!(world.read_enrolment(&third["id"]).await.status, "accepted");
            let again = app.call(face, Some(&staff), "reject_enrolment", args(&second, "x")).await;
            assert_eq!(again.refused(), "enrolment_not_rejectable");
            world.set_batch(batch, "finished").await;
            let late = app.call(face, Some(&staff), "withdraw_enrolment", args(&third, "Terlambat")).await;
            assert_eq!(late.refused(), "batch_takes_no_decisions");
        }
    }

    async fn everyone_sees_their_own_reach_and_no_more(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        let (siti, joko) = (world.teacher("Siti").await, world.person("Joko", None, BOGOR).await);
        let near = apply(&world, Face::Rest, batch, siti).await;
        let far = apply(&world, Face::Rest, batch, joko).await;
        let session = world.session(batch, TimeDelta::hours(1)).await;
        let trainer = world.teaches(session, "Dewi").await;
        let other = world.organisation("BGTK-LAIN").await;
        for face in Face::BOTH {
            let seen = |grant: Grant| {
                let (app, token) = (&app, app.token(grant));
                async move {
                    let list = app.call(face, Some(&token), "list_enrolments", json!({})).await.ok();
                    let names: Vec<String> = list["items"].as_array().unwrap().iter().map(|e| e["personName"].as_str().unwrap().to_owned()).collect();
                    names
                }
            };
            assert_eq!(seen(Grant::teacher(siti)).await, ["Siti"]);
            assert_eq!(seen(Grant::principal(world.school, None)).await, ["Siti"]);
            assert_eq!(seen(Grant::regional_officer(BOGOR)).await, ["Joko"]);
            assert_eq!(seen(Grant::regional_officer("32")).await, ["Siti", "Joko"]);
            assert_eq!(seen(Grant::provider_staff(world.provider)).await, ["Siti", "Joko"]);
            assert_eq!(seen(Grant::provider_staff(other)).await, [""; 0]);
            assert_eq!(seen(Grant::resource_person(trainer)).await, ["Siti", "Joko"]);
            assert_eq!(seen(Grant::ministry_system()).await, ["Siti", "Joko"]);
            assert_eq!(app.call(face, None, "list_enrolments", json!({})).await.refused(), "unauthenticated");

            let token = world.token(siti);
            for operation in ["get_enrolment", "get_enrolment_completion", "reapply_enrolment"] {
                let refused = app.call(face, Some(&token), operation, json!({ "id": far["id"] })).await;
                assert_eq!(refused.refused(), "not_found", "{operation}");
            }
            let args = json!({ "id": far["id"], "input": { "reason": "x" } });
            assert_eq!(app.call(face, Some(&token), "withdraw_enrolment", args).await.refused(), "not_found");
            let officer = app.token(Grant::regional_officer(BOGOR));
            let args = json!({ "id": far["id"], "input": { "reason": "x" } });
            assert_eq!(app.call(face, Some(&officer), "reject_enrolment", args).await.refused(), "forbidden");
        }
        let global = sanggar::foundation::id::global("Enrolment", far["id"].as_str().unwrap());
        let query = "query($id: ID!) { node(id: $id) { id ... on Enrolment { personName } } }";
        let hidden = app.graphql(Some(&world.token(siti)), query, json!({ "id": global })).await;
        assert_eq!(hidden["data"]["node"], Value::Null, "{hidden}");
        let shown = app.graphql(Some(&world.token(joko)), query, json!({ "id": global })).await;
        assert_eq!(shown["data"]["node"]["personName"], "Joko", "{shown}");
        assert_eq!(near["status"], "accepted");
    }

    async fn lists_are_narrowed_and_walked_in_the_order_of_application(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(Wanted { capacity: 2, ..USUAL }).await;
        let other = world.batch(USUAL).await;
        for n in 0..5 {
            apply(&world, Face::Rest, batch, world.teacher(&format!("Guru {n}")).await).await;
        }
        apply(&world, Face::Rest, other, world.person("Joko", None, BOGOR).await).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let (mut names, mut after) = (Vec::new(), Value::Null);
            loop {
                let page = json!({ "id": batch, "first": 2, "after": after });
                let page = app.call(face, Some(&staff), "list_batch_enrolments", page).await.ok();
                names.extend(page["items"].as_array().unwrap().iter().map(|e| e["personName"].clone()));
                after = page["next"].clone();
                if after.is_null() { break }
            }
            assert_eq!(names, ["Guru 0", "Guru 1", "Guru 2", "Guru 3", "Guru 4"], "{face:?}");
            let count = |args: Value| {
                let (app, staff) = (&app, staff.clone());
                async move {
                    let list = app.call(face, Some(&staff), "list_enrolments", args).await.ok();
                    list["items"].as_array().unwrap().len()
                }
            };
            assert_eq!(count(json!({ "status": "waitlisted" })).await, 3);
            assert_eq!(count(json!({ "batchId": other })).await, 1);
            assert_eq!(count(json!({ "regionCode": BOGOR })).await, 1);
            assert_eq!(count(json!({ "regionCode": "32" })).await, 6);
            assert_eq!(count(json!({ "schoolId": world.school, "status": "accepted" })).await, 2);
            let none = app.call(face, Some(&staff), "list_batch_enrolments", json!({ "id": Uuid::now_v7() })).await;
            assert_eq!(none.refused(), "not_found");
        }
    }

    async fn persons_batches_and_programs_come_along_in_three_statements_and_one_that_says_who_saw_them(app: TestApp) {
        let world = World::new(&app).await;
        let persons = world.teachers(100).await;
        for (n, person) in persons.iter().enumerate() {
            let batch = world.batch(USUAL).await;
            let at = start() + TimeDelta::seconds(i64::try_from(n).unwrap());
            world.enrolment(batch, *person, "applied", at).await;
        }
        let query = "query($first: Int) { enrolments(first: $first) { nodes { personName status
            person { name employment } batch { name program { title hoursJp } } } } }";
        for first in [1, 20, 100] {
            let before = app.services.store.statements();
            let told = app.graphql(Some(&world.staff()), query, json!({ "first": first })).await;
            let statements = app.services.store.statements() - before;
            let nodes = told["data"]["enrolments"]["nodes"].as_array().unwrap_or_else(|| panic!("{told}"));
            assert_eq!(nodes.len(), first);
            assert_eq!(nodes[0]["batch"]["program"]["hoursJp"], 32);
            assert_eq!(nodes[0]["person"]["name"], nodes[0]["personName"]);
            assert!(statements <= 4, "{statements} statements for a page of {first}");
        }
    }

    async fn an_unchanged_enrolment_is_not_sent_twice(app: TestApp) {
        let world = World::new(&app).await;
        let (batch, siti) = (world.batch(USUAL).await, world.teacher("Siti").await);
        let made = apply(&world, Face::Rest, batch, siti).await;
        let path = format!("/v1/enrolments/{}", made["id"].as_str().unwrap());
        let token = world.token(siti);
        let get = |etag: Option<String>| {
            let request = app.request(reqwest::Method::GET, &path, Some(&token));
            let request = match etag { Some(etag) => request.header("If-None-Match", etag), None => request };
            async move { request.send().await.unwrap() }
        };
        let first = get(None).await;
        let etag = first.headers()["etag"].to_str().unwrap().to_owned();
        assert_eq!(get(Some(etag.clone())).await.status(), 304);
        let renamed = entity::person::ActiveModel { id: Set(siti), name: Set("Siti Aminah".to_owned()), ..Default::default() };
        renamed.update(app.services.store.writer()).await.unwrap();
        assert_eq!(get(Some(etag)).await.status(), 200, "the name is shown, so a new name is a new answer");
    }
}

/// The answer of an application, or the code of its refusal.
async fn try_apply(app: &TestApp, face: Face, token: Option<String>, args: Value) -> Result<Value, String> {
    let outcome = app.call(face, token.as_deref(), "apply_enrolment", args).await;
    match outcome.code {
        Some(code) => Err(code),
        None => Ok(outcome.data),
    }
}
