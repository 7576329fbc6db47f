//! Rows that only the matrix puts in.

use entity::{activity_cost, audit_entry, event, import_job, oauth_client_secret, region};
use serde_json::json;
use uuid::Uuid;

use super::land::Side;
use crate::support::{TestApp, app::start, client::oauth_client_row, directory::put};

pub fn region_row(code: &str) -> region::Model {
    region::Model {
        code: code.to_owned(),
        level: if code.len() == 2 { "province" } else { "regency" }.to_owned(),
        name: format!("Wilayah {code}"),
        parent_code: code.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
        valid_from: None,
        valid_until: None,
        successor_code: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

pub fn cost_row(id: Uuid, activity: Uuid) -> activity_cost::Model {
    activity_cost::Model {
        id,
        activity_id: activity,
        what: "Fotokopi".to_owned(),
        amount_rupiah: 45_000,
        paid_by: "members".to_owned(),
        recorded_by: "test".to_owned(),
        version: 1,
        created_at: start(),
    }
}

pub fn import_row(id: Uuid) -> import_job::Model {
    import_job::Model {
        id,
        kind: "regions".to_owned(),
        filename: "wilayah.csv".to_owned(),
        dry_run: false,
        status: "finished".to_owned(),
        failure_code: None,
        failure_detail: None,
        bytes_total: 1,
        bytes_read: 1,
        rows_read: 0,
        rows_new: 0,
        rows_updated: 0,
        rows_unchanged: 0,
        rows_warned: 0,
        rows_refused: 0,
        by_code: json!({}),
        started_by: "test".to_owned(),
        created_at: start(),
        finished_at: Some(start()),
        version: 1,
    }
}

pub async fn put_client(app: &TestApp, [id, secret]: [Uuid; 2]) {
    put(app, oauth_client_row(id)).await;
    let row = oauth_client_secret::Model {
        id: secret,
        client_id: id,
        hash: "0".repeat(64),
        expires_at: start() + chrono::TimeDelta::days(30),
        withdrawn_at: None,
        created_at: start(),
    };
    put(app, row).await;
}

/// The number of the entry about a side's school, far behind those that the matrix makes.
pub fn audit_seq(side: &Side) -> i64 {
    1_000_000 + i64::try_from(side.school.as_u64_pair().1 & 0x3FFF_FFFF).unwrap()
}

/// An entry of the trail about a side's school, with its event.
pub async fn put_trail(app: &TestApp, side: &Side) {
    let (seq, school) = (audit_seq(side), side.school);
    let event = event::Model {
        pos: seq,
        id: Uuid::now_v7(),
        kind: "school.updated".to_owned(),
        subject_kind: "school".to_owned(),
        subject_id: school.to_string(),
        subject_version: 2,
        region_code: Some(side.region.to_owned()),
        payload: json!({}),
        actor: "ministry".to_owned(),
        request_id: "r".to_owned(),
        occurred_at: start(),
    };
    let entry = audit_entry::Model {
        seq,
        at: start(),
        actor: "ministry".to_owned(),
        action: "school.update".to_owned(),
        subjects: json!([["school.updated", "school", school, 2, "0"]]),
        request_id: "r".to_owned(),
        format: Some(2),
        client: None,
        account: None,
        reason: None,
        changes: None,
        first_pos: Some(seq),
        last_pos: Some(seq),
        previous_hash: String::new(),
        hash: "0".repeat(64),
    };
    put(app, event).await;
    put(app, entry).await;
}
