//! Two records of one human become one: nothing is left behind, and the retired id answers for ever.

use entity::{certificate, competence, enrolment, resource_person, session_teacher};
use sanggar::access::grant::Grant;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        directory::{Country, id_of, person_of},
    },
};

async fn merge(app: &TestApp, face: Face, from: Uuid, into: Uuid) -> Outcome {
    let args = json!({ "id": from, "input": { "intoId": into, "reason": "NIK dan ijazah sama" } });
    app.call(face, Some(&app.ministry()), "merge_person", args).await
}

/// Rows that still name `person` or `teacher`.
async fn left_behind(app: &TestApp, person: Uuid, teacher: Uuid) -> u64 {
    let db = app.services.store.reader();
    let mut left =
        enrolment::Entity::find().filter(enrolment::Column::PersonId.eq(person)).count(db).await.unwrap();
    left +=
        certificate::Entity::find().filter(certificate::Column::PersonId.eq(person)).count(db).await.unwrap();
    left += session_teacher::Entity::find()
        .filter(session_teacher::Column::PersonId.eq(person))
        .count(db)
        .await
        .unwrap();
    left += resource_person::Entity::find()
        .filter(resource_person::Column::PersonId.eq(person))
        .count(db)
        .await
        .unwrap();
    left += session_teacher::Entity::find()
        .filter(session_teacher::Column::ResourcePersonId.eq(teacher))
        .count(db)
        .await
        .unwrap();
    left += competence::Entity::find()
        .filter(competence::Column::ResourcePersonId.eq(teacher))
        .count(db)
        .await
        .unwrap();
    left
}

both_engines! {
    async fn everything_of_the_retired_record_moves_to_the_surviving_one(app: TestApp) {
        let country = Country::new(&app).await;
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            let (old, new) = (country.teacher(&app, "Siti A.", country.bandung).await, country.teacher(&app, "Siti Aminah", country.surabaya).await);
            let (first, session) = country.batch(&app, "Angkatan 1").await;
            let (second, both) = country.batch(&app, "Angkatan 2").await;
            let moved = country.enrolment(&app, first, old, "completed").await;
            country.enrolment(&app, second, old, "withdrawn").await;
            country.enrolment(&app, second, new, "accepted").await;
            let certificate = country.certificate(&app, old, -1 - nth as i64).await;
            let (from, into) = (country.resource_person(&app, old).await, country.resource_person(&app, new).await);
            let claimed = country.claim(&app, into).await;
            let verified = country.claim(&app, from).await;
            app.call(face, Some(&app.ministry()), "verify_competence", json!({ "id": verified })).await.ok();
            country.teaches(&app, session, from, old).await;
            country.teaches(&app, both, from, old).await;
            country.teaches(&app, both, into, new).await;

            let survivor = merge(&app, face, old, new).await.ok();
            assert_eq!((id_of(&survivor), &survivor["version"]), (new, &json!(2)));
            assert_eq!(left_behind(&app, old, from).await, 0);
            let db = app.services.store.reader();
            let row = enrolment::Entity::find_by_id(moved).one(db).await.unwrap().unwrap();
            assert_eq!((row.person_id, row.version), (new, 2));
            let row = certificate::Entity::find_by_id(certificate).one(db).await.unwrap().unwrap();
            let told = app.events("certificate.moved").await;
            assert_eq!((row.person_id, row.version, row.changed_pos), (new, 2, told[nth].pos), "the feed shows it");
            assert_eq!((row.holder_name.as_str(), row.region_code.as_deref()), ("Siti", Some("32.73.01")), "frozen at issue");
            let taught = session_teacher::Entity::find().filter(session_teacher::Column::PersonId.eq(new)).count(db).await.unwrap();
            assert_eq!(taught, 2, "a session both were put down for counts once");
            let theirs = competence::Entity::find().filter(competence::Column::ResourcePersonId.eq(into)).all(db).await.unwrap();
            assert_eq!(theirs.iter().map(|c| c.id).collect::<Vec<_>>(), [verified], "of two, the verified one stays");
            assert!(competence::Entity::find_by_id(claimed).one(db).await.unwrap().is_none());
            let event = &app.events("person.merged").await[nth];
            assert_eq!((&event.payload["from"], &event.payload["into"]), (&json!(old), &json!(new)));
            assert_eq!(event.subject_id, old.to_string());
            assert_eq!(app.events("enrolment.moved").await.len(), 2 * (nth + 1));
        }
    }

    async fn the_survivor_takes_what_it_lacked_and_the_retired_record_keeps_little(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        for (face, nik) in Face::BOTH.into_iter().zip(["3273014509870002", "3273014509870003"]) {
            let input = json!({
                "kind": "teacher", "name": "Siti A.", "employment": "pns", "nuptk": format!("{nik}"), "nik": nik,
                "phone": "081234567890", "sex": "female", "schoolId": country.bandung, "subject": "IPA",
            });
            let old = id_of(&app.call(face, Some(&ministry), "create_person", json!({ "input": input })).await.ok());
            let input = json!({ "kind": "teacher", "name": "Siti Aminah", "employment": "pppk", "subject": "IPS", "regionCode": "35" });
            let new = id_of(&app.call(face, Some(&ministry), "create_person", json!({ "input": input })).await.ok());
            let survivor = merge(&app, face, old, new).await.ok();
            assert_eq!((&survivor["nuptk"], &survivor["phone"]), (&json!(nik), &json!("+6281234567890")), "{face:?}");
            assert_eq!((&survivor["subject"], &survivor["employment"]), (&json!("IPS"), &json!("pppk")));
            assert_eq!((&survivor["schoolId"], &survivor["regionCode"]), (&json!(country.bandung), &json!("32.73.01")));
            let (gone, kept) = (person_of(&app, old).await, person_of(&app, new).await);
            assert!(kept.nik_index.is_some() && kept.nik_sealed.is_some());
            assert_eq!((gone.nuptk, gone.nik_sealed, gone.nik_index, gone.phone, gone.sex), (None, None, None, None, None));
            assert_eq!(gone.merged_into, Some(new));
        }
    }

    async fn a_retired_id_leads_to_the_end_of_the_chain_for_ever(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let mut ids = Vec::new();
        for n in 0..3 {
            ids.push(country.teacher(&app, &format!("Siti {n}"), country.bandung).await);
        }
        merge(&app, Face::Rest, ids[0], ids[1]).await.ok();
        merge(&app, Face::Graphql, ids[1], ids[2]).await.ok();
        let path = format!("/v1/persons/{}", ids[0]);
        let answer = app.request(reqwest::Method::GET, &path, Some(&ministry)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 308);
        assert_eq!(answer.headers()["location"], format!("/v1/persons/{}", ids[2]).as_str());
        assert_eq!(answer.json::<Value>().await.unwrap(), json!({ "mergedInto": ids[2] }));
        let query = "query($id: ID!) { person(id: $id) { id name mergedFrom } node(id: $id) { id ... on Person { mergedInto } } }";
        let global = |id: Uuid| sanggar::foundation::id::global("Person", &id.to_string());
        let answer = app.graphql(Some(&ministry), query, json!({ "id": global(ids[0]) })).await;
        let mut from = vec![global(ids[0]), global(ids[1])];
        from.sort_by_key(|text| sanggar::foundation::id::parse_global(text));
        assert_eq!(answer["data"]["person"], json!({ "id": global(ids[2]), "name": "Siti 2", "mergedFrom": from }), "{answer}");
        // What `node` answers with is what was asked for, or a cache would file it under another id.
        assert_eq!(answer["data"]["node"], json!({ "id": global(ids[0]), "mergedInto": global(ids[2]) }));
        let list = app.call(Face::Rest, Some(&ministry), "list_persons", json!({})).await.ok();
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "retired records are in no list");
        for face in Face::BOTH {
            let change = json!({ "id": ids[0], "version": 2, "input": { "subject": "IPA" } });
            let refused = app.call(face, Some(&ministry), "update_person", change).await;
            assert!(refused.data.to_string().contains(&ids[2].to_string()), "names the one to use: {}", refused.data);
            assert_eq!(refused.refused(), "person_merged");
            let teach = json!({ "input": { "personId": ids[1] } });
            assert_eq!(app.call(face, Some(&ministry), "create_resource_person", teach).await.refused(), "person_merged");
            let other = country.teacher(&app, "Budi", country.bandung).await;
            assert_eq!(merge(&app, face, ids[0], other).await.refused(), "person_merged");
            assert_eq!(merge(&app, face, ids[2], ids[0]).await.refused(), "person_merge_cycle");
            assert_eq!(merge(&app, face, ids[2], ids[2]).await.refused(), "person_merged_with_itself");
            let into_retired = merge(&app, face, other, ids[0]).await.ok();
            assert_eq!(id_of(&into_retired), ids[2], "a merge into a retired record goes to the end");
        }
    }

    async fn a_merge_that_would_enrol_somebody_twice_is_refused_naming_the_batches(app: TestApp) {
        let country = Country::new(&app).await;
        let (old, new) = (country.teacher(&app, "Siti A.", country.bandung).await, country.teacher(&app, "Siti Aminah", country.bandung).await);
        let (batch, _) = country.batch(&app, "Angkatan 7").await;
        let mine = country.enrolment(&app, batch, old, "applied").await;
        country.enrolment(&app, batch, new, "waitlisted").await;
        for face in Face::BOTH {
            let refused = merge(&app, face, old, new).await;
            assert!(refused.data.to_string().contains("Angkatan 7"), "{}", refused.data);
            assert_eq!(refused.refused(), "person_merge_enrolled_twice", "{face:?}");
        }
        let row = enrolment::Entity::find_by_id(mine).one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!(row.person_id, old, "nothing is half done");
        assert!(person_of(&app, old).await.merged_into.is_none());
        assert!(app.events("person.merged").await.is_empty());
    }

    async fn two_identity_numbers_are_two_humans(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let mut ids = Vec::new();
        for nik in ["3273014509870002", "3273014509870003"] {
            let input = json!({ "kind": "teacher", "name": "Siti", "employment": "none", "schoolId": country.bandung, "nik": nik });
            ids.push(id_of(&app.call(Face::Rest, Some(&ministry), "create_person", json!({ "input": input })).await.ok()));
        }
        for face in Face::BOTH {
            assert_eq!(merge(&app, face, ids[0], ids[1]).await.refused(), "person_merge_nik_differs");
        }
        let clear = json!({ "id": ids[0], "version": 1, "input": { "nik": null } });
        app.call(Face::Rest, Some(&ministry), "update_person", clear).await.ok();
        merge(&app, Face::Rest, ids[0], ids[1]).await.ok();
    }

    async fn only_the_ministry_merges_and_says_why(app: TestApp) {
        let country = Country::new(&app).await;
        let (old, new) = (country.teacher(&app, "Siti A.", country.bandung).await, country.teacher(&app, "Siti", country.bandung).await);
        let args = |into: Uuid, reason: &str| json!({ "id": old, "input": { "intoId": into, "reason": reason } });
        for face in Face::BOTH {
            let call = |token: Option<String>, args: Value| async { let token = token; app.call(face, token.as_deref(), "merge_person", args).await };
            assert_eq!(call(None, args(new, "sama")).await.refused(), "unauthenticated");
            assert_eq!(call(Some(country.officer(&app)), args(new, "sama")).await.refused(), "forbidden");
            assert_eq!(call(Some(app.token(Grant::teacher(old))), args(new, "sama")).await.refused(), "forbidden");
            assert_eq!(call(Some(country.stranger(&app)), args(new, "sama")).await.refused(), "forbidden");
            let faulty = call(Some(app.ministry()), args(Uuid::now_v7(), " ")).await;
            let expected = [("/intoId", "reference_unknown"), ("/reason", "reason_missing")];
            assert_eq!(faulty.faults, expected.map(|(p, c)| (p.to_owned(), c.to_owned())), "{face:?}");
        }
    }

    async fn merges_that_cross_make_no_cycle(app: TestApp) {
        let country = Country::new(&app).await;
        for _ in 0..3 {
            let (a, b) = (country.teacher(&app, "Siti A.", country.bandung).await, country.teacher(&app, "Siti", country.bandung).await);
            let (one, other) = tokio::join!(merge(&app, Face::Rest, a, b), merge(&app, Face::Graphql, b, a));
            let done = [&one, &other].iter().filter(|outcome| outcome.code.is_none()).count();
            assert_eq!(done, 1, "{one:?} {other:?}");
            let retired = [person_of(&app, a).await, person_of(&app, b).await];
            assert_eq!(retired.iter().filter(|row| row.merged_into.is_some()).count(), 1);
        }
    }
}
