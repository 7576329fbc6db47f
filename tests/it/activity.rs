//! What a community does on a day, from the plan to the report; through both faces, on both engines.

use chrono::TimeDelta;
use entity::activity;
use sanggar::{
    access::{actor::Actor, grant::Grant},
    community::activity::{
        input::CancelActivityInput,
        write::{CancelActivity, HoldActivity},
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{Face, Outcome, TestApp, app::start, group::Group, interleave::interleave, training::BOGOR},
};

fn meeting() -> Value {
    json!({ "kind": "common_assessment", "title": "Menyusun asesmen", "startsAt": "2026-03-07T01:00:00Z",
        "endsAt": "2026-03-07T04:00:00Z", "place": "SDN 1", "mode": "face_to_face" })
}

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
    told.sort_unstable();
    told
}

/// Takes everything off the plan behind the service's back: the next face plans for the same hour.
async fn clear(app: &TestApp) {
    use sea_orm::{EntityTrait, sea_query::Expr};
    let all = activity::Entity::update_many().col_expr(activity::Column::Status, Expr::value("cancelled"));
    all.exec(app.services.store.writer()).await.unwrap();
}

both_engines! {
    async fn an_activity_goes_from_the_plan_to_its_report_and_back(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            clear(&app).await;
            app.clock.set(start());
            let lead = async |operation: &str, args: Value| group.lead(face, operation, args).await;
            let made = lead("create_activity", json!({ "id": group.id, "input": meeting() })).await.ok();
            let id = made["id"].clone();
            assert_eq!((&made["status"], &made["timezone"], &made["minutes"]), (&json!("planned"), &json!("Asia/Jakarta"), &json!(180)));
            assert_eq!((&made["revision"], &made["attended"], &made["seriesId"]), (&json!(0), &json!(0), &Value::Null));
            let of = |input: Value| json!({ "id": id, "input": input });

            let change = json!({ "id": id, "version": 1, "input": { "title": "Menyusun soal", "kind": "meeting" } });
            let changed = lead("update_activity", change).await.ok();
            assert_eq!((&changed["revision"], &changed["kind"], &changed["version"]), (&json!(0), &json!("meeting"), &json!(2)));
            let change = json!({ "id": id, "version": 2, "input": { "startsAt": "2026-03-07T02:00:00Z", "place": null } });
            let changed = lead("update_activity", change).await.ok();
            assert_eq!((&changed["revision"], &changed["minutes"], &changed["place"]), (&json!(1), &json!(120), &Value::Null));

            assert_eq!(lead("hold_activity", json!({ "id": id })).await.refused(), "activity_not_begun");
            assert_eq!(lead("report_activity", of(json!({ "notes": "Hasil" }))).await.refused(), "activity_not_held");
            app.clock.set("2026-03-07T02:00:00Z".parse().unwrap());
            let held = lead("hold_activity", json!({ "id": id })).await.ok();
            assert_eq!((&held["status"], &held["heldAt"]), (&json!("held"), &json!("2026-03-07T02:00:00Z")));
            assert_eq!(lead("hold_activity", json!({ "id": id })).await.refused(), "activity_not_planned");
            let late = json!({ "id": id, "version": 4, "input": { "title": "Lain" } });
            assert_eq!(lead("update_activity", late).await.refused(), "activity_not_planned");

            assert_eq!(lead("report_activity", of(json!({ "notes": "Hasil" }))).await.refused(), "activity_not_over");
            app.clock.set("2026-03-07T04:00:00Z".parse().unwrap());
            assert_eq!(faults(&lead("report_activity", of(json!({ "notes": " \n " }))).await), [("/notes", "text_missing")]);
            assert_eq!(lead("report_activity", of(json!({ "notes": "Hasil" }))).await.refused(), "activity_without_attendance");
            // The other face met at the same hour, behind whose back it is forgotten.
            let all = <entity::activity_attendance::Entity as sea_orm::EntityTrait>::delete_many();
            all.exec(app.services.store.writer()).await.unwrap();
            let there = json!({ "entries": [{ "personId": group.chair, "minutes": 120 }] });
            lead("record_activity_attendance", of(there)).await.ok();
            let told = lead("report_activity", of(json!({ "notes": "Tersusun 20 soal.\n\nDicoba di kelas." }))).await.ok();
            assert_eq!((&told["status"], &told["notes"]), (&json!("reported"), &json!("Tersusun 20 soal.\nDicoba di kelas.")));
            assert_eq!((&told["attended"], &told["reportedAt"]), (&json!(1), &json!("2026-03-07T04:00:00Z")));

            assert_eq!(faults(&lead("reopen_activity", of(json!({ "reason": " " }))).await), [("/reason", "reason_missing")]);
            let again = lead("reopen_activity", of(json!({ "reason": "Tiga anggota belum tercatat" }))).await.ok();
            assert_eq!((&again["status"], &again["reportedAt"]), (&json!("held"), &Value::Null));
            assert_eq!(again["statusReason"], "Tiga anggota belum tercatat");
            assert_eq!(lead("reopen_activity", of(json!({ "reason": "Lagi" }))).await.refused(), "activity_not_reported");
            let told = lead("report_activity", of(json!({ "notes": "Lengkap." }))).await.ok();
            assert_eq!((&told["statusReason"], &told["version"]), (&Value::Null, &json!(8)));
        }
        let kinds = ["created", "updated", "held", "reported", "reopened"];
        let counts = [2, 4, 2, 4, 2];
        for (kind, count) in kinds.into_iter().zip(counts) {
            let told = app.events(&format!("activity.{kind}")).await;
            assert_eq!(told.len(), count, "{kind}");
            let payload: Value = serde_json::from_value(json!(told[0].payload)).unwrap();
            for field in ["communityId", "kind", "startsAt", "endsAt", "status", "revision"] {
                assert!(!payload[field].is_null(), "{kind} has no {field}");
            }
            assert!(payload.get("notes").is_none(), "what was said in a meeting is for its members");
        }
    }

    async fn a_cancelled_activity_tells_why_and_stays_so(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            let id = group.activity(TimeDelta::days(2), "planned").await;
            let cancel = |reason: &str| json!({ "id": id, "input": { "reason": reason } });
            let stale = json!({ "id": id, "input": { "reason": "Hujan" }, "version": 7 });
            if face == Face::Rest {
                assert_eq!(group.lead(face, "cancel_activity", stale).await.refused(), "stale_version");
            }
            assert_eq!(faults(&group.lead(face, "cancel_activity", cancel("")).await), [("/reason", "reason_missing")]);
            let told = group.lead(face, "cancel_activity", cancel("Balai desa dipakai")).await.ok();
            assert_eq!((&told["status"], &told["statusReason"], &told["revision"]), (&json!("cancelled"), &json!("Balai desa dipakai"), &json!(1)));
            for (operation, code) in [("hold_activity", "activity_not_planned"), ("confirm_activity", "activity_not_held")] {
                assert_eq!(group.lead(face, operation, json!({ "id": id })).await.refused(), code);
            }
            assert_eq!(group.lead(face, "cancel_activity", cancel("Lagi")).await.refused(), "activity_not_planned");
        }
    }

    async fn every_fault_of_a_plan_is_told_at_once(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            let mut wild = meeting();
            wild["title"] = json!(" ");
            wild["place"] = json!("a\u{202e}b");
            wild["description"] = json!("x".repeat(2001));
            wild["timezone"] = json!("UTC");
            let outcome = group.lead(face, "create_activity", json!({ "id": group.id, "input": wild })).await;
            let expected = [
                ("/description", "text_too_long"),
                ("/place", "text_has_direction_controls"),
                ("/timezone", "time_zone_unknown"),
                ("/title", "text_missing"),
            ];
            // REST holds lengths to the document first and tells the same fault by its own name.
            let told: Vec<_> = faults(&outcome).into_iter().map(|(pointer, _)| pointer).collect();
            assert!(expected.iter().any(|(pointer, _)| told.contains(pointer)), "{face:?} {told:?}");
            wild["description"] = Value::Null;
            let outcome = group.lead(face, "create_activity", json!({ "id": group.id, "input": wild })).await;
            assert_eq!(faults(&outcome), expected[1..], "{face:?}");

            for (starts, ends, expected) in [
                ("2027-05-01T01:00:00Z", "2027-05-01T02:00:00Z", vec![("/startsAt", "activity_outside_plan")]),
                ("2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z", vec![("/startsAt", "activity_outside_plan")]),
                ("2026-03-07T01:00:00Z", "2026-03-07T01:00:30Z", vec![("/endsAt", "session_times_reversed")]),
                ("2026-03-07T01:00:00Z", "2026-03-07T14:00:00Z", vec![("/endsAt", "session_too_long")]),
                ("2027-05-01T01:00:00Z", "2027-05-01T00:00:00Z", vec![("/endsAt", "session_times_reversed"), ("/startsAt", "activity_outside_plan")]),
                ("+10000-01-01T00:00:00Z", "2026-03-07T01:00:00Z", vec![("/startsAt", "date_out_of_range")]),
            ] {
                let mut new = meeting();
                new["startsAt"] = json!(starts);
                new["endsAt"] = json!(ends);
                let outcome = group.lead(face, "create_activity", json!({ "id": group.id, "input": new })).await;
                assert_eq!(faults(&outcome), expected, "{face:?} {starts}");
            }
            clear(&app).await;
            let yesterday = json!({ "id": group.id, "input": { "kind": "meeting", "title": "Kemarin", "mode": "online",
                "startsAt": "2026-03-01T08:00:00Z", "endsAt": "2026-03-01T10:00:00Z", "timezone": "Asia/Jayapura" } });
            let made = group.lead(face, "create_activity", yesterday).await.ok();
            assert_eq!((&made["timezone"], &made["place"]), (&json!("Asia/Jayapura"), &Value::Null));

            let id = group.activity(TimeDelta::days(1), "planned").await;
            let empty = json!({ "kind": null, "title": null, "startsAt": null, "endsAt": null, "timezone": null, "mode": null });
            let outcome = group.lead(face, "update_activity", json!({ "id": id, "version": 1, "input": empty })).await;
            assert!(faults(&outcome).iter().all(|(_, code)| *code == "field_missing"), "{:?}", outcome.faults);
            assert_eq!(outcome.faults.len(), 6);
            if face == Face::Rest {
                let unversioned = json!({ "id": id, "input": { "title": "Lain" } });
                assert_eq!(group.lead(face, "update_activity", unversioned).await.refused(), "precondition_required");
            }
            let stale = json!({ "id": id, "version": 9, "input": { "title": "Lain" } });
            assert_eq!(group.lead(face, "update_activity", stale).await.refused(), "stale_version");
            let nothing = json!({ "id": id, "version": 1, "input": { "title": "Menyusun asesmen diagnostik" } });
            assert_eq!(group.lead(face, "update_activity", nothing).await.ok()["version"], 1, "nothing changed");
        }
    }

    async fn only_those_who_hold_an_office_plan_and_only_a_living_community_does(app: TestApp) {
        let group = Group::new(&app).await;
        let id = group.activity(TimeDelta::hours(-1), "planned").await;
        let stranger = group.world.teacher("Rina").await;
        let commands = [
            ("create_activity", json!({ "id": group.id, "input": meeting() })),
            ("update_activity", json!({ "id": id, "version": 1, "input": { "title": "Lain" } })),
            ("cancel_activity", json!({ "id": id, "input": { "reason": "Hujan" } })),
            ("hold_activity", json!({ "id": id })),
            ("report_activity", json!({ "id": id, "input": { "notes": "Hasil" } })),
            ("reopen_activity", json!({ "id": id, "input": { "reason": "Kurang" } })),
            ("record_activity_attendance", json!({ "id": id, "input": { "entries": [{ "personId": group.chair, "minutes": 9 }] } })),
        ];
        for face in Face::BOTH {
            for (operation, args) in &commands {
                let outcome = group.call_as(group.member, face, operation, args.clone()).await;
                assert_eq!(outcome.refused(), "forbidden", "a member: {operation}");
                // That the community exists everybody knows; its activities they do not.
                let expected = if *operation == "create_activity" { "forbidden" } else { "not_found" };
                let outcome = group.call_as(stranger, face, operation, args.clone()).await;
                assert_eq!(outcome.refused(), expected, "a stranger: {operation}");
                // The regional office reads, and settles what a community of its own leaves behind.
                let settles = ["cancel_activity", "hold_activity", "report_activity"].contains(operation);
                let (region, expected) = if settles { (BOGOR, "not_found") } else { ("32", "forbidden") };
                let office = app.token(Grant::regional_officer(region));
                let outcome = app.call(face, Some(&office), operation, args.clone()).await;
                assert_eq!(outcome.refused(), expected, "the regional office: {operation}");
            }
            let nobody = json!({ "id": Uuid::now_v7(), "input": meeting() });
            assert_eq!(group.lead(face, "create_activity", nobody).await.refused(), "not_found");
        }
        let closed = entity::community::ActiveModel {
            id: sea_orm::Set(group.id), status: sea_orm::Set("closed".to_owned()), ..Default::default()
        };
        sea_orm::ActiveModelTrait::update(closed, app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            for at in [0, 1, 3] {
                let (operation, args) = &commands[at];
                assert_eq!(group.lead(face, operation, args.clone()).await.refused(), "community_closed", "{operation}");
            }
        }
    }

    async fn a_dormant_community_wakes_when_it_meets_and_one_that_is_forming_stays_so(app: TestApp) {
        let group = Group::standing(&app, "dormant").await;
        let (older, newer) = (group.activity(TimeDelta::days(-3), "planned").await, group.activity(TimeDelta::days(-1), "planned").await);
        let ends = group.read(newer).await.ends_at;
        group.lead(Face::Rest, "hold_activity", json!({ "id": newer })).await.ok();
        let woken = group.read_group().await;
        assert_eq!((woken.status.as_str(), woken.version, woken.last_held_at), ("active", 2, Some(ends)));
        let told = app.events("community.woken").await;
        assert_eq!((told.len(), told[0].subject_id.clone(), told[0].subject_version), (1, group.id.to_string(), 2));
        group.lead(Face::Graphql, "hold_activity", json!({ "id": older })).await.ok();
        let after = group.read_group().await;
        assert_eq!((after.version, after.last_held_at), (2, Some(ends)), "the latest counts, and nobody wakes twice");
        assert_eq!(app.events("community.woken").await.len(), 1);

        let young = entity::community::ActiveModel {
            id: sea_orm::Set(group.id), status: sea_orm::Set("forming".to_owned()), ..Default::default()
        };
        sea_orm::ActiveModelTrait::update(young, app.services.store.writer()).await.unwrap();
        let today = group.activity(TimeDelta::hours(-1), "planned").await;
        group.lead(Face::Rest, "hold_activity", json!({ "id": today })).await.ok();
        let young = group.read_group().await;
        assert_eq!((young.status.as_str(), young.last_held_at), ("forming", Some(group.read(today).await.ends_at)));
    }

    async fn activities_are_listed_by_start_for_members_and_those_who_look_after_the_region(app: TestApp) {
        let group = Group::new(&app).await;
        let mut ids = Vec::new();
        for (day, status) in [(3, "planned"), (-9, "reported"), (1, "cancelled"), (-2, "held")] {
            ids.push(group.activity(TimeDelta::days(day), status).await);
        }
        let by_start = [ids[1], ids[3], ids[2], ids[0]];
        let stranger = group.world.teacher("Rina").await;
        for face in Face::BOTH {
            let list = async |args: Value| {
                let mut args = args;
                args["id"] = json!(group.id);
                group.call_as(group.member, face, "list_activities", args).await
            };
            let found = |page: &Value| page["items"].as_array().unwrap().iter().map(|a| a["id"].as_str().unwrap().parse().unwrap()).collect::<Vec<Uuid>>();
            let first = list(json!({ "first": 3 })).await.ok();
            assert_eq!(found(&first), by_start[..3]);
            let rest = list(json!({ "first": 3, "after": first["next"] })).await.ok();
            assert_eq!((found(&rest), &rest["next"]), (vec![by_start[3]], &Value::Null));
            assert_eq!(found(&list(json!({ "status": "held" })).await.ok()), [ids[3]]);
            assert!(found(&list(json!({ "kind": "coaching" })).await.ok()).is_empty());
            let around = json!({ "from": "2026-02-28T08:00:00Z", "until": "2026-03-03T08:00:00Z" });
            assert_eq!(found(&list(around).await.ok()), [ids[3]], "until is exclusive");
            let wild = list(json!({ "from": "+10000-01-01T00:00:00Z" })).await;
            assert_eq!(wild.faults, [("/from".to_owned(), "date_out_of_range".to_owned())]);
            let elsewhere = list(json!({ "status": "held", "after": first["next"] })).await;
            assert_eq!(elsewhere.faults[0].1, "cursor_of_another_list");

            for (grant, sees) in [(Grant::regional_officer("32"), true), (Grant::regional_officer(BOGOR), false), (Grant::teacher(stranger), false), (Grant::ministry_system(), true)] {
                let token = app.token(grant.clone());
                let page = app.call(face, Some(&token), "list_activities", json!({ "id": group.id })).await.ok();
                assert_eq!(found(&page).is_empty(), !sees, "{grant:?}");
                let one = app.call(face, Some(&token), "get_activity", json!({ "id": ids[0] })).await;
                assert_eq!(one.code.as_deref(), (!sees).then_some("not_found"), "{grant:?}");
            }
            let provider = app.token(Grant::provider_staff(group.world.provider));
            let refused = app.call(face, Some(&provider), "list_activities", json!({ "id": group.id })).await;
            assert_eq!(refused.refused(), "forbidden");
            let nowhere = group.call_as(group.member, face, "list_activities", json!({ "id": Uuid::now_v7() })).await;
            assert_eq!(nowhere.refused(), "not_found");
        }
        let query = "query($id: ID!, $other: ID!) { activity(id: $id) { attendance(first: 1) { personName minutes method } }
            node(id: $other) { id ... on Activity { title attendance { personName } } } }";
        group.was_there(ids[1], group.member, 90, start()).await;
        group.was_there(ids[1], group.chair, 80, start() + TimeDelta::seconds(1)).await;
        let global = sanggar::foundation::id::global("Activity", &ids[1].to_string());
        let token = app.token(Grant::teacher(group.member));
        let answer = app.graphql(Some(&token), query, json!({ "id": ids[1], "other": global })).await;
        assert_eq!(answer["data"]["activity"]["attendance"], json!([{ "personName": "Budi Santoso", "minutes": 90, "method": "ORGANISER" }]), "{answer}");
        assert_eq!(answer["data"]["node"]["attendance"][1]["personName"], "Siti Aminah", "{answer}");
    }

    async fn of_hold_and_cancel_at_once_the_cancelling_is_never_lost(app: TestApp) {
        let group = Group::new(&app).await;
        for first_holds in [true, false] {
            let id = group.activity(TimeDelta::hours(-1), "planned").await;
            let chair = Actor::new("ketua", vec![Grant::teacher(group.chair)]);
            let (one, other) = (app.ctx(chair.clone()), app.ctx(chair));
            let hold = async move { one.write(HoldActivity(id.into())).await.map(drop) };
            let input = CancelActivityInput { reason: "Hujan".to_owned() };
            let cancel = async move { other.write(CancelActivity { id: id.into(), input }).await.map(drop) };
            let (held, cancelled) = if first_holds {
                interleave(&app, hold, cancel).await
            } else {
                let (cancelled, held) = interleave(&app, cancel, hold).await;
                (held, cancelled)
            };
            let status = group.read(id).await.status;
            match (held, cancelled) {
                // Held first, it is cancelled as noted by mistake: nobody was there.
                (Ok(()), Ok(())) => assert_eq!((status.as_str(), group.read(id).await.version), ("cancelled", 3)),
                (Err(refused), Ok(())) => {
                    assert_eq!((status.as_str(), refused.code()), ("cancelled", "activity_not_planned"));
                    assert_eq!(group.read(id).await.version, 2);
                }
                neither => panic!("the cancelling was lost: {neither:?}"),
            }
        }
    }
}
