//! What the teacher of a side asks to have corrected.

use chrono::TimeDelta;
use entity::correction;
use serde_json::json;

use super::land::Side;
use crate::support::{TestApp, app::start, directory::put};

/// Words alone: nothing of it is sealed.
pub async fn put_correction(app: &TestApp, side: &Side) {
    let row = correction::Model {
        id: side.correction,
        person_id: side.person,
        status: "requested".to_owned(),
        fields: json!([]),
        changes_sealed: None,
        words: Some("Nama di sertifikat saya keliru.".to_owned()),
        reason: Some("Sesuai KTP.".to_owned()),
        due_at: start() + TimeDelta::hours(72),
        decision_reason: None,
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, row).await;
}
