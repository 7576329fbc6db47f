//! Finding registered documents.

use entity::{
    client_document::{Column, Entity},
    oauth_client,
};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::view::{ClientDocument, ClientDocumentId};
use crate::identity::client::view::OAuthClientId;
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

async fn select(ctx: &Ctx, client: OAuthClientId) -> Result<Select<Entity>> {
    let documents = scope::client_documents(&ctx.actor)?.filter(Column::ClientId.eq(client.uuid()));
    let clients = scope::apps_with_documents(&ctx.actor)?;
    let there = clients.filter(oauth_client::Column::Id.eq(client.uuid())).count(ctx.db()).await?;
    if there == 0 { Err(Error::NotFound("registered_app")) } else { Ok(documents) }
}

/// A page of the documents of an app, in the order in which they were registered.
///
/// # Errors
/// `unauthenticated`; `forbidden`; `not_found` for an app that is not there.
pub async fn list(ctx: &Ctx, client: OAuthClientId, page: &PageRequest) -> Result<Page<ClientDocument>> {
    let keyset = Keyset::new("client_documents", [(Entity, Column::Id)], Order::Asc)?.over(&client)?;
    let mut query = select(ctx, client).await?;
    let walk = keyset.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    Ok(walk.page(ctx.db(), rows, |row| (row.id,)).await?.map(ClientDocument::from))
}

/// How many [`list`] has in all.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, client: OAuthClientId) -> Result<u64> {
    Ok(select(ctx, client).await?.count(ctx.db()).await?)
}

/// The documents with these ids, in no order; those that are not there are left out.
///
/// # Errors
/// `unauthenticated`; `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ClientDocumentId]) -> Result<Vec<ClientDocument>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::client_documents(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    Ok(rows.into_iter().map(ClientDocument::from).collect())
}

/// One document.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ClientDocumentId) -> Result<ClientDocument> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("client_document"))
}

/// Whether a document with this hash is registered for the app `client`, through which the caller came: what every
/// request asks, without reading the document.
///
/// # Errors
/// When the database is away.
pub async fn is_registered(ctx: &Ctx, client: Uuid, sha256: &str) -> Result<bool> {
    let own = scope::documents_of_app(client).filter(Column::Sha256.eq(sha256));
    let found: Option<Uuid> = own.select_only().column(Column::Id).into_tuple().one(ctx.db()).await?;
    Ok(found.is_some())
}

/// The text of the document with this hash that the app `client`, through which the caller came, may send.
///
/// # Errors
/// When the database is away.
pub async fn text(ctx: &Ctx, client: Uuid, sha256: &str) -> Result<Option<String>> {
    let own = scope::documents_of_app(client).filter(Column::Sha256.eq(sha256));
    Ok(own.select_only().column(Column::Document).into_tuple().one(ctx.db()).await?)
}
