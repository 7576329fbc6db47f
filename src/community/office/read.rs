//! Finding offices.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    community_office::{Column, Entity, Model, Relation},
    person,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter,
    QuerySelect, RelationTrait, Select,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::view::{CommunityOffice, CommunityOfficeId};
use crate::{
    access::{action::Action, context::Ctx, scope},
    community::group::{self, rule::Office, view::CommunityId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
    },
};

/// What to narrow a list of offices by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "OfficeFilter")]
#[into_params(parameter_in = Query)]
pub struct OfficeFilter {
    /// Only this one.
    pub office: Option<Office>,
    /// Also those that were passed on or given up.
    pub include_former: Option<bool>,
}

async fn select(ctx: &Ctx, community: CommunityId, filter: &OfficeFilter) -> Result<Select<Entity>> {
    ctx.actor.require_role_for(Action::MembershipRead)?;
    group::read::require(ctx, community).await?;
    let mut select = scope::offices(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid()));
    if let Some(office) = filter.office {
        select = select.filter(Column::Office.eq(office));
    }
    if !filter.include_former.unwrap_or_default() {
        select = select.filter(Column::EndedAt.is_null());
    }
    Ok(select)
}

/// A page of the offices of a community within the caller's reach, in the order in which they were given.
///
/// # Errors
/// `unauthenticated`; `forbidden`; `not_found` for a community that is not there.
pub async fn list(
    ctx: &Ctx,
    community: CommunityId,
    filter: &OfficeFilter,
    page: &PageRequest,
) -> Result<Page<CommunityOffice>> {
    let keyset = Keyset::new("offices", [(Entity, Column::Id)], Order::Asc)?.over(&(community, filter))?;
    let mut query = select(ctx, community, filter).await?;
    let walk = keyset.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx.db(), query, ctx.issuer_today()).await?;
    walk.page(ctx.db(), rows, |row| (row.id.uuid(),)).await
}

/// How many [`list`] has in all.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, community: CommunityId, filter: &OfficeFilter) -> Result<u64> {
    Ok(select(ctx, community, filter).await?.count(ctx.db()).await?)
}

/// The offices with these ids, in no order; those outside the caller's reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[CommunityOfficeId]) -> Result<Vec<CommunityOffice>> {
    let ids = ids.iter().map(|id| id.uuid());
    fetch(ctx.db(), scope::offices(&ctx.actor)?.filter(Column::Id.is_in(ids)), ctx.issuer_today()).await
}

/// The first `limit` offices held now in each of these communities, in the order in which they were given.
///
/// # Errors
/// `forbidden` when no role of the caller reads members.
pub async fn held_in(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<CommunityOffice>>> {
    let ids = communities.iter().map(|id| id.uuid());
    let within =
        scope::offices(&ctx.actor)?.filter(Column::CommunityId.is_in(ids)).filter(Column::EndedAt.is_null());
    let first = first_of_each(within, Column::CommunityId, &[], limit);
    let rows = fetch(ctx.db(), first, ctx.issuer_today()).await?;
    Ok(by_parent(rows, |one| one.community_id))
}

/// One office.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: CommunityOfficeId) -> Result<CommunityOffice> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("office"))
}

/// The view of an office that a command has just changed under its community's lock.
///
/// # Errors
/// `internal` when it is missing.
pub async fn view_of(db: &impl ConnectionTrait, id: Uuid, today: NaiveDate) -> Result<CommunityOffice> {
    fetch(db, Entity::find_by_id(id), today)
        .await?
        .pop()
        .ok_or_else(|| Error::internal("read an office back", format!("{id} is missing")))
}

#[derive(FromQueryResult)]
struct Named {
    #[sea_orm(nested)]
    row: Model,
    person_name: String,
}

async fn fetch(
    db: &impl ConnectionTrait,
    query: Select<Entity>,
    today: NaiveDate,
) -> Result<Vec<CommunityOffice>> {
    let query = query
        .join(JoinType::InnerJoin, Relation::Person.def())
        .column_as(person::Column::Name, "person_name");
    let rows = query.into_model::<Named>().all(db).await?;
    rows.into_iter().map(|named| CommunityOffice::of(named.row, named.person_name, today)).collect()
}
