//! Finding the entries of rounds.

use std::collections::HashMap;

use entity::{
    award_entry::{Column, Entity},
    community,
};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    read,
    view::{AwardEntry, AwardEntryId, AwardRoundId},
};
use crate::{
    access::{context::Ctx, scope},
    community::group::view::CommunityId,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
    },
};

/// What to narrow a list of entries by.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "AwardEntryFilter")]
#[into_params(parameter_in = Query)]
pub struct AwardEntryFilter {
    /// Only those that are recognised (`true`), or only the others within your reach (`false`).
    pub awarded: Option<bool>,
}

fn of_round(ctx: &Ctx, round: AwardRoundId, filter: AwardEntryFilter) -> Result<Select<Entity>> {
    let select = scope::award_entries(&ctx.actor)?.filter(Column::RoundId.eq(round.uuid()));
    Ok(match filter.awarded {
        None => select,
        Some(awarded) => select.filter(Column::Awarded.eq(awarded)),
    })
}

/// A page of a round's entries, in the order of the alphabet.
///
/// # Errors
/// `forbidden`; `not_found` when there is no such round within reach.
pub async fn list(
    ctx: &Ctx,
    round: AwardRoundId,
    filter: AwardEntryFilter,
    page: &PageRequest,
) -> Result<Page<AwardEntry>> {
    read::find(ctx, round).await?;
    let columns = [(Entity, Column::CommunityName), (Entity, Column::Id)];
    let by_name = Keyset::new("award entries", columns, Order::Asc)?.over(&(round, filter))?;
    let mut query = of_round(ctx, round, filter)?;
    let walk = by_name.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let page = walk.page(ctx.db(), rows, |row| (row.community_name.clone(), row.id)).await?;
    page.try_map(AwardEntry::try_from)
}

/// How many the filter finds.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, round: AwardRoundId, filter: AwardEntryFilter) -> Result<u64> {
    Ok(of_round(ctx, round, filter)?.count(ctx.db()).await?)
}

fn of_one(ctx: &Ctx, community: CommunityId) -> Result<Select<Entity>> {
    Ok(scope::award_entries(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid())))
}

/// A page of a community's entries, the latest year first.
///
/// # Errors
/// `forbidden`; `not_found` when there is no such community.
pub async fn of_community(ctx: &Ctx, community: CommunityId, page: &PageRequest) -> Result<Page<AwardEntry>> {
    let mut query = of_one(ctx, community)?;
    let known = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community.uuid()));
    if known.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("community"));
    }
    let columns = [(Entity, Column::Year), (Entity, Column::Id)];
    let latest = Keyset::new("community awards", columns, Order::Desc)?.over(&community)?;
    let walk = latest.walk::<(i32, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.year, row.id)).await?.try_map(AwardEntry::try_from)
}

/// How many there are of a community.
///
/// # Errors
/// `forbidden`.
pub async fn count_of_community(ctx: &Ctx, community: CommunityId) -> Result<u64> {
    Ok(of_one(ctx, community)?.count(ctx.db()).await?)
}

/// The latest entries of many communities, in one statement.
///
/// # Errors
/// `forbidden`.
pub async fn latest_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<AwardEntry>>> {
    let ids = communities.iter().map(|id| id.uuid());
    let within = scope::award_entries(&ctx.actor)?.filter(Column::CommunityId.is_in(ids));
    let latest = first_of_each(within, Column::CommunityId, &[(Column::Year, Order::Desc)], limit);
    let rows = latest.all(ctx.db()).await?;
    let entries = rows.into_iter().map(AwardEntry::try_from).collect::<Result<Vec<_>>>()?;
    Ok(by_parent(entries, |entry| entry.community_id))
}

/// The entries with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[AwardEntryId]) -> Result<Vec<AwardEntry>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::award_entries(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(AwardEntry::try_from).collect()
}

/// One entry.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: AwardEntryId) -> Result<AwardEntry> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("award_entry"))
}
