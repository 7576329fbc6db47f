//! Finding rounds.

use entity::award_round::{Column, Entity};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    state::AwardRoundStatus,
    view::{AwardRound, AwardRoundId},
};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of rounds by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "AwardRoundFilter")]
#[into_params(parameter_in = Query)]
pub struct AwardRoundFilter {
    /// Only those of this region or one below it.
    #[param(example = "33", max_length = 8)]
    pub region_code: Option<String>,
    /// Only those of this year.
    #[param(example = 2025)]
    pub year: Option<i32>,
    /// Only those that stand here.
    pub status: Option<AwardRoundStatus>,
}

fn select(ctx: &Ctx, filter: &AwardRoundFilter) -> Result<Select<Entity>> {
    let mut select = scope::award_rounds(&ctx.actor)?;
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::region_within((Entity, Column::RegionCode), code));
    }
    if let Some(year) = filter.year {
        select = select.filter(Column::Year.eq(year));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of rounds, the latest year first.
///
/// # Errors
/// `forbidden`.
pub async fn list(ctx: &Ctx, filter: &AwardRoundFilter, page: &PageRequest) -> Result<Page<AwardRound>> {
    let columns = [(Entity, Column::Year), (Entity, Column::RegionCode), (Entity, Column::Id)];
    let latest = Keyset::new("award rounds", columns, Order::Desc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = latest.walk::<(i32, String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let page = walk.page(ctx.db(), rows, |row| (row.year, row.region_code.clone(), row.id)).await?;
    page.try_map(AwardRound::try_from)
}

/// How many the filter finds.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, filter: &AwardRoundFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The rounds with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[AwardRoundId]) -> Result<Vec<AwardRound>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::award_rounds(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(AwardRound::try_from).collect()
}

/// One round.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: AwardRoundId) -> Result<AwardRound> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("award_round"))
}
