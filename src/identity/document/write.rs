//! Registering documents.

use entity::{
    client_document::{Column, Model},
    oauth_client,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, IntoActiveModel, ModelTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    input::RegisterClientDocumentInput,
    rule,
    view::{ClientDocument, ClientDocumentId},
};
use crate::identity::client::view::OAuthClientId;
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        transaction::hex,
        version,
    },
};

/// Registers a document for an app.
pub struct RegisterClientDocument {
    /// Which app.
    pub client: OAuthClientId,
    /// What it is called, and its text.
    pub input: RegisterClientDocumentInput,
}

impl Command for RegisterClientDocument {
    type Output = ClientDocument;
    const ACTION: Action = Action::ClientDocumentRegister;

    async fn run(&self, work: &Work<'_>) -> Result<ClientDocument> {
        // Its row is locked, so that two who register at once count one another's.
        scope::apps_with_documents(work.actor)?
            .filter(oauth_client::Column::Id.eq(self.client.uuid()))
            .lock_exclusive()
            .one(work.db())
            .await?
            .ok_or(Error::NotFound("registered_app"))?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        let mut faults = Faults::new();
        let name = faults.take("/name", rule::name(&self.input.name));
        if let Some(text) = faults.take("/document", rule::document(&self.input.document)) {
            faults.take("/document", work.services.documents.check(text).await);
        }
        faults.done()?;
        let Some(name) = name else { return Err(Error::invalid("/name", "invalid")) };
        let sha256 = hex(&Sha256::digest(self.input.document.as_bytes()));
        let own = || scope::documents_of_app(self.client.uuid());
        if own().filter(Column::Sha256.eq(&sha256)).count(work.db()).await? > 0 {
            return Err(Error::conflict("client_document_registered"));
        }
        if own().count(work.db()).await? >= rule::MOST_DOCUMENTS {
            let fault = Fault::new("", "client_documents_too_many").with("max", rule::MOST_DOCUMENTS);
            return Err(Error::conflict_with(fault));
        }
        let row = Model {
            id: work.new_id(),
            client_id: self.client.uuid(),
            sha256,
            name,
            document: self.input.document.clone(),
            version: 1,
            created_at: work.now(),
        };
        insert(work, &permit, row).await
    }
}

/// Takes a document from an app: from the next request on it is refused.
pub struct DeleteClientDocument {
    /// Which one.
    pub id: ClientDocumentId,
    /// The version the caller read.
    pub version: Option<i64>,
}

impl Command for DeleteClientDocument {
    type Output = ClientDocument;
    const ACTION: Action = Action::ClientDocumentDelete;

    async fn run(&self, work: &Work<'_>) -> Result<ClientDocument> {
        let row = scope::client_documents(work.actor)?
            .filter(Column::Id.eq(self.id.uuid()))
            .lock_exclusive()
            .one(work.db())
            .await?
            .ok_or(Error::NotFound("client_document"))?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        version::check(self.version, row.version)?;
        delete(work, &permit, row).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<ClientDocument> {
    let row = row.into_active_model().insert(work.db()).await?;
    work.emit(happened("client_document.registered", &row)).await?;
    Ok(row.into())
}

async fn delete(work: &Work<'_>, _: &Permit, row: Model) -> Result<ClientDocument> {
    row.clone().delete(work.db()).await?;
    work.emit(happened("client_document.deleted", &row)).await?;
    Ok(row.into())
}

fn happened(kind: &'static str, row: &Model) -> Event {
    let told = json!({ "clientId": row.client_id, "sha256": row.sha256, "name": row.name });
    Event::new(kind, "client_document", row.id, row.version).with(told)
}
