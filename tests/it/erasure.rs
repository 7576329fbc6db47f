//! A person is erased: what is left of them, what still verifies, what receivers are told. Through both faces, on both
//! engines.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use entity::{
    account, account_identity, audit_entry, audit_value, browser_session, certificate_payload, comment,
    data_access, enrolment, event, token_family,
};
use sanggar::{access::grant::Grant, certification::certificate::payload};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, assessed, issue},
    support::{
        Face, TestApp,
        app::start,
        browser::letters,
        directory::{id_of, person_of},
        identity::{Through, every_scope},
        rows::{community_row, office_row},
        training::{BANDUNG, USUAL, World},
        voice::{comment_row, tables},
    },
    tamper::faults,
};

/// What names the person and must be found nowhere afterwards.
const CANARIES: [&str; 5] =
    ["Kenari Sukmawati", "kenari.sukmawati", "+62812998877", "4738779680139999", "198503152010012003"];
/// Where she is written to.
const MAIL: &str = "kenari.sukmawati@contoh.sch.id";

/// Somebody with a certificate, an account, and an app that acts for them.
pub struct Kenari {
    pub id: Uuid,
    pub made: Value,
    pub jws: String,
    pub through: Through,
}

/// A command with a key, so that its answer is kept to be repeated.
async fn keyed(world: &World<'_>, token: &str, operation: &str, args: Value) -> Value {
    let mut args = args;
    args["key"] = json!(format!("kenari-{}", Uuid::now_v7()));
    world.app.call(Face::Rest, Some(token), operation, args).await.ok()
}

/// Her record, as the ministry made and changed it: what it was before names her too.
async fn registered(world: &World<'_>) -> Uuid {
    let ministry = world.app.ministry();
    let input = json!({
        "kind": "teacher", "name": "Kenari Sukmawati", "employment": "pns", "nuptk": "4738779680139999",
        "nip": "198503152010012003", "sex": "female", "birthDate": "1985-03-15", "schoolId": world.school,
        "phone": "0812-9988-7755", "email": "kenari.sukmawati@lama.sch.id",
    });
    let made = keyed(world, &ministry, "create_person", json!({ "input": input })).await;
    let change = json!({ "name": "Kenari Sukmawati, S.Pd.", "phone": "0812-9988-7766", "email": MAIL });
    let change = json!({ "id": made["id"], "version": 1, "input": change });
    keyed(world, &ministry, "update_person", change).await;
    id_of(&made)
}

/// Her account, to which she was invited by mail, with an app that acts for her and a linked sign-in.
async fn signed_up(world: &World<'_>, id: Uuid) -> Through {
    let app = world.app;
    let input =
        json!({ "personId": id, "login": "kenari.sukmawati", "name": "Kenari Sukmawati", "email": MAIL });
    keyed(world, &app.ministry(), "invite_account", json!({ "input": input })).await;
    let through =
        app.through_app(&[Grant::teacher(id), Grant::regional_officer("32.73")], &every_scope(), true).await;
    let active = account::ActiveModel {
        id: Set(through.account),
        status: Set("active".to_owned()),
        ..Default::default()
    };
    active.update(app.services.store.writer()).await.unwrap();
    world
        .insert(account_identity::Model {
            id: Uuid::now_v7(),
            account_id: through.account,
            provider: "belajar".to_owned(),
            issuer: "https://belajar.example".to_owned(),
            subject: format!("kenari.sukmawati-{id}"),
            linked_at: start(),
            used_at: start(),
        })
        .await;
    through
}

/// What she asks for, agrees to, gives up and says; and an officer who looks at her record.
async fn took_part(world: &World<'_>, id: Uuid) {
    let own = world.token(id);
    let words = "Saya, Kenari Sukmawati (NUPTK 4738779680139999, NIP 198503152010012003), +6281299887766, \
        kenari.sukmawati@contoh.sch.id.";
    let wish = json!({ "changes": { "subject": "Fisika" }, "words": words, "reason": words });
    keyed(world, &own, "request_correction", json!({ "id": id, "input": wish })).await;
    let agree = json!({ "purpose": "name_on_verification", "edition": 1, "language": "id" });
    keyed(world, &own, "give_sharing_consent", json!({ "id": id, "input": agree })).await;
    let open = world.batch(USUAL).await;
    let seat = world.enrolment(open, id, "accepted", start()).await;
    world.set_taken(open, 1).await;
    keyed(world, &own, "withdraw_enrolment", json!({ "id": seat, "input": { "reason": words } })).await;
    let community = Uuid::now_v7();
    world.insert(community_row(community, BANDUNG)).await;
    let comment = comment_row(Uuid::now_v7(), community, id);
    world.insert(comment::Model { body: words.to_owned(), ..comment }).await;
    let officer = world.app.token(Grant::regional_officer("32"));
    world.app.call(Face::Rest, Some(&officer), "get_person", json!({ "id": id })).await.ok();
}

/// The whole name is the canary; it comes to stand wherever the service itself writes it.
pub async fn kenari(world: &World<'_>) -> Kenari {
    let id = registered(world).await;
    let batch = world.batch(OVER).await;
    let session = world.session(batch, TimeDelta::days(-3)).await;
    world.set_taken(batch, 1).await;
    let made = issue(world, Face::Rest, assessed(world, batch, session, id).await).await;
    let read = world
        .app
        .call(Face::Rest, Some(&world.token(id)), "get_certificate", json!({ "id": made["id"] }))
        .await
        .ok();
    let jws = read["signed"]["jws"].as_str().unwrap().to_owned();
    let through = signed_up(world, id).await;
    took_part(world, id).await;
    Kenari { id, made, jws, through }
}

/// A value that the trail has of her account and under no person, as it is of a linked sign-in.
async fn told_of_the_account(world: &World<'_>, account: Uuid) {
    let last = audit_entry::Entity::find().order_by_desc(audit_entry::Column::Seq);
    let last = last.one(world.app.services.store.reader()).await.unwrap().unwrap();
    world
        .insert(audit_value::Model {
            seq: last.seq,
            place: 99,
            person_id: None,
            account_id: Some(account),
            salt: "00".repeat(16),
            before: Some("kenari.sukmawati".to_owned()),
            after: None,
        })
        .await;
}

/// How many values the trail has of her.
async fn trail_values(app: &TestApp, was: &Kenari) -> u64 {
    let theirs = Condition::any()
        .add(audit_value::Column::PersonId.eq(was.id))
        .add(audit_value::Column::AccountId.eq(was.through.account));
    audit_value::Entity::find().filter(theirs).count(app.services.store.reader()).await.unwrap()
}

/// That the scan has something to find: each canary stands where it is to go from.
async fn planted(app: &TestApp, was: &Kenari) {
    let all = tables(app).await;
    for (table, canaries) in [
        ("person", &CANARIES[..]),
        ("idempotency_key", &CANARIES[..]),
        ("correction", &CANARIES[..]),
        ("enrolment", &CANARIES[..]),
        ("comment", &CANARIES[..]),
        // Of numbers and addresses the trail shows only the ends.
        ("audit_value", &CANARIES[..2]),
        ("account", &CANARIES[..2]),
        ("certificate", &CANARIES[..1]),
    ] {
        for canary in canaries {
            assert!(all[table].contains(canary), "no {canary} in {table}");
        }
    }
    assert!(trail_values(app, was).await > 1);
    assert!(letters(app).await.iter().any(|letter| letter.to == MAIL), "no mail waits");
    assert_eq!(told(app, "person.updated", &was.id.to_string()).await.len(), 1);
    assert_eq!(told(app, "account.invited", &was.through.account.to_string()).await.len(), 1);
    let seen = data_access::Entity::find().filter(data_access::Column::PersonId.eq(was.id));
    assert!(seen.count(app.services.store.reader()).await.unwrap() > 0, "nobody looked");
}

/// That nothing names them any more, in no row of no table.
async fn nowhere(app: &TestApp, was: &Kenari) {
    for (table, text) in tables(app).await {
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary} in {table}");
        }
    }
    assert_eq!(trail_values(app, was).await, 0);
}

/// Asks for themselves; answers the request.
pub async fn ask(world: &World<'_>, face: Face, person: Uuid) -> Value {
    world.app.call(face, Some(&world.token(person)), "request_erasure", json!({ "input": {} })).await.ok()
}

/// Asks and is erased.
pub async fn erased(world: &World<'_>, face: Face, person: Uuid) -> Value {
    let asked = ask(world, face, person).await;
    let id = json!({ "id": asked["id"] });
    world.app.call(face, Some(&world.app.ministry()), "approve_erasure", id).await.ok()
}

/// The whole database, without what counts who calls.
async fn settled(app: &TestApp) -> BTreeMap<String, String> {
    let mut all = tables(app).await;
    all.retain(|table, _| !["rate_window", "client_use", "data_access"].contains(&table.as_str()));
    all
}

async fn told(app: &TestApp, kind: &str, subject: &str) -> Vec<event::Model> {
    app.events(kind).await.into_iter().filter(|event| event.subject_id == subject).collect()
}

both_engines! {
    async fn nothing_that_names_an_erased_person_is_left_and_their_certificate_still_verifies(app: TestApp) {
        let world = World::new(&app).await;
        let system = app.token(Grant::ministry_system());
        for face in Face::BOTH {
            let was = kenari(&world).await;
            let (_, before) = app.get("/v1/certificates", Some(&system)).await;
            let path = format!("/v1/certificates?after={}", before["resume"].as_str().unwrap());
            assert_eq!(app.get("/v1/me", Some(&was.through.token)).await.0, 200);
            told_of_the_account(&world, was.through.account).await;
            planted(&app, &was).await;
            let done = erased(&world, face, was.id).await;
            assert_eq!((&done["status"], &done["personId"]), (&json!("done"), &json!(was.id)), "{face:?}: {done}");
            // Nothing names them: not in a row, and not in what is signed.
            nowhere(&app, &was).await;
            let sealed = certificate_payload::Entity::find_by_id(was.made["id"].as_str().unwrap().parse::<Uuid>().unwrap());
            let sealed = sealed.one(app.services.store.reader()).await.unwrap().unwrap();
            let signed = BASE64.decode(sealed.jws.split('.').nth(1).unwrap()).unwrap();
            assert_eq!(String::from_utf8(signed).unwrap(), sealed.payload);
            // What was issued to them ends with the next request.
            assert_eq!(app.get("/v1/me", Some(&was.through.token)).await.0, 401);
            let db = app.services.store.reader();
            let families = token_family::Entity::find().filter(token_family::Column::Id.eq(was.through.family));
            assert_eq!(families.count(db).await.unwrap(), 0);
            assert_eq!(account::Entity::find_by_id(was.through.account).one(db).await.unwrap(), None);
            assert_eq!(browser_session::Entity::find().count(db).await.unwrap(), 0);
            // The copy that the holder keeps still proves what it says, with the public key alone.
            let proven = payload::verify(&app.services.keyring, &was.jws).unwrap().payload;
            assert_eq!(proven.holder.name, "Kenari Sukmawati, S.Pd.");
            assert!(payload::verify(&app.services.keyring, &sealed.jws).is_err(), "what is left is no certificate");
            let check = json!({ "id": was.made["verificationId"] });
            let said = app.call(face, None, "get_verification", check).await.ok();
            assert_eq!((&said["status"], &said["holderName"], &said["holderErased"]), (&json!("valid"), &json!(""), &json!(true)));
            assert_eq!((&said["number"], &said["hoursJp"]), (&was.made["number"], &json!(32)));
            let page = app.request(reqwest::Method::GET, &format!("/verify/{}?lang=en", was.made["verificationId"].as_str().unwrap()), None);
            assert!(page.send().await.unwrap().text().await.unwrap().contains("erased from this registry"));
            // Receivers hear of it once: in the list of certificates, and by the tombstone.
            let (_, news) = app.get(&path, Some(&system)).await;
            let news = news["items"].as_array().unwrap();
            assert_eq!(news.len(), 1, "{news:?}");
            assert_eq!((&news[0]["id"], &news[0]["holderName"], &news[0]["holderErased"]), (&was.made["id"], &json!(""), &json!(true)));
            assert_eq!((&news[0]["schoolId"], &news[0]["regionCode"]), (&json!(null), &json!(BANDUNG)));
            let stones = told(&app, "person.erased", &was.id.to_string()).await;
            assert_eq!((stones.len(), stones[0].region_code.as_deref()), (1, Some(BANDUNG)));
            assert_eq!(told(&app, "certificate.holder_erased", was.made["id"].as_str().unwrap()).await.len(), 1);
            assert_eq!(told(&app, "account.erased", &was.through.account.to_string()).await.len(), 1);
            assert_eq!(told(&app, "role_grant.withdrawn", &was.through.roles[0].to_string()).await.len(), 1);
            assert_eq!(faults(&app).await, Vec::<String>::new());
        }
    }

    async fn an_erased_person_takes_part_in_nothing_any_more(app: TestApp) {
        let world = World::new(&app).await;
        let ministry = app.ministry();
        let officer = app.token(Grant::regional_officer("32"));
        let other = world.teacher("Budi").await;
        for face in Face::BOTH {
            let was = kenari(&world).await;
            erased(&world, face, was.id).await;
            let open = world.batch(USUAL).await;
            let writes = [
                ("update_person", json!({ "id": was.id, "version": 2, "input": { "name": "Kenari" } })),
                ("merge_person", json!({ "id": other, "input": { "intoId": was.id, "reason": "Data ganda" } })),
                ("merge_person", json!({ "id": was.id, "input": { "intoId": other, "reason": "Data ganda" } })),
                ("apply_enrolment", json!({ "id": open, "input": { "personId": was.id } })),
                ("create_resource_person", json!({ "input": { "personId": was.id } })),
                ("invite_account", json!({ "input": { "personId": was.id, "login": "kenari.baru", "name": "K", "email": "k@contoh.sch.id" } })),
                ("request_erasure", json!({ "input": { "personId": was.id, "reason": "Lagi" } })),
            ];
            for (operation, args) in writes {
                let refused = app.call(face, Some(&ministry), operation, args).await;
                assert_eq!(refused.code.as_deref(), Some("person_erased"), "{face:?} {operation}: {refused:?}");
            }
            let listed = app.call(face, Some(&ministry), "list_persons", json!({ "first": 100 })).await.ok();
            assert!(!listed["items"].as_array().unwrap().iter().any(|row| row["id"] == json!(was.id)), "{face:?}");
            let officers = app.call(face, Some(&officer), "get_person", json!({ "id": was.id })).await;
            assert!(officers.code.is_some() || officers.data.is_null(), "of no region any more: {officers:?}");
            // What their certificate is worth is decided as before.
            let revoke = json!({ "id": was.made["id"], "input": { "reason": "Keliru" } });
            app.call(face, Some(&world.staff()), "revoke_certificate", revoke).await.ok();
            let check = json!({ "id": was.made["verificationId"] });
            let said = app.call(face, None, "get_verification", check).await.ok();
            assert_eq!((&said["status"], &said["holderErased"]), (&json!("revoked"), &json!(true)));
        }
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn the_preview_is_the_deed_and_changes_nothing(app: TestApp) {
        let world = World::new(&app).await;
        let ministry = app.ministry();
        for face in Face::BOTH {
            let was = kenari(&world).await;
            let asked = ask(&world, face, was.id).await;
            let id = json!({ "id": asked["id"] });
            let before = settled(&app).await;
            let seen = app.call(face, Some(&ministry), "get_erasure_preview", id.clone()).await.ok();
            assert_eq!(settled(&app).await, before, "{face:?}: looking changed something");
            assert_eq!(seen["hindrances"], json!([]), "{seen}");
            let own = app.call(face, Some(&world.token(was.id)), "get_erasure_preview", id.clone()).await.ok();
            assert_eq!(own["erased"], seen["erased"]);
            let kept = seen["kept"].as_array().unwrap();
            assert!(kept.iter().any(|row| row["what"] == json!("certificate") && row["rows"] == json!(1)), "{seen}");
            app.call(face, Some(&ministry), "approve_erasure", id.clone()).await.ok();
            let done = &told(&app, "person.erased", &was.id.to_string()).await[0].payload["erased"];
            let foretold: serde_json::Map<String, Value> = seen["erased"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (row["place"].as_str().unwrap().to_owned(), row["rows"].clone()))
                .collect();
            assert_eq!(*done, Value::Object(foretold), "{face:?}");
            assert!(done["person"] == json!(1) && done["account"] == json!(1) && done["certificate"] == json!(1), "{done}");
            assert_eq!(app.call(face, Some(&ministry), "get_erasure_preview", id).await.refused(), "erasure_done");
        }
    }

    async fn a_restricted_record_is_erased_all_the_same_and_a_principal_asks_for_their_own(app: TestApp) {
        let world = World::new(&app).await;
        let ministry = app.ministry();
        for face in Face::BOTH {
            let (siti, head) = (world.teacher("Siti Aminah").await, world.teacher("Kepala Sekolah").await);
            let restrict = json!({ "id": siti, "input": {} });
            app.call(face, Some(&world.token(siti)), "set_restriction", restrict).await.ok();
            let principal = app.token(Grant::principal(world.school, Some(head)));
            let others = json!({ "input": { "personId": siti, "reason": "Diminta guru." } });
            assert_eq!(app.call(face, Some(&principal), "request_erasure", others).await.refused(), "not_found");
            let own = app.call(face, Some(&principal), "request_erasure", json!({ "input": {} })).await.ok();
            assert_eq!(own["personId"], json!(head), "{face:?}: {own}");
            for (person, asked) in [(siti, ask(&world, face, siti).await), (head, own)] {
                let id = json!({ "id": asked["id"] });
                let seen = app.call(face, Some(&ministry), "get_erasure_preview", id.clone()).await.ok();
                assert_eq!(seen["hindrances"], json!([]), "{face:?}: {seen}");
                let done = app.call(face, Some(&ministry), "approve_erasure", id).await.ok();
                assert_eq!((&done["status"], &done["personId"]), (&json!("done"), &json!(person)));
                let left = person_of(&app, person).await;
                assert!(left.name.is_empty() && left.erased_at.is_some() && left.restricted_at.is_none(), "{left:?}");
            }
        }
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn what_is_unfinished_is_told_at_once_and_nothing_goes(app: TestApp) {
        let world = World::new(&app).await;
        let ministry = app.ministry();
        let batch = world.batch(USUAL).await;
        let ahead = world.untaught_session(batch, TimeDelta::days(2)).await;
        let busy = world.teaches(ahead, "Narasumber Sibuk").await;
        let other = world.batch(USUAL).await;
        let enrolment = world.enrolment(other, busy, "accepted", start()).await;
        let community = Uuid::now_v7();
        world.insert(community_row(community, BANDUNG)).await;
        world.insert(office_row(Uuid::now_v7(), community, busy, "chair")).await;
        let asked = ask(&world, Face::Rest, busy).await;
        let id = json!({ "id": asked["id"] });
        for face in Face::BOTH {
            let refused = app.call(face, Some(&ministry), "approve_erasure", id.clone()).await;
            assert_eq!(refused.code.as_deref(), Some("erasure_hindered"), "{refused:?}");
            let codes: Vec<&str> = refused.faults.iter().map(|fault| fault.1.as_str()).collect();
            for code in ["erasure_enrolled", "erasure_teaches", "erasure_in_office"] {
                assert!(codes.contains(&code), "{face:?} {code}: {codes:?}");
            }
            let seen = app.call(face, Some(&ministry), "get_erasure_preview", id.clone()).await.ok();
            assert_eq!(seen["hindrances"].as_array().unwrap().len(), 3, "{seen}");
        }
        let row = enrolment::Entity::find_by_id(enrolment).one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!(row.status, "accepted");
        assert!(app.events("person.erased").await.is_empty());
    }

    async fn two_pairs_of_eyes_decide_and_nobody_else(app: TestApp) {
        let world = World::new(&app).await;
        let ministry = app.ministry();
        let (officer, elsewhere) = (app.token(Grant::regional_officer("32")), app.token(Grant::regional_officer("35")));
        for face in Face::BOTH {
            let (siti, budi) = (world.teacher("Siti").await, world.teacher("Budi").await);
            let input = |reason: Value| json!({ "input": { "personId": siti, "reason": reason } });
            // On somebody's behalf with a reason, within one's reach, and once at a time.
            assert_eq!(app.call(face, Some(&officer), "request_erasure", input(json!(null))).await.faults, [("/reason".to_owned(), "reason_missing".to_owned())]);
            assert_eq!(app.call(face, Some(&elsewhere), "request_erasure", input(json!("Surat"))).await.refused(), "not_found");
            assert_eq!(app.call(face, Some(&world.token(budi)), "request_erasure", input(json!("Iseng"))).await.refused(), "not_found");
            let asked = app.call(face, Some(&officer), "request_erasure", input(json!("Surat 12/X/2026"))).await.ok();
            assert_eq!((&asked["status"], &asked["dueAt"]), (&json!("requested"), &json!("2026-03-05T08:00:00Z")));
            assert_eq!(app.call(face, Some(&ministry), "request_erasure", input(json!("Surat"))).await.refused(), "erasure_open");
            let id = json!({ "id": asked["id"] });
            assert_eq!(app.call(face, Some(&elsewhere), "approve_erasure", id.clone()).await.refused(), "forbidden");
            assert_eq!(app.call(face, Some(&officer), "approve_erasure", id.clone()).await.refused(), "forbidden");
            assert_eq!(app.call(face, Some(&world.token(siti)), "approve_erasure", id.clone()).await.refused(), "forbidden");
            let same = app.token_of("regional_officer", vec![Grant::ministry()]);
            let about = app.token_of("admin", vec![Grant::ministry(), Grant::teacher(siti)]);
            for own in [same, about] {
                assert_eq!(app.call(face, Some(&own), "approve_erasure", id.clone()).await.refused(), "erasure_own");
            }
            let stale = json!({ "id": asked["id"], "version": 7 });
            assert_eq!(app.call(Face::Rest, Some(&ministry), "approve_erasure", stale).await.refused(), "stale_version");
            // Taken back, turned down with a reason, and asked anew each time.
            let back = app.call(face, Some(&world.token(siti)), "withdraw_erasure", id.clone()).await.ok();
            assert_eq!(back["status"], json!("withdrawn"));
            assert_eq!(app.call(face, Some(&ministry), "approve_erasure", id).await.refused(), "erasure_withdrawn");
            let again = ask(&world, face, siti).await;
            let no = json!({ "id": again["id"], "input": { "reason": "Penyidikan berjalan." } });
            let no = app.call(face, Some(&ministry), "reject_erasure", no).await.ok();
            assert_eq!((&no["status"], &no["decisionReason"]), (&json!("rejected"), &json!("Penyidikan berjalan.")));
            let mine = app.call(face, Some(&world.token(siti)), "list_erasures", json!({})).await.ok();
            assert_eq!(mine["items"].as_array().unwrap().len(), 2, "{mine}");
            // A second answer to one key is the first; words go with the deed.
            let last = ask(&world, face, siti).await;
            let with_key = json!({ "id": last["id"], "key": format!("hapus-{face:?}") });
            let done = app.call(Face::Rest, Some(&ministry), "approve_erasure", with_key.clone()).await.ok();
            assert_eq!(app.call(Face::Rest, Some(&ministry), "approve_erasure", with_key).await.ok(), done);
            let rejected = app.call(face, Some(&ministry), "get_erasure", json!({ "id": again["id"] })).await.ok();
            assert_eq!(rejected["decisionReason"], json!(null));
        }
    }

    async fn two_who_approve_at_once_erase_once(app: TestApp) {
        let world = World::new(&app).await;
        let was = kenari(&world).await;
        let asked = ask(&world, Face::Rest, was.id).await;
        let ministry = app.ministry();
        let calls = (0..8).map(|_| app.call(Face::Rest, Some(&ministry), "approve_erasure", json!({ "id": asked["id"] })));
        let outcomes = futures_util::future::join_all(calls).await;
        assert_eq!(outcomes.iter().filter(|one| one.code.is_none()).count(), 1, "{outcomes:?}");
        assert!(outcomes.iter().filter_map(|one| one.code.as_deref()).all(|code| code == "erasure_done"), "{outcomes:?}");
        assert_eq!(app.events("person.erased").await.len(), 1);
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }
}
