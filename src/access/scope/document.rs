//! Where queries about the documents of pinned apps start.

use entity::{client_document, oauth_client};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use crate::{
    access::{action::Action, actor::Actor},
    foundation::error::Result,
};

/// Registered documents within reach: all of them, or a refusal.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn client_documents(actor: &Actor) -> Result<Select<client_document::Entity>> {
    let condition = actor.condition(Action::ClientDocumentRead, |_| None)?;
    Ok(client_document::Entity::find().filter(condition))
}

/// The apps whose documents are within reach.
///
/// # Errors
/// As [`client_documents`].
pub fn apps_with_documents(actor: &Actor) -> Result<Select<oauth_client::Entity>> {
    let condition = actor.condition(Action::ClientDocumentRead, |_| None)?;
    Ok(oauth_client::Entity::find().filter(condition))
}

/// What is registered for one app: for the app itself, which sends it.
pub fn documents_of_app(client: Uuid) -> Select<client_document::Entity> {
    client_document::Entity::find().filter(client_document::Column::ClientId.eq(client))
}
