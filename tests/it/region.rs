//! Regions, through both faces, on both engines.

use serde_json::{Value, json};

use crate::{
    both_engines,
    support::{Face, TestApp, directory::Country},
};

fn codes(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|region| region["code"].as_str().unwrap()).collect()
}

both_engines! {
    async fn regions_are_walked_from_the_top_down_in_code_order(app: TestApp) {
        Country::new(&app).await;
        for face in Face::BOTH {
            let list = |args: Value| app.call(face, None, "list_regions", args);
            assert_eq!(codes(&list(json!({ "level": "province" })).await.ok()), ["32", "35"]);
            assert_eq!(codes(&list(json!({ "parentCode": "32" })).await.ok()), ["32.73"]);
            let all = list(json!({ "parentCode": "32", "includeFormer": true })).await.ok();
            assert_eq!(codes(&all), ["32.73", "32.90"], "{face:?}");
            assert_eq!(codes(&list(json!({ "q": "KOTA" })).await.ok()), ["32.73", "35.78"]);
            assert!(codes(&list(json!({ "q": "ota" })).await.ok()).is_empty(), "only from the start of a name");
            let first = list(json!({ "first": 2 })).await.ok();
            assert_eq!(codes(&first), ["32", "32.73"]);
            assert_eq!(codes(&list(json!({ "first": 2, "after": first["next"] })).await.ok()), ["32.73.01", "35"]);
        }
    }

    async fn a_former_region_answers_and_names_its_successor(app: TestApp) {
        Country::new(&app).await;
        for face in Face::BOTH {
            let former = app.call(face, None, "get_region", json!({ "code": "32.90" })).await.ok();
            assert_eq!((&former["successorCode"], &former["validUntil"]), (&json!("32.73"), &json!("2019-12-31")));
            assert_eq!(app.call(face, None, "get_region", json!({ "code": "99" })).await.refused(), "not_found");
        }
        let query = "{ region(code: \"32.90\") { id successor { name parent { code children { code } } } } }";
        let answer = app.graphql(None, query, json!({})).await;
        let region = &answer["data"]["region"];
        assert_eq!(region["successor"]["parent"], json!({ "code": "32", "children": [{ "code": "32.73" }] }), "{answer}");
        let node = "query($id: ID!) { node(id: $id) { id ... on Region { code } } }";
        let again = app.graphql(None, node, json!({ "id": region["id"] })).await;
        assert_eq!(again["data"]["node"], json!({ "id": region["id"], "code": "32.90" }), "{again}");
    }

    async fn a_search_that_deceives_is_refused(app: TestApp) {
        for face in Face::BOTH {
            for (q, code) in [(" ", "text_missing"), ("a\u{202E}b", "text_has_direction_controls")] {
                let refused = app.call(face, None, "list_regions", json!({ "q": q })).await;
                assert_eq!(refused.faults, [("/q".to_owned(), code.to_owned())], "{face:?}");
            }
        }
        let (status, problem) = app.get("/v1/regions?colour=red", None).await;
        assert_eq!((status, &problem["code"]), (400, &json!("parameter_malformed")));
    }
}
