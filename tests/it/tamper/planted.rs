//! Edits by someone who knows the tables: row and event together, the trail rewritten, the
//! end cut off.

use entity::{certificate, enrolment, ledger, person};
use sanggar::{
    config::Config,
    foundation::{
        audit::{AuditKey, event_hash},
        store::Engine,
    },
};

use super::*;

/// The events in order.
async fn events(app: &TestApp) -> Vec<event::Model> {
    event::Entity::find().order_by_asc(event::Column::Pos).all(app.services.store.writer()).await.unwrap()
}

async fn event_at(app: &TestApp, pos: i64) -> event::Model {
    event::Entity::find_by_id(pos).one(app.services.store.writer()).await.unwrap().unwrap()
}

/// Edits an event; answers it as it was.
async fn edit_event(app: &TestApp, pos: i64, change: impl FnOnce(&mut event::Model)) -> event::Model {
    let before = event_at(app, pos).await;
    let mut after = before.clone();
    change(&mut after);
    assert_ne!(after, before);
    let after = after.into_active_model().reset_all();
    after.update(app.services.store.writer()).await.unwrap();
    before
}

/// Puts rows back as they were.
async fn back(app: &TestApp, row: certificate::Model, event: Option<event::Model>) {
    let db = app.services.store.writer();
    row.into_active_model().reset_all().update(db).await.unwrap();
    if let Some(event) = event {
        event.into_active_model().reset_all().update(db).await.unwrap();
    }
}

both_engines! {
    async fn a_revoked_certificate_whose_row_is_put_back_as_issued_is_never_valid_again(app: TestApp) {
        let world = World::new(&app).await;
        let (valid, _) = two(&world).await;
        let issued = row(&app, &valid).await;
        app.pass(TimeDelta::hours(1));
        revoke(&world, &valid).await;
        let revoked = row(&app, &valid).await;
        back(&app, issued, None).await;
        for face in Face::BOTH {
            assert_eq!(asked(&app, &valid, face).await.as_deref(), Some("certificate_integrity_failed"));
        }
        assert!(faults(&app).await.iter().any(|fault| fault.contains(valid["id"].as_str().unwrap())));
        // Only the status, with everything else left as the revocation made it, or its event turned around.
        back(&app, certificate::Model { status: "valid".to_owned(), status_reason: None, ..revoked.clone() }, None).await;
        assert_eq!(asked(&app, &valid, Face::Rest).await.as_deref(), Some("certificate_integrity_failed"));
        let event = edit_event(&app, revoked.changed_pos, |event| {
            event.kind = "certificate.reinstated".to_owned();
            event.payload = json!({});
        }).await;
        assert_eq!(asked(&app, &valid, Face::Rest).await.as_deref(), Some("certificate_integrity_failed"));
        back(&app, revoked, Some(event)).await;
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn a_reason_a_holder_or_an_enrolment_changed_in_row_and_event_together_is_found(app: TestApp) {
        let world = World::new(&app).await;
        let (valid, revoked) = two(&world).await;
        let stranger = world.teacher("Orang Lain").await;
        let before = row(&app, &revoked).await;
        let event = edit_event(&app, before.changed_pos, |event| event.payload["reason"] = json!("Lain")).await;
        edit(&app, id(&revoked), &[(certificate::Column::StatusReason, Expr::value("Lain"))]).await;
        assert!(faults(&app).await.iter().any(|fault| fault.contains("its content")));
        back(&app, before, Some(event)).await;

        let before = row(&app, &valid).await;
        for forged in [true, false] {
            let event = edit_event(&app, before.changed_pos, |event| event.payload["personId"] = json!(stranger)).await;
            edit(&app, id(&valid), &[(certificate::Column::PersonId, Expr::value(stranger))]).await;
            let into = |into| person::ActiveModel { id: Set(before.person_id), merged_into: Set(into), ..Default::default() };
            if forged {
                event.clone().into_active_model().reset_all().update(app.services.store.writer()).await.unwrap();
                into(Some(stranger)).update(app.services.store.writer()).await.unwrap();
            }
            for face in Face::BOTH {
                assert_eq!(asked(&app, &valid, face).await.as_deref(), Some("certificate_integrity_failed"), "{forged}");
            }
            assert!(faults(&app).await.iter().any(|fault| fault.contains(valid["id"].as_str().unwrap())), "{forged}");
            into(None).update(app.services.store.writer()).await.unwrap();
            back(&app, before.clone(), Some(event)).await;
        }

        let event = edit_event(&app, before.changed_pos, |event| event.payload["enrolmentId"] = Value::Null).await;
        edit(&app, id(&valid), &[(certificate::Column::EnrolmentId, Expr::value(Option::<Uuid>::None))]).await;
        assert!(!faults(&app).await.is_empty());
        back(&app, before, Some(event)).await;
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn every_part_of_every_event_is_in_the_trail(app: TestApp) {
        let world = World::new(&app).await;
        two(&world).await;
        for event in events(&app).await {
            let edits: [fn(&mut event::Model); 4] = [
                |event| event.payload["jpEarned"] = json!(99),
                |event| event.payload = json!({}),
                |event| event.region_code = Some("32".to_owned()),
                |event| event.id = Uuid::now_v7(),
            ];
            for change in edits {
                let before = edit_event(&app, event.pos, change).await;
                let told = faults(&app).await;
                assert!(told.iter().any(|fault| fault.contains(&format!("event {}", event.pos))), "{told:?}");
                before.into_active_model().reset_all().update(app.services.store.writer()).await.unwrap();
            }
        }
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn a_trail_that_was_computed_anew_without_the_key_is_found(app: TestApp) {
        let world = World::new(&app).await;
        let (_, revoked) = two(&world).await;
        let db = app.services.store.writer();
        let changed = row(&app, &revoked).await.changed_pos;
        edit_event(&app, changed, |event| event.payload["reason"] = json!("Lain")).await;
        edit(&app, id(&revoked), &[(certificate::Column::StatusReason, Expr::value("Lain"))]).await;
        let hash = event_hash(&event_at(&app, changed).await).unwrap();
        let (wrong, mut previous) = (AuditKey::new([0; 32]), String::new());
        let entries = audit_entry::Entity::find().order_by_asc(audit_entry::Column::Seq).all(db).await.unwrap();
        for mut entry in entries {
            if entry.seq == changed {
                entry.subjects[0][4] = json!(hash);
            }
            entry.previous_hash.clone_from(&previous);
            entry.hash = wrong.seal(&entry).unwrap();
            previous.clone_from(&entry.hash);
            entry.into_active_model().reset_all().update(db).await.unwrap();
        }
        let end = ledger::ActiveModel { id: Set(1), audit_hash: Set(previous), ..Default::default() };
        end.update(db).await.unwrap();
        let told = faults(&app).await;
        assert_eq!(told.iter().filter(|fault| fault.contains("its seal is not ours")).count(), 5, "{told:?}");
    }

    async fn an_end_that_was_cut_off_is_found_by_whoever_kept_the_head(app: TestApp) {
        let world = World::new(&app).await;
        let (valid, _) = two(&world).await;
        let db = app.services.store.writer();
        let (before, issued) = (ledger::Entity::find_by_id(1).one(db).await.unwrap().unwrap(), row(&app, &valid).await);
        let earlier = Head::read(db).await.unwrap();
        revoke(&world, &valid).await;
        let head = Head::read(db).await.unwrap();
        assert_eq!(faults_since(&app, Some(&earlier)).await, Vec::<String>::new(), "it still leads through there");
        assert_eq!(faults_since(&app, Some(&head)).await, Vec::<String>::new());
        let other = Head { hash: "0".repeat(64), ..earlier };
        assert!(faults_since(&app, Some(&other)).await.iter().any(|fault| fault.contains("rewritten")));

        audit_entry::Entity::delete_by_id(head.seq).exec(db).await.unwrap();
        event::Entity::delete_many().filter(event::Column::Pos.gt(before.pos)).exec(db).await.unwrap();
        before.into_active_model().reset_all().update(db).await.unwrap();
        back(&app, issued, None).await;
        let told = faults_since(&app, Some(&head)).await;
        assert!(told.iter().any(|fault| fault.contains("its end was cut off")), "{told:?}");
        // What docs/operate.md says of this: from the database alone nobody can tell.
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn a_row_that_cannot_be_read_is_named_and_the_others_are_still_looked_at(app: TestApp) {
        if app.services.store.engine() == Engine::Postgres {
            return; // It keeps nothing that its types do not allow.
        }
        let world = World::new(&app).await;
        let (valid, revoked) = two(&world).await;
        let db = app.services.store.writer();
        let set = |table: &'static str, column: &'static str, value: &str, key: Expr| {
            Query::update().table(table).value(column, value).and_where(key).to_owned()
        };
        db.execute(&set("certificate", "issued_at", "x", Expr::col("id").eq(id(&valid)))).await.unwrap();
        db.execute(&set("event", "payload", "{", Expr::col("pos").eq(1))).await.unwrap();
        db.execute(&set("audit_entry", "subjects", "{", Expr::col("seq").eq(3))).await.unwrap();
        edit(&app, id(&revoked), &[(certificate::Column::HoursJp, Expr::value(320))]).await;
        let told = faults(&app).await;
        for (what, which) in [
            ("certificate", valid["id"].as_str().unwrap()),
            ("certificate", revoked["id"].as_str().unwrap()),
            ("event 1", "cannot be read"),
            ("audit entry 3", "cannot be read"),
        ] {
            assert!(told.iter().any(|fault| fault.contains(what) && fault.contains(which)), "{what} {which}: {told:?}");
        }
        assert_eq!(asked(&app, &valid, Face::Rest).await.as_deref(), Some("certificate_integrity_failed"));
        db.execute(&set("ledger", "last_at", "x", Expr::col("id").eq(1))).await.unwrap();
        assert!(faults(&app).await.iter().any(|fault| fault.contains("ledger")));
    }

    async fn what_is_written_while_an_inspection_reads_is_no_fault(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let session = world.session(batch, TimeDelta::days(-3)).await;
        let seats = batch::ActiveModel { id: Set(batch), taken: Set(12), ..Default::default() };
        seats.update(app.services.store.writer()).await.unwrap();
        let mut due = Vec::new();
        for person in world.teachers(12).await {
            due.push((person, assessed(&world, batch, session, person).await));
        }
        let done = std::sync::atomic::AtomicBool::new(false);
        let writer = async {
            for (person, enrolment) in due {
                let made = issue(&world, Face::Rest, enrolment).await;
                revoke(&world, &made).await;
                let survivor = world.teacher("Penerus").await;
                let merge = json!({ "id": person, "input": { "intoId": survivor, "reason": "Data ganda" } });
                app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        };
        let reader = async {
            let mut looks = 0;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                assert_eq!(faults(&app).await, Vec::<String>::new());
                looks += 1;
            }
            looks
        };
        let ((), looks) = futures_util::future::join(writer, reader).await;
        assert!(looks > 1);
        assert_eq!(enrolment::Entity::find().all(app.services.store.reader()).await.unwrap().len(), 12);
    }
}

#[tokio::test]
async fn an_inspection_of_nothing_is_refused_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data_dir: folder.path().join("wrong"), ..Config::default() };
    let refused = fsck::run(&config, &fsck::FsckArgs::default()).await.unwrap_err();
    assert!(refused.contains("is missing") && refused.contains("SANGGAR_DATA_DIR"), "{refused}");
    assert!(!config.data_dir.exists());
    sanggar::access::keys::Keyring::open(&config.keys()).unwrap();
    let refused = fsck::run(&config, &fsck::FsckArgs::default()).await.unwrap_err();
    assert!(refused.contains("there is no database"), "{refused}");
    assert!(!config.data_dir.join("sanggar.db").exists());
}
