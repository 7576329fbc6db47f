//! Finding items of improvement.

use chrono::NaiveDate;
use entity::{
    community,
    improvement::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, ConnectionTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    state::ImprovementStatus,
    view::{Improvement, ImprovementId},
};
use crate::{
    access::{context::Ctx, scope},
    community::{colleague, group::view::CommunityId},
    directory::person::view::PersonId,
    foundation::{
        dates,
        error::{Error, Faults, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of items by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImprovementFilter {
    /// Only those that stand there.
    pub status: Option<ImprovementStatus>,
    /// Only those that this person looks after.
    #[param(value_type = Option<String>, format = "uuid")]
    pub owner_id: Option<PersonId>,
    /// Only those whose day is past and which were not reviewed (`true`), or only the others (`false`).
    pub overdue: Option<bool>,
    /// Only those due on this day or later.
    #[param(example = "2027-01-01")]
    pub due_from: Option<NaiveDate>,
    /// Only those due before this day.
    #[param(example = "2027-07-01")]
    pub due_until: Option<NaiveDate>,
}

fn select(ctx: &Ctx, community: CommunityId, filter: &ImprovementFilter) -> Result<Select<Entity>> {
    let mut faults = Faults::new();
    let from = filter.due_from.and_then(|day| faults.take("/dueFrom", dates::day(day)));
    let until = filter.due_until.and_then(|day| faults.take("/dueUntil", dates::day(day)));
    faults.done()?;
    let mut select = scope::improvements(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid()));
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    if let Some(owner) = filter.owner_id {
        select = select.filter(Column::OwnerId.eq(owner.uuid()));
    }
    if let Some(from) = from {
        select = select.filter(Column::DueOn.gte(from));
    }
    if let Some(until) = until {
        select = select.filter(Column::DueOn.lt(until));
    }
    let (open, today) = (Column::Status.is_in(ImprovementStatus::OPEN), ctx.issuer_today());
    Ok(match filter.overdue {
        None => select,
        Some(true) => select.filter(open).filter(Column::DueOn.lt(today)),
        Some(false) => select.filter(
            sea_orm::Condition::any()
                .add(Column::Status.is_not_in(ImprovementStatus::OPEN))
                .add(Column::DueOn.is_null())
                .add(Column::DueOn.gte(today)),
        ),
    })
}

/// A page of a community's items, the newest first. Whoever is neither a member nor looks after it finds none.
///
/// # Errors
/// `forbidden`; `not_found` when there is no such community; `date_out_of_range`.
pub async fn list(
    ctx: &Ctx,
    community: CommunityId,
    filter: &ImprovementFilter,
    page: &PageRequest,
) -> Result<Page<Improvement>> {
    let mut query = select(ctx, community, filter)?;
    let known = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community.uuid()));
    if known.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("community"));
    }
    let newest =
        Keyset::new("improvements", [(Entity, Column::Id)], Order::Desc)?.over(&(community, filter))?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = shown(ctx.db(), rows, ctx.issuer_today()).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many the filter finds.
///
/// # Errors
/// `forbidden`; `date_out_of_range`.
pub async fn count(ctx: &Ctx, community: CommunityId, filter: &ImprovementFilter) -> Result<u64> {
    Ok(select(ctx, community, filter)?.count(ctx.db()).await?)
}

/// The items with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ImprovementId]) -> Result<Vec<Improvement>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::improvements(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown(ctx.db(), rows, ctx.issuer_today()).await
}

/// One item.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ImprovementId) -> Result<Improvement> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("improvement"))
}

/// The views of rows; the names of their owners in one statement.
pub(super) async fn shown(
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
    today: NaiveDate,
) -> Result<Vec<Improvement>> {
    let names = colleague::names(db, rows.iter().filter_map(|row| row.owner_id).collect()).await?;
    let view = |row: Model| {
        let name = row.owner_id.and_then(|id| names.get(&id).cloned());
        Improvement::of(row, name, today)
    };
    rows.into_iter().map(view).collect()
}
