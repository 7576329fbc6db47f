//! Who gets the seats of a batch: by first come in a burst, by the least trained, and never one too many.

use chrono::TimeDelta;
use entity::enrolment;
use sanggar::{
    access::{actor::Actor, grant::Grant},
    foundation::language::Language,
    training::enrolment::write::{
        AcceptEnrolment, ApplyEnrolment, ApplyEnrolmentInput, RejectEnrolment, RejectEnrolmentInput,
        WithdrawEnrolment, WithdrawEnrolmentInput,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        training::{USUAL, Wanted, World},
    },
};

/// The enrolments of a batch in the order of application.
async fn roster(app: &TestApp, batch: Uuid) -> Vec<enrolment::Model> {
    enrolment::Entity::find()
        .filter(enrolment::Column::BatchId.eq(batch))
        .order_by_asc(enrolment::Column::AppliedAt)
        .order_by_asc(enrolment::Column::Id)
        .all(app.services.store.reader())
        .await
        .unwrap()
}

fn someone(person: Uuid) -> Actor {
    Actor::new(person.to_string(), vec![Grant::teacher(person)])
}

fn least_trained(capacity: i32) -> Wanted {
    Wanted { capacity, selection: "least_trained_first", status: "open" }
}

both_engines! {
    async fn the_last_seat_goes_to_one_of_sixty_four(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(least_trained(1)).await;
        let mut tasks = Vec::new();
        for (n, person) in world.teachers(64).await.into_iter().enumerate() {
            let id = world.enrolment(batch, person, "applied", start() + TimeDelta::seconds(i64::try_from(n).unwrap())).await;
            let ctx = app.operator();
            tasks.push(tokio::spawn(async move { ctx.write(AcceptEnrolment(id.into())).await }));
        }
        let mut told = Vec::new();
        for task in tasks {
            told.push(task.await.unwrap().map(|e| e.status.as_str()).map_err(|e| e.code()));
        }
        assert_eq!(told.iter().filter(|t| **t == Ok("accepted")).count(), 1);
        assert_eq!(told.iter().filter(|t| **t == Err("seats_exhausted")).count(), 63, "{told:?}");
        assert_eq!(world.read_batch(batch).await.taken, 1);
    }

    async fn one_application_sent_sixty_four_times_is_one_enrolment(app: TestApp) {
        let world = World::new(&app).await;
        let (batch, person) = (world.batch(USUAL).await, world.teacher("Siti").await);
        let tasks: Vec<_> = (0..64).map(|_| {
            let ctx = app.ctx(someone(person));
            let apply = ApplyEnrolment { batch_id: batch.into(), input: ApplyEnrolmentInput::default(), language: Language::English };
            tokio::spawn(async move { ctx.write(apply).await.map(|_| ()).map_err(|e| e.code()) })
        }).collect();
        let mut made = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => made += 1,
                Err(code) => assert_eq!(code, "enrolment_already_live"),
            }
        }
        assert_eq!(made, 1);
        assert_eq!(roster(&app, batch).await.len(), 1);
        assert_eq!(world.read_batch(batch).await.taken, 1);
    }

    async fn seats_add_up_while_people_come_go_and_are_turned_down_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(Wanted { capacity: 16, ..USUAL }).await;
        let persons = world.teachers(64).await;
        let mut first = Vec::new();
        for person in &persons[..32] {
            let apply = ApplyEnrolment { batch_id: batch.into(), input: ApplyEnrolmentInput::default(), language: Language::English };
            first.push(app.ctx(someone(*person)).write(apply).await.unwrap());
        }
        let mut tasks = Vec::new();
        for (n, enrolment) in first.iter().enumerate() {
            let (ctx, id) = (app.operator(), enrolment.id);
            let reason = "Bentrok jadwal".to_owned();
            tasks.push(match n % 3 {
                0 => tokio::spawn(async move {
                    let input = WithdrawEnrolmentInput { reason: Some(reason) };
                    ctx.write(WithdrawEnrolment { id, input }).await.map(|_| ()).map_err(|e| e.code())
                }),
                1 => tokio::spawn(async move {
                    let input = RejectEnrolmentInput { reason };
                    ctx.write(RejectEnrolment { id, input }).await.map(|_| ()).map_err(|e| e.code())
                }),
                _ => tokio::spawn(async move {
                    ctx.write(AcceptEnrolment(id)).await.map(|_| ()).map_err(|e| e.code())
                }),
            });
        }
        for person in &persons[32..] {
            let ctx = app.ctx(someone(*person));
            let apply = ApplyEnrolment { batch_id: batch.into(), input: ApplyEnrolmentInput::default(), language: Language::English };
            tasks.push(tokio::spawn(async move { ctx.write(apply).await.map(|_| ()).map_err(|e| e.code()) }));
        }
        for task in tasks {
            if let Err(code) = task.await.unwrap() {
                assert!(["enrolment_not_awaiting_seat", "seats_exhausted"].contains(&code), "{code}");
            }
        }
        let roster = roster(&app, batch).await;
        let seated = roster.iter().filter(|row| row.status == "accepted").count();
        assert_eq!(seated, 16, "more than sixteen stayed, so every seat is taken");
        assert_eq!(world.read_batch(batch).await.taken, 16);
        let versions: i64 = roster.iter().map(|row| row.version).sum();
        let mut events = 0;
        for kind in ["applied", "withdrawn", "rejected", "accepted"] {
            events += app.events(&format!("enrolment.{kind}")).await.len();
        }
        assert_eq!(i64::try_from(events).unwrap(), versions, "each version of each enrolment was told of once");
    }

    async fn the_least_trained_come_first_and_the_ranking_says_why(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for face in Face::BOTH {
            let batch = world.batch(least_trained(2)).await;
            let mut ids = Vec::new();
            let names = ["Banyak", "Sedikit", "Lama", "Imbas", "Dicabut"];
            for (n, name) in names.iter().enumerate() {
                let person = world.teacher(name).await;
                let certificate = match n {
                    0 => Some((64, "direct", "valid", "2025-06-01")),
                    1 => Some((8, "direct", "valid", "2023-03-02")),
                    // The day before the window, a cascade, and a revoked one do not count.
                    2 => Some((99, "direct", "valid", "2023-03-01")),
                    3 => Some((99, "cascade", "valid", "2025-06-01")),
                    _ => Some((99, "direct", "revoked", "2025-06-01")),
                };
                if let Some((jp, kind, status, ends)) = certificate {
                    world.certificate(person, jp, kind, status, ends).await;
                }
                let made = app.call(face, Some(&world.token(person)), "apply_enrolment", json!({ "id": batch, "input": {} })).await.ok();
                assert_eq!(made["status"], "applied");
                ids.push(made["id"].clone());
            }
            let ranking = app.call(face, Some(&staff), "list_batch_ranking", json!({ "id": batch })).await.ok();
            let line = &ranking["items"][0];
            assert_eq!((&line["rule"], &line["windowFrom"]), (&json!("least_trained_first"), &json!("2023-03-02")));
            let told: Vec<_> = ranking["items"].as_array().unwrap().iter().map(|l| (l["personName"].as_str().unwrap(), l["directJp"].as_i64().unwrap())).collect();
            assert_eq!(told, [("Lama", 0), ("Imbas", 0), ("Dicabut", 0), ("Sedikit", 8), ("Banyak", 64)]);
            assert!(ranking["items"][3]["reason"].as_str().unwrap().contains("8 JP"), "{ranking}");

            let (mut walked, mut after) = (Vec::new(), json!(null));
            loop {
                let page = json!({ "id": batch, "first": 2, "after": after });
                let page = app.call(face, Some(&staff), "list_batch_ranking", page).await.ok();
                walked.extend(page["items"].as_array().unwrap().clone());
                after = page["next"].clone();
                if after.is_null() { break }
            }
            assert_eq!(json!(walked), ranking["items"]);

            let chosen = app.call(face, Some(&staff), "select_batch", json!({ "id": batch })).await.ok();
            assert_eq!((&chosen["acceptedCount"], &chosen["waitlistedCount"]), (&json!(2), &json!(3)));
            assert_eq!(chosen["accepted"][0]["enrolmentId"], ids[2]);
            assert_eq!(chosen["waitlisted"][2]["enrolmentId"], ids[0]);
            assert_eq!(world.read_batch(batch).await.taken, 2);
            let again = app.call(face, Some(&staff), "select_batch", json!({ "id": batch })).await.ok();
            assert_eq!((&again["acceptedCount"], &again["waitlistedCount"]), (&json!(0), &json!(3)));
            assert_eq!(world.read_enrolment(&ids[0]).await.version, 2, "selecting again changed nobody");

            // Who waits is placed by the same rule, and a freed seat goes by it too.
            let place = app.call(face, Some(&staff), "get_enrolment", json!({ "id": ids[1] })).await.ok();
            assert_eq!(place["waitlistPosition"], 2);
            let gone = json!({ "id": ids[2], "input": { "reason": "Sakit" } });
            app.call(face, Some(&staff), "withdraw_enrolment", gone).await.ok();
            assert_eq!(world.read_enrolment(&ids[4]).await.status, "accepted");
            assert_eq!(world.read_enrolment(&ids[1]).await.status, "waitlisted");
        }
    }

    async fn a_selection_of_many_takes_few_statements(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(least_trained(510)).await;
        for (n, person) in world.teachers(1_020).await.into_iter().enumerate() {
            world.enrolment(batch, person, "applied", start() + TimeDelta::seconds(i64::try_from(n).unwrap())).await;
        }
        let before = app.services.store.statements();
        let chosen = app.call(Face::Rest, Some(&world.staff()), "select_batch", json!({ "id": batch })).await.ok();
        let statements = app.services.store.statements() - before;
        assert!(statements <= 20, "{statements} statements");
        assert_eq!((&chosen["acceptedCount"], &chosen["waitlistedCount"]), (&json!(510), &json!(510)));
        assert_eq!(world.read_batch(batch).await.taken, 510);
        assert_eq!(app.events("enrolment.accepted").await.len(), 510);
        assert_eq!(app.events("enrolment.waitlisted").await.len(), 510);
        let query = "query($id: ID!) { batchRanking(id: $id, last: 2) { totalCount pageInfo { hasPreviousPage } nodes { position status } } }";
        let told = app.graphql(Some(&world.staff()), query, json!({ "id": batch })).await;
        let list = &told["data"]["batchRanking"];
        assert_eq!((&list["totalCount"], &list["pageInfo"]["hasPreviousPage"]), (&json!(1_020), &json!(true)), "{told}");
        assert_eq!(list["nodes"], json!([{ "position": 1_019, "status": "WAITLISTED" }, { "position": 1_020, "status": "WAITLISTED" }]));
    }

    async fn only_the_provider_ranks_and_selects(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(least_trained(2)).await;
        let other = app.token(Grant::provider_staff(world.organisation("BGTK-LAIN").await));
        let teacher = world.token(world.teacher("Siti").await);
        for face in Face::BOTH {
            for operation in ["list_batch_ranking", "select_batch", "complete_batch"] {
                let call = |token: Option<String>, id: Uuid| {
                    let app = &app;
                    async move { app.call(face, token.as_deref(), operation, json!({ "id": id })).await.refused() }
                };
                assert_eq!(call(None, batch).await, "unauthenticated", "{operation}");
                assert_eq!(call(Some(teacher.clone()), batch).await, "forbidden", "{operation}");
                assert_eq!(call(Some(other.clone()), batch).await, "forbidden", "{operation}");
                assert_eq!(call(Some(world.staff()), Uuid::now_v7()).await, "not_found", "{operation}");
            }
        }
        let finished = world.batch(Wanted { status: "finished", ..USUAL }).await;
        let refused = app.call(Face::Rest, Some(&world.staff()), "select_batch", json!({ "id": finished })).await;
        assert_eq!(refused.refused(), "batch_takes_no_decisions");
        let draft = world.batch(Wanted { status: "draft", ..USUAL }).await;
        let hidden = app.call(Face::Rest, Some(&other), "select_batch", json!({ "id": draft })).await;
        assert_eq!(hidden.refused(), "not_found");
        assert_eq!(app.events("enrolment.accepted").await.len(), 0);
    }
}
