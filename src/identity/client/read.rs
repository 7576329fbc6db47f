//! Finding clients, their secrets and their use.

use entity::{client_use, oauth_client, oauth_client_secret};
use oauth_client::{Column, Entity};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::Serialize;
use uuid::Uuid;

use super::{
    input::OAuthClientFilter,
    view::{OAuthClient, OAuthClientId, OAuthClientSecret, OAuthClientUse},
};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

fn select(ctx: &Ctx, filter: &OAuthClientFilter) -> Result<Select<Entity>> {
    let mut select = scope::oauth_clients(&ctx.actor)?;
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of clients, oldest first.
///
/// # Errors
/// `forbidden` for those who do not look after them.
pub async fn list(ctx: &Ctx, filter: &OAuthClientFilter, page: &PageRequest) -> Result<Page<OAuthClient>> {
    let by_id = Keyset::new("oauth_clients", [(Entity, Column::Id)], Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_id.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.id,)).await?.try_map(OAuthClient::try_from)
}

/// How many the filter finds.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, filter: &OAuthClientFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The clients with these ids, in no order; those that are not there are left out.
///
/// # Errors
/// As [`list`].
pub async fn by_ids(ctx: &Ctx, ids: &[OAuthClientId]) -> Result<Vec<OAuthClient>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::oauth_clients(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(OAuthClient::try_from).collect()
}

/// One client.
///
/// # Errors
/// `not_found`, and as [`list`].
pub async fn find(ctx: &Ctx, id: OAuthClientId) -> Result<OAuthClient> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("oauth-client"))
}

/// Whose rows a cursor walks over.
#[derive(Serialize)]
struct Of {
    client: Uuid,
}

/// A page of the secrets of a client, the newest first, without the secrets themselves.
///
/// # Errors
/// As [`find`].
pub async fn secrets(
    ctx: &Ctx,
    client: OAuthClientId,
    page: &PageRequest,
) -> Result<Page<OAuthClientSecret>> {
    use oauth_client_secret::{Column, Entity};
    find(ctx, client).await?;
    let of = Of { client: client.uuid() };
    let newest = Keyset::new("oauth_client_secrets", [(Entity, Column::Id)], Order::Desc)?.over(&of)?;
    let mut query = scope::oauth_client_secrets(&ctx.actor)?.filter(Column::ClientId.eq(client.uuid()));
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    Ok(walk.page(ctx.db(), rows, |row| (row.id,)).await?.map(OAuthClientSecret::from))
}

/// How many rows [`secrets`] has in all.
///
/// # Errors
/// As [`list`].
pub async fn count_secrets(ctx: &Ctx, client: OAuthClientId) -> Result<u64> {
    let secrets = scope::oauth_client_secrets(&ctx.actor)?;
    let of = oauth_client_secret::Column::ClientId.eq(client.uuid());
    Ok(secrets.filter(of).count(ctx.db()).await?)
}

/// A page of how often a client did what, the newest day first.
///
/// # Errors
/// As [`find`].
pub async fn uses(ctx: &Ctx, client: OAuthClientId, page: &PageRequest) -> Result<Page<OAuthClientUse>> {
    use client_use::{Column, Entity};
    find(ctx, client).await?;
    let columns = [(Entity, Column::Day), (Entity, Column::Kind)];
    let of = Of { client: client.uuid() };
    let by_day = Keyset::new("oauth_client_uses", columns, Order::Desc)?.over(&of)?;
    let mut query = scope::client_uses(&ctx.actor)?.filter(Column::ClientId.eq(client.uuid()));
    let walk = by_day.walk::<(chrono::NaiveDate, String), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.day, row.kind.clone())).await?.try_map(OAuthClientUse::try_from)
}

/// How many rows [`uses`] has in all.
///
/// # Errors
/// As [`list`].
pub async fn count_uses(ctx: &Ctx, client: OAuthClientId) -> Result<u64> {
    let uses = scope::client_uses(&ctx.actor)?;
    Ok(uses.filter(client_use::Column::ClientId.eq(client.uuid())).count(ctx.db()).await?)
}
