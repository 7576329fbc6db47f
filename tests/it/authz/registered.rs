//! An app that is pinned, and what is registered for it. It belongs to no region, no organisation and no person.

use uuid::Uuid;

use super::oracle::Thing;
use crate::support::{
    TestApp,
    directory::put,
    own_rows::{app_row, document_row},
};

/// One of each.
pub struct Registered {
    app: Uuid,
    document: Uuid,
}

impl Default for Registered {
    fn default() -> Self {
        Self { app: Uuid::now_v7(), document: Uuid::now_v7() }
    }
}

impl Registered {
    /// The id of one of them.
    pub fn id(&self, thing: Thing) -> Uuid {
        match thing {
            Thing::PinnedApp => self.app,
            Thing::ClientDocument => self.document,
            other => panic!("{other:?} is registered for no app"),
        }
    }

    /// Puts them in.
    pub async fn fill(&self, app: &TestApp) {
        put(app, app_row(self.app, true)).await;
        put(app, document_row(self.document, self.app, "{ me { subject } }")).await;
    }
}
