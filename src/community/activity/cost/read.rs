//! Finding what activities cost.

use std::collections::HashMap;

use entity::activity_cost::{Column, Entity};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::view::{ActivityCost, ActivityCostId};
use crate::{
    access::{context::Ctx, scope},
    community::activity::{read, view::ActivityId},
    foundation::{
        error::Result,
        page::{Keyset, Page, PageRequest},
    },
};

fn of_activity(ctx: &Ctx, id: ActivityId) -> Result<Select<Entity>> {
    Ok(scope::activity_costs(&ctx.actor)?.filter(Column::ActivityId.eq(id.uuid())))
}

/// A page of what an activity cost, in the order in which it was recorded.
///
/// # Errors
/// `not_found` for an activity out of reach, `forbidden` when no role of the caller reads activities.
pub async fn list(ctx: &Ctx, id: ActivityId, page: &PageRequest) -> Result<Page<ActivityCost>> {
    ctx.actor.require_token()?;
    let by_record = Keyset::new("activity costs", [(Entity, Column::Id)], Order::Asc)?.over(&id)?;
    let mut query = of_activity(ctx, id)?;
    let walk = by_record.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    if rows.is_empty() {
        read::find(ctx, id).await?;
    }
    walk.page(ctx.db(), rows, |row| (row.id,)).await?.try_map(ActivityCost::try_from)
}

/// How many costs an activity has.
///
/// # Errors
/// `forbidden` when no role of the caller reads activities.
pub async fn count(ctx: &Ctx, id: ActivityId) -> Result<u64> {
    Ok(of_activity(ctx, id)?.count(ctx.db()).await?)
}

/// What each of these activities cost: at most a hundred each, one statement for all of them. Activities
/// without any are left out.
///
/// # Errors
/// `forbidden` when no role of the caller reads activities.
pub async fn of_activities(ctx: &Ctx, ids: &[ActivityId]) -> Result<HashMap<ActivityId, Vec<ActivityCost>>> {
    let rows = scope::activity_costs(&ctx.actor)?
        .filter(Column::ActivityId.is_in(ids.iter().map(|id| id.uuid())))
        .order_by_asc(Column::Id)
        .all(ctx.db())
        .await?;
    let mut found: HashMap<ActivityId, Vec<ActivityCost>> = HashMap::new();
    for row in rows {
        found.entry(row.activity_id.into()).or_default().push(row.try_into()?);
    }
    Ok(found)
}

/// The costs with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden` when no role of the caller reads activities.
pub async fn by_ids(ctx: &Ctx, ids: &[ActivityCostId]) -> Result<Vec<ActivityCost>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::activity_costs(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(ActivityCost::try_from).collect()
}
