//! The yearly recognition of communities: counted, announced, contested, settled; through both faces, on both engines.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{activity, artefact, award_entry, community};
use sanggar::access::grant::Grant;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        circle::{Circle, DISTRICT},
        directory::put,
        improvement::improvement_row,
        recognition::scheme_row,
        rows::{activity_row, artefact_row, community_row, membership_row, office_row},
    },
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A group of the regency that was founded in 2022, with a chair of its own.
struct Team {
    id: Uuid,
    chair: Uuid,
}

impl Team {
    async fn new(circle: &Circle<'_>, name: &str) -> Self {
        let team = Self { id: Uuid::now_v7(), chair: circle.person(&format!("Ketua {name}")).await };
        let row = community_row(team.id, DISTRICT);
        let created_at = at("2022-01-01T00:00:00Z");
        put(circle.app, community::Model { name: name.to_owned(), cadence_days: 30, created_at, ..row })
            .await;
        put(circle.app, membership_row(Uuid::now_v7(), team.id, team.chair)).await;
        put(circle.app, office_row(Uuid::now_v7(), team.id, team.chair, "chair")).await;
        team
    }

    /// Something that was held and reported, with two persons.
    async fn met(&self, app: &TestApp, day: &str, kind: &str) {
        let row = activity_row(Uuid::now_v7(), self.id, at(&format!("{day}T02:00:00Z")));
        let (status, kind) = ("reported".to_owned(), kind.to_owned());
        put(app, activity::Model { status, kind, attended: 2, ..row }).await;
    }

    async fn met_every_month(&self, app: &TestApp, year: i32) {
        for month in 1..=12 {
            let kind = if month % 2 == 0 { "collaborative_planning" } else { "meeting" };
            self.met(app, &format!("{year}-{month:02}-05"), kind).await;
        }
    }
}

/// Two groups and a third that does nothing, published criteria, and who calls.
struct Scene<'a> {
    circle: Circle<'a>,
    busy: Team,
    slow: Team,
    officer: String,
    ministry: String,
}

impl<'a> Scene<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let circle = Circle::new(app).await;
        let (busy, slow) = (Team::new(&circle, "Alfa").await, Team::new(&circle, "Beta").await);
        Team::new(&circle, "Gama").await;
        for year in [2024, 2025] {
            busy.met_every_month(app, year).await;
            slow.met(app, &format!("{year}-06-07"), "meeting").await;
        }
        let officer = app.token_of("dinas", vec![Grant::regional_officer("32.73")]);
        let this = Self { circle, busy, slow, officer, ministry: app.ministry() };
        let criteria = json!([{ "code": "regularity", "least": 50, "growth": 5, "ceiling": 75 },
            { "code": "breadth", "least": 2, "growth": 0, "ceiling": 5 }]);
        let row = scheme_row(Uuid::now_v7(), 1);
        put(app, entity::recognition_scheme::Model { from_year: 2024, criteria, needed: 2, ..row }).await;
        this
    }

    async fn call(&self, face: Face, token: &str, operation: &str, args: Value) -> Outcome {
        self.circle.app.call(face, Some(token), operation, args).await
    }

    async fn office(&self, face: Face, operation: &str, args: Value) -> Outcome {
        self.call(face, &self.officer, operation, args).await
    }

    async fn computed(&self, face: Face, year: i32) -> Value {
        let args = json!({ "input": { "regionCode": "32.73", "year": year } });
        self.office(face, "compute_award_round", args).await.ok()
    }

    async fn announced(&self, face: Face, year: i32) -> Value {
        let round = self.computed(face, year).await;
        self.office(face, "announce_award_round", json!({ "id": round["id"] })).await.ok()
    }

    /// The entries of a round that this person finds, by name.
    async fn entries(&self, face: Face, person: Uuid, round: &Value) -> Vec<Value> {
        let args = json!({ "id": round["id"], "first": 20 });
        let page = self.circle.ask(face, person, "list_award_entries", args).await.ok();
        page["items"].as_array().unwrap().clone()
    }
}

fn names(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["communityName"].as_str().unwrap()).collect()
}

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect()
}

both_engines! {
    async fn a_year_is_counted_announced_contested_and_settled(app: TestApp) {
        let scene = Scene::new(&app).await;
        let circle = &scene.circle;
        for (face, year) in Face::BOTH.into_iter().zip([2024, 2025]) {
            let round = scene.computed(face, year).await;
            let id = json!({ "id": round["id"] });
            assert_eq!((&round["status"], &round["awarded"], &round["announcedAt"]), (&json!("computed"), &json!(1), &json!(null)));
            // Before it is announced only those who look after the region see it.
            assert_eq!(circle.ask(face, scene.busy.chair, "get_award_round", id.clone()).await.refused(), "not_found");
            let awards = json!({ "id": scene.busy.id, "first": 10 });
            let before = circle.ask(face, scene.busy.chair, "list_community_awards", awards.clone()).await.ok();
            let announced = scene.office(face, "announce_award_round", id.clone()).await.ok();
            assert_eq!((&announced["status"], &announced["announcement"]), (&json!("announced"), &json!(1)));
            let since = circle.ask(face, scene.busy.chair, "list_community_awards", awards).await.ok();
            assert_eq!(since["items"].as_array().unwrap().len(), before["items"].as_array().unwrap().len() + 1);
            // Everybody sees who is recognised; the others are seen by their own.
            assert_eq!(names(&scene.entries(face, circle.outsider, &round).await), ["Alfa"]);
            let mine = scene.entries(face, scene.slow.chair, &round).await;
            assert_eq!(names(&mine), ["Alfa", "Beta"], "in the order of the alphabet");
            let (entry, own) = (&mine[1], json!({ "id": mine[1]["id"] }));
            assert_eq!((&entry["awarded"], &entry["met"], &entry["needed"]), (&json!(false), &json!(0), &json!(2)));
            let line = &entry["lines"][1];
            assert_eq!((&line["code"], &line["required"], &line["actual"], &line["met"]), (&json!("breadth"), &json!(2), &json!(1), &json!(false)));
            assert!(line["textId"].as_str().unwrap().ends_with("Belum terpenuhi."), "{line}");
            assert_eq!(circle.ask(face, circle.outsider, "get_award_entry", own.clone()).await.refused(), "not_found");
            // An officer of the group objects, once.
            let object = json!({ "id": entry["id"], "input": { "reason": "Dua belas pertemuan belum terhitung." } });
            let member = circle.person("Anggota").await;
            put(&app, membership_row(Uuid::now_v7(), scene.slow.id, member)).await;
            assert_eq!(circle.ask(face, member, "raise_award_objection", object.clone()).await.refused(), "forbidden");
            assert_eq!(circle.ask(face, scene.busy.chair, "raise_award_objection", object.clone()).await.refused(), "not_found");
            let silent = json!({ "id": entry["id"], "input": { "reason": "  " } });
            assert_eq!(faults(&circle.ask(face, scene.slow.chair, "raise_award_objection", silent).await), [("/reason", "reason_missing")]);
            let raised = circle.ask(face, scene.slow.chair, "raise_award_objection", object.clone()).await.ok();
            assert_eq!((&raised["status"], &raised["wasAwarded"], &raised["isAwarded"]), (&json!("open"), &json!(false), &json!(null)));
            assert_eq!(circle.ask(face, scene.slow.chair, "raise_award_objection", object.clone()).await.refused(), "award_objection_exists");
            assert_eq!(circle.ask(face, scene.busy.chair, "get_award_objection", json!({ "id": raised["id"] })).await.refused(), "not_found");
            let early = scene.office(face, "finalise_award_round", id.clone()).await;
            assert_eq!(early.refused(), "award_contest_open");
            // Decided by somebody else, by the records as they are by then.
            scene.slow.met_every_month(&app, year).await;
            let decide = json!({ "id": raised["id"], "input": { "outcome": "upheld", "answer": "Dihitung ulang." } });
            assert_eq!(scene.office(face, "decide_award_objection", decide.clone()).await.refused(), "award_own_decision");
            assert_eq!(circle.ask(face, scene.slow.chair, "decide_award_objection", decide.clone()).await.refused(), "forbidden");
            let elsewhere = app.token(Grant::regional_officer("35"));
            assert_eq!(scene.call(face, &elsewhere, "decide_award_objection", decide.clone()).await.refused(), "not_found");
            let decided = scene.call(face, &scene.ministry, "decide_award_objection", decide.clone()).await.ok();
            assert_eq!((&decided["status"], &decided["isAwarded"], &decided["answer"]), (&json!("upheld"), &json!(true), &json!("Dihitung ulang.")));
            assert_eq!(scene.call(face, &scene.ministry, "decide_award_objection", decide).await.refused(), "award_objection_decided");
            assert_eq!(scene.office(face, "get_award_round", id.clone()).await.ok()["awarded"], 2);
            assert_eq!(names(&scene.entries(face, circle.outsider, &round).await), ["Alfa", "Beta"]);
            // Fourteen days, not a minute less.
            app.pass(TimeDelta::days(14) - TimeDelta::minutes(1));
            assert_eq!(scene.office(face, "finalise_award_round", id.clone()).await.refused(), "award_contest_open");
            app.pass(TimeDelta::minutes(1));
            let first = &scene.entries(face, scene.busy.chair, &round).await[0];
            let late = json!({ "id": first["id"], "input": { "reason": "Terlambat." } });
            assert_eq!(circle.ask(face, scene.busy.chair, "raise_award_objection", late).await.refused(), "award_contest_over");
            let settled = scene.office(face, "finalise_award_round", id.clone()).await.ok();
            assert_eq!((&settled["status"], &settled["awarded"]), (&json!("final"), &json!(2)));
            for (operation, code) in [("finalise_award_round", "award_round_not_announced"), ("recompute_award_round", "award_round_not_computed"),
                ("announce_award_round", "award_round_not_computed")] {
                assert_eq!(scene.office(face, operation, id.clone()).await.refused(), code);
            }
            let retract = json!({ "id": round["id"], "input": { "reason": "Terlambat." } });
            assert_eq!(scene.office(face, "retract_award_round", retract).await.refused(), "award_round_not_announced");
        }
        assert_eq!(app.events("award_entry.given").await.len(), 4);
        assert_eq!(app.events("award_entry.recomputed").await.len(), 2);
        // Each version of a round has its event.
        let rounds = entity::award_round::Entity::find().all(app.services.store.reader()).await.unwrap();
        for round in rounds {
            let told = entity::event::Entity::find()
                .filter(entity::event::Column::SubjectId.eq(round.id.to_string()))
                .order_by_asc(entity::event::Column::Pos)
                .all(app.services.store.reader())
                .await
                .unwrap();
            let versions: Vec<_> = told.iter().map(|event| event.subject_version).collect();
            assert_eq!(versions, (1..=round.version).collect::<Vec<_>>());
        }
    }

    async fn an_entry_can_be_worked_out_again_by_anyone_who_sees_it(app: TestApp) {
        let scene = Scene::new(&app).await;
        let round = scene.announced(Face::Rest, 2025).await;
        let entry = scene.entries(Face::Rest, scene.circle.outsider, &round).await.remove(0);
        let reproduced = async |face: Face| {
            let found = scene.circle.ask(face, scene.circle.outsider, "get_award_entry_reproduction", json!({ "id": entry["id"] })).await.ok();
            ["reproduced", "recordsUnchanged", "awardedNow"].map(|name| found[name].as_bool().unwrap())
        };
        for face in Face::BOTH {
            assert_eq!(reproduced(face).await, [true, true, true]);
        }
        // The text is what was hashed, and says all that decides.
        let text = entry["record"].as_str().unwrap();
        assert_eq!(sanggar::community::recognition::record::hash(text), entry["sha256"].as_str().unwrap());
        let record: Value = serde_json::from_str(text).unwrap();
        assert_eq!((&record["facts"], &record["needed"]), (&entry["facts"], &entry["needed"]));
        // Something is reported since: what was announced stands, and it can be seen that the records went on.
        scene.busy.met(&app, "2025-07-20", "best_practice_sharing").await;
        for face in Face::BOTH {
            assert_eq!(reproduced(face).await, [true, false, true]);
        }
        // Whoever changes the row in the database is found out.
        let id: Uuid = entry["id"].as_str().unwrap().parse().unwrap();
        let row = award_entry::Entity::find_by_id(id).one(app.services.store.reader()).await.unwrap().unwrap();
        let mut change = row.clone().into_active_model();
        change.record = Set(row.record.replace("\"days\":365", "\"days\":300"));
        change.update(app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            assert!(!reproduced(face).await[0]);
        }
    }

    async fn what_others_took_up_and_what_became_better_counts(app: TestApp) {
        let scene = Scene::new(&app).await;
        let (mine, now) = (Uuid::now_v7(), at("2025-05-05T00:00:00Z"));
        put(&app, artefact::Model { forks: 2, ..artefact_row(mine, scene.busy.id, DISTRICT) }).await;
        // Another group, the group itself, and the other once more: once is counted.
        for by in [scene.slow.id, scene.busy.id, scene.slow.id] {
            let row = artefact_row(Uuid::now_v7(), by, DISTRICT);
            put(&app, artefact::Model { forked_from_id: Some(mine), forked_from_number: Some(1), created_at: now, ..row }).await;
        }
        // Reached, worse, not closed, measured in another year. On which day one was closed, or closed again, says nothing.
        for (after, status, day) in [(6_500, "closed", "2025-05-05"), (3_000, "closed", "2025-05-05"), (7_000, "reviewed", "2025-05-05"), (7_000, "closed", "2024-12-31")] {
            let row = improvement_row(Uuid::now_v7(), scene.busy.id, None);
            let (after_value, after_on) = (Some(after), Some(day.parse().unwrap()));
            put(&app, entity::improvement::Model { after_value, after_on, status: status.to_owned(), ..row }).await;
        }
        let round = scene.announced(Face::Graphql, 2025).await;
        let entry = scene.entries(Face::Graphql, scene.busy.chair, &round).await.remove(0);
        let facts = &entry["facts"];
        assert_eq!((&facts["reuses"], &facts["improved"], &facts["activities"], &facts["daysInRhythm"]), (&json!(1), &json!(1), &json!(12), &json!(365)));
        assert_eq!(entry["before"]["improved"], 1);
    }

    async fn another_charter_since_is_no_other_past(app: TestApp) {
        let scene = Scene::new(&app).await;
        for (face, year) in Face::BOTH.into_iter().zip([2024, 2025]) {
            let round = scene.announced(face, year).await;
            let entry = scene.entries(face, scene.slow.chair, &round).await[1].clone();
            assert_eq!(entry["awarded"], false);
            // Met once in the year, the group means from now on to meet twice a year.
            let row = community::Entity::find_by_id(scene.slow.id).one(app.services.store.reader()).await.unwrap().unwrap();
            let slower = json!({ "id": scene.slow.id, "version": row.version, "input": { "cadenceDays": if year == 2024 { 180 } else { 179 } } });
            scene.circle.ask(face, scene.slow.chair, "update_community", slower).await.ok();
            let object = json!({ "id": entry["id"], "input": { "reason": "Hitung lagi." } });
            let raised = scene.circle.ask(face, scene.slow.chair, "raise_award_objection", object).await.ok();
            let decide = json!({ "id": raised["id"], "input": { "outcome": "upheld", "answer": "Dihitung ulang." } });
            assert_eq!(scene.call(face, &scene.ministry, "decide_award_objection", decide).await.ok()["isAwarded"], false);
            let again = scene.circle.ask(face, scene.slow.chair, "get_award_entry", json!({ "id": entry["id"] })).await.ok();
            assert_eq!((&again["facts"], &again["sha256"]), (&entry["facts"], &entry["sha256"]));
        }
    }

    async fn who_is_recognised_is_seen_by_all_who_work_with_teachers(app: TestApp) {
        let scene = Scene::new(&app).await;
        let round = scene.announced(Face::Rest, 2025).await;
        let callers = [
            Grant::resource_person(scene.circle.outsider),
            Grant::provider_staff(Uuid::now_v7()),
            Grant::principal(scene.circle.country.bandung, None),
            Grant::ministry_system(),
        ];
        for (face, grant) in Face::BOTH.into_iter().flat_map(|face| callers.clone().map(|grant| (face, grant))) {
            let token = app.token(grant);
            let page = scene.call(face, &token, "list_award_entries", json!({ "id": round["id"], "awarded": true, "first": 20 })).await.ok();
            assert_eq!(names(page["items"].as_array().unwrap()), ["Alfa"]);
            let schemes = scene.call(face, &token, "list_recognition_schemes", json!({ "first": 5 })).await.ok();
            assert_eq!(schemes["items"].as_array().unwrap().len(), 1);
        }
        assert_eq!(app.call(Face::Rest, None, "get_award_round", json!({ "id": round["id"] })).await.refused(), "unauthenticated");
    }

    async fn nothing_that_is_counted_or_told_is_about_a_person(app: TestApp) {
        let scene = Scene::new(&app).await;
        let round = scene.announced(Face::Rest, 2025).await;
        let entry = &scene.entries(Face::Rest, scene.slow.chair, &round).await[1];
        let object = json!({ "id": entry["id"], "input": { "reason": "Belum terhitung." } });
        let raised = scene.circle.ask(Face::Rest, scene.slow.chair, "raise_award_objection", object).await.ok();
        let id = json!({ "id": round["id"] });
        let retract = json!({ "id": round["id"], "input": { "reason": "Laporan menyusul." } });
        scene.office(Face::Rest, "retract_award_round", retract).await.ok();
        scene.office(Face::Rest, "recompute_award_round", id.clone()).await.ok();
        scene.office(Face::Rest, "announce_award_round", id.clone()).await.ok();
        let decide = json!({ "id": raised["id"], "input": { "outcome": "upheld", "answer": "Dihitung ulang." } });
        scene.call(Face::Rest, &scene.ministry, "decide_award_objection", decide).await.ok();
        app.pass(TimeDelta::days(14));
        scene.office(Face::Rest, "finalise_award_round", id).await.ok();
        sanggar::worker::progress::run_once(&app.services).await.unwrap();
        let persons = entity::person::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert!(persons.len() > 5);
        let mut told = Vec::new();
        for row in award_entry::Entity::find().all(app.services.store.reader()).await.unwrap() {
            told.push(format!("{row:?}"));
        }
        for row in entity::progress_note::Entity::find().all(app.services.store.reader()).await.unwrap() {
            told.push(format!("{row:?}"));
        }
        for row in entity::award_objection::Entity::find().all(app.services.store.reader()).await.unwrap() {
            told.push(format!("{row:?}"));
        }
        for row in entity::award_round::Entity::find().all(app.services.store.reader()).await.unwrap() {
            // Who announced it is an officer, and decides about none of it: that must be known.
            told.push(format!("{:?}", entity::award_round::Model { announced_by: None, ..row }));
        }
        for (kind, count) in [("award_round.computed", 1), ("award_round.announced", 2), ("award_round.retracted", 1),
            ("award_round.recomputed", 2), ("award_round.finalised", 1), ("award_entry.recomputed", 1), ("award_entry.given", 1),
            ("award_objection.raised", 1), ("award_objection.decided", 1)] {
            let events = app.events(kind).await;
            assert_eq!(events.len(), count, "{kind}");
            told.extend(events.iter().map(|event| event.payload.to_string()));
        }
        let notes = app.events("progress_note.made").await;
        assert!(!notes.is_empty());
        told.extend(notes.iter().map(|event| event.payload.to_string()));
        let all: Vec<Value> = scene.entries(Face::Graphql, scene.slow.chair, &round).await;
        told.extend(all.iter().map(Value::to_string));
        for person in &persons {
            let (dashed, name) = (person.id.to_string(), &person.name);
            for text in &told {
                assert!(!text.contains(&dashed) && !text.contains(name.as_str()), "{name} in {text}");
            }
        }
    }

    async fn an_announcement_that_was_taken_back_is_counted_and_contested_anew(app: TestApp) {
        let scene = Scene::new(&app).await;
        for (face, year) in Face::BOTH.into_iter().zip([2024, 2025]) {
            let round = scene.announced(face, year).await;
            let id = json!({ "id": round["id"] });
            let entry = scene.entries(face, scene.slow.chair, &round).await[1].clone();
            let object = json!({ "id": entry["id"], "input": { "reason": "Belum terhitung." } });
            let raised = scene.circle.ask(face, scene.slow.chair, "raise_award_objection", object.clone()).await.ok();
            let silent = json!({ "id": round["id"], "input": { "reason": "" } });
            assert_eq!(faults(&scene.office(face, "retract_award_round", silent).await), [("/reason", "reason_missing")]);
            let retract = json!({ "id": round["id"], "input": { "reason": "Laporan menyusul." } });
            let back = scene.office(face, "retract_award_round", retract).await.ok();
            assert_eq!((&back["status"], &back["statusReason"], &back["contestUntil"]), (&json!("computed"), &json!("Laporan menyusul."), &json!(null)));
            assert_eq!(scene.circle.ask(face, scene.busy.chair, "get_award_entry", json!({ "id": entry["id"] })).await.refused(), "not_found");
            assert_eq!(scene.circle.ask(face, scene.slow.chair, "get_award_entry", json!({ "id": entry["id"] })).await.refused(), "not_found");
            scene.slow.met_every_month(&app, year).await;
            assert_eq!(scene.office(face, "recompute_award_round", id.clone()).await.ok()["awarded"], 2);
            // What would be decided now would be told before the round is.
            let dismiss = |objection: &Value| json!({ "id": objection["id"], "input": { "outcome": "dismissed", "answer": "Sudah dihitung." } });
            assert_eq!(scene.call(face, &scene.ministry, "decide_award_objection", dismiss(&raised)).await.refused(), "award_round_not_announced");
            let colleague = app.token_of("dinas-2", vec![Grant::regional_officer("32.73")]);
            let anew = scene.call(face, &colleague, "announce_award_round", id.clone()).await.ok();
            assert_eq!((&anew["announcement"], &anew["statusReason"]), (&json!(2), &json!(null)));
            let since = scene.circle.ask(face, scene.slow.chair, "get_award_entry", json!({ "id": entry["id"] })).await.ok();
            assert_eq!((&since["awarded"], &since["version"]), (&json!(true), &json!(2)), "the entry keeps its id");
            app.pass(TimeDelta::minutes(1));
            // One may object again; what was said before is still to be decided.
            scene.circle.ask(face, scene.slow.chair, "raise_award_objection", object).await.ok();
            app.pass(TimeDelta::days(14));
            assert_eq!(scene.office(face, "finalise_award_round", id.clone()).await.refused(), "award_objections_open");
            let open = json!({ "id": round["id"], "status": "open", "first": 10 });
            let listed = scene.office(face, "list_award_objections", open).await.ok();
            assert_eq!(listed["items"].as_array().unwrap().len(), 2);
            assert_eq!(listed["items"][0]["id"], raised["id"], "the earliest first");
            // Neither who made the announcement that was objected to decides, nor who made the last one.
            assert_eq!(scene.office(face, "decide_award_objection", dismiss(&raised)).await.refused(), "award_own_decision");
            assert_eq!(scene.call(face, &colleague, "decide_award_objection", dismiss(&raised)).await.refused(), "award_own_decision");
            for objection in listed["items"].as_array().unwrap() {
                let decided = scene.call(face, &scene.ministry, "decide_award_objection", dismiss(objection)).await.ok();
                assert_eq!(decided["isAwarded"], true, "as it is since it was counted again");
            }
            assert_eq!(scene.office(face, "finalise_award_round", id).await.ok()["status"], "final");
        }
    }

    async fn a_round_is_of_one_region_and_a_year_that_is_over(app: TestApp) {
        let scene = Scene::new(&app).await;
        for face in Face::BOTH {
            let compute = async |token: &str, region: &str, year: i32| {
                scene.call(face, token, "compute_award_round", json!({ "input": { "regionCode": region, "year": year } })).await
            };
            let told = compute(&scene.ministry, "32.73.01", 2026).await;
            assert_eq!(faults(&told), [("/regionCode", "award_region_too_small"), ("/year", "award_year_open")]);
            assert_eq!(faults(&compute(&scene.ministry, "99.99", 1990).await), [("/year", "year_out_of_range"), ("/regionCode", "reference_unknown")]);
            assert_eq!(faults(&compute(&scene.ministry, "kota", 2025).await), [("/regionCode", "region_code_malformed")]);
            assert_eq!(compute(&scene.officer, "32", 2025).await.refused(), "forbidden");
            assert_eq!(compute(&scene.circle.teacher(scene.busy.chair), "32.73", 2025).await.refused(), "forbidden");
            assert_eq!(compute(&scene.ministry, "32.73", 2023).await.refused(), "award_without_criteria");
        }
        // A province is for the groups of the whole province.
        let id = Uuid::now_v7();
        put(&app, community::Model { name: "Provinsi".to_owned(), ..community_row(id, "32") }).await;
        let compute = json!({ "input": { "regionCode": "32", "year": 2025 } });
        let round = scene.call(Face::Graphql, &scene.ministry, "compute_award_round", compute.clone()).await.ok();
        assert_eq!((&round["communities"], &round["regionCode"]), (&json!(1), &json!("32")));
        assert_eq!(scene.call(Face::Rest, &scene.ministry, "compute_award_round", compute).await.refused(), "award_round_exists");
    }

    async fn two_who_count_at_once_come_to_one_round(app: TestApp) {
        let scene = Scene::new(&app).await;
        let args = || json!({ "input": { "regionCode": "32.73", "year": 2025 } });
        let (one, other) = tokio::join!(
            scene.office(Face::Rest, "compute_award_round", args()),
            scene.office(Face::Graphql, "compute_award_round", args()),
        );
        let codes = [one.code, other.code];
        assert!(codes.contains(&None) && codes.contains(&Some("award_round_exists".to_owned())), "{codes:?}");
        let rounds = entity::award_round::Entity::find().count(app.services.store.reader()).await.unwrap();
        assert_eq!((rounds, app.events("award_round.computed").await.len()), (1, 1));
    }

    async fn a_round_of_many_costs_as_few_statements_as_one_of_few(app: TestApp) {
        let scene = Scene::new(&app).await;
        let query = "query($id: ID!, $n: Int) { awardEntries(id: $id, first: $n) { edges { node { communityName lines { met textId }
            community { name progressNotes(first: 3) { month } awards(first: 3) { year awarded } } } } } }";
        for nth in 0..30 {
            Team::new(&scene.circle, &format!("Kelompok {nth:02}")).await;
        }
        let round = scene.computed(Face::Rest, 2025).await;
        assert!(round["communities"].as_i64().unwrap() > 30);
        let mut spent = Vec::new();
        for n in [1, 30] {
            let before = app.services.store.statements();
            let answer = app.graphql(Some(&scene.officer), query, json!({ "id": round["id"], "n": n })).await;
            assert!(answer["errors"].is_null(), "{answer}");
            assert_eq!(answer["data"]["awardEntries"]["edges"].as_array().unwrap().len(), n);
            spent.push(app.services.store.statements() - before);
        }
        assert!(spent[0] == spent[1] && spent[1] <= 7, "{spent:?}");
    }
}
