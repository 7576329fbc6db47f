//! Where queries about apps and systems start.

use entity::{client_use, oauth_client, oauth_client_secret};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use crate::{
    access::{action::Action, actor::Actor},
    foundation::error::Result,
};

/// Clients, for those who look after them.
pub fn oauth_clients(actor: &Actor) -> Result<Select<oauth_client::Entity>> {
    Ok(oauth_client::Entity::find().filter(actor.condition(Action::OAuthClientRead, |_| None)?))
}

/// Secrets of clients, for those who look after them.
pub fn oauth_client_secrets(actor: &Actor) -> Result<Select<oauth_client_secret::Entity>> {
    Ok(oauth_client_secret::Entity::find().filter(actor.condition(Action::OAuthClientRead, |_| None)?))
}

/// How often clients did what, for those who look after them.
pub fn client_uses(actor: &Actor) -> Result<Select<client_use::Entity>> {
    Ok(client_use::Entity::find().filter(actor.condition(Action::OAuthClientRead, |_| None)?))
}

/// The client that a message of the protocol names. It is nobody's yet: whoever asks still has to prove to be it.
pub fn oauth_client_named(id: Uuid) -> Select<oauth_client::Entity> {
    oauth_client::Entity::find_by_id(id)
}

/// The secrets by which the client with this id may prove itself.
pub fn secrets_to_prove(client: Uuid) -> Select<oauth_client_secret::Entity> {
    oauth_client_secret::Entity::find().filter(oauth_client_secret::Column::ClientId.eq(client))
}

/// The clients that registered themselves and wait for a decision, to be counted.
pub fn oauth_clients_waiting() -> Select<oauth_client::Entity> {
    oauth_client::Entity::find()
        .filter(oauth_client::Column::Status.eq("pending"))
        .filter(oauth_client::Column::RegisteredBy.eq("self"))
}
