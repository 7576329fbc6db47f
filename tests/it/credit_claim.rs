//! Certificates for work in a community: claimed once, signed as every other, and never taken for a training;
//! through both faces, on both engines.

use chrono::TimeDelta;
use entity::{activity, certificate, credit_claim, credit_use};
use reqwest::Method;
use sanggar::{access::grant::Grant, certification::certificate::payload};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        credit::Group,
        training::{USUAL, Wanted, World},
    },
    tamper::faults,
};

async fn uses(app: &TestApp, person: Uuid) -> u64 {
    let found = credit_use::Entity::find().filter(credit_use::Column::PersonId.eq(person));
    found.count(app.services.store.reader()).await.unwrap()
}

async fn activity_row(app: &TestApp, id: Uuid) -> activity::Model {
    activity::Entity::find_by_id(id).one(app.services.store.reader()).await.unwrap().unwrap()
}

fn uuid(made: &Value) -> Uuid {
    made["id"].as_str().unwrap().parse().unwrap()
}

async fn merge(app: &TestApp, from: Uuid, into: Uuid) {
    let args = json!({ "id": from, "input": { "intoId": into, "reason": "Terdaftar dua kali" } });
    app.call(Face::Rest, Some(&app.ministry()), "merge_person", args).await.ok();
}

both_engines! {
    async fn a_complete_cycle_gets_one_certificate_that_says_where_it_was_earned(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let (siti, budi) = (group.member("Siti Nurhaliza, S.Pd.").await, group.member("Budi").await);
        let done = group.whole_cycle(&[siti, budi]).await;
        let spare = group.did("meeting", 120).await;
        group.attended(spare, siti, 180).await;
        for (face, person) in Face::BOTH.into_iter().zip([siti, budi]) {
            let made = group.claimed(face, person).await;
            assert_eq!((&made["kind"], &made["generation"], &made["hoursJp"]), (&json!("community"), &json!(0), &json!(82)));
            assert_eq!((&made["communityId"], &made["programId"], &made["providerId"]), (&json!(group.community), &json!(group.program), &json!(world.provider)));
            assert_eq!((&made["enrolmentId"], &made["batchId"], &made["status"]), (&Value::Null, &Value::Null, &json!("valid")));
            assert_eq!((&made["startsOn"], &made["endsOn"]), (&json!("2025-10-01"), &json!("2026-01-07")), "from the first to the last that counts");
            let read = app.call(face, Some(&world.token(person)), "get_certificate", json!({ "id": made["id"] })).await.ok();
            let said = payload::verify(&app.services.keyring, read["signed"]["jws"].as_str().unwrap()).unwrap().payload;
            let earned = said.community.unwrap();
            assert_eq!((said.schema_version, said.batch, said.program.jp), (2, None, 82));
            assert_eq!((earned.name.as_str(), earned.kind.as_str(), earned.scheme_code.as_str(), earned.scheme_edition), ("KKG Gugus Cengkeh", "kkg", "PKB-KKG", 1));
            let parts: Vec<_> = earned.components.iter().map(|one| (one.code.as_str(), one.activities, one.jp)).collect();
            assert_eq!(parts, [("IN", 5, 50), ("ON", 3, 32)]);
            let lines: Vec<_> = said.completion.iter().map(|one| (one.requirement.as_str(), one.required, one.actual, one.met)).collect();
            assert_eq!(lines, [("IN", 5, Some(5), true), ("ON", 3, Some(3), true)]);
            for told in Face::BOTH {
                let checked = app.call(told, None, "get_verification", json!({ "id": made["verificationId"] })).await.ok();
                assert_eq!((&checked["kind"], &checked["communityName"], &checked["hoursJp"]), (&json!("community"), &json!("KKG Gugus Cengkeh"), &json!(82)));
            }
            let page = app.request(Method::GET, &format!("/verify/{}?lang=id", made["verificationId"].as_str().unwrap()), None);
            let html = page.send().await.unwrap().text().await.unwrap();
            assert!(html.contains("bukan pelatihan") && html.contains("KKG Gugus Cengkeh") && !html.contains("narasumber"), "{html}");
            assert_eq!(uses(&app, person).await, 8);
        }
        for id in done {
            let row = activity_row(&app, id).await;
            assert_eq!((row.status.as_str(), row.version), ("credited", 2), "sealed once, by whoever came first");
        }
        assert_eq!(activity_row(&app, spare).await.status, "reported", "what was not needed stays free");
        assert_eq!(app.events("activity.credited").await.len(), 8);
        let told = app.events("credit.claimed").await;
        assert_eq!((told.len(), told[0].payload["activityIds"].as_array().unwrap().len()), (2, 8));
        let issued = &app.events("certificate.issued").await[0].payload;
        assert_eq!((&issued["source"], &issued["communityId"]), (&json!("community"), &json!(group.community)));
        let kept = credit_claim::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert!(kept.iter().all(|row| row.statement["complete"] == true && row.jp == 82));
        assert_eq!(faults(&app).await, Vec::<String>::new());
        let told = group.statement(Face::Rest, siti).await;
        assert_eq!((&told["jp"], &told["complete"]), (&json!(10), &json!(false)), "only the spare meeting still counts");
    }

    async fn a_cycle_is_claimed_once_also_after_a_revocation(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        group.whole_cycle(&[siti]).await;
        let made = group.claimed(Face::Graphql, siti).await;
        let token = world.token(siti);
        for _ in 0..2 {
            for face in Face::BOTH {
                let again = app.call(face, Some(&token), "claim_credit", group.claim()).await;
                assert!(again.data.to_string().contains(made["number"].as_str().unwrap()), "{}", again.data);
                assert_eq!(again.refused(), "credit_already_claimed");
                // Nor in a cycle that begins on another day and has the same activities.
                let mut other = group.claim();
                other["input"]["startsOn"] = json!("2025-09-30");
                assert_eq!(app.call(face, Some(&token), "claim_credit", other).await.refused(), "credit_component_unmet");
            }
            let state = certificate::Entity::find_by_id(uuid(&made)).one(app.services.store.reader()).await.unwrap().unwrap();
            if state.status == "valid" {
                let reason = json!({ "id": made["id"], "input": { "reason": "Presensi keliru" } });
                app.call(Face::Rest, Some(&world.staff()), "revoke_certificate", reason).await.ok();
            }
        }
        assert_eq!(uses(&app, siti).await, 8);
        assert_eq!(faults(&app).await, Vec::<String>::new());
        for face in Face::BOTH {
            let checked = app.call(face, None, "get_verification", json!({ "id": made["verificationId"] })).await.ok();
            assert_eq!((&checked["status"], &checked["kind"]), (&json!("revoked"), &json!("community")));
        }
    }

    async fn what_is_missing_is_told_component_by_component(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        for face in Face::BOTH {
            let refused = app.call(face, Some(&world.token(siti)), "claim_credit", group.claim()).await;
            assert_eq!(refused.code.as_deref(), Some("credit_component_unmet"));
            let text = refused.data.to_string();
            assert!(text.contains("Pertemuan tatap muka") && text.contains("Tugas penerapan"), "{face:?}: {text}");
        }
        group.whole_cycle(&[siti]).await;
        for (field, wrong, code) in [
            ("startsOn", json!("2026-03-03"), "credit_cycle_to_come"),
            ("schemeId", json!(Uuid::now_v7()), "reference_unknown"),
        ] {
            for face in Face::BOTH {
                let mut claim = group.claim();
                claim["input"][field] = wrong.clone();
                let refused = app.call(face, Some(&world.token(siti)), "claim_credit", claim).await;
                assert_eq!(refused.faults, [(format!("/{field}"), code.to_owned())], "{face:?}");
            }
        }
        assert!(app.events("certificate.issued").await.is_empty());
        assert_eq!(uses(&app, siti).await, 0);
    }

    async fn only_the_person_and_the_ministry_claim(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let (siti, budi) = (group.member("Siti").await, group.member("Budi").await);
        group.whole_cycle(&[siti, budi]).await;
        let mut for_siti = group.claim();
        for_siti["input"]["personId"] = json!(siti);
        for face in Face::BOTH {
            let claim = async |token: &str| app.call(face, Some(token), "claim_credit", for_siti.clone()).await;
            assert_eq!(claim(&world.token(budi)).await.refused(), "not_found", "{face:?}");
            for token in [world.staff(), group.officer("32.73"), app.token(Grant::ministry_system())] {
                assert_eq!(claim(&token).await.refused(), "forbidden");
            }
            assert_eq!(app.call(face, None, "claim_credit", for_siti.clone()).await.refused(), "unauthenticated");
            let nobody = app.call(face, Some(&app.ministry()), "claim_credit", group.claim()).await;
            assert_eq!(nobody.faults, [("/personId".to_owned(), "field_missing".to_owned())]);
        }
        let made = app.call(Face::Rest, Some(&app.ministry()), "claim_credit", for_siti).await.ok();
        assert_eq!(made["personId"], json!(siti));
    }

    async fn sixty_four_claims_at_once_make_one_certificate(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        group.whole_cycle(&[siti]).await;
        let token = world.token(siti);
        let path = format!("/v1/communities/{}/credit/claim", group.community);
        let body = group.claim()["input"].clone();
        let calls = (0..64).map(|_| app.post(&path, Some(&token), &body));
        let answers = futures_util::future::join_all(calls).await;
        let made = answers.iter().filter(|(status, _)| *status == 201).count();
        let refused = answers.iter().filter(|(_, told)| told["code"] == "credit_already_claimed").count();
        assert_eq!((made, refused), (1, 63), "{answers:?}");
        let db = app.services.store.reader();
        assert_eq!(certificate::Entity::find().count(db).await.unwrap(), 1);
        assert_eq!(credit_claim::Entity::find().count(db).await.unwrap(), 1);
        assert_eq!((uses(&app, siti).await, app.events("certificate.issued").await.len()), (8, 1));
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn hours_of_a_community_are_no_direct_hours(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        group.whole_cycle(&[siti]).await;
        group.claimed(Face::Rest, siti).await;
        let batch = world.batch(Wanted { selection: "least_trained_first", ..USUAL }).await;
        world.enrolment(batch, siti, "applied", start()).await;
        for face in Face::BOTH {
            let ranking = app.call(face, Some(&world.staff()), "list_batch_ranking", json!({ "id": batch })).await.ok();
            assert_eq!(ranking["items"][0]["directJp"], 0, "{face:?}: {ranking}");
        }
    }

    async fn what_was_claimed_follows_its_person_to_the_record_that_remains(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let (old, new) = (group.member("Siti A.").await, world.teacher("Siti Aminah").await);
        group.whole_cycle(&[old, new]).await;
        let made = group.claimed(Face::Rest, old).await;
        // Under the other record a part of it was claimed as well, before anybody knew.
        let claim = credit_claim::Entity::find().one(app.services.store.reader()).await.unwrap().unwrap();
        let twin = credit_claim::Model { id: Uuid::now_v7(), person_id: new, ..claim };
        world.insert(twin.clone()).await;
        let shared = credit_use::Entity::find().one(app.services.store.reader()).await.unwrap().unwrap();
        world.insert(credit_use::Model { person_id: new, claim_id: twin.id, ..shared.clone() }).await;
        merge(&app, old, new).await;
        assert_eq!((uses(&app, old).await, uses(&app, new).await), (0, 8));
        let kept = credit_use::Entity::find_by_id((new, shared.activity_id)).one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!(kept.claim_id, twin.id, "the survivor's own stands");
        for face in Face::BOTH {
            // A token of the retired record means the same human.
            for person in [old, new] {
                let again = app.call(face, Some(&world.token(person)), "claim_credit", group.claim()).await;
                assert_eq!(again.refused(), "credit_already_claimed", "{face:?}");
            }
            let read = app.call(face, Some(&world.token(new)), "get_certificate", json!({ "id": made["id"] })).await.ok();
            assert_eq!(read["personId"], json!(new));
            let checked = app.call(face, None, "get_verification", json!({ "id": made["verificationId"] })).await.ok();
            assert_eq!(checked["status"], "valid");
        }
        let mut asked = group.asked();
        asked["personId"] = json!(old);
        let told = app.call(Face::Graphql, Some(&app.ministry()), "get_credit_statement", asked).await.ok();
        assert_eq!(told["personId"], json!(new), "a retired id finds what moved");
        let mut named = group.claim();
        named["input"]["personId"] = json!(old);
        let refused = app.call(Face::Rest, Some(&app.ministry()), "claim_credit", named).await;
        assert_eq!(refused.refused(), "person_merged");
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn a_months_cap_holds_over_all_communities_together(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        group.whole_cycle(&[siti]).await;
        group.claimed(Face::Rest, siti).await;
        let other = Uuid::now_v7();
        world.insert(crate::support::rows::community_row(other, "32.73")).await;
        world.insert(crate::support::rows::membership_row(Uuid::now_v7(), other, siti)).await;
        let mut capped = crate::support::credit::national(group.program);
        capped["code"] = json!("PKB-BATAS");
        capped["monthlyCapJp"] = json!(40);
        let scheme = crate::support::credit::published(&world, capped).await;
        let second = Group { community: other, scheme, world: &world, program: group.program };
        // October took three meetings, 30 JP, in the first community: one more fits.
        for n in 0..2 {
            let activity = second.did("meeting", 3 + n).await;
            second.attended(activity, siti, 180).await;
        }
        for face in Face::BOTH {
            assert_eq!(second.statement(face, siti).await["jp"], 10, "{face:?}");
        }
    }

    async fn an_edit_behind_the_services_back_is_found(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let (siti, budi) = (group.member("Siti").await, group.member("Budi").await);
        group.whole_cycle(&[siti, budi]).await;
        let (made, other) = (group.claimed(Face::Rest, siti).await, group.claimed(Face::Rest, budi).await);
        let db = app.services.store.writer();
        let row = async |made: &Value| certificate::Entity::find_by_id(uuid(made)).one(db).await.unwrap().unwrap();
        let before = row(&made).await;
        let edits: [fn(&mut certificate::Model); 6] = [
            |row| row.kind = "direct".to_owned(),
            |row| row.source = "training".to_owned(),
            |row| row.community_id = None,
            |row| row.claim_id = None,
            |row| row.hours_jp = 820,
            |row| row.ends_on += TimeDelta::days(1),
        ];
        for edit in edits {
            let mut after = before.clone();
            edit(&mut after);
            after.into_active_model().reset_all().update(db).await.unwrap();
            for face in Face::BOTH {
                let asked = app.call(face, None, "get_verification", json!({ "id": made["verificationId"] })).await;
                assert_eq!(asked.refused(), "certificate_integrity_failed");
            }
            assert!(faults(&app).await.iter().any(|fault| fault.contains(made["id"].as_str().unwrap())));
            before.clone().into_active_model().reset_all().update(db).await.unwrap();
        }
        let claim = credit_claim::Entity::find_by_id(before.claim_id.unwrap()).one(db).await.unwrap().unwrap();
        let higher = credit_claim::ActiveModel { id: Set(claim.id), jp: Set(83), ..Default::default() };
        higher.update(db).await.unwrap();
        assert!(faults(&app).await.iter().any(|fault| fault.contains("not what was claimed")));
        claim.into_active_model().reset_all().update(db).await.unwrap();
        let used = credit_use::Entity::find().one(db).await.unwrap().unwrap().activity_id;
        for (status, sealed) in [("reported", false), ("credited", true)] {
            let change = activity::ActiveModel { id: Set(used), status: Set(status.to_owned()), ..Default::default() };
            change.update(db).await.unwrap();
            assert_eq!(faults(&app).await.is_empty(), sealed);
        }
        // One claim has one certificate in force: the database keeps that.
        let stolen = certificate::ActiveModel { id: Set(uuid(&other)), claim_id: Set(before.claim_id), ..Default::default() };
        assert!(stolen.update(db).await.is_err());
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }
}
