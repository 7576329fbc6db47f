//! Finding peer observations: one's own, and what both of two colleagues share. There is no list by person
//! and no order by ratings.

use chrono::{DateTime, Utc};
use entity::observation::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    state::ObservationStatus,
    view::{Observation, ObservationId},
};
use crate::{
    access::{action::Action, actor::Actor, context::Ctx, scope},
    community::{colleague, group::view::CommunityId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of peer observations by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ObservationFilter")]
#[into_params(parameter_in = Query)]
pub struct ObservationFilter {
    /// Only those of this community.
    #[param(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// Only those that stand here.
    pub status: Option<ObservationStatus>,
}

fn select(ctx: &Ctx, filter: &ObservationFilter) -> Result<Select<Entity>> {
    let mut select = scope::observations(&ctx.actor)?;
    if let Some(id) = filter.community_id {
        select = select.filter(Column::CommunityId.eq(id.uuid()));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of peer observations, the latest lesson first.
///
/// # Errors
/// `unauthenticated`; `forbidden`.
pub async fn list(ctx: &Ctx, filter: &ObservationFilter, page: &PageRequest) -> Result<Page<Observation>> {
    let columns = [(Entity, Column::LessonAt), (Entity, Column::Id)];
    let by_lesson = Keyset::new("observations", columns, Order::Desc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_lesson.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = shown(ctx.db(), &ctx.actor, rows).await?;
    walk.page(ctx.db(), found, |one| (one.lesson_at, one.id.uuid())).await
}

/// How many the filter finds among those that the caller sees.
///
/// # Errors
/// `unauthenticated`; `forbidden`.
pub async fn count(ctx: &Ctx, filter: &ObservationFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The peer observations with these ids, in no order; those the caller does not see are left out.
///
/// # Errors
/// `unauthenticated`; `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ObservationId]) -> Result<Vec<Observation>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::observations(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown(ctx.db(), &ctx.actor, rows).await
}

/// One peer observation.
///
/// # Errors
/// `not_found`, also when it is there and the caller is not one of the two and they do not share it.
pub async fn find(ctx: &Ctx, id: ObservationId) -> Result<Observation> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("observation"))
}

/// The views of rows as `actor` may see them; one statement for the names of all of them.
pub(super) async fn shown(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<Model>,
) -> Result<Vec<Observation>> {
    let ids = rows.iter().flat_map(|row| [row.observer_id, row.observed_id]).collect();
    let names = colleague::names(db, ids).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    rows.into_iter()
        .map(|row| Observation::seen_by(actor.person_for(Action::ObservationRead), row, name))
        .collect()
}
