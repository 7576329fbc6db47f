//! Resource persons and the competence that lets them teach, through both faces, on both engines.

use sanggar::{access::grant::Grant, directory::resource_person::read::competence_verified};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        directory::{Country, id_of},
    },
};

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

fn evidence(country: &Country, words: &str) -> Value {
    json!({ "programId": country.program, "evidence": words, "evidenceUrl": "https://contoh.id/a" })
}

both_engines! {
    async fn competence_is_claimed_refused_claimed_again_verified_and_withdrawn(app: TestApp) {
        let country = Country::new(&app).await;
        let officer = country.officer(&app);
        for face in Face::BOTH {
            let dewi = country.teacher(&app, "Dewi Lestari", country.bandung).await;
            let input = json!({ "personId": dewi, "organisationId": country.provider, "biography": "Pelatih sejak 2015." });
            let made = app.call(face, Some(&officer), "create_resource_person", json!({ "input": input })).await.ok();
            assert_eq!((&made["name"], &made["version"]), (&json!("Dewi Lestari"), &json!(1)));
            let teacher = id_of(&made);
            let own = app.token(Grant::resource_person(dewi));
            let claim = |words: &str| json!({ "id": teacher, "input": evidence(&country, words) });
            let may_teach = || async {
                competence_verified(app.services.store.reader(), teacher, country.program).await.unwrap()
            };
            let claimed = app.call(face, Some(&own), "claim_competence", claim("Portofolio")).await.ok();
            assert_eq!((&claimed["status"], may_teach().await), (&json!("claimed"), false));
            let id = claimed["id"].clone();
            let again = app.call(face, Some(&own), "claim_competence", claim("Lain")).await;
            assert_eq!(again.refused(), "competence_not_refused");
            let why = json!({ "id": id, "input": { "reason": "Portofolio tidak lengkap" } });
            let refused = app.call(face, Some(&officer), "refuse_competence", why.clone()).await.ok();
            assert_eq!((&refused["status"], &refused["reason"]), (&json!("refused"), &json!("Portofolio tidak lengkap")));
            let same = app.call(face, Some(&own), "claim_competence", claim("Portofolio")).await;
            assert_eq!(same.refused(), "competence_evidence_unchanged");
            let claimed = app.call(face, Some(&own), "claim_competence", claim("Sertifikat")).await.ok();
            assert_eq!((&claimed["id"], &claimed["status"], &claimed["reason"]), (&id, &json!("claimed"), &json!(null)));
            let verified = app.call(face, Some(&officer), "verify_competence", json!({ "id": id })).await.ok();
            assert_eq!((&verified["decidedBy"], may_teach().await), (&json!("regional_officer"), true));
            let read = app.call(face, Some(&own), "get_competence", json!({ "id": id })).await.ok();
            assert_eq!(read, verified, "{face:?}");
            let twice = app.call(face, Some(&officer), "verify_competence", json!({ "id": id })).await;
            assert_eq!(twice.refused(), "competence_not_claimed");
            let withdrawn = app.call(face, Some(&officer), "withdraw_competence", why).await.ok();
            assert_eq!((&withdrawn["status"], may_teach().await), (&json!("withdrawn"), false));
            let twice = json!({ "id": id, "input": { "reason": "lagi" } });
            assert_eq!(app.call(face, Some(&officer), "withdraw_competence", twice).await.refused(), "competence_not_verified");
        }
        for (kind, count) in [("claimed", 4), ("refused", 2), ("verified", 2), ("withdrawn", 2)] {
            assert_eq!(app.events(&format!("competence.{kind}")).await.len(), count, "{kind}");
        }
    }

    async fn evidence_and_decision_are_for_whom_they_are_about_and_for_those_who_verify(app: TestApp) {
        let country = Country::new(&app).await;
        let dewi = country.teacher(&app, "Dewi", country.bandung).await;
        let teacher = country.resource_person(&app, dewi).await;
        let own = app.token(Grant::resource_person(dewi));
        let claim = json!({ "id": teacher, "input": evidence(&country, "Sertifikat") });
        let id = app.call(Face::Rest, Some(&own), "claim_competence", claim).await.ok()["id"].clone();
        let why = json!({ "id": id, "input": { "reason": "Tidak lengkap" } });
        app.call(Face::Rest, Some(&country.officer(&app)), "refuse_competence", why).await.ok();
        let told = |one: &Value| ["evidence", "evidenceUrl", "reason", "decidedBy"].map(|field| one[field].clone());
        let all = [json!("Sertifikat"), json!("https://contoh.id/a"), json!("Tidak lengkap"), json!("regional_officer")];
        for (token, shown) in [
            (app.ministry(), true),
            (country.officer(&app), true),
            (own, true),
            (app.token(Grant::teacher(dewi)), true),
            (country.stranger(&app), false),
            (app.token(Grant::teacher(Uuid::now_v7())), false),
            (app.token(Grant::resource_person(Uuid::now_v7())), false),
            (app.token(Grant::provider_staff(country.provider)), false),
            (app.token(Grant::ministry_system()), false),
        ] {
            let expected = if shown { all.clone() } else { [const { Value::Null }; 4] };
            for face in Face::BOTH {
                let one = app.call(face, Some(&token), "get_competence", json!({ "id": id })).await.ok();
                assert_eq!((told(&one), &one["status"]), (expected.clone(), &json!("refused")), "{face:?}");
            }
            let person = app.call(Face::Rest, Some(&token), "get_resource_person", json!({ "id": teacher })).await.ok();
            assert_eq!(told(&person["competences"][0]), expected);
            let query = "query($id: ID!, $it: ID!) { resourcePerson(id: $id) { competences { evidence evidenceUrl reason decidedBy } }
                node(id: $it) { ... on Competence { evidence evidenceUrl reason decidedBy } } }";
            let it = sanggar::foundation::id::global("Competence", id.as_str().unwrap());
            let answer = app.graphql(Some(&token), query, json!({ "id": teacher, "it": it })).await;
            assert_eq!(told(&answer["data"]["resourcePerson"]["competences"][0]), expected, "{answer}");
            assert_eq!(told(&answer["data"]["node"]), expected, "{answer}");
        }
    }

    async fn nobody_decides_on_their_own_competence(app: TestApp) {
        let country = Country::new(&app).await;
        let dewi = country.teacher(&app, "Dewi", country.bandung).await;
        let teacher = country.resource_person(&app, dewi).await;
        let claim = country.claim(&app, teacher).await;
        let token = app.token_of("dewi", vec![Grant::regional_officer("32"), Grant::resource_person(dewi)]);
        for face in Face::BOTH {
            let verify = app.call(face, Some(&token), "verify_competence", json!({ "id": claim })).await;
            assert_eq!(verify.refused(), "own_competence", "{face:?}");
            let refuse = json!({ "id": claim, "input": { "reason": "malu" } });
            assert_eq!(app.call(face, Some(&token), "refuse_competence", refuse).await.refused(), "own_competence");
        }
        assert!(app.events("competence.verified").await.is_empty());
    }

    async fn competence_is_decided_within_the_region_and_claimed_by_whom_it_concerns(app: TestApp) {
        let country = Country::new(&app).await;
        let dewi = country.teacher(&app, "Dewi", country.bandung).await;
        let teacher = country.resource_person(&app, dewi).await;
        let staff = app.token(Grant::provider_staff(country.provider));
        let refused = [
            (None, "unauthenticated"),
            (Some(country.stranger(&app)), "forbidden"),
            (Some(app.token(Grant::provider_staff(Uuid::now_v7()))), "forbidden"),
            (Some(app.token(Grant::resource_person(Uuid::now_v7()))), "forbidden"),
            (Some(app.token(Grant::teacher(dewi))), "forbidden"),
        ];
        for face in Face::BOTH {
            for (token, code) in &refused {
                let claim = json!({ "id": teacher, "input": evidence(&country, "x") });
                assert_eq!(&app.call(face, token.as_deref(), "claim_competence", claim).await.refused(), code, "{face:?}");
            }
        }
        let claim = json!({ "id": teacher, "input": evidence(&country, "Sertifikat") });
        let claimed = app.call(Face::Rest, Some(&staff), "claim_competence", claim).await.ok();
        for face in Face::BOTH {
            for (token, code) in refused.iter().chain([&(Some(staff.clone()), "forbidden")]) {
                let outcome = app.call(face, token.as_deref(), "verify_competence", json!({ "id": claimed["id"] })).await;
                assert_eq!(&outcome.refused(), code, "{face:?}");
            }
            let bad = json!({ "id": teacher, "input": { "programId": Uuid::now_v7(), "evidence": "", "evidenceUrl": "javascript:1" } });
            let outcome = app.call(face, Some(&staff), "claim_competence", bad).await;
            let told: Vec<_> = outcome.faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
            assert_eq!(told, ["/programId", "/evidence", "/evidenceUrl"]);
            let gone = app.call(face, Some(&staff), "get_competence", json!({ "id": Uuid::now_v7() })).await;
            assert_eq!(gone.refused(), "not_found");
        }
    }

    async fn a_person_is_registered_to_teach_once_and_by_their_own(app: TestApp) {
        let country = Country::new(&app).await;
        let dewi = country.teacher(&app, "Dewi", country.bandung).await;
        let known = country.resource_person(&app, dewi).await;
        for face in Face::BOTH {
            let again = app.call(face, Some(&app.ministry()), "create_resource_person", json!({ "input": { "personId": dewi } })).await;
            assert!(again.data.to_string().contains(&known.to_string()));
            assert_eq!(again.refused(), "resource_person_already_known");
            let far = app.call(face, Some(&country.stranger(&app)), "create_resource_person", json!({ "input": { "personId": dewi } })).await;
            assert_eq!(far.refused(), "forbidden", "{face:?}");
            let bad = json!({ "input": { "personId": Uuid::now_v7(), "organisationId": Uuid::now_v7(), "biography": " " } });
            let outcome = app.call(face, Some(&app.ministry()), "create_resource_person", bad).await;
            let told: Vec<_> = outcome.faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
            assert_eq!(told, ["/personId", "/organisationId", "/biography"]);
        }
    }

    async fn those_who_may_teach_a_program_are_found_with_their_competences(app: TestApp) {
        let country = Country::new(&app).await;
        let mut claims = Vec::new();
        for name in ["Ani", "Budi", "Citra"] {
            let person = country.teacher(&app, name, country.bandung).await;
            let teacher = country.resource_person(&app, person).await;
            claims.push(country.claim(&app, teacher).await);
        }
        app.call(Face::Rest, Some(&app.ministry()), "verify_competence", json!({ "id": claims[1] })).await.ok();
        let caller = app.token(Grant::teacher(Uuid::now_v7()));
        for face in Face::BOTH {
            let list = |args: Value| app.call(face, Some(&caller), "list_resource_persons", args);
            assert_eq!(names(&list(json!({})).await.ok()), ["Ani", "Budi", "Citra"], "{face:?}");
            assert_eq!(names(&list(json!({ "programId": country.program })).await.ok()), ["Budi"]);
            assert_eq!(names(&list(json!({ "organisationId": Uuid::now_v7() })).await.ok()), Vec::<&str>::new());
            assert_eq!(names(&list(json!({ "q": "cit" })).await.ok()), ["Citra"]);
            let first = list(json!({ "first": 2 })).await.ok();
            assert_eq!(names(&list(json!({ "first": 2, "after": first["next"] })).await.ok()), ["Citra"]);
            assert_eq!(app.call(face, None, "list_resource_persons", json!({})).await.refused(), "unauthenticated");
        }
        // Whose token names a person costs one statement more: a merge may have moved it.
        let caller = app.ministry();
        for size in [1, 3] {
            let before = app.services.store.statements();
            let page = app.call(Face::Rest, Some(&caller), "list_resource_persons", json!({ "first": size })).await.ok();
            assert_eq!(page["items"][0]["competences"][0]["status"], "claimed", "{page}");
            assert_eq!(app.services.store.statements() - before, 2, "page size {size}");
            let before = app.services.store.statements();
            let query = "query($n: Int) { resourcePersons(first: $n) { totalCount nodes { name competences { status program { title } } } } }";
            let answer = app.graphql(Some(&caller), query, json!({ "n": size })).await;
            let list = &answer["data"]["resourcePersons"];
            assert_eq!((&list["totalCount"], &list["nodes"][0]["competences"][0]["program"]["title"]), (&json!(3), &json!("Numerasi untuk guru kelas")), "{answer}");
            assert_eq!(app.services.store.statements() - before, 4, "page size {size}");
        }
    }

    async fn what_is_shown_of_a_resource_person_changes_with_its_tag(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let dewi = country.teacher(&app, "Dewi", country.bandung).await;
        let teacher = country.resource_person(&app, dewi).await;
        let path = format!("/v1/resource-persons/{teacher}");
        let mut seen = Vec::new();
        for step in 0..3 {
            let answer = app.request(reqwest::Method::GET, &path, Some(&ministry)).send().await.unwrap();
            let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
            assert!(!seen.contains(&tag), "step {step}: {tag} stands for another answer already");
            let same = app.request(reqwest::Method::GET, &path, Some(&ministry)).header("If-None-Match", &tag).send().await.unwrap();
            assert_eq!(same.status().as_u16(), 304);
            seen.push(tag);
            if step == 0 {
                country.claim(&app, teacher).await;
            } else {
                let rename = json!({ "id": dewi, "version": 1, "input": { "name": "Dewi Lestari" } });
                app.call(Face::Rest, Some(&ministry), "update_person", rename).await;
            }
        }
    }
}
