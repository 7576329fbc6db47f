//! Persons: found again by their numbers, and nothing secret in what an import tells.

use entity::person;
use reqwest::Method;
use sanggar::exchange::import::layout::{LAYOUTS, Shape};
use sea_orm::EntityTrait;
use serde_json::json;

use super::{SCHOOLS, bring, counts, finish, regions};
use crate::{
    both_engines,
    support::{Face, TestApp},
};

both_engines! {
    async fn persons_are_found_again_by_any_number_and_no_secret_leaves(app: TestApp) {
        const NIK: &str = "3402016503850001";
        regions(&app).await;
        bring(&app, "schools", SCHOOLS).await;
        let head = "name,kind,employment,nuptk,nip,nik,sex,birth_date,npsn,phone\n";
        let siti = format!("Siti Aminah,teacher,honorary,4738779680130042,,{NIK},P,1985-03-25,20400181,0812-3456-7890\n");
        let budi = "Budi Santoso,Guru Mapel,PNS,,198503252010011003,,L,1985-03-25,20400181,\n";
        let nobody = "Ani,teacher,honorary,,,,P,1990-01-01,20400181,\n";
        let lost = "Eko,teacher,honorary,,,3402016503850009,L,1990-01-01,20499999,\n";
        let file = format!("{head}{siti}{budi}{nobody}{lost}");
        let import = bring(&app, "persons", file.clone()).await;
        assert_eq!(counts(&import), [4, 2, 0, 0, 0, 2]);
        let persons = || async {
            let mut all = person::Entity::find().all(app.services.store.reader()).await.unwrap();
            all.sort_by(|a, b| a.name.cmp(&b.name));
            all
        };
        let first = persons().await;
        assert_eq!((first[1].name.as_str(), first[1].region_code.as_deref()), ("Siti Aminah", Some("34.02.10")));
        assert!(first[1].nik_sealed.as_ref().is_some_and(|sealed| !sealed.contains(NIK)));
        assert_eq!(counts(&bring(&app, "persons", file).await), [4, 0, 0, 2, 0, 2]);
        assert_eq!(persons().await, first, "nothing was written");

        // Another number of the same person: found by the NIK, the NUPTK stays.
        let by_nik = format!("{head}Siti Aminah,principal,pppk,,,{NIK},,,,\n");
        assert_eq!(counts(&bring(&app, "persons", by_nik).await), [1, 0, 1, 0, 1, 0]);
        let now = persons().await;
        assert_eq!((now[1].kind.as_str(), now[1].nuptk.as_deref(), now[1].version), ("principal", Some("4738779680130042"), 2));
        assert_eq!((now[1].birth_date, &now[1].phone), (first[1].birth_date, &first[1].phone));

        // Numbers of two persons on one row, and a NIK that contradicts the NUPTK.
        let two = "X Y,teacher,pns,4738779680130042,198503252010011003,,,,20400181,\n";
        let other = "X Y,teacher,pns,,198503252010011003,3402016503850001,,,20400181,\n";
        for row in [two, other] {
            let conflicts = bring(&app, "persons", format!("{head}{row}")).await;
            assert_eq!(counts(&conflicts), [1, 0, 0, 0, 0, 1]);
            assert_eq!(conflicts["findings"][0]["code"], "person_identifiers_conflict");
        }
        let contradicts = format!("{head}X Y,teacher,pns,4738779680130042,,3402016503850008,,,20400181,\n");
        let conflicts = bring(&app, "persons", contradicts).await;
        assert_eq!(counts(&conflicts), [1, 0, 0, 0, 0, 1]);

        let (_, report) = app.get(&format!("/v1/imports/{}/report", import["id"].as_str().unwrap()), Some(&app.ministry())).await;
        let events = format!("{:?}{:?}", app.events("person.created").await, app.events("person.updated").await);
        for secret in [NIK, "4738779680130042", "Siti", "1985-03-25", "3456"] {
            assert!(!report.to_string().contains(secret) && !events.contains(secret), "{secret}");
        }
    }

    async fn a_restricted_record_stays_as_it_is(app: TestApp) {
        regions(&app).await;
        bring(&app, "schools", SCHOOLS).await;
        let file = |name: &str| format!("name,kind,employment,nuptk,npsn\n{name},teacher,pns,4738779680130042,20400181\n");
        bring(&app, "persons", file("Rina")).await;
        let rina = || async { person::Entity::find().one(app.services.store.reader()).await.unwrap().unwrap() };
        let args = json!({ "id": rina().await.id, "input": { "reason": "Namanya sedang diperiksa." } });
        app.call(Face::Rest, Some(&app.ministry()), "set_restriction", args.clone()).await.ok();
        let refused = bring(&app, "persons", file("Rina Wati")).await;
        assert_eq!(counts(&refused), [1, 0, 0, 0, 0, 1]);
        assert_eq!((refused["findings"][0]["code"].as_str(), rina().await.name.as_str()), (Some("person_restricted"), "Rina"));
        app.call(Face::Rest, Some(&app.ministry()), "lift_restriction", args).await.ok();
        assert_eq!(counts(&bring(&app, "persons", file("Rina Wati")).await), [1, 0, 1, 0, 0, 0]);
    }

    async fn a_number_that_somebody_gave_up_or_shares_leads_to_nobody_else(app: TestApp) {
        regions(&app).await;
        bring(&app, "schools", SCHOOLS).await;
        let head = "name,kind,employment,nuptk,nip,sex,birth_date,npsn\n";
        let row = |name: &str, nuptk: &str, nip: &str, rest: &str| format!("{name},teacher,pns,{nuptk},{nip},{rest},20400181\n");
        let (old, new) = ("198503252010012003", "198503252010012009");
        let rina = bring(&app, "persons", format!("{head}{}", row("Rina", "4738779680130042", old, "P,1985-03-25"))).await;
        assert_eq!(counts(&rina), [1, 1, 0, 0, 0, 0]);
        // Rina has another civil-servant number now; the next row's person has hers of before.
        let file = format!("{head}{}{}", row("Rina", "4738779680130042", new, "P,1985-03-25"), row("Tuti", "", old, "P,1985-03-25"));
        assert_eq!(counts(&bring(&app, "persons", file.clone()).await), [2, 1, 1, 0, 0, 0]);
        assert_eq!(counts(&bring(&app, "persons", file).await), [2, 0, 0, 2, 0, 0], "a second run changes nothing");
        // Found by that number alone, but born on another day: somebody else.
        let stranger = bring(&app, "persons", format!("{head}{}", row("Orang Lain", "", old, "L,1975-01-01"))).await;
        assert_eq!(counts(&stranger), [1, 0, 0, 0, 0, 1]);
        let told = stranger["findings"].as_array().unwrap();
        assert!(told.iter().any(|line| line["code"] == "person_identifiers_conflict"), "{stranger}");
    }

    async fn whoever_works_at_a_school_moves_with_it(app: TestApp) {
        regions(&app).await;
        bring(&app, "schools", SCHOOLS).await;
        let head = "name,kind,employment,nuptk,npsn\n";
        bring(&app, "persons", format!("{head}Rina,teacher,pns,4738779680130042,20400181\n")).await;
        let moved = SCHOOLS.replace("040109  ,Kec. Imogiri,040100  ", "34.02.12,Kec. Banguntapan,34.02");
        assert_eq!(counts(&bring(&app, "schools", moved).await)[2], 1);
        let rina = person::Entity::find().one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!((rina.region_code.as_deref(), rina.version), (Some("34.02.12"), 2));
        let told = app.events("person.updated").await;
        assert_eq!((told.len(), told[0].subject_version, told[0].region_code.as_deref()), (1, 2, Some("34.02.12")));
    }

    async fn a_region_that_a_decree_replaced_becomes_the_one_in_force(app: TestApp) {
        regions(&app).await;
        let head = "name,kind,employment,nuptk,region_code\n";
        let file = format!("{head}Ayu,pre_service_teacher,none,4738779680130042,92.01.39\n");
        let import = bring(&app, "persons", file).await;
        assert_eq!((counts(&import), &import["findings"][0]["code"]), ([1, 1, 0, 0, 1, 0], &serde_json::json!("region_recoded")));
        let ayu = person::Entity::find().one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!(ayu.region_code.as_deref(), Some("96.01.14"));
    }

    async fn a_staff_list_wants_to_know_its_school(app: TestApp) {
        regions(&app).await;
        bring(&app, "schools", SCHOOLS).await;
        let layout = LAYOUTS.iter().find(|l| l.shape == Shape::PersonsDapodik).unwrap();
        let names: Vec<_> = layout.columns.iter().map(|c| c.name).collect();
        let cell = |name: &str| match name {
            "Nama" => "SITI AMINAH",
            "JK" => "P",
            "Tanggal Lahir" => "1985-03-25",
            "Status Kepegawaian" => "GTY/PTY",
            "Jenis PTK" => "Guru Kelas",
            "NIK" => "3402016503850001",
            _ => "",
        };
        let row: Vec<_> = names.iter().map(|name| cell(name)).collect();
        let file = format!("Daftar Guru,\nSD X,\n\"Kecamatan Y\",\nTanggal Unduh: 2026-05-01,\n{},\n{},\n", names.join(","), row.join(","));
        let unnamed = bring(&app, "persons", file.clone()).await;
        assert_eq!(unnamed["failure"]["code"], "school_needed");
        let ministry = app.ministry();
        let with = |npsn: &str| {
            let path = format!("/v1/imports?kind=persons&npsn={npsn}");
            finish(&app, app.request(Method::POST, &path, Some(&ministry)).body(file.clone()))
        };
        assert_eq!(with("20499999").await["failure"]["code"], "school_unknown");
        assert_eq!(counts(&with("20400181").await), [1, 1, 0, 0, 0, 0]);
    }
}
