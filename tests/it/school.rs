//! Schools, through both faces, on both engines.

use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{Face, TestApp, directory::Country},
};

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|school| school["name"].as_str().unwrap()).collect()
}

both_engines! {
    async fn schools_are_found_by_region_level_ownership_number_and_name(app: TestApp) {
        Country::new(&app).await;
        let (bandung, surabaya) = ("SMP Negeri 2 Bandung", "SD Kristen Surabaya");
        for face in Face::BOTH {
            for (filter, expected) in [
                (json!({}), vec![surabaya, bandung]),
                (json!({ "regionCode": "32" }), vec![bandung]),
                (json!({ "regionCode": "3" }), vec![]),
                (json!({ "level": "sd" }), vec![surabaya]),
                (json!({ "ownership": "private" }), vec![surabaya]),
                (json!({ "npsn": "20219180" }), vec![bandung]),
                (json!({ "q": "smp neg" }), vec![bandung]),
                (json!({ "q": "negeri" }), vec![]),
                (json!({ "q": "s%" }), vec![]),
            ] {
                let found = app.call(face, None, "list_schools", filter.clone()).await.ok();
                assert_eq!(names(&found), expected, "{face:?} {filter}");
            }
            let found = app.call(face, None, "get_school_by_npsn", json!({ "npsn": "20532570" })).await.ok();
            assert_eq!(found["name"], surabaya);
            let missing = app.call(face, None, "get_school_by_npsn", json!({ "npsn": "99999999" })).await;
            assert_eq!(missing.refused(), "not_found");
            let broken = app.call(face, None, "get_school_by_npsn", json!({ "npsn": "2021" })).await;
            assert_eq!(broken.faults, [("/npsn".to_owned(), "npsn_malformed".to_owned())]);
        }
    }

    async fn contacts_are_shown_to_signed_in_callers_only(app: TestApp) {
        let country = Country::new(&app).await;
        let teacher = app.token(Grant::teacher(Uuid::now_v7()));
        for face in Face::BOTH {
            let args = json!({ "id": country.bandung });
            let public = app.call(face, None, "get_school", args.clone()).await.ok();
            assert_eq!((&public["phone"], &public["email"]), (&json!(null), &json!(null)), "{face:?}");
            let known = app.call(face, Some(&teacher), "get_school", args).await.ok();
            assert_eq!(known["phone"], "+62224203520");
            let window = &known["teachingWindow"];
            assert_eq!((&window["from"], &window["until"], &window["timezone"]), (&json!("07:00"), &json!("14:00"), &json!("Asia/Jakarta")));
            assert_eq!(window["days"], json!(["monday", "tuesday", "wednesday", "thursday", "friday"]));
        }
    }

    async fn a_principal_keeps_the_schools_contacts_and_hours(app: TestApp) {
        let country = Country::new(&app).await;
        let principal = app.token(Grant::principal(country.bandung, None));
        for (face, version) in Face::BOTH.into_iter().zip([1, 3]) {
            let window = json!({ "timezone": "Asia/Jakarta", "days": ["monday", "saturday"], "from": "06:30", "until": "13:00" });
            let input = json!({ "phone": "022 420-3521", "email": null, "teachingWindow": window });
            let args = json!({ "id": country.bandung, "version": version, "input": input });
            let changed = app.call(face, Some(&principal), "update_school", args).await.ok();
            assert_eq!((&changed["phone"], &changed["email"]), (&json!("+62224203521"), &json!(null)));
            assert_eq!((&changed["teachingWindow"], &changed["version"]), (&window, &json!(version + 1)), "{face:?}");
            let back = json!({ "id": country.bandung, "version": version + 1, "input": { "phone": null } });
            assert_eq!(app.call(face, Some(&principal), "update_school", back).await.ok()["phone"], json!(null));
            let same = json!({ "id": country.bandung, "version": version + 2, "input": { "phone": null } });
            assert_eq!(app.call(face, Some(&principal), "update_school", same).await.ok()["version"], version + 2);
        }
        let events = app.events("school.updated").await;
        assert_eq!(events.len(), 4, "what changes nothing tells nothing");
        assert!(!events.iter().any(|event| event.payload.to_string().contains("4203521")));
    }

    async fn others_may_not_change_a_school(app: TestApp) {
        let country = Country::new(&app).await;
        let args = json!({ "id": country.bandung, "version": 1, "input": { "phone": null } });
        let refused = [
            (None, "unauthenticated"),
            (Some(country.stranger(&app)), "forbidden"),
            (Some(app.token(Grant::principal(country.surabaya, None))), "forbidden"),
            (Some(app.token(Grant::teacher(Uuid::now_v7()))), "forbidden"),
            (Some(app.token(Grant::ministry_system())), "forbidden"),
        ];
        for face in Face::BOTH {
            for (token, code) in &refused {
                let outcome = app.call(face, token.as_deref(), "update_school", args.clone()).await;
                assert_eq!(&outcome.refused(), code, "{face:?}");
            }
            let stale = json!({ "id": country.bandung, "version": 2, "input": {} });
            assert_eq!(app.call(face, Some(&country.officer(&app)), "update_school", stale).await.refused(), "stale_version");
            let unnamed = json!({ "id": country.bandung, "input": {} });
            assert_eq!(app.call(face, Some(&country.officer(&app)), "update_school", unnamed).await.refused(), "precondition_required");
        }
        assert!(app.events("school.updated").await.is_empty());
    }

    async fn every_fault_of_a_change_is_told_at_once(app: TestApp) {
        let country = Country::new(&app).await;
        let window = json!({ "timezone": "Mars/Base", "days": [], "from": "9", "until": "10:00" });
        let input = json!({ "phone": "08", "email": "budi", "teachingWindow": window });
        for face in Face::BOTH {
            let args = json!({ "id": country.bandung, "version": 1, "input": input });
            let outcome = app.call(face, Some(&app.ministry()), "update_school", args).await;
            let told: Vec<_> = outcome.faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
            assert_eq!(
                told,
                ["/phone", "/email", "/teachingWindow/timezone", "/teachingWindow/days", "/teachingWindow/from"],
                "{face:?}"
            );
            let args = json!({ "id": country.bandung, "version": 1, "input": { "teachingWindow": null } });
            let outcome = app.call(face, Some(&app.ministry()), "update_school", args).await;
            assert_eq!(outcome.faults, [("/teachingWindow".to_owned(), "field_missing".to_owned())]);
        }
    }

    async fn a_page_of_schools_with_their_regions_is_one_statement(app: TestApp) {
        Country::new(&app).await;
        let before = app.services.store.statements();
        let query = "{ schools(first: 100) { edges { node { name region { name } } } } }";
        let answer = app.graphql(None, query, json!({})).await;
        assert_eq!(answer["data"]["schools"]["edges"][0]["node"]["region"]["name"], "Kota Surabaya", "{answer}");
        assert_eq!(app.services.store.statements() - before, 1);
    }
}
