//! Finding what one agreed to.

use entity::{
    app_authorization::{Column, Entity, Model},
    oauth_client,
};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};

use super::view::{AppAuthorization, AppAuthorizationId};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// A row with its app.
fn shown((row, client): (Model, Option<oauth_client::Model>)) -> Result<AppAuthorization> {
    let client = client.ok_or_else(|| Error::internal("app_authorization.client_id", "leads nowhere"))?;
    Ok(AppAuthorization::new(row, client))
}

/// A page of what the caller's account agreed to, oldest first.
///
/// # Errors
/// `forbidden` for callers that came through no account.
pub async fn list(ctx: &Ctx, page: &PageRequest) -> Result<Page<AppAuthorization>> {
    let mut query = scope::app_authorizations(&ctx.actor)?;
    let by_id = Keyset::new("app_authorizations", [(Entity, Column::Id)], Order::Asc)?;
    let walk = by_id.walk::<(sea_orm::prelude::Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.find_also_related(oauth_client::Entity).all(ctx.db()).await?;
    let rows = rows.into_iter().map(shown).collect::<Result<Vec<_>>>()?;
    walk.page(ctx.db(), rows, |row| (row.id.uuid(),)).await
}

/// How many there are.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx) -> Result<u64> {
    Ok(scope::app_authorizations(&ctx.actor)?.count(ctx.db()).await?)
}

/// One that the caller's account agreed to.
///
/// # Errors
/// As [`list`]; `not_found` for those of others.
pub async fn find(ctx: &Ctx, id: AppAuthorizationId) -> Result<AppAuthorization> {
    let query: Select<Entity> = scope::app_authorizations(&ctx.actor)?.filter(Column::Id.eq(id.uuid()));
    let found = query.find_also_related(oauth_client::Entity).one(ctx.db()).await?;
    shown(found.ok_or(Error::NotFound("app-authorization"))?)
}

/// Those with these ids, in no order; those of others are left out.
///
/// # Errors
/// As [`list`].
pub async fn by_ids(ctx: &Ctx, ids: &[AppAuthorizationId]) -> Result<Vec<AppAuthorization>> {
    let ids = ids.iter().map(|id| id.uuid());
    let query = scope::app_authorizations(&ctx.actor)?.filter(Column::Id.is_in(ids));
    let rows = query.find_also_related(oauth_client::Entity).all(ctx.db()).await?;
    rows.into_iter().map(shown).collect()
}
