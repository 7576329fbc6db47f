//! Programs, through both faces, on both engines.

use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        training::{USUAL, World},
    },
};

pub fn input(provider: Uuid, code: &str) -> Value {
    json!({
        "providerId": provider,
        "code": code,
        "title": format!("Pelatihan {code}"),
        "description": "Paragraf  satu.\n\nParagraf dua.",
        "form": "study_group",
        "hoursJp": 32,
        "attendancePercent": 80,
        "minimumScore": 70,
        "audience": ["principal", "teacher"],
        "competencies": ["k1", "K3"],
    })
}

async fn draft(world: &World<'_>, face: Face, code: &str) -> Value {
    let input = json!({ "input": input(world.provider, code) });
    world.app.call(face, Some(&world.staff()), "create_program", input).await.ok()
}

both_engines! {
    async fn a_program_is_drafted_changed_published_and_archived(app: TestApp) {
        let world = World::new(&app).await;
        let staff = world.staff();
        for (face, code) in Face::BOTH.into_iter().zip(["PL-A", "PL-B"]) {
            let made = draft(&world, face, code).await;
            assert_eq!((&made["status"], &made["version"]), (&json!("draft"), &json!(1)));
            assert_eq!(made["description"], "Paragraf satu.\nParagraf dua.");
            assert_eq!((&made["minutesPerJp"], &made["proRata"]), (&json!(45), &json!(false)));
            assert_eq!(made["audience"], json!(["teacher", "principal"]));
            assert_eq!(made["competencies"], json!(["K1", "K3"]));
            let id = made["id"].clone();
            let change = json!({ "id": id, "version": 1, "input": { "hoursJp": 40, "minimumScore": null } });
            let changed = app.call(face, Some(&staff), "update_program", change).await.ok();
            assert_eq!((&changed["hoursJp"], &changed["version"]), (&json!(40), &json!(2)));
            assert_eq!(changed["title"], made["title"]);
            let published = app.call(face, Some(&staff), "publish_program", json!({ "id": id })).await.ok();
            assert_eq!(published["status"], "published");
            let again = app.call(face, Some(&staff), "publish_program", json!({ "id": id })).await;
            assert_eq!(again.refused(), "program_not_draft");
            let seen = app.call(face, None, "get_program", json!({ "id": id })).await.ok();
            assert_eq!(seen, published);
            let back = app.call(face, Some(&staff), "unpublish_program", json!({ "id": id, "input": { "reason": "JP keliru" } })).await.ok();
            assert_eq!(back["status"], "draft");
            app.call(face, Some(&staff), "publish_program", json!({ "id": id })).await.ok();
            let archived = app.call(face, Some(&staff), "archive_program", json!({ "id": id })).await.ok();
            assert_eq!((&archived["status"], &archived["version"]), (&json!("archived"), &json!(6)));
        }
        for (kind, times) in [("created", 2), ("updated", 2), ("published", 4), ("unpublished", 2), ("archived", 2)] {
            assert_eq!(app.events(&format!("program.{kind}")).await.len(), times, "{kind}");
        }
    }

    async fn every_fault_of_a_new_program_is_told_at_once(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let mut bad = input(world.provider, "X/Y");
            bad["title"] = json!("!!!");
            bad["hoursJp"] = json!(0);
            bad["minutesPerJp"] = json!(10);
            bad["attendancePercent"] = json!(101);
            bad["minimumScore"] = json!(-1);
            bad["competencies"] = json!(["K1", "K1"]);
            let outcome = app.call(face, Some(&world.staff()), "create_program", json!({ "input": bad })).await;
            let told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
            assert_eq!(told, [
                ("/code", "program_code_malformed"),
                ("/title", "title_without_letters"),
                ("/hoursJp", "jp_out_of_range"),
                ("/minutesPerJp", "minutes_per_jp_out_of_range"),
                ("/attendancePercent", "attendance_percent_out_of_range"),
                ("/minimumScore", "score_out_of_range"),
                ("/competencies/1", "competency_listed_twice"),
            ], "{face:?}");
            assert_eq!(outcome.refused(), "invalid");
        }
        assert!(app.events("program.created").await.is_empty());
    }

    async fn what_people_enrol_for_is_fixed_once_published_but_its_description_is_not(app: TestApp) {
        let world = World::new(&app).await;
        for (face, version) in Face::BOTH.into_iter().zip([1, 2]) {
            let change = |input: Value| json!({ "id": world.program, "version": version, "input": input });
            let fixed = app.call(face, Some(&world.staff()), "update_program", change(json!({ "hoursJp": 16 }))).await;
            assert_eq!(fixed.refused(), "program_not_draft");
            let words = change(json!({ "description": format!("Versi {version}") }));
            let changed = app.call(face, Some(&world.staff()), "update_program", words).await.ok();
            assert_eq!((&changed["hoursJp"], &changed["version"]), (&json!(32), &json!(version + 1)));
        }
    }

    async fn a_program_goes_back_to_the_draft_only_while_nothing_was_planned(app: TestApp) {
        let world = World::new(&app).await;
        world.batch(USUAL).await;
        for face in Face::BOTH {
            let back = app.call(face, Some(&world.staff()), "unpublish_program", json!({ "id": world.program, "input": { "reason": "JP keliru" } })).await;
            assert_eq!(back.refused(), "program_has_batches");
        }
    }

    async fn a_draft_is_seen_by_its_own_provider_and_the_ministry_only(app: TestApp) {
        let world = World::new(&app).await;
        let id = draft(&world, Face::Rest, "PL-A").await["id"].clone();
        let other = app.token(Grant::provider_staff(world.organisation("LPTK-X").await));
        let teacher = world.token(world.teacher("Siti").await);
        let ministry = app.ministry();
        for face in Face::BOTH {
            for stranger in [None, Some(other.as_str()), Some(teacher.as_str())] {
                let hidden = app.call(face, stranger, "get_program", json!({ "id": id })).await;
                assert_eq!(hidden.refused(), "not_found");
                let list = app.call(face, stranger, "list_programs", json!({})).await.ok();
                assert_eq!(list["items"].as_array().unwrap().len(), 1);
            }
            for insider in [world.staff(), ministry.clone()] {
                app.call(face, Some(&insider), "get_program", json!({ "id": id })).await.ok();
                let list = app.call(face, Some(&insider), "list_programs", json!({ "status": "draft" })).await.ok();
                assert_eq!(list["items"][0]["code"], "PL-A");
            }
        }
    }

    async fn only_the_provider_itself_and_the_ministry_change_a_program(app: TestApp) {
        let world = World::new(&app).await;
        let id = draft(&world, Face::Rest, "PL-A").await["id"].clone();
        let other = app.token(Grant::provider_staff(world.organisation("LPTK-X").await));
        let teacher = world.token(world.teacher("Siti").await);
        let officer = app.token(Grant::regional_officer("32"));
        for face in Face::BOTH {
            for wrong in [&other, &teacher, &officer] {
                let new = app.call(face, Some(wrong), "create_program", json!({ "input": input(world.provider, "PL-B") })).await;
                assert_eq!(new.refused(), "forbidden");
                let archive = app.call(face, Some(wrong), "archive_program", json!({ "id": world.program })).await;
                assert_eq!(archive.refused(), "forbidden");
                let publish = app.call(face, Some(wrong), "publish_program", json!({ "id": id })).await;
                // A role that never publishes is told so; who may publish their own sees no others' drafts.
                let expected = if wrong == &other { "not_found" } else { "forbidden" };
                assert_eq!(publish.refused(), expected);
            }
            let nobody = app.call(face, None, "archive_program", json!({ "id": world.program })).await;
            assert_eq!(nobody.refused(), "unauthenticated");
        }
    }

    async fn a_code_is_unique_with_its_provider_and_free_with_another(app: TestApp) {
        let world = World::new(&app).await;
        let other = world.organisation("LPTK-X").await;
        for (face, code) in Face::BOTH.into_iter().zip(["PL-A", "PL-B"]) {
            draft(&world, face, code).await;
            let twice = json!({ "input": input(world.provider, &code.to_lowercase()) });
            let refused = app.call(face, Some(&world.staff()), "create_program", twice).await;
            assert_eq!(refused.faults, [("/code".to_owned(), "program_code_taken".to_owned())]);
            let theirs = json!({ "input": input(other, code) });
            app.call(face, Some(&app.ministry()), "create_program", theirs).await.ok();
        }
    }

    async fn titles_are_found_by_how_they_begin_and_paged_in_order(app: TestApp) {
        let world = World::new(&app).await;
        for code in ["C", "A", "D", "B", "100%"] {
            let mut new = input(world.provider, &format!("PL-{}", code.chars().next().unwrap()));
            new["title"] = json!(format!("Seri {code} Literasi"));
            app.call(Face::Rest, Some(&world.staff()), "create_program", json!({ "input": new })).await.ok();
        }
        for face in Face::BOTH {
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            loop {
                let ask = json!({ "q": "seri ", "first": 2, "after": after });
                let page = app.call(face, Some(&world.staff()), "list_programs", ask).await.ok();
                seen.extend(page["items"].as_array().unwrap().iter().map(|p| p["title"].clone()));
                after = page["next"].clone();
                if after.is_null() { break }
            }
            let titles = ["100%", "A", "B", "C", "D"].map(|code| json!(format!("Seri {code} Literasi")));
            assert_eq!(seen, titles, "{face:?}");
            let none = app.call(face, Some(&world.staff()), "list_programs", json!({ "q": "%" })).await.ok();
            assert_eq!(none["items"], json!([]), "a wildcard is a letter like any other");
        }
    }

    async fn a_change_on_a_stale_version_is_refused_and_unknown_fields_are_told(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let stale = json!({ "id": world.program, "version": 9, "input": { "description": "x" } });
            assert_eq!(app.call(face, Some(&world.staff()), "update_program", stale).await.refused(), "stale_version");
            let unnamed = json!({ "id": world.program, "input": { "description": "x" } });
            assert_eq!(app.call(face, Some(&world.staff()), "update_program", unnamed).await.refused(), "precondition_required");
        }
        let mut new = input(world.provider, "PL-A");
        new["status"] = json!("published");
        let (status, problem) = app.post("/v1/programs", Some(&world.staff()), &new).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/status")));
        let (status, _) = app.get("/v1/programs/not-an-id", None).await;
        assert_eq!(status, 400);
    }

    async fn a_program_comes_with_its_provider_in_one_statement(app: TestApp) {
        let world = World::new(&app).await;
        let query = "query($id: ID!) { node(id: $id) { id } programs { nodes { code provider { code } } } }";
        let id = sanggar::foundation::id::global("Program", &world.program.to_string());
        let before = app.services.store.statements();
        let answer = app.graphql(None, query, json!({ "id": id })).await;
        assert_eq!(app.services.store.statements() - before, 2, "one for node, one for the list");
        assert_eq!(answer["data"]["node"]["id"], json!(id));
        assert_eq!(answer["data"]["programs"]["nodes"][0]["provider"]["code"], "BGTK-JABAR");
    }
}
