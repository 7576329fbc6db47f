//! Credit schemes: written, published, followed by a new edition, retired; through both faces, on both engines.

use sanggar::access::grant::Grant;
use serde_json::{Value, json};

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        credit::{Group, national, program_of, published},
        training::World,
    },
};

async fn staff(world: &World<'_>, face: Face, operation: &str, args: Value) -> Outcome {
    world.app.call(face, Some(&world.staff()), operation, args).await
}

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect()
}

both_engines! {
    async fn a_scheme_is_drafted_published_and_retired_and_what_was_published_never_changes(app: TestApp) {
        let world = World::new(&app).await;
        for (face, code) in Face::BOTH.into_iter().zip(["PKB-A", "PKB-B"]) {
            let program = program_of(&world).await;
            let mut input = national(program);
            input["code"] = json!(code.to_lowercase());
            let made = staff(&world, face, "create_credit_scheme", json!({ "input": input })).await.ok();
            assert_eq!((&made["status"], &made["code"], &made["edition"]), (&json!("draft"), &json!(code), &json!(1)));
            assert_eq!((&made["jpTotal"], &made["minutesPerJp"], &made["monthlyCapJp"]), (&json!(82), &json!(45), &Value::Null));
            assert_eq!(made["components"][1]["kinds"], json!(["peer_observation", "collaborative_planning"]));
            let id = &made["id"];
            let change = json!({ "id": id, "version": 1, "input": { "cycleDays": 200, "monthlyCapJp": 40 } });
            let changed = staff(&world, face, "update_credit_scheme", change.clone()).await.ok();
            assert_eq!((&changed["cycleDays"], &changed["monthlyCapJp"], &changed["version"]), (&json!(200), &json!(40), &json!(2)));
            assert_eq!(staff(&world, face, "update_credit_scheme", change.clone()).await.refused(), "stale_version");
            let nothing = json!({ "id": id, "version": 2, "input": {} });
            assert_eq!(staff(&world, face, "update_credit_scheme", nothing).await.ok()["version"], 2);
            let out = staff(&world, face, "publish_credit_scheme", json!({ "id": id })).await.ok();
            assert_eq!((&out["status"], &out["version"]), (&json!("published"), &json!(3)));
            let late = json!({ "id": id, "version": 3, "input": { "cycleDays": 100 } });
            assert_eq!(staff(&world, face, "update_credit_scheme", late).await.refused(), "credit_scheme_not_draft");
            assert_eq!(staff(&world, face, "publish_credit_scheme", json!({ "id": id })).await.refused(), "credit_scheme_not_draft");
            let back = json!({ "id": program, "input": { "reason": "Keliru" } });
            assert_eq!(staff(&world, face, "unpublish_program", back).await.refused(), "program_has_credit_schemes");
            let ended = staff(&world, face, "retire_credit_scheme", json!({ "id": id })).await.ok();
            assert_eq!((&ended["status"], &ended["retiredOn"]), (&json!("retired"), &json!("2026-03-02")));
            assert_eq!(staff(&world, face, "retire_credit_scheme", json!({ "id": id })).await.refused(), "credit_scheme_not_published");
        }
        for kind in ["created", "updated", "published", "retired"] {
            assert_eq!(app.events(&format!("credit_scheme.{kind}")).await.len(), 2, "{kind}");
        }
    }

    async fn every_fault_of_a_scheme_is_told_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let program = program_of(&world).await;
        for face in Face::BOTH {
            let mut input = national(program);
            input["code"] = json!("-");
            input["cycleDays"] = json!(6);
            input["monthlyCapJp"] = json!(0);
            input["minutesPerJp"] = json!(90);
            input["effectiveFrom"] = json!("1899-12-31");
            input["components"][0]["jpTotal"] = json!(50);
            input["components"][1]["kinds"] = json!([]);
            input["components"][1]["required"] = json!(41);
            let refused = staff(&world, face, "create_credit_scheme", json!({ "input": input })).await;
            assert_eq!(faults(&refused), [
                ("/code", "credit_code_malformed"),
                ("/cycleDays", "cycle_days_out_of_range"),
                ("/monthlyCapJp", "monthly_cap_out_of_range"),
                ("/minutesPerJp", "minutes_per_jp_out_of_range"),
                ("/effectiveFrom", "date_out_of_range"),
                ("/components/0/jpEach", "credit_jp_one_way"),
                ("/components/1/required", "number_out_of_range"),
                ("/components/1/kinds", "credit_kinds_missing"),
            ], "{face:?}");
            let mut input = national(program);
            input["components"][0]["jpEach"] = json!(11);
            input["monthlyCapJp"] = json!(10);
            let refused = staff(&world, face, "create_credit_scheme", json!({ "input": input })).await;
            assert_eq!(faults(&refused), [
                ("/components", "credit_exceeds_program"), ("/monthlyCapJp", "monthly_cap_below_activity"),
            ]);
            let mut input = national(program);
            input["components"][1]["kinds"] = json!(["meeting"]);
            let refused = staff(&world, face, "create_credit_scheme", json!({ "input": input })).await;
            assert_eq!(faults(&refused), [("/components/1/kinds", "credit_components_overlap")]);
        }
        let mut unknown = national(program);
        unknown["components"][0]["jpEvery"] = json!(1);
        let (status, problem) = app.post("/v1/credit-schemes", Some(&world.staff()), &unknown).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/components/0/jpEvery")), "{problem}");
    }

    async fn a_new_edition_follows_the_latest_published_one_and_looks_forward(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let program = program_of(&world).await;
            let first = published(&world, national(program)).await;
            let create = async |input: &Value| staff(&world, face, "create_credit_scheme", json!({ "input": input })).await;
            let mut input = national(program);
            assert_eq!(faults(&create(&input).await), [("/code", "credit_scheme_code_taken")]);
            input["supersedes"] = json!(first);
            input["effectiveFrom"] = json!("2026-03-01");
            let second = create(&input).await.ok();
            assert_eq!((&second["edition"], &second["code"]), (&json!(2), &json!("PKB-KKG")));
            assert_eq!(faults(&create(&input).await), [("/supersedes", "credit_scheme_not_latest")]);
            input["supersedes"] = second["id"].clone();
            assert_eq!(faults(&create(&input).await), [("/supersedes", "credit_scheme_draft_exists")]);
            input["code"] = json!("PKB-LAIN");
            assert_eq!(faults(&create(&input).await), [("/supersedes", "credit_scheme_not_latest")]);
            let publish = json!({ "id": second["id"] });
            assert_eq!(staff(&world, face, "publish_credit_scheme", publish.clone()).await.refused(), "credit_effective_from_past");
            let later = json!({ "id": second["id"], "version": 1, "input": { "effectiveFrom": "2026-03-02" } });
            staff(&world, face, "update_credit_scheme", later).await.ok();
            assert_eq!(staff(&world, face, "publish_credit_scheme", publish).await.ok()["status"], "published");
        }
    }

    async fn a_scheme_is_its_providers_and_drafts_are_shown_to_nobody_else(app: TestApp) {
        let world = World::new(&app).await;
        let stranger = app.token(Grant::provider_staff(world.organisation("LPTK-LAIN").await));
        let teacher = world.token(world.teacher("Siti").await);
        for face in Face::BOTH {
            let program = program_of(&world).await;
            let made = staff(&world, face, "create_credit_scheme", json!({ "input": national(program) })).await.ok();
            let of = json!({ "id": made["id"] });
            for token in [&stranger, &teacher] {
                assert_eq!(app.call(face, Some(token), "get_credit_scheme", of.clone()).await.refused(), "not_found");
                let page = app.call(face, Some(token), "list_credit_schemes", json!({ "programId": program })).await.ok();
                assert_eq!(page["items"], json!([]), "{face:?}");
            }
            assert_eq!(app.call(face, Some(&teacher), "create_credit_scheme", json!({ "input": national(program) })).await.refused(), "forbidden");
            assert_eq!(app.call(face, Some(&stranger), "create_credit_scheme", json!({ "input": national(program) })).await.refused(), "forbidden");
            assert_eq!(app.call(face, Some(&stranger), "publish_credit_scheme", of.clone()).await.refused(), "not_found");
            app.call(face, Some(&app.ministry()), "publish_credit_scheme", of.clone()).await.ok();
            assert_eq!(app.call(face, Some(&teacher), "get_credit_scheme", of.clone()).await.ok()["jpTotal"], 82);
            assert_eq!(app.call(face, Some(&stranger), "retire_credit_scheme", of.clone()).await.refused(), "forbidden");
            assert_eq!(app.call(face, None, "get_credit_scheme", of).await.refused(), "unauthenticated");
            for (filter, found) in [
                (json!({ "providerId": world.provider, "programId": program }), 1),
                (json!({ "status": "published", "programId": program }), 1),
                (json!({ "status": "draft", "programId": program }), 0),
            ] {
                let page = app.call(face, Some(&teacher), "list_credit_schemes", filter.clone()).await.ok();
                assert_eq!(page["items"].as_array().unwrap().len(), found, "{filter}");
            }
        }
    }

    async fn a_scheme_of_a_program_that_is_not_offered_cannot_be_published(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let program = program_of(&world).await;
            let made = staff(&world, face, "create_credit_scheme", json!({ "input": national(program) })).await.ok();
            staff(&world, face, "unpublish_program", json!({ "id": program, "input": { "reason": "Keliru" } })).await.ok();
            let of = json!({ "id": made["id"] });
            assert_eq!(staff(&world, face, "publish_credit_scheme", of.clone()).await.refused(), "program_not_published");
            let fewer = json!({ "id": program, "version": 2, "input": { "hoursJp": 81 } });
            staff(&world, face, "update_program", fewer).await.ok();
            staff(&world, face, "publish_program", json!({ "id": program })).await.ok();
            assert_eq!(staff(&world, face, "publish_credit_scheme", of).await.refused(), "credit_exceeds_program");
        }
    }

    async fn a_list_of_schemes_takes_as_many_statements_at_any_size(app: TestApp) {
        let world = World::new(&app).await;
        let mut spent = Vec::new();
        for _ in 0..3 {
            Group::new(&world).await;
            let before = app.services.store.statements();
            let query = "{ creditSchemes(first: 50) { nodes { code jpTotal program { title } provider { name } } } }";
            let answer = app.graphql(Some(&world.staff()), query, json!({})).await;
            assert!(answer["errors"].is_null(), "{answer}");
            spent.push(app.services.store.statements() - before);
        }
        assert!(spent.iter().all(|n| *n <= 4), "{spent:?} statements");
    }
}
