//! The requests around an import: who may, what is refused, what is answered.

use entity::import_job;
use reqwest::Method;
use sanggar::access::grant::Grant;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{PROVINCES, REGENCIES, SCHOOLS, bring, counts, follow, regions};
use crate::{
    both_engines,
    support::{Face, TestApp},
};

both_engines! {
    async fn every_finding_is_in_the_report_in_both_forms_and_faces(app: TestApp) {
        regions(&app).await;
        let import = bring(&app, "schools", SCHOOLS).await;
        let path = format!("/v1/imports/{}/report", import["id"].as_str().unwrap());
        let ministry = app.ministry();
        let csv = app.request(Method::GET, &path, Some(&ministry)).header("accept-language", "en").send().await.unwrap();
        assert_eq!(csv.headers()["content-type"], "text/csv; charset=utf-8");
        let csv = csv.text().await.unwrap();
        let told: Vec<_> = csv.lines().skip(1).map(|line| line.split(',').take(4).collect::<Vec<_>>().join(" ")).collect();
        let expected = [
            "3 npsn warning npsn_provisional",
            "3 sekolah warning name_padding",
            "3 alamat_jalan warning address_missing",
            "3 kode_kec warning district_unmatched",
            "3 lintang warning coordinates_zero",
            "4 kode_kec refusal school_region_unknown",
            "5 npsn refusal number_lost_leading_zeros",
        ];
        assert_eq!(told, expected);
        assert!(csv.contains(",\"'-\","), "a dash alone is no formula: {csv}");

        let json = app.request(Method::GET, &path, Some(&ministry)).header("accept", "application/json");
        let json: Value = json.send().await.unwrap().json().await.unwrap();
        assert_eq!(json["findings"].as_array().unwrap().len(), expected.len());
        assert_eq!(json["tally"]["rowsRefused"], 2);
        let pages = app.call(Face::Graphql, Some(&ministry), "get_import_report", json!({ "id": import["id"], "first": 100 })).await.ok();
        assert_eq!(pages["items"], json["findings"]);
        assert_eq!(app.get(&path, None).await.0, 401);
    }

    async fn both_faces_start_read_and_list_imports_alike(app: TestApp) {
        let ministry = app.ministry();
        let input = json!({ "input": { "kind": "regions", "filename": "a/b/provinces.csv", "content": PROVINCES } });
        let started = app.call(Face::Graphql, Some(&ministry), "start_import", input.clone()).await.ok();
        assert_eq!(started["filename"], "provinces.csv");
        let id = started["id"].as_str().unwrap();
        let rest = follow(&app, id).await;
        assert_eq!(counts(&rest), [2, 2, 0, 0, 0, 0]);
        let graphql = app.call(Face::Graphql, Some(&ministry), "get_import", json!({ "id": id })).await.ok();
        assert_eq!(graphql, rest);
        let lists = |face| app.call(face, Some(&ministry), "list_imports", json!({ "kind": "regions", "status": "finished" }));
        assert_eq!(lists(Face::Rest).await.ok(), lists(Face::Graphql).await.ok());

        let officer = app.token(Grant::regional_officer("34"));
        for face in Face::BOTH {
            for (token, code) in [(None, "unauthenticated"), (Some(officer.as_str()), "forbidden")] {
                assert_eq!(app.call(face, token, "list_imports", json!({})).await.refused(), code);
                assert_eq!(app.call(face, token, "get_import", json!({ "id": id })).await.refused(), code);
            }
        }
        assert_eq!(app.call(Face::Graphql, Some(&officer), "start_import", input).await.refused(), "forbidden");
        let path = "/v1/imports?kind=regions";
        assert_eq!(app.request(Method::POST, path, Some(&officer)).body(PROVINCES).send().await.unwrap().status(), 403);
        assert_eq!(app.request(Method::POST, path, None).body(PROVINCES).send().await.unwrap().status(), 401);
    }

    async fn what_is_wrong_with_the_request_is_told_before_the_file_is_kept(app: TestApp) {
        let ministry = app.ministry();
        let post = |path: &str| app.request(Method::POST, path, Some(&ministry)).body(PROVINCES);
        for path in ["/v1/imports", "/v1/imports?kind=circus", "/v1/imports?kind=regions&colour=red"] {
            assert_eq!(post(path).send().await.unwrap().status(), 400, "{path}");
        }
        assert_eq!(post("/v1/imports?kind=persons&npsn=12").send().await.unwrap().status(), 422);
        assert_eq!(post("/v1/imports?kind=regions&filename=%20").send().await.unwrap().status(), 422);
        let media = post("/v1/imports?kind=regions").header("content-type", "application/json");
        assert_eq!(media.send().await.unwrap().status(), 415);
        let left = std::fs::read_dir(app.services.settings.data_dir.join("uploads")).unwrap().count();
        assert_eq!(left, 0);
        assert_eq!(import_job::Entity::find().count(app.services.store.reader()).await.unwrap(), 0);
    }

    async fn the_same_key_starts_one_import(app: TestApp) {
        let ministry = app.ministry();
        let send = |content: &'static str| {
            let request = app.request(Method::POST, "/v1/imports?kind=regions", Some(&ministry));
            request.header("idempotency-key", "once").header("content-type", "text/csv").body(content).send()
        };
        let first: Value = send(PROVINCES).await.unwrap().json().await.unwrap();
        let again: Value = send(PROVINCES).await.unwrap().json().await.unwrap();
        assert_eq!(first, again);
        assert_eq!(send(REGENCIES).await.unwrap().status(), 422);
        follow(&app, first["id"].as_str().unwrap()).await;
        assert_eq!(import_job::Entity::find().count(app.services.store.reader()).await.unwrap(), 1);
        assert_eq!(app.events("import.started").await.len(), 1);
    }
}
