//! Finding objections.

use entity::award_objection::{Column, Entity};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    read,
    state::AwardObjectionStatus,
    view::{AwardObjection, AwardObjectionId, AwardRoundId},
};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of objections by.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "AwardObjectionFilter")]
#[into_params(parameter_in = Query)]
pub struct AwardObjectionFilter {
    /// Only those that stand here.
    pub status: Option<AwardObjectionStatus>,
}

fn select(ctx: &Ctx, round: AwardRoundId, filter: AwardObjectionFilter) -> Result<Select<Entity>> {
    let select = scope::award_objections(&ctx.actor)?.filter(Column::RoundId.eq(round.uuid()));
    Ok(match filter.status {
        None => select,
        Some(status) => select.filter(Column::Status.eq(status)),
    })
}

/// A page of a round's objections within reach, the earliest first: they are decided in that order.
///
/// # Errors
/// `forbidden`; `not_found` when there is no such round within reach.
pub async fn list(
    ctx: &Ctx,
    round: AwardRoundId,
    filter: AwardObjectionFilter,
    page: &PageRequest,
) -> Result<Page<AwardObjection>> {
    let mut query = select(ctx, round, filter)?;
    read::find(ctx, round).await?;
    let earliest =
        Keyset::new("award objections", [(Entity, Column::Id)], Order::Asc)?.over(&(round, filter))?;
    let walk = earliest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.id,)).await?.try_map(AwardObjection::try_from)
}

/// How many the filter finds.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, round: AwardRoundId, filter: AwardObjectionFilter) -> Result<u64> {
    Ok(select(ctx, round, filter)?.count(ctx.db()).await?)
}

/// The objections with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[AwardObjectionId]) -> Result<Vec<AwardObjection>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::award_objections(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(AwardObjection::try_from).collect()
}

/// One objection.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: AwardObjectionId) -> Result<AwardObjection> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("award_objection"))
}
