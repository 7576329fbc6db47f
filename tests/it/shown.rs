//! What of a person's record is shown to whom, and what is said of the rest. Both faces, both engines.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use entity::person;
use sanggar::{
    access::{
        actor::Actor,
        grant::Grant,
        oauth_scope::{
            OAuthScope::{self, ContactsRead, DirectoryRead, IdentifiersRead},
            Scopes,
        },
    },
    directory::person::{
        read::{self, PersonFilter, PersonPlan},
        write::{UpdatePerson, UpdatePersonInput},
    },
    foundation::page::{Direction, PageRequest},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        identity::{all_but, every_scope},
        rows::person_row,
        training::{BANDUNG, BOGOR, USUAL, World},
    },
};

const NUPTK: &str = "4738779680130042";
const IDENTIFIERS: [&str; 2] = ["nuptk", "nip"];
const DEMOGRAPHICS: [&str; 2] = ["sex", "birthDate"];
const CONTACTS: [&str; 2] = ["phone", "email"];
/// Every personal field, as it stands in [`siti`].
const ALL: [&str; 11] = [
    "name",
    "nuptk",
    "nip",
    "sex",
    "birthDate",
    "employment",
    "subject",
    "schoolId",
    "regionCode",
    "phone",
    "email",
];

/// Somebody of whom everything is known.
fn siti(id: Uuid, world: &World<'_>) -> person::Model {
    person::Model {
        nuptk: Some(NUPTK.to_owned()),
        nip: Some("198709152021212003".to_owned()),
        sex: Some("female".to_owned()),
        birth_date: NaiveDate::from_ymd_opt(1987, 9, 15),
        subject: Some("Matematika".to_owned()),
        phone: Some("+6281234567890".to_owned()),
        email: Some("siti@contoh.sch.id".to_owned()),
        ..person_row(id, "Siti Aminah", Some(world.school), BANDUNG)
    }
}

async fn siti_in(world: &World<'_>) -> Uuid {
    let id = Uuid::now_v7();
    world.insert(siti(id, world)).await;
    id
}

/// What is withheld, by reason; and that just the rest is there of somebody of whom everything is known.
fn withheld(person: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in person["withheld"].as_array().unwrap_or_else(|| panic!("{person}")) {
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        told.entry(text("reason")).or_default().insert(text("field"));
    }
    for field in ALL {
        let hidden = told.values().any(|fields| fields.contains(field));
        let nothing = person[field].is_null() || person[field] == "";
        assert_eq!(nothing, hidden, "{field}: {person}");
    }
    told
}

fn expected(rows: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
    let set = |fields: &[&str]| fields.iter().map(|field| (*field).to_owned()).collect();
    rows.iter().filter(|row| !row.1.is_empty()).map(|row| (row.0.to_owned(), set(row.1))).collect()
}

async fn get(app: &TestApp, face: Face, token: &str, id: Uuid) -> Value {
    app.call(face, Some(token), "get_person", json!({ "id": id })).await.ok()
}

async fn found(app: &TestApp, face: Face, token: &str, filter: Value) -> usize {
    let page = app.call(face, Some(token), "list_persons", filter).await.ok();
    page["items"].as_array().unwrap().len()
}

fn scopes(some: &[OAuthScope]) -> Scopes {
    some.iter().copied().collect()
}

both_engines! {
    async fn an_app_sees_what_it_has_a_purpose_for_and_is_told_of_the_rest(app: TestApp) {
        let world = World::new(&app).await;
        let (siti, bare) = (siti_in(&world).await, world.teacher("Budi").await);
        let own = [Grant::teacher(siti)];
        let app_of = |some: &[OAuthScope]| app.app_token(&own, scopes(some));
        let (name_only, reaching, whole) = (
            app_of(&[DirectoryRead]).await,
            app_of(&[DirectoryRead, ContactsRead]).await,
            app.app_token(&own, every_scope()).await,
        );
        let officer = app.app_token(&[Grant::regional_officer(BANDUNG)], scopes(&[DirectoryRead])).await;
        let all = [IDENTIFIERS, DEMOGRAPHICS, CONTACTS].concat();
        let but_contacts = [IDENTIFIERS, DEMOGRAPHICS].concat();
        for face in Face::BOTH {
            for (token, missing) in [(&name_only, &all), (&reaching, &but_contacts), (&whole, &Vec::new()), (&officer, &all)] {
                let must = expected(&[("purpose_not_granted", missing.as_slice())]);
                assert_eq!(withheld(&get(&app, face, token, siti).await), must, "{face:?}");
                let page = app.call(face, Some(token), "list_persons", json!({ "q": "siti" })).await.ok();
                assert_eq!(withheld(&page["items"][0]), must, "{face:?}");
            }
            let unknown = get(&app, face, &officer, bare).await;
            assert_eq!(unknown["withheld"].as_array().unwrap().len(), 6, "that nothing is known is not told: {unknown}");
        }
        let me = app.get("/v1/me", Some(&name_only)).await.1;
        assert_eq!(withheld(&me["person"]), expected(&[("purpose_not_granted", all.as_slice())]));
    }

    async fn each_role_sees_what_it_needs_of_those_it_reaches(app: TestApp) {
        let world = World::new(&app).await;
        let siti = siti_in(&world).await;
        let batch = world.batch(USUAL).await;
        let trainer = world.teaches(world.untaught_session(batch, TimeDelta::days(1)).await, "Dewi").await;
        world.enrolment(batch, siti, "accepted", start()).await;
        let elsewhere = Grant::provider_staff(world.organisation("LAIN").await);
        let teaches = Grant::resource_person(trainer);
        let staff = Grant::provider_staff(world.provider);
        let but_contacts = [IDENTIFIERS, DEMOGRAPHICS].concat();
        let all = [IDENTIFIERS, DEMOGRAPHICS, CONTACTS].concat();
        let (nothing, but_contacts, all): (&[&str], &[&str], &[&str]) = (&[], &but_contacts, &all);
        for (grants, missing) in [
            (vec![Grant::ministry()], nothing),
            (vec![Grant::ministry_system()], nothing),
            (vec![Grant::regional_officer(BANDUNG)], nothing),
            (vec![Grant::principal(world.school, None)], nothing),
            (vec![Grant::teacher(siti)], nothing),
            (vec![staff.clone()], but_contacts),
            (vec![teaches.clone()], all),
            // Whoever reaches somebody in two ways sees what either shows, and no more.
            (vec![staff.clone(), teaches.clone()], but_contacts),
            (vec![elsewhere.clone(), teaches.clone()], all),
            (vec![Grant::regional_officer(BOGOR), teaches.clone()], all),
            (vec![Grant::regional_officer(BANDUNG), staff.clone(), teaches], nothing),
        ] {
            let token = app.token_of("somebody", grants.clone());
            for face in Face::BOTH {
                let seen = withheld(&get(&app, face, &token, siti).await);
                assert_eq!(seen, expected(&[("no_purpose", missing)]), "{face:?} {grants:?}");
            }
        }
        for face in Face::BOTH {
            for grant in [Grant::regional_officer(BOGOR), elsewhere.clone(), Grant::teacher(trainer)] {
                let refused = app.call(face, Some(&app.token(grant)), "get_person", json!({ "id": siti })).await.refused();
                assert_eq!(refused, "not_found", "{face:?}");
            }
        }
        let edge = "{ enrolments(first: 1) { nodes { person { phone nuptk withheld { field reason } } } } }";
        let told = app.graphql(Some(&world.staff()), edge, json!({})).await;
        let along = &told["data"]["enrolments"]["nodes"][0]["person"];
        assert_eq!((&along["phone"], &along["nuptk"]), (&json!("+6281234567890"), &json!(null)), "{told}");
        assert_eq!(along["withheld"][0], json!({ "field": "nuptk", "reason": "NO_PURPOSE" }));
    }

    async fn by_what_is_not_shown_nobody_is_found(app: TestApp) {
        let world = World::new(&app).await;
        let siti = siti_in(&world).await;
        let batch = world.batch(USUAL).await;
        world.enrolment(batch, siti, "accepted", start()).await;
        let by_number = json!({ "nuptk": NUPTK });
        let limited = app.app_token(&[Grant::ministry()], all_but(IdentifiersRead)).await;
        let creating = json!({ "input": { "kind": "teacher", "name": "Siti A.", "employment": "none", "schoolId": world.school, "nuptk": NUPTK } });
        let budi = world.teacher("Budi").await;
        let both = app.token_of("budi", vec![Grant::teacher(budi), Grant::provider_staff(world.provider)]);
        for face in Face::BOTH {
            assert_eq!(found(&app, face, &app.ministry(), by_number.clone()).await, 1);
            assert_eq!(found(&app, face, &app.token(Grant::teacher(siti)), by_number.clone()).await, 1);
            assert_eq!(found(&app, face, &both, json!({ "q": "siti" })).await, 1);
            assert_eq!(found(&app, face, &both, by_number.clone()).await, 0, "their own number is not it");
            let staff = app.call(face, Some(&world.staff()), "list_persons", by_number.clone()).await;
            assert_eq!(staff.refused(), "forbidden");
            let narrow = app.call(face, Some(&limited), "list_persons", by_number.clone()).await;
            assert_eq!(narrow.refused(), "insufficient_scope");
            // Nor does a refusal say whose a number is.
            let taken = app.call(face, Some(&limited), "create_person", creating.clone()).await;
            assert!(!taken.data.to_string().contains(&siti.to_string()), "{face:?}: {}", taken.data);
            assert_eq!(taken.refused(), "person_already_known");
        }
    }

    async fn a_restricted_person_is_a_name_and_an_erased_one_is_none(app: TestApp) {
        let world = World::new(&app).await;
        let (siti, gone) = (Uuid::now_v7(), Uuid::now_v7());
        world.insert(person::Model { restricted_at: Some(start()), ..self::siti(siti, &world) }).await;
        world.insert(person::Model { erased_at: Some(start()), nuptk: None, ..self::siti(gone, &world) }).await;
        let but_name = &ALL[1..];
        let principal = app.token(Grant::principal(world.school, None));
        let officer = app.token(Grant::regional_officer(BANDUNG));
        for face in Face::BOTH {
            for (token, missing) in [
                (&principal, but_name),
                (&app.token(Grant::ministry_system()), but_name),
                (&officer, &[][..]),
                (&world.token(siti), &[][..]),
            ] {
                let seen = get(&app, face, token, siti).await;
                assert_eq!(withheld(&seen), expected(&[("restricted", missing)]), "{face:?}");
                assert!(seen["restrictedAt"].is_string() && seen["kind"] == "teacher", "{seen}");
                let open = usize::from(missing.is_empty());
                for filter in [json!({ "nuptk": NUPTK }), json!({ "employment": "honorary", "q": "siti" })] {
                    assert_eq!(found(&app, face, token, filter).await, open, "{face:?}");
                }
                assert_eq!(found(&app, face, token, json!({ "q": "siti" })).await, 1, "{face:?}");
            }
            let erased = get(&app, face, &officer, gone).await;
            assert_eq!(withheld(&erased), expected(&[("erased", &ALL)]), "{face:?}");
            assert!(erased["erasedAt"].is_string() && erased["name"] == "", "{erased}");
            assert_eq!(found(&app, face, &app.ministry(), json!({})).await, 1, "who was erased is in no list");
        }
        let edges = "query($id: ID!) { person(id: $id) { name school { name } region { name } } }";
        let id = sanggar::foundation::id::global("Person", &siti.to_string());
        let told = app.graphql(Some(&principal), edges, json!({ "id": id })).await;
        assert_eq!(told["data"]["person"], json!({ "name": "Siti Aminah", "school": null, "region": null }), "{told}");
    }

    async fn what_a_command_answers_is_what_its_caller_sees(app: TestApp) {
        let world = World::new(&app).await;
        let officer = [Grant::regional_officer(BANDUNG)];
        let token = app.app_token(&officer, scopes(&[DirectoryRead, OAuthScope::DirectoryWrite])).await;
        let all = [IDENTIFIERS, DEMOGRAPHICS, CONTACTS].concat();
        for (face, key) in Face::BOTH.into_iter().zip(["satu", "dua"]) {
            let input = json!({ "kind": "teacher", "name": "Siti Aminah", "employment": "pppk", "schoolId": world.school,
                "subject": "IPA", "phone": "0812-3456-7890" });
            let create = json!({ "input": input, "key": key });
            let made = app.call(face, Some(&token), "create_person", create.clone()).await.ok();
            assert_eq!(withheld(&made), expected(&[("purpose_not_granted", all.as_slice())]), "{face:?}");
            assert_eq!(app.call(face, Some(&token), "create_person", create).await.ok(), made, "{face:?}");
            let change = json!({ "id": made["id"], "version": 1, "input": { "email": "siti@contoh.sch.id" } });
            let changed = app.call(face, Some(&token), "update_person", change).await.ok();
            assert_eq!(withheld(&changed), withheld(&made), "{face:?}");
            let kept = get(&app, face, &app.ministry(), made["id"].as_str().unwrap().parse().unwrap()).await;
            assert_eq!((&kept["phone"], &kept["email"]), (&json!("+6281234567890"), &json!("siti@contoh.sch.id")));
        }
    }

    async fn what_is_shown_of_others_is_noted_by_purpose(app: TestApp) {
        let world = World::new(&app).await;
        let (siti, batch) = (siti_in(&world).await, world.batch(USUAL).await);
        world.enrolment(batch, siti, "accepted", start()).await;
        let directory = BTreeSet::from(["name", "employment", "subject", "schoolId", "regionCode"]);
        let staff = app.ctx(Actor::new("staff", vec![Grant::provider_staff(world.provider)]));
        let page = PageRequest::first(20, Direction::Forward);
        read::list(&staff, &PersonFilter::default(), PersonPlan::default(), &page).await.unwrap();
        let noted = staff.looks.take();
        assert_eq!(noted.len(), 2, "{noted:?}");
        assert_eq!(noted[&(siti, DirectoryRead)], directory);
        assert_eq!(noted[&(siti, ContactsRead)], BTreeSet::from(CONTACTS));
        let own = app.ctx(Actor::new("siti", vec![Grant::teacher(siti)]));
        read::find(&own, siti.into(), PersonPlan::default()).await.unwrap();
        assert!(own.looks.take().is_empty(), "one's own is no look at another");
        let officer = app.ctx(Actor::new("officer", vec![Grant::regional_officer(BANDUNG)]));
        let input: UpdatePersonInput = serde_json::from_value(json!({ "phone": null })).unwrap();
        officer.write(UpdatePerson { id: siti.into(), version: Some(1), input }).await.unwrap();
        let noted = officer.looks.take();
        assert_eq!(noted[&(siti, ContactsRead)], BTreeSet::from(["email"]), "what a command answers is a look too");
        assert_eq!(noted[&(siti, IdentifiersRead)], BTreeSet::from(IDENTIFIERS));
        assert_eq!(noted.len(), 4);
    }

    async fn a_page_of_a_hundred_costs_what_a_page_of_one_costs(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        let trainer = world.teaches(world.untaught_session(batch, TimeDelta::days(1)).await, "Zahra").await;
        for person in world.teachers(100).await {
            world.enrolment(batch, person, "accepted", start()).await;
        }
        let (staff, teaches) = (Grant::provider_staff(world.provider), Grant::resource_person(trainer));
        for (grants, more) in [
            (vec![Grant::ministry()], 0),
            (vec![staff.clone()], 0),
            (vec![teaches.clone()], 0),
            (vec![staff.clone(), teaches.clone()], 1),
            (vec![staff, teaches, Grant::regional_officer(BANDUNG)], 0),
        ] {
            let token = app.token_of("somebody", grants.clone());
            let query = "query($first: Int) { persons(first: $first) { nodes { phone withheld { reason } } } }";
            for first in [1, 20, 100] {
                let before = app.services.store.statements();
                let told = app.graphql(Some(&token), query, json!({ "first": first })).await;
                let spent = app.services.store.statements() - before;
                assert_eq!(told["data"]["persons"]["nodes"].as_array().map(Vec::len), Some(first), "{told}");
                // One who is somebody is asked for by their record, which may have become part of another.
                let known = u64::from(grants.iter().any(|grant| grant.person.is_some()));
                assert_eq!(spent, 2 + known + more, "{first}, and who saw them: {grants:?}");
            }
        }
    }
}
