//! Finding breaches.

use chrono::{DateTime, TimeDelta, Utc};
use entity::breach::{Column, Entity};
use sea_orm::{ColumnTrait, Condition, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    clock,
    state::BreachStatus,
    view::{Breach, BreachId},
};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of breaches by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "BreachFilter")]
pub struct BreachFilter {
    /// Only those that stand there.
    pub status: Option<BreachStatus>,
    /// Only those whose 72 hours are over while somebody is still to be told (`true`), or only the others (`false`).
    pub overdue: Option<bool>,
}

/// Breaches that are overdue at `now`.
fn overdue(now: DateTime<Utc>) -> Condition {
    let over = Column::DiscoveredAt.lt(now - TimeDelta::hours(clock::HOURS));
    Condition::all().add(over).add(scope::untold_breaches())
}

fn select(ctx: &Ctx, filter: &BreachFilter) -> Result<Select<Entity>> {
    let mut select = scope::breaches(&ctx.actor)?;
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(match filter.overdue {
        None => select,
        Some(true) => select.filter(overdue(ctx.now())),
        Some(false) => select.filter(overdue(ctx.now()).not()),
    })
}

/// A page of breaches: those that are not closed first, and of these the one that was found out first, whose time is
/// over first.
///
/// # Errors
/// `forbidden`.
pub async fn list(ctx: &Ctx, filter: &BreachFilter, page: &PageRequest) -> Result<Page<Breach>> {
    let columns = [(Entity, Column::Closed), (Entity, Column::DiscoveredAt), (Entity, Column::Id)];
    let by_due = Keyset::new("breaches", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_due.walk::<(i32, DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let now = ctx.now();
    let page = walk.page(ctx.db(), rows, |row| (row.closed, row.discovered_at, row.id)).await?;
    page.try_map(|row| Breach::at(row, now))
}

/// How many the filter finds.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, filter: &BreachFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The breaches with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[BreachId]) -> Result<Vec<Breach>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::breaches(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(|row| Breach::at(row, ctx.now())).collect()
}

/// One breach.
///
/// # Errors
/// `forbidden`; `not_found`.
pub async fn find(ctx: &Ctx, id: BreachId) -> Result<Breach> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("breach"))
}

/// How many breaches are not closed, and how many of all are overdue.
///
/// # Errors
/// `forbidden`.
pub async fn counts(ctx: &Ctx) -> Result<(u64, u64)> {
    let open = scope::breaches(&ctx.actor)?.filter(Column::Closed.eq(0)).count(ctx.db()).await?;
    let late = scope::breaches(&ctx.actor)?.filter(overdue(ctx.now())).count(ctx.db()).await?;
    Ok((open, late))
}

/// Breaches of which it was not said yet that their time is running out, and it is; the first to be over first.
///
/// # Errors
/// `forbidden`.
pub async fn due_soon(ctx: &Ctx, limit: u64) -> Result<Vec<BreachId>> {
    let passed = TimeDelta::hours(clock::HOURS - clock::SOON);
    let ids: Vec<Uuid> = scope::breaches(&ctx.actor)?
        .filter(Column::DueSoonAt.is_null())
        .filter(Column::DiscoveredAt.lte(ctx.now() - passed))
        .filter(scope::untold_breaches())
        .select_only()
        .column(Column::Id)
        .order_by_asc(Column::DiscoveredAt)
        .limit(limit)
        .into_tuple()
        .all(ctx.db())
        .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}
