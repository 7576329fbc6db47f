//! Accounts, through both faces, on both engines.

use sanggar::{
    access::grant::Grant,
    identity::{account::by_hand, mail, sign_in::session},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        browser::{Browser, PASSWORD, account, letters, link},
        directory::{Country, put},
        rows::person_row,
    },
};

fn input(login: &str, person: Option<Uuid>) -> Value {
    json!({ "input": { "login": login, "name": "Siti Aminah", "email": format!("{login}@Contoh.sch.id"),
        "personId": person, "language": "en" } })
}

both_engines! {
    async fn somebody_is_invited_and_sets_a_password_by_the_link_once(app: TestApp) {
        let ministry = app.ministry();
        for (at, face) in Face::BOTH.into_iter().enumerate() {
            let args = input(&format!("Siti-{at}"), None);
            let made = app.call(face, Some(&ministry), "invite_account", args).await.ok();
            assert_eq!(made["login"], format!("siti-{at}"));
            assert_eq!(made["email"], format!("siti-{at}@contoh.sch.id"));
            assert_eq!((&made["hasPassword"], &made["secondFactor"]), (&json!(false), &json!(false)));
            let sent = letters(&app).await;
            let letter = sent.iter().find(|letter| made["email"] == json!(letter.to)).unwrap();
            assert!(!made.to_string().contains("token") && letter.text.contains("you are invited"));
            let path = link(letter);
            let mut browser = Browser::new(&app);
            let page = browser.get(&path).await;
            let (csrf, token) = (page.hidden("csrf"), page.hidden("token"));
            let fields = [("csrf", csrf.as_str()), ("token", token.as_str()), ("password", PASSWORD), ("again", PASSWORD)];
            assert_eq!(browser.post("/invitation", &fields).await.status, 303);
            assert_eq!(browser.post("/invitation", &fields).await.status, 410);
            assert_eq!(browser.sign_in(made["login"].as_str().unwrap(), PASSWORD).await.status, 303);
            let read = app.call(face, Some(&ministry), "get_account", json!({ "id": made["id"] })).await.ok();
            assert_eq!(read["hasPassword"], true);
            assert!(!read.to_string().contains("argon2"));
        }
        let invited = app.events("account.invited").await;
        assert_eq!(invited.len(), 2);
        assert!(invited.iter().all(|event| !event.payload.to_string().contains("siti")));
        let entries = entity::audit_entry::Entity::find()
            .filter(entity::audit_entry::Column::Action.is_in(["account.invite", "account.set_password"]));
        assert_eq!(entries.count(app.services.store.reader()).await.unwrap(), 4);
    }

    async fn every_fault_of_an_invitation_is_told_at_once(app: TestApp) {
        let ministry = app.ministry();
        let bad = json!({ "input": { "login": "a b", "name": " ", "email": "x", "personId": Uuid::now_v7() } });
        for face in Face::BOTH {
            let outcome = app.call(face, Some(&ministry), "invite_account", bad.clone()).await;
            let mut pointers: Vec<_> = outcome.faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
            pointers.sort_unstable();
            assert_eq!(pointers, ["/email", "/login", "/name", "/personId"], "{face:?}");
        }
        app.call(Face::Rest, Some(&ministry), "invite_account", input("siti", None)).await.ok();
        let twice = app.call(Face::Rest, Some(&ministry), "invite_account", input("SITI", None)).await;
        assert_eq!(twice.faults[0].1, "login_taken");
    }

    async fn an_officer_looks_after_the_accounts_of_the_region_alone(app: TestApp) {
        let country = Country::new(&app).await;
        let (near, far) = (Uuid::now_v7(), Uuid::now_v7());
        put(&app, person_row(near, "Dekat", Some(country.bandung), "32.73")).await;
        put(&app, person_row(far, "Jauh", Some(country.surabaya), "35.78")).await;
        let officer = app.token(Grant::regional_officer("32"));
        let teacher = app.token(Grant::teacher(near));
        let (elsewhere, _) = account(&app, Some(far), &[]).await;
        let reason = |id: Value| json!({ "id": id, "input": { "reason": "Pindah tugas." } });
        for face in Face::BOTH {
            let call = async |token: &str, name: &str, args: Value| app.call(face, Some(token), name, args).await;
            let mut args = input(&format!("dekat-{face:?}"), Some(near));
            args["input"].as_object_mut().unwrap().remove("language");
            assert_eq!(call(&teacher, "invite_account", args.clone()).await.refused(), "forbidden");
            let made = call(&officer, "invite_account", args.clone()).await;
            if face == Face::Rest {
                made.ok();
            } else {
                assert_eq!(made.faults[0].1, "person_has_account");
            }
            args["input"]["personId"] = json!(far);
            assert_eq!(call(&officer, "invite_account", args.clone()).await.refused(), "not_found");
            args["input"]["personId"] = json!(null);
            assert_eq!(call(&officer, "invite_account", args).await.refused(), "forbidden");
            let other = json!({ "id": elsewhere });
            assert_eq!(call(&officer, "get_account", other.clone()).await.refused(), "not_found");
            assert_eq!(call(&officer, "block_account", reason(json!(elsewhere))).await.refused(), "not_found");
            assert_eq!(call(&officer, "send_account_reset", other).await.refused(), "not_found");
            let listed = call(&officer, "list_accounts", json!({})).await.ok();
            assert_eq!(listed["items"].as_array().unwrap().len(), 1);
            assert_eq!(call(&teacher, "list_accounts", json!({})).await.refused(), "forbidden");
            assert_eq!(app.call(face, None, "list_accounts", json!({})).await.refused(), "unauthenticated");
        }
    }

    async fn an_officer_invites_a_person_where_the_directory_knows_them(app: TestApp) {
        let country = Country::new(&app).await;
        let officer = app.token(Grant::regional_officer("32"));
        for (at, face) in Face::BOTH.into_iter().enumerate() {
            let person = Uuid::now_v7();
            let row = person_row(person, "Dekat", Some(country.bandung), "32.73");
            put(&app, entity::person::Model { email: Some(format!("Guru-{at}@contoh.sch.id")), ..row }).await;
            let asked = input(&format!("petugas-{at}"), Some(person));
            let outcome = app.call(face, Some(&officer), "invite_account", asked.clone()).await;
            assert_eq!(outcome.faults, [("/email".to_owned(), "email_not_the_persons".to_owned())], "{face:?}");
            let mut theirs = asked.clone();
            theirs["input"]["email"] = json!(format!("guru-{at}@Contoh.sch.id"));
            let made = app.call(face, Some(&officer), "invite_account", theirs).await.ok();
            let event = app.events("account.invited").await.pop().unwrap();
            assert_eq!((&event.payload["personId"], &made["personId"]), (&json!(person), &json!(person)));
        }
        // The ministry may know better.
        let person = Uuid::now_v7();
        let row = person_row(person, "Dekat", Some(country.bandung), "32.73");
        put(&app, entity::person::Model { email: Some("lama@contoh.sch.id".to_owned()), ..row }).await;
        app.call(Face::Rest, Some(&app.ministry()), "invite_account", input("baru", Some(person))).await.ok();
    }

    async fn the_trail_says_why_an_account_was_blocked_and_what_it_was_before(app: TestApp) {
        let ministry = app.ministry();
        let (id, _) = account(&app, None, &[]).await;
        for face in Face::BOTH {
            let block = json!({ "id": id, "input": { "reason": "Ponsel dicuri." } });
            app.call(face, Some(&ministry), "block_account", block).await.ok();
            let list = app.call(face, Some(&ministry), "list_audit_entries", json!({ "first": 1 })).await.ok();
            let entry = &list["items"][0];
            assert_eq!((&entry["action"], &entry["reason"]), (&json!("account.block"), &json!("Ponsel dicuri.")));
            let status = json!({ "kind": "account", "field": "status" });
            let changes = entry["changes"].as_array().unwrap();
            let status = changes.iter().find(|one| one["kind"] == status["kind"] && one["field"] == status["field"]);
            let status = status.unwrap_or_else(|| panic!("no change of the status in {entry}"));
            assert_eq!((&status["before"], &status["after"]), (&json!("active"), &json!("blocked")));
            app.call(face, Some(&ministry), "unblock_account", json!({ "id": id })).await.ok();
        }
    }

    async fn an_officer_reaches_nobody_who_reaches_further(app: TestApp) {
        let country = Country::new(&app).await;
        let (chief, head) = (Uuid::now_v7(), Uuid::now_v7());
        for id in [chief, head] {
            put(&app, person_row(id, "Pejabat", Some(country.bandung), "32.73")).await;
        }
        let (chief, _) = account(&app, Some(chief), &[Grant::ministry()]).await;
        let (head, _) = account(&app, Some(head), &[Grant::regional_officer("32")]).await;
        let block = |id| json!({ "id": id, "input": { "reason": "Pindah tugas." } });
        let town = app.token(Grant::regional_officer("32.73"));
        let province = app.token(Grant::regional_officer("32"));
        for id in [chief, head] {
            assert_eq!(app.call(Face::Rest, Some(&town), "block_account", block(id)).await.refused(), "forbidden");
        }
        assert_eq!(app.call(Face::Rest, Some(&province), "block_account", block(chief)).await.refused(), "forbidden");
        app.call(Face::Rest, Some(&province), "block_account", block(head)).await.ok();
    }

    async fn a_blocked_account_is_out_at_once_and_comes_back_with_its_password(app: TestApp) {
        let ministry = app.ministry();
        let (id, login) = account(&app, None, &[]).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&login, PASSWORD).await;
        let cookie = browser.cookie("sanggar-session").unwrap().to_owned();
        let path = by_hand::link(&app.services, id).await.unwrap();
        let path = path.split_once("sanggar.test").unwrap().1;
        let none = app.call(Face::Rest, Some(&ministry), "block_account", json!({ "id": id, "input": { "reason": " " } })).await;
        assert_eq!(none.faults[0].1, "reason_missing");
        let block = json!({ "id": id, "input": { "reason": "Ponsel dicuri." } });
        let blocked = app.call(Face::Graphql, Some(&ministry), "block_account", block.clone()).await.ok();
        assert_eq!(blocked["statusReason"], "Ponsel dicuri.");
        assert!(session::find(&app.services, Some(&cookie)).await.unwrap().is_none());
        assert!(!browser.is_in().await);
        assert_eq!(browser.get(path).await.status, 410, "a link outlived the block");
        assert!(session::start(&app.services, id.uuid(), false, "test").await.is_err());
        let again = app.call(Face::Rest, Some(&ministry), "block_account", block).await;
        assert_eq!(again.refused(), "account_already_blocked");
        let reset = app.call(Face::Rest, Some(&ministry), "send_account_reset", json!({ "id": id })).await;
        assert_eq!(reset.refused(), "account_blocked");
        app.call(Face::Rest, Some(&ministry), "unblock_account", json!({ "id": id })).await.ok();
        assert!(session::find(&app.services, Some(&cookie)).await.unwrap().is_none(), "a session came back");
        assert_eq!(browser.sign_in(&login, PASSWORD).await.status, 303);
    }

    async fn mail_waits_sealed_is_delivered_once_and_then_forgotten(app: TestApp) {
        let ministry = app.ministry();
        app.call(Face::Rest, Some(&ministry), "invite_account", input("siti", None)).await.ok();
        let rows = || async {
            entity::outgoing_mail::Entity::find().all(app.services.store.reader()).await.unwrap()
        };
        let waiting = rows().await.remove(0);
        let sealed = waiting.sealed.unwrap();
        assert!(!sealed.contains("siti") && !sealed.contains("token"));
        assert_eq!(mail::deliver_due(&app.services).await.unwrap(), 1);
        assert_eq!(mail::deliver_due(&app.services).await.unwrap(), 0);
        let sent = rows().await.remove(0);
        assert!(sent.sealed.is_none() && sent.sent_at.is_some());
        let folder = app.services.settings.data_dir.join("mail");
        let file = folder.join(format!("{}.eml", sent.id));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("To: siti@contoh.sch.id") && text.contains("invitation?token="), "{text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        }
    }
}
