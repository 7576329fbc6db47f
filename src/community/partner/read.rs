//! Finding partners.

use std::collections::HashMap;

use entity::{
    community_partner::{Column, Entity, Model, Relation},
    organisation,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter,
    QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::view::{Partner, PartnerId};
use crate::{
    access::{context::Ctx, scope},
    community::group::{self, view::CommunityId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
    },
};

async fn select(ctx: &Ctx, community: CommunityId) -> Result<Select<Entity>> {
    group::read::require(ctx, community).await?;
    Ok(scope::partners(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid())))
}

/// A page of the partners of a community, in the order in which they were written down.
///
/// # Errors
/// `unauthenticated`; `forbidden`; `not_found` for a community that is not there.
pub async fn list(ctx: &Ctx, community: CommunityId, page: &PageRequest) -> Result<Page<Partner>> {
    let keyset = Keyset::new("partners", [(Entity, Column::Id)], Order::Asc)?.over(&community)?;
    let mut query = select(ctx, community).await?;
    let walk = keyset.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx.db(), query).await?;
    walk.page(ctx.db(), rows, |row| (row.id.uuid(),)).await
}

/// How many [`list`] has in all.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, community: CommunityId) -> Result<u64> {
    Ok(select(ctx, community).await?.count(ctx.db()).await?)
}

/// The partners with these ids, in no order; those that are not there are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[PartnerId]) -> Result<Vec<Partner>> {
    let ids = ids.iter().map(|id| id.uuid());
    fetch(ctx.db(), scope::partners(&ctx.actor)?.filter(Column::Id.is_in(ids))).await
}

/// The first `limit` partners of each of these communities, in the order in which they were written down.
///
/// # Errors
/// `unauthenticated`.
pub async fn first_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<Partner>>> {
    let ids = communities.iter().map(|id| id.uuid());
    let within = scope::partners(&ctx.actor)?.filter(Column::CommunityId.is_in(ids));
    let rows = fetch(ctx.db(), first_of_each(within, Column::CommunityId, &[], limit)).await?;
    Ok(by_parent(rows, |one| one.community_id))
}

/// One partner.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: PartnerId) -> Result<Partner> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("partner"))
}

/// The view of a partner that a command holds.
///
/// # Errors
/// `internal` when it is missing.
pub async fn view_of(db: &impl ConnectionTrait, id: Uuid) -> Result<Partner> {
    fetch(db, Entity::find_by_id(id))
        .await?
        .pop()
        .ok_or_else(|| Error::internal("read a partner back", format!("{id} is missing")))
}

#[derive(FromQueryResult)]
struct Named {
    #[sea_orm(nested)]
    row: Model,
    organisation_name: String,
}

async fn fetch(db: &impl ConnectionTrait, query: Select<Entity>) -> Result<Vec<Partner>> {
    let query = query
        .join(JoinType::InnerJoin, Relation::Organisation.def())
        .column_as(organisation::Column::Name, "organisation_name");
    let rows = query.into_model::<Named>().all(db).await?;
    rows.into_iter().map(|named| Partner::of(named.row, named.organisation_name)).collect()
}
