//! Finding activities.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    activity::{Column, Entity},
    community, membership,
};
use sea_orm::{
    ColumnTrait, Condition, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    rule::ActivityKind,
    state::ActivityStatus,
    view::{Activity, ActivityId},
};
use crate::{
    access::{context::Ctx, scope},
    community::group::view::CommunityId,
    directory::person::view::PersonId,
    foundation::{
        dates,
        error::{Error, Faults, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
    },
};

/// What to narrow a list of activities by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ActivityFilter")]
#[into_params(parameter_in = Query)]
pub struct ActivityFilter {
    /// Only this kind.
    pub kind: Option<ActivityKind>,
    /// Only those that stand there.
    pub status: Option<ActivityStatus>,
    /// Only those that start at this instant or later.
    #[param(example = "2027-01-01T00:00:00Z")]
    pub from: Option<DateTime<Utc>>,
    /// Only those that start before this instant.
    #[param(example = "2027-07-01T00:00:00Z")]
    pub until: Option<DateTime<Utc>>,
}

/// The activities of a community that the filter finds.
fn select(ctx: &Ctx, community: CommunityId, filter: &ActivityFilter) -> Result<Select<Entity>> {
    let mut faults = Faults::new();
    let from = filter.from.and_then(|at| faults.take("/from", dates::instant(at)));
    let until = filter.until.and_then(|at| faults.take("/until", dates::instant(at)));
    faults.done()?;
    let mut select = scope::activities(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid()));
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    if let Some(from) = from {
        select = select.filter(Column::StartsAt.gte(from));
    }
    if let Some(until) = until {
        select = select.filter(Column::StartsAt.lt(until));
    }
    Ok(select)
}

/// That there is a community with this id.
///
/// # Errors
/// `not_found`.
pub(super) async fn require_community(ctx: &Ctx, id: CommunityId) -> Result<()> {
    let seen = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(id.uuid()));
    if seen.count(ctx.db()).await? == 0 { Err(Error::NotFound("community")) } else { Ok(()) }
}

/// A page of a community's activities by start. Whoever is neither a member nor looks after it finds none.
///
/// # Errors
/// `not_found` when there is no such community, `forbidden` when no role of the caller reads activities.
pub async fn list(
    ctx: &Ctx,
    community: CommunityId,
    filter: &ActivityFilter,
    page: &PageRequest,
) -> Result<Page<Activity>> {
    ctx.actor.require_token()?;
    let columns = [(Entity, Column::StartsAt), (Entity, Column::Id)];
    let by_start = Keyset::new("activities", columns, Order::Asc)?.over(&(community, filter))?;
    let mut query = select(ctx, community, filter)?;
    let walk = by_start.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    if rows.is_empty() {
        require_community(ctx, community).await?;
    }
    walk.page(ctx.db(), rows, |row| (row.starts_at, row.id)).await?.try_map(Activity::try_from)
}

/// How many the filter finds.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, community: CommunityId, filter: &ActivityFilter) -> Result<u64> {
    Ok(select(ctx, community, filter)?.count(ctx.db()).await?)
}

/// The activities with these ids, in no order; those out of reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[ActivityId]) -> Result<Vec<Activity>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::activities(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(Activity::try_from).collect()
}

/// The next `limit` planned activities of each of these communities.
///
/// # Errors
/// `forbidden` when no role of the caller reads activities.
pub async fn next_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<Activity>>> {
    let coming =
        Condition::all().add(Column::Status.eq(ActivityStatus::Planned)).add(Column::StartsAt.gt(ctx.now()));
    first_of(ctx, communities, coming, Order::Asc, limit).await
}

/// The last `limit` activities of each of these communities that were held, the newest first.
///
/// # Errors
/// As [`next_of`].
pub async fn recent_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<Activity>>> {
    let held = [ActivityStatus::Held, ActivityStatus::Reported, ActivityStatus::Credited];
    let held = Condition::all().add(Column::Status.is_in(held));
    first_of(ctx, communities, held, Order::Desc, limit).await
}

async fn first_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    which: Condition,
    way: Order,
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<Activity>>> {
    let ids = communities.iter().map(|id| id.uuid());
    let within = scope::activities(&ctx.actor)?.filter(Column::CommunityId.is_in(ids)).filter(which);
    let first = first_of_each(within, Column::CommunityId, &[(Column::StartsAt, way)], limit);
    let rows = first.all(ctx.db()).await?.into_iter().map(Activity::try_from).collect::<Result<_>>()?;
    Ok(by_parent(rows, |one: &Activity| one.community_id))
}

/// The next `limit` planned activities of all communities that a person is a member of.
///
/// # Errors
/// As [`next_of`].
pub async fn next_of_person(ctx: &Ctx, person: PersonId, limit: u64) -> Result<Vec<Activity>> {
    let joined = scope::memberships(&ctx.actor)?
        .select_only()
        .column(membership::Column::CommunityId)
        .filter(membership::Column::PersonId.eq(person.uuid()))
        .filter(membership::Column::Status.eq("active"));
    let rows = scope::activities(&ctx.actor)?
        .filter(Column::CommunityId.in_subquery(joined.into_query()))
        .filter(Column::Status.eq(ActivityStatus::Planned))
        .filter(Column::StartsAt.gt(ctx.now()))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(ctx.db())
        .await?;
    rows.into_iter().map(Activity::try_from).collect()
}

/// One activity, or nothing.
pub async fn find_opt(ctx: &Ctx, id: ActivityId) -> Result<Option<Activity>> {
    Ok(by_ids(ctx, &[id]).await?.pop())
}

/// One activity.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ActivityId) -> Result<Activity> {
    find_opt(ctx, id).await?.ok_or(Error::NotFound("activity"))
}
