//! The schedule: what is due is counted without changing anything, and then exactly that goes.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    audit_entry, audit_value, breach, client_use, data_access, idempotency_key, import_finding, import_job,
    membership, report, used_proof,
};
use sanggar::{access::grant::Grant, privacy::retention::apply, worker};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp, app::start, circle::Circle, directory::put, identity::client_row,
        rows::membership_row, voice::report_row,
    },
};

/// One row that is due by each of several rules, and one beside it that is a little younger.
async fn fill(app: &TestApp) {
    let circle = Circle::new(app).await;
    let (now, client) = (start(), Uuid::now_v7());
    put(app, client_row(client)).await;
    for (nth, late) in [TimeDelta::hours(25), -TimeDelta::hours(25)].into_iter().enumerate() {
        let ago = |days: i64| now - TimeDelta::days(days) - late;
        put(
            app,
            idempotency_key::Model {
                caller: "siti".to_owned(),
                key: nth.to_string(),
                request_hash: "x".to_owned(),
                response: json!({ "name": "Siti" }),
                created_at: ago(30),
            },
        )
        .await;
        put(app, used_proof::Model { issuer: "dpop:x".to_owned(), jti: nth.to_string(), expires_at: ago(0) })
            .await;
        put(
            app,
            client_use::Model {
                client_id: client,
                day: ago(730).date_naive(),
                kind: "calls".to_owned(),
                count: 1,
            },
        )
        .await;
        put(app, looked(circle.member, nth, ago(1826))).await;
        put(app, leak("closed", ago(1826))).await;
        put(app, leak("contained", ago(1826))).await;
        let answered = membership::Model {
            status: "declined".to_owned(),
            message: Some("Mari bergabung, Bu Rini.".to_owned()),
            updated_at: ago(365),
            ..membership_row(Uuid::now_v7(), circle.community, circle.outsider)
        };
        put(app, answered).await;
        let closed = report::Model {
            status: "dismissed".to_owned(),
            words: Some("Kasar.".to_owned()),
            closed_at: Some(ago(365)),
            reporter_mark: format!("mark {nth}"),
            ..report_row(Uuid::now_v7(), circle.community, Uuid::now_v7())
        };
        put(app, closed).await;
        put_import(app, ago(90)).await;
        let change = json!({ "id": circle.member, "version": nth + 1, "input": { "subject": format!("Fisika {nth}") } });
        app.call(Face::Rest, Some(&app.ministry()), "update_person", change).await.ok();
        let seq = audit_entry::Entity::find().count(app.services.store.reader()).await.unwrap();
        let seq = i64::try_from(seq).unwrap();
        let row = audit_entry::ActiveModel { seq: Set(seq), at: Set(ago(3_653)), ..Default::default() };
        row.update(app.services.store.writer()).await.unwrap();
    }
}

fn looked(person: Uuid, nth: usize, at: DateTime<Utc>) -> data_access::Model {
    data_access::Model {
        id: Uuid::now_v7(),
        person_id: person,
        day: at.date_naive(),
        reader: format!("reader {nth}"),
        client: String::new(),
        account_id: None,
        roles: "ministry".to_owned(),
        purpose: "directory_read".to_owned(),
        fields: "name".to_owned(),
        times: 1,
        first_at: at,
        last_at: at,
        request_id: "r".to_owned(),
    }
}

fn leak(status: &str, since: DateTime<Utc>) -> breach::Model {
    let before = since - TimeDelta::days(30);
    breach::Model {
        id: Uuid::now_v7(),
        title: "Laptop hilang".to_owned(),
        what_happened: "Laptop hilang.".to_owned(),
        discovered_at: before,
        occurred_from: None,
        occurred_until: None,
        data_classes: json!(["identity"]),
        cause: "other".to_owned(),
        persons_estimated: 1,
        region_codes: json!([]),
        consequences: None,
        measures: None,
        contact: None,
        contained_at: Some(before),
        authority_notified_at: None,
        authority_channel: None,
        authority_reference: None,
        authority_not_needed: Some("Latihan.".to_owned()),
        persons_notified_at: None,
        persons_channel: None,
        persons_notified: None,
        persons_not_needed: Some("Latihan.".to_owned()),
        lessons: None,
        status: status.to_owned(),
        status_reason: None,
        status_since: since,
        closed: i32::from(status == "closed"),
        due_soon_at: None,
        version: 1,
        created_at: before,
        updated_at: since,
    }
}

async fn put_import(app: &TestApp, finished_at: DateTime<Utc>) {
    let id = Uuid::now_v7();
    let job = import_job::Model {
        id,
        kind: "persons".to_owned(),
        filename: "guru.csv".to_owned(),
        dry_run: false,
        status: "finished".to_owned(),
        failure_code: None,
        failure_detail: None,
        bytes_total: 1,
        bytes_read: 1,
        rows_read: 2,
        rows_new: 0,
        rows_updated: 0,
        rows_unchanged: 0,
        rows_warned: 0,
        rows_refused: 2,
        by_code: json!({}),
        started_by: "test".to_owned(),
        created_at: finished_at,
        finished_at: Some(finished_at),
        version: 1,
    };
    put(app, job).await;
    for ordinal in [1, 2] {
        put(
            app,
            import_finding::Model {
                job_id: id,
                ordinal,
                line: ordinal + 1,
                column_name: "name".to_owned(),
                code: "person_name_invalid".to_owned(),
                severity: "refusal".to_owned(),
                value: "S1ti".to_owned(),
            },
        )
        .await;
    }
}

/// Every rule that has something due: how many rows, and the day of the oldest.
async fn due(app: &TestApp, face: Face) -> Value {
    let rules = app.call(face, Some(&app.ministry()), "get_retention_rules", json!({})).await.ok();
    let rules = rules.as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["reason"].as_str().unwrap().len() > 10), "{rules:?}");
    let due = rules.iter().filter(|rule| rule["due"].as_i64().is_some_and(|due| due > 0));
    due.map(|rule| json!([rule["code"], rule["due"], rule["oldest"].as_str().unwrap()[..10]])).collect()
}

/// How many rows of each table there are, and how many of them still say something.
async fn left(app: &TestApp) -> [u64; 9] {
    let db = app.services.store.reader();
    let said = membership::Entity::find().all(db).await.unwrap();
    let seen = data_access::Entity::find().all(db).await.unwrap();
    let reported = report::Entity::find().all(db).await.unwrap();
    [
        idempotency_key::Entity::find().count(db).await.unwrap(),
        used_proof::Entity::find().count(db).await.unwrap(),
        client_use::Entity::find().count(db).await.unwrap(),
        import_finding::Entity::find().count(db).await.unwrap(),
        u64::try_from(seen.iter().filter(|row| row.reader.starts_with("reader")).count()).unwrap(),
        breach::Entity::find().count(db).await.unwrap(),
        audit_value::Entity::find().count(db).await.unwrap(),
        u64::try_from(said.iter().filter(|row| row.message.is_some()).count()).unwrap(),
        u64::try_from(reported.iter().filter(|row| row.words.is_some()).count()).unwrap(),
    ]
}

both_engines! {
    async fn what_is_due_is_counted_and_then_exactly_that_goes_once(app: TestApp) {
        fill(&app).await;
        let counted = json!([
            ["used_proofs", 1, "2026-03-01"],
            ["idempotency_answers", 1, "2026-01-30"],
            ["import_findings", 2, "2025-12-01"],
            ["report_words", 1, "2025-03-01"],
            ["membership_messages", 1, "2025-03-01"],
            ["client_uses", 1, "2024-03-01"],
            ["data_accesses", 1, "2021-03-01"],
            ["breaches", 1, "2021-03-01"],
            ["audit_values", 1, "2016-02-29"],
        ]);
        for face in Face::BOTH {
            assert_eq!(due(&app, face).await, counted, "{face:?}");
        }
        assert_eq!(left(&app).await, [2, 2, 2, 4, 2, 4, 2, 2, 2], "looking changes nothing");
        for (job, outcome) in worker::let_go(&app.services).await {
            let gone = outcome.unwrap();
            assert_eq!(gone, match job { "retention" => 9, "tokens" => 1, _ => 0 }, "{job}");
        }
        assert_eq!(left(&app).await, [1, 1, 1, 2, 1, 3, 1, 1, 1], "what is younger stays");
        let declined = membership::Entity::find().all(app.services.store.reader()).await.unwrap();
        let blanked = declined.iter().find(|row| row.status == "declined" && row.message.is_none()).unwrap();
        assert_eq!(blanked.version, 2, "what was read before is stale");
        for face in Face::BOTH {
            assert_eq!(due(&app, face).await, json!([]), "{face:?}");
        }
        let (one, other) = tokio::join!(apply::run_once(&app.services), apply::run_once(&app.services));
        assert_eq!((one.unwrap(), other.unwrap()), (0, 0), "twice is once");
    }

    async fn the_schedule_is_for_the_ministry(app: TestApp) {
        for face in Face::BOTH {
            let refused = app.call(face, None, "get_retention_rules", json!({})).await.refused();
            assert_eq!(refused, "unauthenticated");
            for grant in [Grant::regional_officer("32"), Grant::teacher(Uuid::now_v7()), Grant::ministry_system()] {
                let role = grant.role;
                let refused = app.call(face, Some(&app.token(grant)), "get_retention_rules", json!({})).await.refused();
                assert_eq!(refused, "forbidden", "{face:?} {role}");
            }
            let rules = app.call(face, Some(&app.ministry()), "get_retention_rules", json!({})).await.ok();
            let certificates = rules.as_array().unwrap().iter().find(|rule| rule["code"] == "certificates").unwrap();
            assert_eq!((&certificates["outcome"], &certificates["period"]), (&json!("keep"), &Value::Null));
            assert_eq!((&certificates["due"], &certificates["classes"]), (&Value::Null, &json!(["identity"])));
        }
    }
}
