//! The audit trail as it is read: who, what, why, through which app, and what it was before; by whom, and how far.

use entity::{account, app_authorization, audit_entry, event, oauth_client, role_grant, token_family};
use sanggar::{
    access::{
        grant::Grant,
        token::{self, Claims},
    },
    foundation::{event::Event, transaction::Origin},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, assessed, issue},
    proposal::propose,
    support::{
        Face, TestApp,
        app::{URL, start},
        circle::{Circle, DISTRICT},
        directory::{Country, id_of, put},
        rows::person_row,
        training::World,
    },
};

const NIK: &str = "3273014509870002";

/// The newest entry that a filter finds.
async fn newest(app: &TestApp, face: Face, filter: Value) -> Value {
    let list = app.call(face, Some(&app.ministry()), "list_audit_entries", filter.clone()).await.ok();
    let first = list["items"][0].clone();
    assert!(!first.is_null(), "{filter} finds nothing");
    first
}

fn field<'a>(entry: &'a Value, kind: &str, name: &str) -> &'a Value {
    let changes = entry["changes"].as_array().unwrap();
    let mut of = changes.iter().filter(|change| change["kind"] == kind);
    of.find(|change| change["field"] == name).unwrap_or_else(|| panic!("no {kind}.{name} in {entry}"))
}

/// The numbers of the entries that a caller is shown.
async fn shown(app: &TestApp, face: Face, token: &str, filter: Value) -> Vec<i64> {
    let list = app.call(face, Some(token), "list_audit_entries", filter).await.ok();
    list["items"].as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()).collect()
}

/// An event of `kind` in a region, through the one way to write.
async fn happen(app: &TestApp, origin: Origin, kind: &'static str, region: Option<&'static str>) -> i64 {
    let (before, after) =
        (person_row(Uuid::nil(), "Sebelum", None, "32"), person_row(Uuid::nil(), "Sesudah", None, "32"));
    let work = app.services.writes.run("test.happen", origin, move |tx| {
        let (before, after) = (before.clone(), after.clone());
        Box::pin(async move {
            tx.changed(&before, &after);
            let noun = kind.split_once('.').map_or(kind, |(noun, _)| noun);
            tx.emit(Event::new(kind, noun, Uuid::nil(), 1).in_region(region)).await.map(|_| ())
        })
    });
    work.await.unwrap();
    newest(app, Face::Rest, json!({ "first": 1 })).await["seq"].as_i64().unwrap()
}

fn by(actor: &str) -> Origin {
    Origin { actor: actor.to_owned(), request_id: "r".to_owned(), ..Origin::default() }
}

/// An app that was approved.
async fn client(app: &TestApp) -> Uuid {
    let id = Uuid::now_v7();
    let row = oauth_client::Model {
        id,
        name: "Dapodik".to_owned(),
        kind: "confidential".to_owned(),
        status: "approved".to_owned(),
        status_reason: None,
        redirect_uris: json!([]),
        grant_types: json!(["client_credentials"]),
        scopes: json!(["directory_write"]),
        auth_method: "private_key_jwt".to_owned(),
        jwks: None,
        contact: "dapodik@contoh.id".to_owned(),
        homepage: None,
        policy_uri: None,
        dpop_required: false,
        persisted_only: false,
        registered_by: "test".to_owned(),
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, row).await;
    id
}

/// The ministry's role, for an account or for a client.
async fn ministrys(app: &TestApp, account_id: Option<Uuid>, client_id: Option<Uuid>) {
    let row = role_grant::Model {
        id: Uuid::now_v7(),
        account_id,
        client_id,
        role: "ministry".to_owned(),
        region_code: None,
        organisation_id: None,
        school_id: None,
        person_id: None,
        reason: "Tugas".to_owned(),
        given_by: "test".to_owned(),
        given_at: start(),
        expires_at: None,
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_reason: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, row).await;
}

/// An account that agreed to the app; answers the account and the family of its tokens.
async fn agreed(app: &TestApp, client_id: Uuid) -> (Uuid, Uuid) {
    let (id, authorization, family) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let row = account::Model {
        id,
        person_id: None,
        login: "pejabat".to_owned(),
        name: "Pejabat".to_owned(),
        email: None,
        language: "id".to_owned(),
        status: "active".to_owned(),
        status_reason: None,
        password_hash: None,
        password_changed_at: None,
        totp_sealed: None,
        totp_confirmed_at: None,
        totp_last_step: None,
        signed_in_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, row).await;
    let row = app_authorization::Model {
        id: authorization,
        account_id: id,
        client_id,
        scopes: json!(["directory_write"]),
        text_version: 1,
        given_at: start(),
        withdrawn_at: None,
        used_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, row).await;
    let row = token_family::Model {
        id: family,
        client_id,
        authorization_id: authorization,
        scopes: json!(["directory_write"]),
        generation: 1,
        confirmed: 0,
        dpop_jkt: None,
        second_factor: true,
        refreshed_at: start(),
        expires_at: start() + chrono::TimeDelta::days(30),
        revoked_at: None,
        revoked_reason: None,
        created_at: start(),
    };
    put(app, row).await;
    (id, family)
}

/// A token that came through the app.
fn through(app: &TestApp, subject: &str, client: Uuid, family: Option<Uuid>) -> String {
    let now = app.services.clock.now();
    let claims = Claims {
        client_id: Some(client),
        scope: Some("directory_write directory_read".to_owned()),
        sid: family,
        ..Claims::new(URL, URL, subject, Vec::new(), Uuid::now_v7(), now, chrono::TimeDelta::minutes(5))
    };
    token::issue(&app.services.keyring, &claims, now).unwrap()
}

both_engines! {
    async fn a_change_tells_who_did_what_and_what_it_was_before(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        for face in Face::BOTH {
            let siti = country.teacher(&app, "Siti", country.bandung).await;
            let first = json!({ "id": siti, "version": 1, "input": { "phone": "0812-3456-7890" } });
            app.call(face, Some(&ministry), "update_person", first).await.ok();
            let change = json!({ "id": siti, "version": 2, "input": { "phone": "0813-9876-5432", "subject": "Fisika" } });
            app.call(face, Some(&ministry), "update_person", change).await.ok();
            let entry = newest(&app, face, json!({ "subjectKind": "person", "subjectId": siti })).await;
            assert_eq!((&entry["actor"], &entry["action"]), (&json!("ministry"), &json!("person.update")), "{entry}");
            assert_eq!((&entry["withheld"], &entry["reason"], &entry["client"]), (&json!(false), &Value::Null, &Value::Null));
            let told = app.events("person.updated").await.pop().unwrap();
            assert_eq!((&entry["requestId"], &entry["at"]), (&json!(told.request_id), &json!("2026-03-02T08:00:00Z")));
            let subject = json!({ "event": "person.updated", "kind": "person", "subjectId": siti, "version": 3 });
            assert_eq!(entry["subjects"], json!([subject]));
            let changes = json!([
                { "kind": "person", "rowId": siti, "field": "subject", "before": null, "after": "Fisika", "masked": false, "withheld": null },
                { "kind": "person", "rowId": siti, "field": "phone", "before": "+6•••90", "after": "+6•••32", "masked": true, "withheld": null },
            ]);
            assert_eq!(entry["changes"], changes, "{face:?}");
            let alone = app.call(face, Some(&ministry), "get_audit_entry", json!({ "seq": entry["seq"] })).await.ok();
            assert_eq!(alone, entry);
        }
    }

    async fn a_revocation_tells_why(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let session = world.session(batch, chrono::TimeDelta::days(-3)).await;
        let seats = entity::batch::ActiveModel { id: sea_orm::ActiveValue::Set(batch), taken: sea_orm::ActiveValue::Set(2), ..Default::default() };
        sea_orm::ActiveModelTrait::update(seats, app.services.store.writer()).await.unwrap();
        for (face, name) in Face::BOTH.into_iter().zip(["Siti", "Budi"]) {
            let person = world.teacher(name).await;
            let made = issue(&world, face, assessed(&world, batch, session, person).await).await;
            let reason = json!({ "id": made["id"], "input": { "reason": "  Salah   orang " } });
            app.call(face, Some(&world.staff()), "revoke_certificate", reason).await.ok();
            let entry = newest(&app, face, json!({ "action": "certificate.revoke" })).await;
            assert_eq!((&entry["reason"], &entry["subjects"][0]["subjectId"]), (&json!("Salah orang"), &made["id"]));
            let status = field(&entry, "certificate", "status");
            assert_eq!((&status["before"], &status["after"]), (&json!("valid"), &json!("revoked")));
            assert_eq!(field(&entry, "certificate", "status_reason")["after"], "Salah orang");
        }
    }

    async fn secrets_are_in_no_entry_and_not_even_whether_there_is_one(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let siti = country.teacher(&app, "Siti", country.bandung).await;
        let input = json!({ "nik": NIK, "nuptk": "4738779680130042", "email": "siti.aminah@contoh.id" });
        let change = json!({ "id": siti, "version": 1, "input": input });
        app.call(Face::Rest, Some(&ministry), "update_person", change).await.ok();
        let entry = newest(&app, Face::Rest, json!({ "subjectKind": "person" })).await;
        for name in ["nik_sealed", "nik_index"] {
            let told = field(&entry, "person", name);
            assert_eq!((&told["before"], &told["after"], &told["masked"]), (&json!("•••"), &json!("•••"), &json!(true)));
        }
        assert_eq!(field(&entry, "person", "nuptk")["after"], "47•••42");
        assert_eq!(field(&entry, "person", "email")["after"], "si•••id");
        let rows = audit_entry::Entity::find().all(app.services.store.reader()).await.unwrap();
        let row = crate::support::directory::person_of(&app, siti).await;
        for canary in [NIK, "4738779680130042", "siti.aminah", &row.nik_sealed.unwrap(), &row.nik_index.unwrap()] {
            assert!(!format!("{rows:?}").contains(canary), "{canary} is in the trail");
        }
    }

    async fn the_app_and_the_account_are_named(app: TestApp) {
        let country = Country::new(&app).await;
        let id = client(&app).await;
        ministrys(&app, None, Some(id)).await;
        let (owner, family) = agreed(&app, id).await;
        ministrys(&app, Some(owner), None).await;
        let itself = through(&app, &id.to_string(), id, None);
        let for_somebody = through(&app, &owner.to_string(), id, Some(family));
        let mut version = 1;
        for face in Face::BOTH {
            for (token, account) in [(&itself, Value::Null), (&for_somebody, json!(owner))] {
                let input = json!({ "name": format!("Balai {version}") });
                let change = json!({ "id": country.provider, "version": version, "input": input });
                app.call(face, Some(token), "update_organisation", change).await.ok();
                version += 1;
                let entry = newest(&app, face, json!({ "client": id })).await;
                assert_eq!((&entry["client"], &entry["account"]), (&json!(id), &account), "{face:?}");
                assert_eq!(field(&entry, "organisation", "name")["after"], format!("Balai {}", version - 1));
            }
        }
    }

    async fn only_the_ministry_and_officers_read_the_trail(app: TestApp) {
        let country = Country::new(&app).await;
        let siti = country.teacher(&app, "Siti", country.bandung).await;
        let seq = newest(&app, Face::Rest, json!({})).await["seq"].clone();
        for face in Face::BOTH {
            for (operation, args) in [("list_audit_entries", json!({})), ("get_audit_entry", json!({ "seq": seq }))] {
                assert_eq!(app.call(face, None, operation, args.clone()).await.refused(), "unauthenticated");
                for grant in [
                    Grant::provider_staff(country.provider), Grant::principal(country.bandung, None), Grant::teacher(siti),
                    Grant::ministry_system(), Grant::moderator("32"),
                ] {
                    let role = grant.role;
                    let refused = app.call(face, Some(&app.token(grant)), operation, args.clone()).await.refused();
                    assert_eq!(refused, "forbidden", "{face:?} {role} {operation}");
                }
                for grant in [Grant::ministry(), Grant::regional_officer("32")] {
                    app.call(face, Some(&app.token(grant)), operation, args.clone()).await.ok();
                }
            }
        }
    }

    async fn an_officer_reads_what_lies_wholly_in_their_region(app: TestApp) {
        let country = Country::new(&app).await;
        let seq = async || newest(&app, Face::Rest, json!({ "first": 1 })).await["seq"].as_i64().unwrap();
        let near = country.teacher(&app, "Siti", country.bandung).await;
        let near_seq = seq().await;
        let far = country.teacher(&app, "Siti A.", country.surabaya).await;
        let far_seq = seq().await;
        let merge = json!({ "id": far, "input": { "intoId": near, "reason": "Data ganda" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        let both_seq = seq().await;
        let nowhere = happen(&app, by("x"), "program.updated", None).await;
        let private = happen(&app, by("x"), "observation.planned", Some("32.73")).await;
        let open = happen(&app, by("x"), "community.updated", Some("32.73")).await;
        // A code that only begins alike is another region.
        let alike = happen(&app, by("x"), "community.updated", Some("320")).await;
        let all = [near_seq, far_seq, both_seq, nowhere, private, open, alike];
        for face in Face::BOTH {
            for (code, mine) in [("32", vec![open, near_seq]), ("32.73", vec![open, near_seq]), ("32.73.01", vec![near_seq]), ("35", vec![far_seq])] {
                let officer = app.token(Grant::regional_officer(code));
                assert_eq!(shown(&app, face, &officer, json!({})).await, mine, "{face:?} {code}");
                for one in all {
                    let told = app.call(face, Some(&officer), "get_audit_entry", json!({ "seq": one })).await.code;
                    let expected = (!mine.contains(&one)).then_some("not_found");
                    assert_eq!(told.as_deref(), expected, "{face:?} {code} {one}");
                }
                let filter = json!({ "subjectKind": "person", "subjectId": if code == "35" { near } else { far } });
                assert_eq!(shown(&app, face, &officer, filter).await, Vec::<i64>::new(), "a filter widens nothing");
            }
            let everything = shown(&app, face, &app.ministry(), json!({})).await;
            assert!(all.iter().all(|seq| everything.contains(seq)), "{face:?} {everything:?}");
        }
    }

    async fn entries_are_found_by_subject_actor_action_time_and_region(app: TestApp) {
        let country = Country::new(&app).await;
        let ministry = app.ministry();
        let siti = country.teacher(&app, "Siti", country.bandung).await;
        app.pass(chrono::TimeDelta::hours(1));
        let budi = country.teacher(&app, "Budi", country.surabaya).await;
        app.pass(chrono::TimeDelta::hours(1));
        let change = json!({ "id": siti, "version": 1, "input": { "subject": "Fisika" } });
        app.call(Face::Rest, Some(&ministry), "update_person", change).await.ok();
        let other = happen(&app, by("somebody"), "school.updated", Some("35.78")).await;
        for face in Face::BOTH {
            for (filter, found) in [
                (json!({ "subjectKind": "person" }), vec![other - 1, other - 2, other - 3]),
                (json!({ "subjectKind": "person", "subjectId": siti }), vec![other - 1, other - 3]),
                (json!({ "subjectKind": "school", "subjectId": siti }), vec![]),
                (json!({ "subjectKind": "person", "subjectId": budi }), vec![other - 2]),
                (json!({ "actor": "somebody" }), vec![other]),
                (json!({ "action": "person.create" }), vec![other - 2, other - 3]),
                (json!({ "action": "person.create", "regionCode": "35" }), vec![other - 2]),
                (json!({ "regionCode": "35" }), vec![other, other - 2]),
                (json!({ "from": "2026-03-02T09:00:00Z", "to": "2026-03-02T10:00:00Z" }), vec![other - 2]),
                (json!({ "client": Uuid::now_v7() }), vec![]),
            ] {
                assert_eq!(shown(&app, face, &ministry, filter.clone()).await, found, "{face:?} {filter}");
            }
        }
    }

    async fn a_filter_that_makes_no_sense_is_refused(app: TestApp) {
        let ministry = app.ministry();
        for face in Face::BOTH {
            let bad = json!({ "subjectId": "x", "from": "2026-03-02T09:00:00Z", "to": "2026-03-02T09:00:00Z" });
            let outcome = app.call(face, Some(&ministry), "list_audit_entries", bad).await;
            let faults = [("/subjectKind", "audit_subject_kind_missing"), ("/to", "audit_period_reversed")];
            assert_eq!(outcome.faults, faults.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())), "{face:?}");
            for wild in ["-262143-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"] {
                let outcome = app.call(face, Some(&ministry), "list_audit_entries", json!({ "from": wild, "to": wild })).await;
                let faults = ["/from", "/to"].map(|pointer| (pointer.to_owned(), "date_out_of_range".to_owned()));
                assert_eq!(outcome.faults, faults, "{face:?} {wild}");
            }
            let forged = app.call(face, Some(&ministry), "list_audit_entries", json!({ "after": "x" })).await;
            assert_eq!(forged.refused(), "cursor_malformed");
            let unknown = app.call(face, Some(&ministry), "get_audit_entry", json!({ "seq": 999 })).await;
            assert_eq!(unknown.refused(), "not_found");
        }
        for path in ["/v1/audit-entries?from=kemarin", "/v1/audit-entries?colour=red", "/v1/audit-entries/satu", "/v1/audit-entries?limit=101"] {
            let (status, problem) = app.get(path, Some(&ministry)).await;
            assert!((400..500).contains(&status), "{path}: {status} {problem}");
        }
    }

    async fn pages_walk_the_trail_from_the_newest_without_repeats(app: TestApp) {
        let ministry = app.ministry();
        for _ in 0..7 {
            happen(&app, by("x"), "school.updated", Some("32")).await;
        }
        for face in Face::BOTH {
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            loop {
                let page = app.call(face, Some(&ministry), "list_audit_entries", json!({ "first": 3, "after": after })).await.ok();
                seen.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()));
                after = page["next"].clone();
                if after.is_null() { break }
            }
            assert_eq!(seen, (1..=7).rev().collect::<Vec<_>>(), "{face:?}");
        }
        let query = "{ auditEntries(last: 2) { totalCount edges { node { seq } } } }";
        let last = app.graphql(Some(&ministry), query, json!({})).await;
        assert_eq!(last["data"]["auditEntries"]["totalCount"], 7, "{last}");
        assert_eq!(last["data"]["auditEntries"]["edges"][0]["node"]["seq"], 2);
    }

    async fn what_is_done_anonymously_leaves_nothing_that_leads_to_anybody(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let made = propose(&circle, face, circle.member, true).await;
            for token in [app.ministry(), app.token(Grant::regional_officer(DISTRICT))] {
                let args = json!({ "subjectKind": "proposal", "subjectId": made["id"] });
                let list = app.call(face, Some(&token), "list_audit_entries", args).await.ok();
                let entry = &list["items"][0];
                assert_eq!((&entry["withheld"], &entry["action"]), (&json!(true), &json!("proposal.create")), "{list}");
                for kept in ["actor", "requestId", "client", "account", "reason"] {
                    assert_eq!(entry[kept], Value::Null, "{kept}");
                }
                assert_eq!(entry["changes"], json!([]));
                assert!(!list.to_string().contains(&circle.member.to_string()));
            }
        }
        // Also where the step itself notes what it changed.
        let quiet = Origin { quiet: true, ..by("withheld") };
        happen(&app, quiet, "proposal.withdrawn", Some(DISTRICT)).await;
        let rows = audit_entry::Entity::find().filter(audit_entry::Column::Actor.eq("withheld"));
        for row in rows.all(app.services.store.reader()).await.unwrap() {
            assert_eq!((row.changes, row.client, row.account, row.reason), (None, None, None, None));
        }
        happen(&app, by("by name"), "proposal.withdrawn", Some(DISTRICT)).await;
        let named = newest(&app, Face::Rest, json!({ "actor": "by name" })).await;
        assert_eq!(field(&named, "person", "name")["after"], "Sesudah");
    }

    async fn the_trail_costs_no_statement_more(app: TestApp) {
        let made = app.call(Face::Rest, Some(&app.ministry()), "create_organisation", json!({ "input": { "code": "BGTK-A", "kind": "company", "name": "A" } })).await.ok();
        let id = id_of(&made);
        let entries = audit_entry::Entity::find().all(app.services.store.reader()).await.unwrap();
        let events = event::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert_eq!((entries.len(), events.len()), (1, 1));
        assert_eq!((entries[0].first_pos, entries[0].last_pos), (Some(1), Some(1)));
        assert_eq!(events[0].subject_id, id.to_string());
        for face in Face::BOTH {
            let before = app.services.store.statements();
            app.call(face, Some(&app.ministry()), "list_audit_entries", json!({})).await.ok();
            let spent = app.services.store.statements() - before;
            assert!(spent <= 2, "{face:?}: {spent} statements for a page");
        }
    }
}
