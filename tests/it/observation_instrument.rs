//! Instruments for watching a lesson: written, published, superseded, retired; through both faces, on both engines.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{Face, TestApp, circle::Circle},
};

fn criteria() -> Value {
    json!([{ "code": "TANYA", "text": "Murid bertanya", "look": "Tanpa diminta.",
        "levels": ["Belum tampak", "Tampak"] }])
}

fn input(community: Option<Uuid>, code: &str) -> Value {
    json!({ "communityId": community, "code": code, "title": "Siapa yang bertanya", "criteria": criteria() })
}

async fn published(circle: &Circle<'_>, code: &str) -> Value {
    let args = json!({ "input": input(Some(circle.community), code) });
    let made = circle.ask(Face::Rest, circle.chair, "create_observation_instrument", args).await.ok();
    circle
        .ask(Face::Rest, circle.chair, "publish_observation_instrument", json!({ "id": made["id"] }))
        .await
        .ok()
}

both_engines! {
    async fn an_instrument_is_drafted_changed_published_superseded_and_retired(app: TestApp) {
        let circle = Circle::new(&app).await;
        for (face, code) in Face::BOTH.into_iter().zip(["TANYA-A", "TANYA-B"]) {
            let ask = async |operation: &str, args: Value| circle.ask(face, circle.chair, operation, args).await;
            let made = ask("create_observation_instrument", json!({ "input": input(Some(circle.community), code) })).await.ok();
            assert_eq!((&made["status"], &made["edition"], &made["criteria"]), (&json!("draft"), &json!(1), &criteria()));
            let id = made["id"].clone();
            let change = json!({ "id": id, "version": 1, "input": { "title": "Siapa menjawab", "description": "Isi\nberdua." } });
            let changed = ask("update_observation_instrument", change.clone()).await.ok();
            assert_eq!((&changed["title"], &changed["description"]), (&json!("Siapa menjawab"), &json!("Isi\nberdua.")));
            assert_eq!(ask("update_observation_instrument", change).await.refused(), "stale_version");
            let done = ask("publish_observation_instrument", json!({ "id": id })).await.ok();
            assert_eq!(done["status"], "published");
            let late = json!({ "id": id, "version": 3, "input": { "title": "Lain" } });
            assert_eq!(ask("update_observation_instrument", late).await.refused(), "instrument_not_draft");
            assert_eq!(ask("publish_observation_instrument", json!({ "id": id })).await.refused(), "instrument_not_draft");
            let next = json!({ "input": { "supersedesId": id, "title": "Edisi kedua", "criteria": criteria() } });
            let second = ask("create_observation_instrument", next.clone()).await.ok();
            assert_eq!((&second["code"], &second["edition"], &second["communityId"]), (&json!(code), &json!(2), &json!(circle.community)));
            let twice = ask("create_observation_instrument", next).await;
            assert_eq!(twice.faults, [("/supersedesId".to_owned(), "instrument_superseded".to_owned())]);
            ask("publish_observation_instrument", json!({ "id": second["id"] })).await.ok();
            let first = ask("get_observation_instrument", json!({ "id": id })).await.ok();
            assert_eq!(first["status"], "retired", "the edition before retires with the publication of the next");
            ask("retire_observation_instrument", json!({ "id": second["id"] })).await.ok();
            assert_eq!(ask("retire_observation_instrument", json!({ "id": second["id"] })).await.refused(), "instrument_retired");
        }
    }

    async fn officers_write_for_their_community_and_the_ministry_for_all(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (ministry, code) = (app.ministry(), "NASIONAL");
        for face in Face::BOTH {
            let mine = json!({ "input": input(Some(circle.community), "X") });
            for person in [circle.member, circle.outsider, circle.other_member] {
                assert_eq!(circle.ask(face, person, "create_observation_instrument", mine.clone()).await.refused(), "forbidden");
            }
            let national = json!({ "input": input(None, code) });
            assert_eq!(circle.ask(face, circle.chair, "create_observation_instrument", national).await.refused(), "forbidden");
        }
        let made = app.call(Face::Rest, Some(&ministry), "create_observation_instrument", json!({ "input": input(None, code) })).await.ok();
        for face in Face::BOTH {
            // A draft is for those who may write it.
            assert_eq!(circle.ask(face, circle.chair, "get_observation_instrument", json!({ "id": made["id"] })).await.refused(), "not_found");
            let taken = app.call(face, Some(&ministry), "create_observation_instrument", json!({ "input": input(None, "nasional") })).await;
            assert_eq!(taken.faults, [("/code".to_owned(), "instrument_code_taken".to_owned())]);
        }
        app.call(Face::Graphql, Some(&ministry), "publish_observation_instrument", json!({ "id": made["id"] })).await.ok();
        for face in Face::BOTH {
            let page = circle.ask(face, circle.outsider, "list_observation_instruments", json!({ "national": true })).await.ok();
            assert_eq!(page["items"][0]["code"], code);
            let change = json!({ "id": made["id"], "version": 2, "input": { "title": "Lain" } });
            assert_eq!(circle.ask(face, circle.chair, "update_observation_instrument", change).await.refused(), "forbidden");
        }
    }

    async fn every_fault_of_an_instrument_is_told_at_once(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let mut bad = input(Some(circle.community), "-");
            bad["title"] = json!("");
            bad["criteria"][0]["levels"] = json!(["x", " "]);
            let outcome = circle.ask(face, circle.chair, "create_observation_instrument", json!({ "input": bad })).await;
            let mut told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
            told.sort_unstable();
            assert_eq!(told, [
                ("/code", "instrument_code_malformed"), ("/criteria/0/levels/1", "text_missing"), ("/title", "text_missing"),
            ], "{face:?}");
            let without = json!({ "communityId": circle.community, "title": "Judul", "criteria": [] });
            let outcome = circle.ask(face, circle.chair, "create_observation_instrument", json!({ "input": without })).await;
            let told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
            assert_eq!(told, [("/code", "field_missing"), ("/criteria", "criteria_out_of_range")]);
        }
    }

    async fn ratings_are_of_the_instrument_that_was_agreed_on(app: TestApp) {
        let circle = Circle::new(&app).await;
        let instrument = published(&circle, "AGREED").await;
        let draft = json!({ "input": input(Some(circle.community), "DRAFT") });
        let draft = circle.ask(Face::Rest, circle.chair, "create_observation_instrument", draft).await.ok();
        circle.ask(Face::Rest, circle.chair, "retire_observation_instrument", json!({ "id": draft["id"] })).await.ok();
        for face in Face::BOTH {
            let mut proposal = circle.proposal();
            proposal["instrumentId"] = draft["id"].clone();
            let outcome = circle.ask(face, circle.observed, "plan_observation", json!({ "id": circle.community, "input": proposal })).await;
            assert_eq!(outcome.faults, [("/instrumentId".to_owned(), "instrument_not_published".to_owned())]);
            proposal["instrumentId"] = instrument["id"].clone();
            let id = circle.planned(face, proposal).await["id"].clone();
            circle.ask(face, circle.observer, "accept_observation", json!({ "id": id })).await.ok();
            let record = async |ratings: Value| {
                let input = json!({ "evidence": "Tiga murid bertanya.", "ratings": ratings });
                circle.ask(face, circle.observer, "record_observation", json!({ "id": id, "input": input })).await
            };
            let outcome = record(json!([{ "criterion": "TANYA", "level": 3 }])).await;
            assert_eq!(outcome.faults, [("/ratings/0/level".to_owned(), "level_unknown".to_owned())]);
            let outcome = record(json!([{ "criterion": "LAIN", "level": 1 }])).await;
            assert_eq!(outcome.faults, [("/ratings/0/criterion".to_owned(), "criterion_unknown".to_owned())]);
            let recorded = record(json!([{ "criterion": "TANYA", "level": 2 }])).await.ok();
            assert_eq!(recorded["ratings"], json!([{ "criterion": "TANYA", "level": 2 }]));
            let without = circle.planned(face, circle.proposal()).await["id"].clone();
            circle.ask(face, circle.observer, "accept_observation", json!({ "id": without })).await.ok();
            let input = json!({ "evidence": "Ya.", "ratings": [{ "criterion": "TANYA", "level": 1 }] });
            let outcome = circle.ask(face, circle.observer, "record_observation", json!({ "id": without, "input": input })).await;
            assert_eq!(outcome.faults, [("/ratings".to_owned(), "ratings_without_instrument".to_owned())]);
            let query = "query($id: ID!) { observation(id: $id) { ratings { criterion level } instrument { title edition } school { name } } }";
            let answer = app.graphql(Some(&circle.teacher(circle.observed)), query, json!({ "id": id })).await;
            assert_eq!(answer["data"]["observation"]["instrument"]["edition"], 1, "{answer}");
        }
    }

    async fn the_list_of_instruments_takes_one_statement_at_any_size(app: TestApp) {
        let circle = Circle::new(&app).await;
        for n in 0..6 {
            published(&circle, &format!("K-{n}")).await;
        }
        let token = circle.teacher(circle.member);
        for size in [1, 6] {
            let before = app.services.store.statements();
            let query = "query($n: Int) { observationInstruments(first: $n) { nodes { title criteria { code levels } } } }";
            let answer = app.graphql(Some(&token), query, json!({ "n": size })).await;
            assert_eq!(answer["data"]["observationInstruments"]["nodes"].as_array().map(Vec::len), Some(size), "{answer}");
            let spent = app.services.store.statements() - before;
            assert!(spent <= 2, "{spent} statements for {size}");
        }
    }
}
