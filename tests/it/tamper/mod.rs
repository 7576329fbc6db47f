//! Edits made behind the service's back are found: by whoever checks the certificate, and by fsck.

use chrono::TimeDelta;
use entity::{audit_entry, batch, certificate, certificate_payload, event};
use reqwest::Method;
use sanggar::{cli::fsck, foundation::audit::Head};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{Expr, Query},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, assessed, issue},
    support::{Face, TestApp, training::World},
};

mod planted;
mod sweep;
mod tally;
mod trail;
mod values;

pub async fn faults(app: &TestApp) -> Vec<String> {
    faults_since(app, None).await
}

/// The faults for whoever knows where the trail ended once.
async fn faults_since(app: &TestApp, known: Option<&Head>) -> Vec<String> {
    let mut told = Vec::new();
    let summary = fsck::inspect(&app.services, known, &mut |fault| told.push(fault)).await.unwrap();
    assert_eq!(summary.faults, told.len() as u64);
    told
}

fn id(made: &Value) -> Uuid {
    made["id"].as_str().unwrap().parse().unwrap()
}

/// Two certificates, one of them revoked: something of every kind to edit. Five events: two
/// completions, each with its issue, and the revocation.
async fn two(world: &World<'_>) -> (Value, Value) {
    let batch = world.batch(OVER).await;
    let session = world.session(batch, TimeDelta::days(-3)).await;
    let seats = batch::ActiveModel { id: Set(batch), taken: Set(2), ..Default::default() };
    seats.update(world.app.services.store.writer()).await.unwrap();
    let (siti, budi) = (world.teacher("Siti").await, world.teacher("Budi").await);
    let valid = issue(world, Face::Rest, assessed(world, batch, session, siti).await).await;
    let revoked = issue(world, Face::Rest, assessed(world, batch, session, budi).await).await;
    revoke(world, &revoked).await;
    (valid, revoked)
}

async fn revoke(world: &World<'_>, made: &Value) {
    let reason = json!({ "id": made["id"], "input": { "reason": "Keliru" } });
    world.app.call(Face::Rest, Some(&world.staff()), "revoke_certificate", reason).await.ok();
}

/// The certificate's row, whole.
async fn row(app: &TestApp, made: &Value) -> certificate::Model {
    certificate::Entity::find_by_id(id(made)).one(app.services.store.reader()).await.unwrap().unwrap()
}

/// Edits columns of a certificate and of its payload.
async fn edit(app: &TestApp, id: Uuid, edits: &[(certificate::Column, Expr)]) {
    let mut update = certificate::Entity::update_many().filter(certificate::Column::Id.eq(id));
    for (column, value) in edits {
        update = update.col_expr(*column, value.clone());
    }
    update.exec(app.services.store.writer()).await.unwrap();
}

async fn asked(app: &TestApp, made: &Value, face: Face) -> Option<String> {
    app.call(face, None, "get_verification", json!({ "id": made["verificationId"] })).await.code
}

both_engines! {
    async fn nothing_is_wrong_with_what_the_service_wrote(app: TestApp) {
        let world = World::new(&app).await;
        two(&world).await;
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn every_edited_column_is_found_by_the_check_and_by_fsck(app: TestApp) {
        use certificate::Column as C;
        let world = World::new(&app).await;
        let (valid, revoked) = two(&world).await;
        let other = world.organisation("LPTK-LAIN").await;
        let cases: Vec<(&Value, C, Expr)> = vec![
            (&valid, C::HolderName, Expr::value("Sita")),
            (&valid, C::Title, Expr::value("Pelatihan Lain")),
            (&valid, C::HoursJp, Expr::value(320)),
            (&valid, C::Kind, Expr::value("cascade")),
            (&valid, C::Generation, Expr::value(1)),
            (&valid, C::Number, Expr::value("999999/BGTKJABAR/2026")),
            (&valid, C::ProviderId, Expr::value(other)),
            (&valid, C::RegionCode, Expr::value("32")),
            (&valid, C::StartsOn, Expr::value("2020-01-01".parse::<chrono::NaiveDate>().unwrap())),
            (&valid, C::EndsOn, Expr::value("2027-01-01".parse::<chrono::NaiveDate>().unwrap())),
            (&valid, C::ValidUntil, Expr::value("2027-01-01".parse::<chrono::NaiveDate>().unwrap())),
            (&valid, C::IssuedAt, Expr::value("2020-01-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap())),
            (&valid, C::ChangedAt, Expr::value("2020-01-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap())),
            (&valid, C::Version, Expr::value(7_i64)),
            (&valid, C::ChangedPos, Expr::value(700_i64)),
            (&valid, C::Status, Expr::value("suspended")),
            (&valid, C::Status, Expr::value("nonsense")),
            (&revoked, C::Status, Expr::value("valid")),
            (&revoked, C::StatusReason, Expr::value("Lain")),
            (&revoked, C::SupersededBy, Expr::value(id(&valid))),
        ];
        for (made, column, value) in cases {
            let before = certificate::Entity::find_by_id(id(made)).one(app.services.store.reader()).await.unwrap().unwrap();
            edit(&app, id(made), &[(column, value)]).await;
            for face in Face::BOTH {
                assert_eq!(asked(&app, made, face).await.as_deref(), Some("certificate_integrity_failed"), "{column:?}");
            }
            let told = faults(&app).await;
            assert!(told.iter().any(|fault| fault.contains(&id(made).to_string())), "{column:?}: {told:?}");
            let back = before.into_active_model().reset_all();
            back.update(app.services.store.writer()).await.unwrap();
        }
        assert_eq!(faults(&app).await, Vec::<String>::new(), "what was put back is whole again");
    }

    async fn an_edited_payload_hash_signature_or_key_is_found(app: TestApp) {
        use certificate_payload::Column as P;
        let world = World::new(&app).await;
        let (valid, revoked) = two(&world).await;
        let db = app.services.store.writer();
        let read = |id: Uuid| certificate_payload::Entity::find_by_id(id).one(app.services.store.reader());
        let (own, others) = (read(id(&valid)).await.unwrap().unwrap(), read(id(&revoked)).await.unwrap().unwrap());
        let text = own.payload.replace("\"jp\":32", "\"jp\":64");
        assert_ne!(text, own.payload);
        let hash = sanggar::certification::certificate::payload::hash(&text);
        let flipped = own.jws.replace('.', ".A");
        let cases: Vec<Vec<(P, String)>> = vec![
            vec![(P::Payload, text.clone())],
            vec![(P::Payload, text), (P::Hash, hash)],
            vec![(P::Hash, others.hash.clone())],
            vec![(P::Jws, flipped)],
            vec![(P::Jws, others.jws.clone())],
            vec![(P::Kid, "another".to_owned())],
            vec![(P::Payload, others.payload.clone()), (P::Hash, others.hash.clone()), (P::Jws, others.jws.clone())],
        ];
        for case in cases {
            let mut update = certificate_payload::Entity::update_many().filter(P::CertificateId.eq(id(&valid)));
            for (column, value) in &case {
                update = update.col_expr(*column, Expr::value(value.as_str()));
            }
            update.exec(db).await.unwrap();
            assert_eq!(asked(&app, &valid, Face::Rest).await.as_deref(), Some("certificate_integrity_failed"), "{case:?}");
            let told = faults(&app).await;
            assert!(told.iter().any(|fault| fault.contains(&id(&valid).to_string())), "{case:?}: {told:?}");
            let back = own.clone().into_active_model().reset_all();
            back.update(db).await.unwrap();
        }
        let gone = certificate_payload::Entity::delete_by_id(id(&valid));
        gone.exec(db).await.unwrap();
        assert_eq!(asked(&app, &valid, Face::Graphql).await.as_deref(), Some("certificate_integrity_failed"));
        assert!(!faults(&app).await.is_empty());
    }

    async fn the_page_says_that_it_cannot_be_confirmed(app: TestApp) {
        let world = World::new(&app).await;
        let (valid, _) = two(&world).await;
        edit(&app, id(&valid), &[(certificate::Column::HoursJp, Expr::value(320))]).await;
        let path = format!("/verify/{}?lang=en", valid["verificationId"].as_str().unwrap());
        let answer = app.request(Method::GET, &path, None).send().await.unwrap();
        assert_eq!(answer.status(), 409);
        let html = answer.text().await.unwrap();
        assert!(html.contains("cannot be confirmed") && html.contains("Ask the issuer"));
        assert!(!html.contains("320") && !html.contains("genuine and valid"));
    }

    async fn what_only_the_event_of_the_issue_knows_is_held_against_it(app: TestApp) {
        use certificate::Column as C;
        let world = World::new(&app).await;
        let (valid, revoked) = two(&world).await;
        let stranger = world.teacher("Orang Lain").await;
        let null = || Expr::value(Option::<Uuid>::None);
        for (column, value) in
            [(C::EnrolmentId, null()), (C::SchoolId, null()), (C::PersonId, Expr::value(stranger)), (C::Source, Expr::value("community"))]
        {
            let before = certificate::Entity::find_by_id(id(&revoked)).one(app.services.store.reader()).await.unwrap().unwrap();
            edit(&app, id(&revoked), &[(column, value)]).await;
            let told = faults(&app).await;
            assert!(told.iter().any(|fault| fault.contains(&id(&revoked).to_string())), "{column:?}: {told:?}");
            let back = before.into_active_model().reset_all();
            back.update(app.services.store.writer()).await.unwrap();
        }
        let db = app.services.store.writer();
        certificate_payload::Entity::delete_by_id(id(&valid)).exec(db).await.unwrap();
        certificate::Entity::delete_by_id(id(&valid)).exec(db).await.unwrap();
        let told = faults(&app).await;
        assert!(told.iter().any(|fault| fault.contains("is gone")), "{told:?}");
    }

    async fn the_trail_tells_edits_gaps_insertions_and_a_cut_off_end(app: TestApp) {
        let world = World::new(&app).await;
        two(&world).await;
        let db = app.services.store.writer();
        let entries = audit_entry::Entity::find().order_by_asc(audit_entry::Column::Seq).all(db).await.unwrap();
        let events = event::Entity::find().order_by_asc(event::Column::Pos).all(db).await.unwrap();
        assert_eq!((entries.len(), events.len()), (5, 5));
        let restore = async || {
            audit_entry::Entity::delete_many().exec(db).await.unwrap();
            event::Entity::delete_many().exec(db).await.unwrap();
            audit_entry::Entity::insert_many(entries.iter().cloned().map(audit_entry::ActiveModel::from)).exec_without_returning(db).await.unwrap();
            event::Entity::insert_many(events.iter().cloned().map(event::ActiveModel::from)).exec_without_returning(db).await.unwrap();
        };
        let set = |table: &'static str, column: &'static str, value: &str, key: &'static str, at: i64| {
            Query::update().table(table).value(column, value).and_where(Expr::col(key).eq(at)).to_owned()
        };
        let cut = |table: &'static str, key: &'static str, at: i64| {
            Query::delete().from_table(table).and_where(Expr::col(key).eq(at)).to_owned()
        };
        let updates = [
            ("actor", set("audit_entry", "actor", "nobody", "seq", 2)),
            ("action", set("audit_entry", "action", "certificate.read", "seq", 2)),
            ("hash", set("audit_entry", "hash", "00", "seq", 2)),
            ("previous", set("audit_entry", "previous_hash", "00", "seq", 2)),
            ("event kind", set("event", "kind", "certificate.issued", "pos", 5)),
            ("event subject", set("event", "subject_id", "x", "pos", 2)),
            ("event actor", set("event", "actor", "x", "pos", 1)),
        ];
        for (what, update) in updates {
            db.execute(&update).await.unwrap();
            assert!(!faults(&app).await.is_empty(), "{what}");
            restore().await;
        }
        for (what, delete) in [
            ("first entry", cut("audit_entry", "seq", 1)),
            ("middle entry", cut("audit_entry", "seq", 2)),
            ("last entry", cut("audit_entry", "seq", 5)),
            ("first event", cut("event", "pos", 1)),
            ("last event", cut("event", "pos", 5)),
        ] {
            db.execute(&delete).await.unwrap();
            assert!(!faults(&app).await.is_empty(), "{what}");
            restore().await;
        }
        let mut planted = events[4].clone();
        (planted.pos, planted.id) = (6, Uuid::now_v7());
        event::Entity::insert(event::ActiveModel::from(planted)).exec_without_returning(db).await.unwrap();
        assert!(faults(&app).await.iter().any(|fault| fault.contains("put in after")));
        restore().await;
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn a_certificate_that_followed_its_holder_is_whole_and_still_revoked(app: TestApp) {
        let world = World::new(&app).await;
        let (_, revoked) = two(&world).await;
        let holder: Uuid = revoked["personId"].as_str().unwrap().parse().unwrap();
        let survivor = world.teacher("Budi").await;
        app.pass(chrono::TimeDelta::hours(1));
        let merge = json!({ "id": holder, "input": { "intoId": survivor, "reason": "Data ganda" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        let told = app.call(Face::Rest, None, "get_verification", json!({ "id": revoked["verificationId"] })).await.ok();
        assert_eq!((&told["status"], &told["statusSince"]), (&json!("revoked"), &json!("2026-03-02T08:00:00Z")));
        assert_eq!(faults(&app).await, Vec::<String>::new());
        edit(&app, id(&revoked), &[(certificate::Column::Status, Expr::value("valid"))]).await;
        assert_eq!(asked(&app, &revoked, Face::Rest).await.as_deref(), Some("certificate_integrity_failed"));
    }
}
