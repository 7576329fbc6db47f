//! Imports: files in through both faces, on both engines, and what they leave behind.

mod durable;
mod persons;
mod request;

use std::io::Write;
use std::time::Duration;

use entity::{import_finding, school};
use flate2::{Compression, write::GzEncoder};
use reqwest::Method;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::Value;

use crate::{both_engines, support::TestApp};

const PROVINCES: &str = "code,name\n34,DI Yogyakarta\n96,Papua Barat Daya\n";
const REGENCIES: &str = "code,province_code,name\n34.02,34,Kabupaten Bantul\n96.01,96,Kabupaten Sorong\n";
const DISTRICTS: &str = "code,regency_code,name\n34.02.10,34.02,Imogiri\n34.02.12,34.02,Banguntapan\n96.01.14,96.01,Mariat\n99.01.01,99.01,Nowhere\n";
const CHANGES: &str = "level,old_code,old_name,new_code,new_name,change\nregency,92.01,KAB. SORONG,96.01,Kabupaten Sorong,recoded\ndistrict,92.01.39,Mariat,96.01.14,Mariat,recoded\ndistrict,,,34.02.12,Banguntapan,created\n";
const ALIASES: &str = "dapodik_code,level,dapodik_parent,dapodik_name,kemendagri_code,kemendagri_name,match\n040000,province,,Prov. D.I. Yogyakarta,,,\n040100,regency,040000,Kab. Bantul,34.02,Kabupaten Bantul,manual\n040109,district,040100,Kec. Imogiri,34.02.10,Imogiri,name\n040199,district,040100,Kec. Lain,,,unmatched\n";
const SCHOOLS: &str = "npsn,sekolah,bentuk,status,alamat_jalan,kode_kec,kecamatan,kode_kab_kota,lintang,bujur\n\
20400181,SD NEGERI LANTENG BARU,SD,N,\"Lanteng, Imogiri\",040109  ,Kec. Imogiri,040100  ,-7.9591,110.3913\n\
NP567838, SMP SWASTA BARU ,SMP,S,-,040199,Kec. Lain,040100,0,0\n\
20400182,SD X,SD,N,Jl. A,990101,Kec. Y,990100,-7.9,110.3\n\
2040018,SD Y,SD,N,Jl. A,040109,Kec. Imogiri,040100,-7.9,110.3\n";

/// Uploads a file and follows it to its end.
async fn bring(app: &TestApp, kind: &str, content: impl Into<reqwest::Body>) -> Value {
    let path = format!("/v1/imports?kind={kind}&filename={kind}.csv&endedOn=2025-06-25");
    finish(
        app,
        app.request(Method::POST, &path, Some(&app.ministry()))
            .header("content-type", "text/csv")
            .body(content),
    )
    .await
}

async fn finish(app: &TestApp, request: reqwest::RequestBuilder) -> Value {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 201);
    let started: Value = answer.json().await.unwrap();
    assert_eq!(started["status"], "queued");
    follow(app, started["id"].as_str().unwrap()).await
}

async fn follow(app: &TestApp, id: &str) -> Value {
    for _ in 0..600 {
        let (status, import) = app.get(&format!("/v1/imports/{id}"), Some(&app.ministry())).await;
        assert_eq!(status, 200, "{import}");
        if import["status"] == "finished" || import["status"] == "failed" {
            return import;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import {id} does not end");
}

/// read, new, updated, unchanged, warned, refused
fn counts(import: &Value) -> [i64; 6] {
    assert_eq!(import["status"], "finished", "{import}");
    let counts = ["rowsRead", "rowsNew", "rowsUpdated", "rowsUnchanged", "rowsWarned", "rowsRefused"]
        .map(|name| import[name].as_i64().unwrap());
    assert_eq!(counts[0], counts[1] + counts[2] + counts[3] + counts[5], "{import}");
    counts
}

async fn regions(app: &TestApp) {
    for content in [PROVINCES, REGENCIES, DISTRICTS, CHANGES, ALIASES] {
        bring(app, "regions", content).await;
    }
}

async fn schools_of(app: &TestApp) -> Vec<school::Model> {
    let mut schools = school::Entity::find().all(app.services.store.reader()).await.unwrap();
    schools.sort_by(|a, b| a.npsn.cmp(&b.npsn));
    schools
}

both_engines! {
    async fn regions_come_with_their_successors_and_the_school_systems_codes(app: TestApp) {
        assert_eq!(counts(&bring(&app, "regions", PROVINCES).await), [2, 2, 0, 0, 0, 0]);
        assert_eq!(counts(&bring(&app, "regions", REGENCIES).await), [2, 2, 0, 0, 0, 0]);
        let districts = bring(&app, "regions", DISTRICTS).await;
        assert_eq!(counts(&districts), [4, 3, 0, 0, 0, 1]);
        assert_eq!(districts["findings"][0]["code"], "region_unknown");
        assert_eq!(counts(&bring(&app, "regions", CHANGES).await), [3, 2, 0, 1, 0, 0]);
        assert_eq!(counts(&bring(&app, "regions", ALIASES).await), [4, 4, 0, 0, 1, 0]);
        let (_, former) = app.get("/v1/regions/92.01.39", None).await;
        assert_eq!(former["successorCode"], "96.01.14");
        assert_eq!(former["validUntil"], "2025-06-25");
        assert_eq!(app.events("region.created").await.len(), 9);

        for (content, rows) in [(PROVINCES, 2), (REGENCIES, 2), (CHANGES, 3), (ALIASES, 4)] {
            let again = counts(&bring(&app, "regions", content).await);
            assert_eq!((again[3], again[1] + again[2]), (rows, 0), "a second run changes nothing");
        }
        let renamed = bring(&app, "regions", REGENCIES.replace("Kabupaten Bantul", "Bantul")).await;
        assert_eq!(counts(&renamed), [2, 0, 1, 1, 0, 0]);
        assert_eq!(app.events("region.updated").await.len(), 1);
    }

    async fn a_school_is_loaded_warned_of_or_refused_and_a_second_run_changes_nothing(app: TestApp) {
        regions(&app).await;
        let first = bring(&app, "schools", SCHOOLS).await;
        assert_eq!(counts(&first), [4, 2, 0, 0, 1, 2]);
        let schools = schools_of(&app).await;
        let [whole, odd] = &schools[..] else { panic!("{schools:?}") };
        assert_eq!((whole.region_code.as_str(), whole.latitude), ("34.02.10", Some(-7.9591)));
        assert_eq!((odd.name.as_str(), odd.region_code.as_str()), ("SMP SWASTA BARU", "34.02"));
        assert_eq!((odd.provisional, &odd.address, odd.latitude), (true, &None, None));
        assert_eq!(app.events("school.created").await.len(), 2);

        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(SCHOOLS.as_bytes()).unwrap();
        let again = bring(&app, "schools", gzip.finish().unwrap()).await;
        assert_eq!(counts(&again), [4, 0, 0, 2, 1, 2]);
        assert_eq!(schools_of(&app).await, schools, "nothing was written");

        let changed = SCHOOLS.replace("LANTENG BARU", "LANTENG").replace("\"Lanteng, Imogiri\"", "");
        assert_eq!(counts(&bring(&app, "schools", changed).await), [4, 0, 1, 1, 2, 2]);
        let after = schools_of(&app).await;
        assert_eq!((after[0].name.as_str(), after[0].version, after[0].id), ("SD NEGERI LANTENG", 2, schools[0].id));
        assert_eq!(after[0].address, schools[0].address, "what a file leaves empty erases nothing");
        let events = app.events("school.updated").await;
        assert_eq!((events.len(), events[0].subject_version), (1, 2));
    }

    async fn a_broken_file_loads_nothing_and_says_why(app: TestApp) {
        regions(&app).await;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(SCHOOLS.as_bytes()).unwrap();
        let mut cut = gzip.finish().unwrap();
        cut.truncate(cut.len() - 4);
        let xlsx = b"PK\x03\x04..[Content_Types].xml".to_vec();
        let late = format!("{SCHOOLS}20400199,\"open");
        let late = late + &"x".repeat(5_000_000);
        let cases: [(&str, Vec<u8>); 7] = [
            ("file_truncated", cut),
            ("file_is_spreadsheet", xlsx),
            ("file_empty", Vec::new()),
            ("columns_missing", b"npsn,nama\n1,2\n".to_vec()),
            ("header_missing", b"20400181,SD A,SD,N\n".to_vec()),
            ("file_of_other_kind", DISTRICTS.into()),
            ("row_unclosed", late.into_bytes()),
        ];
        for (code, content) in cases {
            let import = bring(&app, "schools", content).await;
            assert_eq!((import["status"].as_str(), import["failure"]["code"].as_str()), (Some("failed"), Some(code)));
            assert!(!import["failure"]["message"].as_str().unwrap().contains('{'), "{import}");
        }
        assert!(schools_of(&app).await.is_empty());
        // A file goes right after what became of it is told, not with it.
        let left = || std::fs::read_dir(app.services.settings.data_dir.join("uploads")).unwrap().count();
        for _ in 0..200 {
            if left() == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        assert_eq!(left(), 0, "uploads are removed when they are done with");
    }

    async fn the_first_row_that_can_be_loaded_has_a_number_that_stands_twice(app: TestApp) {
        regions(&app).await;
        let (head, row) = SCHOOLS.split_once('\n').unwrap();
        let row = row.lines().next().unwrap();
        let twice = format!("{head}\n{}\n{row}\n{row}\n", row.replace(",SD,N,", ",UNIV,N,"));
        assert_eq!(counts(&bring(&app, "schools", twice).await), [3, 1, 0, 0, 1, 2]);
        let changes = "level,old_code,old_name,new_code,new_name,change\ndistrict,,,34.02.12,Banguntapan,created\ndistrict,,,34.02.12,Bangun Tapan,created\n";
        assert_eq!(counts(&bring(&app, "regions", changes).await), [2, 0, 0, 1, 0, 1]);
        let twice = ALIASES.to_owned() + "040109,district,040100,Kec. Imogiri,34.02.12,Banguntapan,manual\n";
        assert_eq!(counts(&bring(&app, "regions", twice).await)[5], 1);
    }

    async fn a_nul_refuses_its_row_wherever_it_stands(app: TestApp) {
        regions(&app).await;
        let filler = SCHOOLS.lines().nth(1).unwrap();
        let rows: String = (0..1_200).map(|n| filler.replace("20400181", &format!("{}", 20_500_000 + n)) + "\n").collect();
        let file = format!("{}\n{rows}20400181,SD\0A,SD,N,Jl. A,040109,Kec. Imogiri,040100,-7.9,110.3\n", SCHOOLS.lines().next().unwrap());
        let import = bring(&app, "schools", file).await;
        assert_eq!(counts(&import)[..2], [1_201, 1_200]);
        assert!(import["findings"].as_array().unwrap().iter().any(|line| line["code"] == "row_has_nul"), "{import}");
    }

    async fn a_dry_run_reports_and_changes_nothing(app: TestApp) {
        regions(&app).await;
        let before = app.events("school.created").await.len();
        let request = app.request(Method::POST, "/v1/imports?kind=schools&dryRun=true", Some(&app.ministry()));
        let import = finish(&app, request.body(SCHOOLS)).await;
        assert_eq!(counts(&import), [4, 2, 0, 0, 1, 2]);
        assert_eq!(import["dryRun"], true);
        assert!(schools_of(&app).await.is_empty());
        assert_eq!(app.events("school.created").await.len(), before);
        assert_eq!(import_finding::Entity::find().count(app.services.store.reader()).await.unwrap(), 7 + 1 + 1);
    }
}

#[test]
fn the_page_about_files_names_every_column_that_is_needed() {
    use sanggar::exchange::import::layout::{LAYOUTS, Shape, Use};
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/import-files.md")).unwrap();
    for layout in LAYOUTS.iter().filter(|layout| layout.shape != Shape::PersonsDapodik) {
        for column in layout.columns.iter().filter(|column| column.used != Use::Skipped) {
            assert!(page.contains(&format!("`{}`", column.name)), "{:?}: {}", layout.shape, column.name);
        }
    }
}
