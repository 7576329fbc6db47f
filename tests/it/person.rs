//! Persons, through both faces, on both engines.

use entity::{audit_entry, event, idempotency_key};
use sanggar::access::{grant::Grant, nik::NikVault};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        directory::{Country, id_of, person_of},
    },
};

const NIK: &str = "3273014509870002";

fn siti(country: &Country, nuptk: &str) -> Value {
    json!({
        "kind": "teacher", "name": " Siti  Aminah ", "employment": "pppk", "nuptk": nuptk,
        "nip": "198709152021212003", "sex": "female", "birthDate": "1987-09-15", "subject": "Matematika",
        "schoolId": country.bandung, "phone": "0812-3456-7890", "email": "Siti@Belajar.ID",
    })
}

fn new(input: Value) -> Value {
    json!({ "input": input })
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect()
}

both_engines! {
    async fn a_person_is_registered_read_changed_and_found(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        for (face, nuptk) in Face::BOTH.into_iter().zip(["4738779680130042", "4738779680130043"]) {
            let made = app.call(face, Some(&ministry), "create_person", new(siti(&country, nuptk))).await.ok();
            assert_eq!((&made["name"], &made["regionCode"]), (&json!("Siti Aminah"), &json!("32.73.01")));
            assert_eq!((&made["phone"], &made["email"]), (&json!("+6281234567890"), &json!("Siti@belajar.id")));
            let read = app.call(face, Some(&ministry), "get_person", json!({ "id": made["id"] })).await.ok();
            assert_eq!(read, made);
            let change = json!({ "id": made["id"], "version": 1, "input": { "phone": null, "schoolId": country.surabaya } });
            let changed = app.call(face, Some(&ministry), "update_person", change).await.ok();
            assert_eq!((&changed["phone"], &changed["regionCode"]), (&json!(null), &json!("35.78")));
            assert_eq!((&changed["subject"], &changed["version"]), (&json!("Matematika"), &json!(2)));
            for filter in [
                json!({ "nuptk": nuptk }),
                json!({ "nuptk": nuptk, "kind": "teacher", "employment": "pppk", "q": "SITI a" }),
                json!({ "nuptk": nuptk, "regionCode": "35", "schoolId": country.surabaya }),
            ] {
                let found = app.call(face, Some(&ministry), "list_persons", filter.clone()).await.ok();
                assert_eq!(names(&found), ["Siti Aminah"], "{face:?} {filter}");
            }
            for filter in [json!({ "employment": "pns" }), json!({ "regionCode": "32" }), json!({ "q": "aminah" })] {
                let found = app.call(face, Some(&ministry), "list_persons", filter.clone()).await.ok();
                assert!(names(&found).is_empty(), "{face:?} {filter}");
            }
        }
        let told = app.events("person.updated").await;
        assert_eq!(told[0].payload["changed"], json!(["schoolId", "regionCode", "phone"]));
        assert_eq!(told[0].region_code.as_deref(), Some("35.78"));
    }

    async fn an_identity_number_is_kept_sealed_and_shown_to_nobody(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let mut answers = String::new();
        for (face, nik) in Face::BOTH.into_iter().zip([NIK, "3273014509870003"]) {
            let mut input = siti(&country, &format!("47387796801300{}", &nik[14..]));
            input["nik"] = json!(format!(" {nik}"));
            let args = json!({ "input": input, "key": format!("key-{face:?}") });
            let made = app.call(face, Some(&ministry), "create_person", args).await.ok();
            let change = json!({ "id": made["id"], "version": 1, "input": { "nik": nik, "subject": "Fisika" } });
            let changed = app.call(face, Some(&ministry), "update_person", change).await.ok();
            answers += &format!("{made}{changed}");
            let row = person_of(&app, id_of(&made)).await;
            let opened = NikVault::new(&app.services.keyring).open(&row.nik_sealed.unwrap()).unwrap();
            assert_eq!(opened.expose(), nik);
            let typed = json!({ "id": made["id"], "version": 2, "input": { "nik": nik.parse::<u64>().unwrap() } });
            let refused = app.call(face, Some(&ministry), "update_person", typed).await;
            answers += &refused.data.to_string();
            let short = json!({ "id": made["id"], "version": 2, "input": { "nik": &nik[..15] } });
            let refused = app.call(face, Some(&ministry), "update_person", short).await;
            assert_eq!(refused.faults, [("/nik".to_owned(), "number_lost_leading_zeros".to_owned())]);
            answers += &refused.data.to_string();
        }
        let reader = app.services.store.reader();
        let events = event::Entity::find().all(reader).await.unwrap();
        let audit = audit_entry::Entity::find().all(reader).await.unwrap();
        let keys = idempotency_key::Entity::find().all(reader).await.unwrap();
        assert_eq!((events.len(), audit.len(), keys.len()), (4, 4, 2));
        let kept = format!("{events:?}{audit:?}{keys:?}");
        for (what, text) in [("an answer", &answers), ("a record", &kept)] {
            assert!(!text.contains("32730145098700"), "the number is in {what}: {text}");
        }
        assert_eq!(app.events("person.updated").await[0].payload["changed"], json!(["subject"]), "the same number is no change");
    }

    async fn a_second_record_of_one_human_is_refused_and_named_only_within_reach(app: TestApp) {
        let country = Country::new(&app).await;
        let mut input = siti(&country, "4738779680130042");
        input["nik"] = json!(NIK);
        let made = app.call(Face::Rest, Some(&app.ministry()), "create_person", new(input)).await.ok();
        let known = made["id"].as_str().unwrap();
        for face in Face::BOTH {
            for (field, value) in [("nuptk", "4738 7796 8013 0042"), ("nik", NIK)] {
                let mut again = json!({ "kind": "teacher", "name": "Siti A.", "employment": "none", "schoolId": country.surabaya });
                again[field] = json!(value);
                let near = app.call(face, Some(&app.ministry()), "create_person", new(again.clone())).await;
                assert!(near.data.to_string().contains(known), "{face:?} {field}: {}", near.data);
                assert_eq!(near.faults, [(format!("/{field}"), "person_already_known".to_owned())]);
                assert_eq!(near.refused(), "person_already_known");
                let far = app.call(face, Some(&country.stranger(&app)), "create_person", new(again)).await;
                assert!(!far.data.to_string().contains(known), "{face:?} {field}: {}", far.data);
                assert_eq!(far.refused(), "person_already_known");
            }
        }
        assert_eq!(app.events("person.created").await.len(), 1);
    }

    async fn every_fault_of_a_person_is_told_at_once(app: TestApp) {
        let country = Country::new(&app).await;
        let input = json!({
            "kind": "teacher", "name": "-", "employment": "pns", "nuptk": "4.73E+15", "nip": "1", "nik": "x",
            "birthDate": "2026-01-01", "subject": "", "schoolId": country.bandung, "regionCode": "35",
            "phone": "-", "email": "@",
        });
        for face in Face::BOTH {
            let outcome = app.call(face, Some(&app.ministry()), "create_person", new(input.clone())).await;
            let told: Vec<_> = outcome.faults.iter().map(|(p, c)| format!("{p} {c}")).collect();
            assert_eq!(
                told,
                [
                    "/regionCode region_follows_school", "/name name_without_letters",
                    "/nuptk number_mangled_by_spreadsheet", "/nip nip_malformed", "/nik nik_malformed",
                    "/birthDate birth_date_out_of_range", "/subject text_missing", "/phone phone_malformed",
                    "/email email_malformed",
                ],
                "{face:?}"
            );
            let lost = json!({ "kind": "teacher", "name": "Budi", "employment": "none", "schoolId": Uuid::now_v7() });
            let outcome = app.call(face, Some(&app.ministry()), "create_person", new(lost)).await;
            assert_eq!(outcome.faults, [("/schoolId".to_owned(), "reference_unknown".to_owned())]);
        }
    }

    async fn an_officer_keeps_the_persons_of_the_region_and_no_others(app: TestApp) {
        let country = Country::new(&app).await;
        let officer = country.officer(&app);
        let far = country.teacher(&app, "Budi", country.surabaya).await;
        for (face, nuptk) in Face::BOTH.into_iter().zip(["4738779680130042", "4738779680130043"]) {
            let made = app.call(face, Some(&officer), "create_person", new(siti(&country, nuptk))).await.ok();
            let away = json!({ "id": made["id"], "version": 1, "input": { "schoolId": country.surabaya } });
            assert_eq!(app.call(face, Some(&officer), "update_person", away).await.refused(), "forbidden");
            let elsewhere = json!({ "kind": "teacher", "name": "Budi", "employment": "none", "regionCode": "35.78" });
            assert_eq!(app.call(face, Some(&officer), "create_person", new(elsewhere)).await.refused(), "forbidden");
            let nowhere = json!({ "kind": "external_expert", "name": "Budi", "employment": "none" });
            assert_eq!(app.call(face, Some(&officer), "create_person", new(nowhere)).await.refused(), "forbidden");
            assert_eq!(app.call(face, Some(&officer), "get_person", json!({ "id": far })).await.refused(), "not_found");
            let change = json!({ "id": far, "version": 1, "input": { "subject": "IPA" } });
            assert_eq!(app.call(face, Some(&officer), "update_person", change).await.refused(), "not_found");
            let merge = json!({ "id": made["id"], "input": { "intoId": far, "reason": "sama" } });
            assert_eq!(app.call(face, Some(&officer), "merge_person", merge).await.refused(), "forbidden");
        }
        for face in Face::BOTH {
            let seen = app.call(face, Some(&officer), "list_persons", json!({})).await.ok();
            assert_eq!(names(&seen), ["Siti Aminah", "Siti Aminah"], "{face:?}");
        }
    }

    async fn each_role_sees_the_persons_of_its_reach(app: TestApp) {
        let country = Country::new(&app).await;
        let ani = country.teacher(&app, "Ani", country.bandung).await;
        let budi = country.teacher(&app, "Budi", country.surabaya).await;
        let (batch, session) = country.batch(&app, "Angkatan 1").await;
        country.enrolment(&app, batch, ani, "accepted").await;
        let teacher = country.resource_person(&app, budi).await;
        country.teaches(&app, session, teacher, budi).await;
        let sees = [
            (app.ministry(), vec!["Ani", "Budi"]),
            (app.token(Grant::ministry_system()), vec!["Ani", "Budi"]),
            (country.officer(&app), vec!["Ani"]),
            (app.token(Grant::principal(country.surabaya, None)), vec!["Budi"]),
            (app.token(Grant::principal(country.surabaya, Some(ani))), vec!["Ani", "Budi"]),
            (app.token(Grant::provider_staff(country.provider)), vec!["Ani"]),
            (app.token(Grant::provider_staff(Uuid::now_v7())), vec![]),
            (app.token(Grant::resource_person(budi)), vec!["Ani", "Budi"]),
            (app.token(Grant::teacher(budi)), vec!["Budi"]),
            (app.token(Grant::teacher(Uuid::now_v7())), vec![]),
        ];
        for face in Face::BOTH {
            for (token, expected) in &sees {
                let seen = app.call(face, Some(token), "list_persons", json!({})).await.ok();
                assert_eq!(&names(&seen), expected, "{face:?}");
                for (id, name) in [(ani, "Ani"), (budi, "Budi")] {
                    let one = app.call(face, Some(token), "get_person", json!({ "id": id })).await;
                    let code = if expected.contains(&name) { None } else { Some("not_found".to_owned()) };
                    assert_eq!(one.code, code, "{face:?} {name} {expected:?}");
                }
            }
            assert_eq!(app.call(face, None, "list_persons", json!({})).await.refused(), "unauthenticated");
            for (token, _) in &sees[3..] {
                let outcome = app.call(face, Some(token), "create_person", new(siti(&country, "4738779680130042"))).await;
                assert_eq!(outcome.refused(), "forbidden");
            }
        }
    }

    async fn a_person_with_school_and_region_is_one_statement_and_one_that_says_who_saw_them_at_any_page_size(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let siti = country.teacher(&app, "Siti", country.bandung).await;
        for n in 0..5 {
            country.teacher(&app, &format!("Guru {n}"), country.surabaya).await;
        }
        let one = "query($id: ID!) { person(id: $id) { name school { name region { name } } region { code } } }";
        let before = app.services.store.statements();
        let answer = app.graphql(Some(&ministry), one, json!({ "id": siti })).await;
        assert_eq!(app.services.store.statements() - before, 2);
        let person = &answer["data"]["person"];
        assert_eq!(person["school"], json!({ "name": "SMP Negeri 2 Bandung", "region": { "name": "Sukasari" } }), "{answer}");
        assert_eq!(person["region"]["code"], "32.73.01");
        let many = "query($n: Int) { persons(first: $n) { nodes { name school { name region { name } } region { code } } } }";
        for size in [1, 100] {
            let before = app.services.store.statements();
            let answer = app.graphql(Some(&ministry), many, json!({ "n": size })).await;
            assert_eq!(answer["data"]["persons"]["nodes"][0]["region"]["code"], "35.78", "{answer}");
            assert_eq!(app.services.store.statements() - before, 2, "page size {size}");
        }
    }

    async fn a_change_on_a_stale_or_unnamed_version_is_refused(app: TestApp) {
        let country = Country::new(&app).await;
        let ani = country.teacher(&app, "Ani", country.bandung).await;
        for face in Face::BOTH {
            for (version, code) in [(json!(7), "stale_version"), (json!(null), "precondition_required")] {
                let args = json!({ "id": ani, "version": version, "input": { "subject": "IPA" } });
                assert_eq!(app.call(face, Some(&app.ministry()), "update_person", args).await.refused(), code);
            }
        }
        let path = format!("/v1/persons/{ani}");
        for body in [json!([]), json!([null, "Ana"]), json!("Ana"), json!(7)] {
            let patch = app.request(reqwest::Method::PATCH, &path, Some(&app.ministry())).header("If-Match", "\"v1\"");
            let answer = patch.json(&body).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), 422, "{body}");
        }
        for column in ["mergedInto", "version", "nikSealed", "nikIndex", "createdAt", "id"] {
            let patch = app.request(reqwest::Method::PATCH, &path, Some(&app.ministry())).header("If-Match", "\"v1\"");
            let answer = patch.json(&json!({ column: null })).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), 422, "{column}");
            let problem: Value = answer.json().await.unwrap();
            assert_eq!(problem["errors"][0]["code"], "field_unknown", "{column}");
        }
    }
}
