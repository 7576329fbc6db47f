//! An app that is pinned, and what is registered for it; a breach of personal data. They belong to no region, no
//! organisation and no person.

use entity::breach;
use serde_json::json;
use uuid::Uuid;

use super::oracle::Thing;
use crate::support::{
    TestApp,
    app::start,
    directory::put,
    own_rows::{app_row, document_row},
};

/// One of each.
pub struct Registered {
    app: Uuid,
    document: Uuid,
    breach: Uuid,
}

impl Default for Registered {
    fn default() -> Self {
        Self { app: Uuid::now_v7(), document: Uuid::now_v7(), breach: Uuid::now_v7() }
    }
}

impl Registered {
    /// The id of one of them.
    pub fn id(&self, thing: Thing) -> Uuid {
        match thing {
            Thing::PinnedApp => self.app,
            Thing::ClientDocument => self.document,
            Thing::Breach => self.breach,
            other => panic!("{other:?} is registered for no app"),
        }
    }

    /// Puts them in.
    pub async fn fill(&self, app: &TestApp) {
        put(app, app_row(self.app, true)).await;
        put(app, document_row(self.document, self.app, "{ me { subject } }")).await;
        put(app, breach_row(self.breach)).await;
    }
}

fn breach_row(id: Uuid) -> breach::Model {
    breach::Model {
        id,
        title: "Laptop hilang".to_owned(),
        what_happened: "Laptop hilang di kereta.".to_owned(),
        discovered_at: start(),
        occurred_from: None,
        occurred_until: None,
        data_classes: json!(["identity"]),
        cause: "lost_device".to_owned(),
        persons_estimated: 10,
        region_codes: json!([]),
        consequences: None,
        measures: None,
        contact: None,
        contained_at: None,
        authority_notified_at: None,
        authority_channel: None,
        authority_reference: None,
        authority_not_needed: None,
        persons_notified_at: None,
        persons_channel: None,
        persons_notified: None,
        persons_not_needed: None,
        lessons: None,
        status: "open".to_owned(),
        status_reason: None,
        status_since: start(),
        closed: 0,
        due_soon_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}
