//! A person's own learning: theirs, and nobody's by office; through both faces, on both engines.

use chrono::TimeDelta;
use entity::{artefact_author, batch, community, learning_goal, learning_plan, program};
use sanggar::{
    access::{actor::Actor, context::Command, grant::Grant},
    directory::person::merge::{MergePerson, MergePersonInput},
    foundation::error::Result,
    learning::{
        input::{CreateLearningGoalInput, CreateLearningPlanInput},
        write::{CreateLearningGoal, CreateLearningPlan},
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        app::start,
        circle::{Circle, DISTRICT},
        directory::put,
        group::presence_row,
        interleave::interleave,
        own_rows::{learning_goal_row, learning_plan_row, learning_reflection_row, self_assessment_row},
        rows::{activity_row, artefact_row, batch_row, community_row, organisation_row, program_row},
    },
};

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> =
        outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

/// A new plan of this person.
async fn plan(circle: &Circle<'_>, face: Face, person: Uuid, period: &str) -> Value {
    let args = json!({ "input": { "period": period } });
    circle.ask(face, person, "create_learning_plan", args).await.ok()["id"].clone()
}

/// Programs that serve one competency each, with a batch that takes applications nearby.
async fn offered<const N: usize>(app: &TestApp, programs: [(&str, &str); N]) -> [Uuid; N] {
    let (provider, now) = (Uuid::now_v7(), start());
    put(app, organisation_row(provider, "LP")).await;
    let ids = programs.map(|_| Uuid::now_v7());
    for (id, (code, competency)) in ids.into_iter().zip(programs) {
        let row = program_row(id, provider);
        let (competencies, audience) = (json!([competency]), json!([]));
        let (code, status) = (code.to_owned(), "published".to_owned());
        put(app, program::Model { code, status, competencies, audience, ..row }).await;
        let window = batch::Model {
            status: "open".to_owned(),
            region_code: "32.73".to_owned(),
            registration_opens_at: now - TimeDelta::days(1),
            registration_closes_at: now + TimeDelta::days(9),
            ..batch_row(Uuid::now_v7(), id, provider)
        };
        put(app, window).await;
    }
    ids
}

/// Everybody who is not the person: colleagues, a chair, who looks after school, region and country.
fn others(circle: &Circle<'_>) -> Vec<String> {
    let app = circle.app;
    let mut tokens: Vec<String> = [circle.member, circle.chair, circle.outsider, circle.other_member]
        .map(|person| circle.teacher(person))
        .into();
    tokens.push(app.token(Grant::principal(circle.country.bandung, Some(circle.outsider))));
    tokens.push(app.token(Grant::principal(circle.country.bandung, None)));
    tokens.push(app.token(Grant::regional_officer(DISTRICT)));
    tokens.push(app.ministry());
    tokens.push(circle.country.stranger(app));
    tokens
}

both_engines! {
    async fn a_plan_has_goals_that_are_reached_dropped_and_taken_up_again(app: TestApp) {
        let circle = Circle::new(&app).await;
        let model = app.call(Face::Rest, Some(&circle.teacher(circle.member)), "get_competency_model", json!({})).await.ok();
        assert_eq!(model, app.call(Face::Graphql, Some(&app.ministry()), "get_competency_model", json!({})).await.ok());
        for face in Face::BOTH {
            let period = format!("{face:?}");
            let id = plan(&circle, face, circle.member, &period).await;
            let again = circle.ask(face, circle.member, "create_learning_plan", json!({ "input": { "period": period } })).await;
            assert_eq!(again.refused(), "learning_plan_exists");
            let bad = json!({ "id": id, "input": { "competency": "K9", "text": "hubungi 081234567890" } });
            assert_eq!(faults(&circle.ask(face, circle.member, "create_learning_goal", bad).await), [("/competency", "competency_unknown"), ("/text", "child_identity_suspected")]);
            let goal = json!({ "id": id, "input": { "competency": "k1", "text": "Semua bertanya.", "dueOn": "2027-06-30" } });
            let made = circle.ask(face, circle.member, "create_learning_goal", goal).await.ok();
            assert_eq!((&made["competency"], &made["status"], &made["personName"]), (&json!("K1"), &json!("open"), &json!("Dewi")));
            let settle = async |status: &str| circle.ask(face, circle.member, "settle_learning_goal", json!({ "id": made["id"], "input": { "status": status } })).await;
            assert_eq!(settle("reached").await.ok()["status"], "reached");
            assert_eq!(settle("dropped").await.refused(), "goal_not_open");
            let change = |version: i64| json!({ "id": made["id"], "version": version, "input": { "dueOn": null, "competency": "K3" } });
            assert_eq!(circle.ask(face, circle.member, "update_learning_goal", change(2)).await.refused(), "goal_not_open");
            settle("open").await.ok();
            assert_eq!(circle.ask(face, circle.member, "update_learning_goal", change(1)).await.refused(), "stale_version");
            let changed = circle.ask(face, circle.member, "update_learning_goal", change(3)).await.ok();
            assert_eq!((&changed["dueOn"], &changed["competency"], &changed["version"]), (&Value::Null, &json!("K3"), &json!(4)));
            let shown = circle.ask(face, circle.member, "get_learning_plan", json!({ "id": id })).await.ok();
            assert!(face == Face::Graphql || shown["goals"][0]["text"] == "Semua bertanya.", "{shown}");
        }
        for face in Face::BOTH {
            let listed = circle.ask(face, circle.member, "list_learning_plans", json!({})).await.ok();
            assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        }
    }

    async fn how_a_person_sees_themselves_is_shown_to_nobody(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (plan, goal, assessment, reflection) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        put(&app, learning_plan_row(plan, circle.observed)).await;
        put(&app, learning_goal_row(goal, plan, circle.observed)).await;
        put(&app, self_assessment_row(assessment, plan, circle.observed)).await;
        put(&app, learning_reflection_row(reflection, plan, circle.observed)).await;
        // Sharing everything that can be shared opens neither the plan nor a level.
        for (operation, id) in [("share_learning_goal", goal), ("share_learning_reflection", reflection)] {
            let with = json!({ "id": id, "input": { "communityId": circle.community } });
            circle.ask(Face::Rest, circle.observed, operation, with).await.ok();
        }
        for face in Face::BOTH {
            for token in others(&circle) {
                for (operation, input) in [
                    ("get_learning_plan", Value::Null), ("list_self_assessments", Value::Null), ("list_learning_reflections", Value::Null),
                    ("record_self_assessment", json!({ "competency": "K1", "level": 5 })), ("create_learning_goal", json!({ "text": "Lain" })),
                    ("write_learning_reflection", json!({ "text": "Lain" })), ("add_learning_evidence", json!({ "url": "https://contoh.id", "text": "Lain" })),
                ] {
                    let outcome = app.call(face, Some(&token), operation, json!({ "id": plan, "input": input })).await;
                    let code = outcome.refused();
                    assert!(matches!(code.as_str(), "not_found" | "forbidden"), "{operation}: {code}");
                }
            }
            let mine = circle.ask(face, circle.observed, "list_self_assessments", json!({ "id": plan })).await.ok();
            assert_eq!(mine["items"][0]["level"], 2);
        }
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }";
        let ids: Vec<String> = [("SelfAssessment", assessment), ("LearningPlan", plan)]
            .map(|(kind, id)| sanggar::foundation::id::global(kind, &id.to_string())).into();
        for token in others(&circle) {
            let answer = app.graphql(Some(&token), query, json!({ "ids": ids })).await;
            assert_eq!(answer["data"]["nodes"], json!([null, null]), "{answer}");
        }
    }

    async fn self_assessments_are_a_history_that_can_be_corrected(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = plan(&circle, face, circle.member, &format!("{face:?}")).await;
            let say = async |input: Value| circle.ask(face, circle.member, "record_self_assessment", json!({ "id": id, "input": input })).await;
            for (level, code) in [(0, "competency_level_unknown"), (6, "competency_level_unknown"), (i32::MAX, "competency_level_unknown")] {
                assert_eq!(faults(&say(json!({ "competency": "K1", "level": level })).await), [("/level", code)]);
            }
            let first = say(json!({ "competency": "K1", "level": 4 })).await.ok();
            let other = json!({ "competency": "K2", "level": 2, "correctsId": first["id"] });
            assert_eq!(faults(&say(other).await), [("/correctsId", "assessment_of_other_competency")]);
            let better = json!({ "competency": "K1", "level": 2, "correctsId": first["id"] });
            assert_eq!(say(better.clone()).await.ok()["correctsId"], first["id"]);
            assert_eq!(faults(&say(better).await), [("/correctsId", "assessment_corrected")]);
            let nobodys = json!({ "competency": "K1", "level": 2, "correctsId": Uuid::now_v7() });
            assert_eq!(faults(&say(nobodys).await), [("/correctsId", "assessment_unknown")]);
            let listed = circle.ask(face, circle.member, "list_self_assessments", json!({ "id": id })).await.ok();
            let items = listed["items"].as_array().unwrap();
            assert!(items.len() == 2 && items.iter().all(|one| one["correctedAt"].is_null() == (one["id"] != first["id"])));
        }
        for event in app.events("self_assessment.recorded").await {
            let payload = event.payload.to_string();
            assert!(!payload.contains("level") && !payload.contains("K1") && !payload.contains(&circle.member.to_string()), "{payload}");
        }
    }

    async fn a_corrected_old_assessment_is_not_the_newest(app: TestApp) {
        let circle = Circle::new(&app).await;
        let [program] = offered(&app, [("A", "K1")]).await;
        for (face, person) in Face::BOTH.into_iter().zip([circle.member, circle.observer]) {
            let id = plan(&circle, face, person, "2027").await;
            let say = async |level: i32, corrects: &Value| {
                app.pass(TimeDelta::seconds(1));
                let input = json!({ "competency": "K1", "level": level, "correctsId": corrects });
                circle.ask(face, person, "record_self_assessment", json!({ "id": id, "input": input })).await.ok()["id"].clone()
            };
            let suggested = async || {
                let told = circle.ask(face, person, "get_learning_suggestions", json!({})).await.ok();
                let programs = told["programs"].as_array().unwrap();
                assert!(programs.iter().all(|one| one["programId"] == json!(program) && one["reasons"][0]["code"] == "low_competency"), "{told}");
                !programs.is_empty()
            };
            let old = say(3, &Value::Null).await;
            assert!(!suggested().await, "{face:?}");
            let new = say(4, &Value::Null).await;
            let corrected = say(1, &old).await;
            assert!(!suggested().await, "what was wrong long ago is not how one sees oneself now");
            say(2, &corrected).await;
            assert!(!suggested().await, "nor is what corrects the correction");
            let newest = say(2, &new).await;
            assert!(suggested().await, "the newest one, corrected, is");
            say(5, &newest).await;
            assert!(!suggested().await);
        }
    }

    async fn evidence_is_ones_own(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (attended, missed, mine, theirs) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        for id in [attended, missed] {
            put(&app, activity_row(id, circle.community, start())).await;
        }
        put(&app, presence_row(attended, circle.member, 60, start())).await;
        for (id, author) in [(mine, circle.member), (theirs, circle.observer)] {
            put(&app, artefact_row(id, circle.community, DISTRICT)).await;
            put(&app, artefact_author::Model { artefact_id: id, person_id: author, created_at: start() }).await;
        }
        for face in Face::BOTH {
            let id = plan(&circle, face, circle.member, &format!("{face:?}")).await;
            let add = async |input: Value| circle.ask(face, circle.member, "add_learning_evidence", json!({ "id": id, "input": input })).await;
            for (field, theirs) in [("activityId", missed), ("artefactId", theirs), ("certificateId", Uuid::now_v7())] {
                let pointer = format!("/{field}");
                assert_eq!(faults(&add(json!({ field: theirs, "text": "Hadir" })).await), [(pointer.as_str(), "evidence_not_yours")]);
            }
            assert_eq!(faults(&add(json!({ "text": "Hadir" })).await), [("", "evidence_names_one")]);
            assert_eq!(faults(&add(json!({ "text": "Hadir", "url": "http://contoh.id", "activityId": attended })).await), [("", "evidence_names_one"), ("/url", "url_not_https")]);
            for good in [json!({ "activityId": attended, "text": "Hadir" }), json!({ "artefactId": mine, "text": "Menulis" }), json!({ "url": "https://contoh.id", "text": "Merekam" })] {
                add(good).await.ok();
            }
            let shown = circle.ask(face, circle.member, "get_learning_plan", json!({ "id": id })).await.ok();
            assert_eq!(shown["evidence"].as_array().unwrap().len(), 3);
            let first = json!({ "id": shown["evidence"][0]["evidenceId"] });
            for token in others(&circle).iter().skip(1) {
                let code = app.call(face, Some(token), "remove_learning_evidence", first.clone()).await.refused();
                assert!(matches!(code.as_str(), "not_found" | "forbidden"));
            }
            circle.ask(face, circle.member, "remove_learning_evidence", first).await.ok();
        }
    }

    async fn goals_and_reflections_are_read_by_whom_they_are_shared_with(app: TestApp) {
        let circle = Circle::new(&app).await;
        let principal = circle.person("Kepala").await;
        let head = app.token(Grant::principal(circle.country.bandung, Some(principal)));
        for face in Face::BOTH {
            let id = plan(&circle, face, circle.observed, &format!("{face:?}")).await;
            let written = circle.ask(face, circle.observed, "write_learning_reflection", json!({ "id": id, "input": { "text": "Rahasia" } })).await.ok();
            let goal = circle.ask(face, circle.observed, "create_learning_goal", json!({ "id": id, "input": { "text": "Menunggu" } })).await.ok();
            for (noun, thing) in [("learning_reflection", &written), ("learning_goal", &goal)] {
                let reads = async |token: &str| app.call(face, Some(token), &format!("get_{noun}"), json!({ "id": thing["id"] })).await.code.is_none();
                let set = async |verb: &str, with: Value| circle.ask(face, circle.observed, &format!("{verb}_{noun}"), json!({ "id": thing["id"], "input": with })).await;
                let listed = async |token: &str| {
                    let page = app.call(face, Some(token), &format!("list_shared_{noun}s"), json!({})).await.ok();
                    page["items"].as_array().unwrap().iter().any(|one| one["id"] == thing["id"])
                };
                for token in others(&circle).iter().chain([&head]) {
                    assert!(!reads(token).await, "{noun}");
                }
                assert_eq!(faults(&set("share", json!({})).await), [("", "audience_names_one")]);
                assert_eq!(faults(&set("share", json!({ "communityId": circle.other_community })).await), [("/communityId", "community_not_yours")]);
                assert_eq!(faults(&set("share", json!({ "personId": circle.observed })).await), [("/personId", "shared_with_oneself")]);
                assert_eq!(faults(&set("share", json!({ "personId": Uuid::now_v7() })).await), [("/personId", "person_unknown")]);
                let told = app.events(&format!("{noun}.shared")).await.len();
                for _ in 0..2 {
                    set("share", json!({ "personId": principal })).await.ok();
                }
                assert_eq!(app.events(&format!("{noun}.shared")).await.len(), told + 1, "sharing again is no event");
                assert!(reads(&head).await && listed(&head).await && !reads(&circle.teacher(circle.member)).await);
                // Whoever reads it changes nothing, and does not see with whom else it is shared.
                let seen = app.call(face, Some(&head), &format!("get_{noun}"), json!({ "id": thing["id"] })).await.ok();
                assert_eq!(seen["sharedWith"], json!([]));
                let theirs = app.call(face, Some(&head), &format!("unshare_{noun}"), json!({ "id": thing["id"], "input": { "personId": principal } })).await;
                assert_eq!(theirs.refused(), "forbidden");
                let mine = set("share", json!({ "communityId": circle.community })).await.ok();
                assert_eq!(mine["sharedWith"].as_array().unwrap().len(), 2);
                for (person, open) in [(circle.member, true), (circle.chair, true), (circle.outsider, false), (circle.other_member, false)] {
                    assert_eq!(reads(&circle.teacher(person)).await, open);
                    assert_eq!(listed(&circle.teacher(person)).await, open);
                }
                for token in [app.ministry(), app.token(Grant::regional_officer(DISTRICT)), app.token(Grant::principal(circle.country.bandung, None))] {
                    assert!(!reads(&token).await);
                }
                set("unshare", json!({ "personId": principal })).await.ok();
                set("unshare", json!({ "communityId": circle.community })).await.ok();
                assert!(!reads(&head).await && !reads(&circle.teacher(circle.member)).await);
            }
        }
        for kind in ["learning_reflection.written", "learning_reflection.shared", "learning_goal.shared", "learning_goal.created"] {
            for event in app.events(kind).await {
                let payload = event.payload.to_string();
                assert!(!["Rahasia", "Menunggu", &circle.observed.to_string(), &principal.to_string()].iter().any(|word| payload.contains(*word)), "{payload}");
            }
        }
    }

    async fn suggestions_have_true_reasons_and_leave_out_what_one_has(app: TestApp) {
        let circle = Circle::new(&app).await;
        let fitting = offered(&app, [("A", "K1"), ("B", "K4")]).await;
        let plan = Uuid::now_v7();
        put(&app, learning_plan::Model { ..learning_plan_row(plan, circle.member) }).await;
        put(&app, learning_goal::Model { ..learning_goal_row(Uuid::now_v7(), plan, circle.member) }).await;
        put(&app, self_assessment_row(Uuid::now_v7(), plan, circle.member)).await;
        let asked = async |face: Face| {
            let before = app.services.store.statements();
            let told = circle.ask(face, circle.member, "get_learning_suggestions", json!({})).await.ok();
            (told, app.services.store.statements() - before)
        };
        let (told, few) = asked(Face::Rest).await;
        assert_eq!(told["programs"].as_array().unwrap().len(), 1, "{told}");
        assert_eq!(told["programs"][0]["programId"], json!(fitting[0]));
        let codes: Vec<_> = told["programs"][0]["reasons"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["goal_competency", "low_competency", "batch_near"]);
        assert_eq!((&told["programs"][0]["reasons"][0]["textId"], &told["programs"][0]["reasons"][0]["textEn"]),
            (&json!("Mendukung tujuan Anda pada Kompetensi Pedagogik."), &json!("It serves your goal: Pedagogical.")));
        let near = |told: &Value| told["communities"].as_array().unwrap().iter().map(|one| one["communityId"].clone()).collect::<Vec<_>>();
        assert!(!near(&told).contains(&json!(circle.community)), "not what one is in");
        let (graphql, _) = asked(Face::Graphql).await;
        let bare = |mut value: Value| { strip(&mut value); value };
        assert_eq!(bare(told.clone()), bare(graphql));
        for _ in 0..20 {
            let row = community::Model { school_id: Some(circle.country.bandung), openness: "open".to_owned(), status: "active".to_owned(),
                level: None, subject: None, ..community_row(Uuid::now_v7(), DISTRICT) };
            put(&app, row).await;
        }
        let (more, many) = asked(Face::Rest).await;
        assert_eq!(near(&more).len(), 10, "bounded");
        assert_eq!(few, many, "as many statements for much as for little");
        assert_eq!(asked(Face::Rest).await.0, more, "the same every time");
        for token in [app.ministry(), app.token(Grant::regional_officer(DISTRICT)), app.token(Grant::principal(circle.country.bandung, None))] {
            assert_eq!(app.call(Face::Rest, Some(&token), "get_learning_suggestions", json!({})).await.refused(), "forbidden");
        }
    }

    async fn what_is_written_while_its_person_is_merged_is_the_survivors_or_refused(app: TestApp) {
        let circle = Circle::new(&app).await;
        for (merge_first, both_have_plans) in [(true, true), (true, false), (false, true), (false, false)] {
            let (old, new, id) = (circle.person("Sri W.").await, circle.person("Sri Wahyuni").await, Uuid::now_v7());
            put(&app, learning_plan_row(id, old)).await;
            if both_have_plans {
                put(&app, learning_plan_row(Uuid::now_v7(), new)).await;
            }
            let input = CreateLearningGoalInput { competency: None, text: "Semua bertanya.".to_owned(), due_on: None };
            let written = merged_meanwhile(&app, merge_first, old, new, CreateLearningGoal { plan: id.into(), input }).await;
            assert_eq!(written.map_err(|refused| refused.code()).err(), merge_first.then_some("not_found"), "{merge_first} {both_have_plans}");
            let kept = plans_and_goals(&app, new).await;
            assert_eq!((kept, plans_and_goals(&app, old).await), ((1, usize::from(!merge_first)), (0, 0)));

            let (old, new) = (circle.person("Tono H.").await, circle.person("Tono Hartono").await);
            let input = CreateLearningPlanInput { period: "2027".to_owned() };
            let written = merged_meanwhile(&app, merge_first, old, new, CreateLearningPlan { input }).await;
            assert_eq!(written.map_err(|refused| refused.code()).err(), merge_first.then_some("not_found"), "{merge_first}");
            assert_eq!((plans_and_goals(&app, new).await.0, plans_and_goals(&app, old).await.0), (usize::from(!merge_first), 0));
        }
    }

    async fn own_learning_follows_a_merged_person_and_stays_private(app: TestApp) {
        let circle = Circle::new(&app).await;
        let twin = circle.person("Dewi Lestari").await;
        let first = plan(&circle, Face::Rest, circle.member, "2027").await;
        let second = plan(&circle, Face::Rest, twin, "2027").await;
        circle.ask(Face::Rest, circle.member, "create_learning_goal", json!({ "id": first, "input": { "text": "Satu" } })).await.ok();
        let written = circle.ask(Face::Rest, circle.member, "write_learning_reflection", json!({ "id": first, "input": { "text": "Dua" } })).await.ok();
        circle.ask(Face::Rest, circle.member, "record_self_assessment", json!({ "id": first, "input": { "competency": "K1", "level": 1 } })).await.ok();
        for with in [twin, circle.observer] {
            let with = json!({ "id": written["id"], "input": { "personId": with } });
            circle.ask(Face::Rest, circle.member, "share_learning_reflection", with).await.ok();
        }
        let merge = json!({ "id": circle.member, "input": { "intoId": twin, "reason": "Orang yang sama, dua catatan." } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        assert_eq!(learning_plan::Entity::find().all(app.services.store.reader()).await.unwrap().len(), 1);
        for face in Face::BOTH {
            let shown = circle.ask(face, twin, "get_learning_plan", json!({ "id": second })).await.ok();
            assert!(face == Face::Graphql || shown["goals"][0]["text"] == "Satu", "{shown}");
            let levels = circle.ask(face, twin, "list_self_assessments", json!({ "id": second })).await.ok();
            assert_eq!(levels["items"][0]["level"], 1);
            let mine = circle.ask(face, twin, "get_learning_reflection", json!({ "id": written["id"] })).await.ok();
            assert_eq!(mine["sharedWith"], json!([{ "communityId": null, "personId": circle.observer }]));
            circle.ask(face, circle.observer, "get_learning_reflection", json!({ "id": written["id"] })).await.ok();
            assert_eq!(circle.ask(face, circle.chair, "get_learning_reflection", json!({ "id": written["id"] })).await.refused(), "not_found");
        }
    }
}

/// How many plans and goals are this record's.
async fn plans_and_goals(app: &TestApp, person: Uuid) -> (usize, usize) {
    let reader = app.services.store.reader();
    let plans = learning_plan::Entity::find().filter(learning_plan::Column::PersonId.eq(person));
    let goals = learning_goal::Entity::find().filter(learning_goal::Column::PersonId.eq(person));
    (plans.all(reader).await.unwrap().len(), goals.all(reader).await.unwrap().len())
}

/// Merges a record and writes something of its own into it at the same time, either of them first.
async fn merged_meanwhile<C: Command>(
    app: &TestApp,
    merge_first: bool,
    from: Uuid,
    into: Uuid,
    command: C,
) -> Result<()> {
    let person = Actor::new(from.to_string(), vec![Grant::teacher(from)]);
    let (ministry, own) = (app.operator(), app.ctx(person));
    let input = MergePersonInput { into_id: into.into(), reason: "Orang yang sama.".to_owned() };
    let merge = async move { ministry.write(MergePerson { id: from.into(), input }).await.map(drop) };
    let write = async move { own.write(command).await.map(drop) };
    let (merged, written) = if merge_first {
        interleave(app, merge, write).await
    } else {
        let (written, merged) = interleave(app, write, merge).await;
        (merged, written)
    };
    merged.unwrap();
    written
}

/// Without the names of GraphQL's types.
fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("__typename");
            map.values_mut().for_each(strip);
        }
        Value::Array(list) => list.iter_mut().for_each(strip),
        _ => {}
    }
}
