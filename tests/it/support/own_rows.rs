//! Rows of own learning and of articles, as a test usually wants them.

use entity::{
    account, activity, article, calendar_feed, client_document, erasure, learning_goal, learning_plan,
    learning_reflection, oauth_client, self_assessment, sharing_consent,
};
use sanggar::foundation::transaction::hex;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{TestApp, app::start, directory::put, rows::activity_row};

/// An account that somebody signs in with; its login is its id.
pub fn account_row(id: Uuid, person: Option<Uuid>) -> account::Model {
    account::Model {
        id,
        person_id: person,
        login: format!("guru-{}", id.simple()),
        name: "Siti Aminah".to_owned(),
        email: Some(format!("{}@contoh.sch.id", id.simple())),
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
    }
}

/// That somebody asks to be erased; nobody has decided yet.
pub fn erasure_row(id: Uuid, person: Uuid) -> erasure::Model {
    erasure::Model {
        id,
        person_id: person,
        status: "requested".to_owned(),
        reason: None,
        requested_by: "test".to_owned(),
        requested_at: start(),
        due_at: start() + chrono::TimeDelta::days(3),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// An article that is not pinned.
pub fn article_row(id: Uuid, community: Uuid, activity: Uuid, shared_by: Uuid) -> article::Model {
    article::Model {
        id,
        community_id: community,
        activity_id: activity,
        shared_by_id: shared_by,
        title: "Umpan balik yang memandu".to_owned(),
        authors: json!(["Rahmat Hidayat"]),
        url: Some("https://contoh.id/umpan-balik".to_owned()),
        doi: None,
        why: "Menjelaskan kapan pujian menghentikan belajar.".to_owned(),
        pinned: 0,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A plan for a year, without anything in it.
pub fn learning_plan_row(id: Uuid, person: Uuid) -> learning_plan::Model {
    let (created_at, updated_at) = (start(), start());
    learning_plan::Model {
        id,
        person_id: person,
        period: "2027".to_owned(),
        version: 1,
        created_at,
        updated_at,
    }
}

/// An open goal for the first competency.
pub fn learning_goal_row(id: Uuid, plan: Uuid, person: Uuid) -> learning_goal::Model {
    learning_goal::Model {
        id,
        plan_id: plan,
        person_id: person,
        competency: Some("K1".to_owned()),
        text: "Setiap murid bertanya.".to_owned(),
        due_on: None,
        status: "open".to_owned(),
        status_since: start(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// Somebody who sees themselves on the second level.
pub fn self_assessment_row(id: Uuid, plan: Uuid, person: Uuid) -> self_assessment::Model {
    self_assessment::Model {
        id,
        plan_id: plan,
        person_id: person,
        competency: "K1".to_owned(),
        level: 2,
        corrects_id: None,
        corrected_at: None,
        created_at: start(),
    }
}

/// A reflection that nobody else reads.
pub fn learning_reflection_row(id: Uuid, plan: Uuid, person: Uuid) -> learning_reflection::Model {
    learning_reflection::Model {
        id,
        plan_id: plan,
        person_id: person,
        text: "Menunggu sebelum menjawab.".to_owned(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A plan with one of everything.
pub async fn put_plan(app: &TestApp, person: Uuid, [plan, goal, assessment, reflection]: [Uuid; 4]) {
    put(app, learning_plan_row(plan, person)).await;
    put(app, learning_goal_row(goal, plan, person)).await;
    put(app, self_assessment_row(assessment, plan, person)).await;
    put(app, learning_reflection_row(reflection, plan, person)).await;
}

/// An article at an activity whose report stands, so that nobody takes it away.
pub async fn put_article(app: &TestApp, id: Uuid, community: Uuid, shared_by: Uuid) {
    let read_at = Uuid::now_v7();
    let row = activity_row(read_at, community, start());
    put(app, activity::Model { status: "credited".to_owned(), ..row }).await;
    put(app, article_row(id, community, read_at, shared_by)).await;
}

/// An approved system that proves itself by a secret; `pinned` where it sends registered documents only.
pub fn app_row(id: Uuid, pinned: bool) -> oauth_client::Model {
    oauth_client::Model {
        id,
        name: "Sistem uji".to_owned(),
        kind: "confidential".to_owned(),
        status: "approved".to_owned(),
        status_reason: None,
        redirect_uris: json!([]),
        grant_types: json!(["client_credentials"]),
        scopes: json!(["directory_read", "certificates_read", "access_read"]),
        auth_method: "client_secret_basic".to_owned(),
        jwks: None,
        contact: "uji@contoh.id".to_owned(),
        homepage: None,
        policy_uri: None,
        dpop_required: false,
        persisted_only: pinned,
        registered_by: "test".to_owned(),
        decided_by: Some("test".to_owned()),
        decided_at: Some(start()),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A document that is registered for an app.
pub fn document_row(id: Uuid, client: Uuid, text: &str) -> client_document::Model {
    client_document::Model {
        id,
        client_id: client,
        sha256: hex(&Sha256::digest(text.as_bytes())),
        name: "Dokumen".to_owned(),
        document: text.to_owned(),
        version: 1,
        created_at: start(),
    }
}

/// What a person agreed to, in words of which nobody keeps the text.
pub fn consent_row(id: Uuid, person: Uuid) -> sharing_consent::Model {
    sharing_consent::Model {
        id,
        person_id: person,
        purpose: "name_on_verification".to_owned(),
        edition: 1,
        language: "id".to_owned(),
        text_hash: "0".repeat(64),
        given_at: start(),
        ended_at: None,
        ending: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// An address of a person's whole calendar.
pub fn feed_row(id: Uuid, person: Uuid) -> calendar_feed::Model {
    calendar_feed::Model {
        id,
        person_id: person,
        community_id: None,
        token_hash: format!("hash-of-{id}"),
        label: None,
        revoked_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}
