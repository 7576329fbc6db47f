//! Who saw what of a person: written down before the answer leaves, and read by the person, through both faces, on both
//! engines.

use chrono::TimeDelta;
use entity::{data_access, person};
use sanggar::access::grant::Grant;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        identity::every_scope,
        training::{BANDUNG, BOGOR, World},
    },
};

/// What a person reads of who saw their data.
async fn log(app: &TestApp, face: Face, token: &str, person: Uuid, narrowed: Value) -> Vec<Value> {
    let mut args = json!({ "id": person });
    args.as_object_mut().unwrap().extend(narrowed.as_object().unwrap().clone());
    let list = app.call(face, Some(token), "list_data_accesses", args).await.ok();
    list["items"].as_array().unwrap().clone()
}

async fn lines(app: &TestApp) -> u64 {
    data_access::Entity::find().count(app.services.store.reader()).await.unwrap()
}

/// Lets the log be away, or come back.
#[allow(clippy::disallowed_methods, reason = "a fault that no command makes")]
async fn rename(app: &TestApp, from: &str, to: &str) {
    let change = format!("ALTER TABLE \"{from}\" RENAME TO \"{to}\"");
    app.services.store.writer().execute_unprepared(&change).await.unwrap();
}

fn has(line: &Value, field: &str) -> bool {
    line["fields"].as_array().unwrap().iter().any(|one| one == field)
}

both_engines! {
    async fn an_officer_looks_and_the_teacher_reads_who_what_and_what_for(app: TestApp) {
        let world = World::new(&app).await;
        let officer = app.token_of("petugas", vec![Grant::regional_officer("32")]);
        for face in Face::BOTH {
            let siti = world.teacher("Siti").await;
            let own = world.token(siti);
            app.call(face, Some(&officer), "get_person", json!({ "id": siti })).await.ok();
            let seen = log(&app, face, &own, siti, json!({})).await;
            let line = seen.iter().find(|line| line["purpose"] == "directory_read").unwrap_or_else(|| panic!("{face:?}: {seen:?}"));
            assert_eq!((&line["reader"], &line["readerRoles"]), (&json!("petugas"), &json!(["regional_officer"])));
            assert_eq!((&line["personId"], &line["times"], &line["client"]), (&json!(siti), &json!(1), &Value::Null));
            assert!(has(line, "name"), "{line}");
            assert_eq!(line["purposeText"], "Mencari orang di direktori");
            // Again on the same day: the same line. On another: another.
            app.pass(TimeDelta::minutes(5));
            app.call(face, Some(&officer), "get_person", json!({ "id": siti })).await.ok();
            let seen = log(&app, face, &own, siti, json!({ "purpose": "directory_read" })).await;
            assert_eq!((seen.len(), &seen[0]["times"]), (1, &json!(2)), "{face:?}: {seen:?}");
            assert!(seen[0]["firstAt"].as_str() < seen[0]["lastAt"].as_str(), "{seen:?}");
            let first = seen[0]["day"].as_str().unwrap().to_owned();
            app.pass(TimeDelta::days(1));
            app.call(face, Some(&officer), "get_person", json!({ "id": siti })).await.ok();
            let seen = log(&app, face, &own, siti, json!({ "purpose": "directory_read" })).await;
            assert_eq!((seen.len(), &seen[0]["times"]), (2, &json!(1)), "the newest day first: {seen:?}");
            let only = log(&app, face, &own, siti, json!({ "purpose": "directory_read", "to": first })).await;
            assert_eq!((only.len(), &only[0]["day"]), (1, &json!(first)));
        }
    }

    async fn what_one_looks_at_of_oneself_leaves_nothing(app: TestApp) {
        let world = World::new(&app).await;
        let siti = world.teacher("Siti").await;
        world.certificate(siti, 32, "direct", "valid", "2025-06-01").await;
        let own = world.token(siti);
        for face in Face::BOTH {
            app.call(face, Some(&own), "get_person", json!({ "id": siti })).await.ok();
            app.call(face, Some(&own), "list_certificates", json!({})).await.ok();
            assert!(log(&app, face, &own, siti, json!({})).await.is_empty(), "{face:?}");
        }
        assert_eq!(lines(&app).await, 0);
    }

    async fn the_log_is_the_persons_and_the_ministrys_who_stands_in_it(app: TestApp) {
        let world = World::new(&app).await;
        let (siti, budi) = (world.teacher("Siti").await, world.teacher("Budi").await);
        let (own, other, ministry) = (world.token(siti), world.token(budi), app.ministry());
        let officer = app.token(Grant::regional_officer("32"));
        let principal = app.token(Grant::principal(world.school, Some(budi)));
        app.call(Face::Rest, Some(&officer), "get_person", json!({ "id": siti })).await.ok();
        for face in Face::BOTH {
            for (token, code) in [(&other, "not_found"), (&principal, "not_found"), (&officer, "forbidden")] {
                let outcome = app.call(face, Some(token), "list_data_accesses", json!({ "id": siti })).await;
                assert_eq!(outcome.refused(), code, "{face:?}");
            }
            let seen = log(&app, face, &ministry, siti, json!({})).await;
            assert!(seen.iter().any(|line| line["reader"] == "regional_officer"), "{face:?}: {seen:?}");
            let seen = log(&app, face, &own, siti, json!({ "purpose": "personal_data_read" })).await;
            assert_eq!(seen[0]["reader"], "ministry", "{face:?}: who looks at the log stands in it");
            let bad = json!({ "id": siti, "from": "2026-03-02", "to": "2026-03-01" });
            let outcome = app.call(face, Some(&own), "list_data_accesses", bad).await;
            assert_eq!(outcome.faults, [("/to".to_owned(), "data_access_period_reversed".to_owned())], "{face:?}");
            let bad = json!({ "id": siti, "after": "x" });
            assert!(app.call(face, Some(&own), "list_data_accesses", bad).await.code.is_some());
        }
    }

    async fn a_system_that_pulls_certificates_is_named_with_its_app(app: TestApp) {
        let world = World::new(&app).await;
        let siti = world.teacher("Siti").await;
        world.certificate(siti, 32, "direct", "valid", "2025-06-01").await;
        let ministry = app.system(&[Grant::ministry_system()], &every_scope()).await;
        app.call(Face::Rest, Some(&ministry.1), "list_certificates", json!({})).await.ok();
        let told = app.graphql(Some(&ministry.1), "{ certificates(first: 5) { nodes { number } } }", json!({})).await;
        assert_eq!(told["data"]["certificates"]["nodes"].as_array().map(Vec::len), Some(1), "{told}");
        let seen = log(&app, Face::Rest, &world.token(siti), siti, json!({})).await;
        assert_eq!(seen.len(), 1, "two faces, one line: {seen:?}");
        let line = &seen[0];
        assert_eq!((&line["purpose"], &line["times"]), (&json!("certificates_read"), &json!(2)), "{line}");
        assert_eq!((&line["client"], &line["fields"]), (&json!(ministry.0), &json!(["holderName"])));
        assert!(line["clientName"].as_str().is_some_and(|name| !name.is_empty()), "{line}");
    }

    async fn a_list_of_a_hundred_costs_one_statement_more_and_names_only_those_who_were_shown(app: TestApp) {
        let world = World::new(&app).await;
        world.teachers(105).await;
        let spent = async |n: usize| {
            let before = app.services.store.statements();
            let (status, body) = app.get(&format!("/v1/persons?limit={n}"), Some(&app.ministry())).await;
            assert_eq!((status, body["items"].as_array().map(Vec::len)), (200, Some(n)), "{body}");
            app.services.store.statements() - before
        };
        assert_eq!([spent(1).await, spent(100).await], [2, 2]);
        let persons: std::collections::BTreeSet<Uuid> = data_access::Entity::find()
            .all(app.services.store.reader()).await.unwrap().into_iter().map(|row| row.person_id).collect();
        assert_eq!(persons.len(), 100, "the row that tells of a further page was not shown");
    }

    async fn what_cannot_be_written_down_is_not_shown(app: TestApp) {
        let world = World::new(&app).await;
        let siti = world.teacher("Siti Rahasia").await;
        let (officer, own) = (app.token(Grant::regional_officer("32")), world.token(siti));
        rename(&app, "data_access", "away").await;
        let path = format!("/v1/persons/{siti}");
        let answer = app.request(reqwest::Method::GET, &path, Some(&officer)).send().await.unwrap();
        assert_eq!(answer.status(), 503);
        assert!(answer.headers().contains_key("retry-after"));
        let text = answer.text().await.unwrap();
        assert!(text.contains("unavailable") && !text.contains("Rahasia"), "{text}");
        let body = json!({ "query": "{ persons { nodes { name } } }" });
        let answer = app.request(reqwest::Method::POST, "/graphql", Some(&officer)).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 503);
        let text = answer.text().await.unwrap();
        assert!(text.contains("unavailable") && !text.contains("Rahasia"), "{text}");
        // Whoever looks at what is their own, or at nobody, is not in its way.
        assert_eq!(app.get(&path, Some(&own)).await.0, 200);
        assert_eq!(app.get("/v1/schools", None).await.0, 200);
        rename(&app, "away", "data_access").await;
        assert_eq!(app.get(&path, Some(&officer)).await.0, 200);
        assert_eq!(lines(&app).await, 1);
    }

    async fn the_log_follows_the_surviving_record(app: TestApp) {
        let world = World::new(&app).await;
        let officer = app.token(Grant::regional_officer("32"));
        let (old, new) = (world.person("Siti A.", None, BOGOR).await, world.person("Siti Aminah", None, BANDUNG).await);
        for (person, looks) in [(old, 2), (new, 1)] {
            for _ in 0..looks {
                app.call(Face::Rest, Some(&officer), "get_person", json!({ "id": person })).await.ok();
            }
        }
        let args = json!({ "id": old, "input": { "intoId": new, "reason": "Orang yang sama." } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", args).await.ok();
        let narrowed = json!({ "purpose": "directory_read" });
        for id in [old, new] {
            let seen = log(&app, Face::Graphql, &world.token(new), id, narrowed.clone()).await;
            let by_officer: Vec<_> = seen.iter().filter(|line| line["reader"] == "regional_officer").collect();
            assert_eq!((by_officer.len(), &by_officer[0]["times"]), (1, &json!(3)), "{seen:?}");
        }
        let left = person::Entity::find_by_id(old).one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!(left.merged_into, Some(new));
    }
}
