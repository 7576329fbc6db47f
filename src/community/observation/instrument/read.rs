//! Finding instruments.

use entity::observation_instrument::{Column, Entity};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    state::InstrumentStatus,
    view::{ObservationInstrument, ObservationInstrumentId},
};
use crate::{
    access::{context::Ctx, scope},
    community::group::view::CommunityId,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of instruments by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ObservationInstrumentFilter")]
#[into_params(parameter_in = Query)]
pub struct ObservationInstrumentFilter {
    /// Only those of this community.
    #[param(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// `true`: only national ones; `false`: only those of communities.
    pub national: Option<bool>,
    /// Only the editions of this code.
    #[param(example = "BERTANYA")]
    pub code: Option<String>,
    /// Only those that stand here.
    pub status: Option<InstrumentStatus>,
}

fn select(ctx: &Ctx, filter: &ObservationInstrumentFilter) -> Result<Select<Entity>> {
    let mut select = scope::observation_instruments(&ctx.actor)?;
    if let Some(id) = filter.community_id {
        select = select.filter(Column::CommunityId.eq(id.uuid()));
    }
    select = match filter.national {
        Some(true) => select.filter(Column::CommunityId.is_null()),
        Some(false) => select.filter(Column::CommunityId.is_not_null()),
        None => select,
    };
    if let Some(code) = &filter.code {
        select = select.filter(Column::Code.eq(code.as_str()));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of instruments by title.
///
/// # Errors
/// `unauthenticated`.
pub async fn list(
    ctx: &Ctx,
    filter: &ObservationInstrumentFilter,
    page: &PageRequest,
) -> Result<Page<ObservationInstrument>> {
    let columns = [(Entity, Column::Title), (Entity, Column::Id)];
    let by_title = Keyset::new("observation_instruments", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_title.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.title.clone(), row.id)).await?.try_map(TryFrom::try_from)
}

/// How many the filter finds.
///
/// # Errors
/// `unauthenticated`.
pub async fn count(ctx: &Ctx, filter: &ObservationInstrumentFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The instruments with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `unauthenticated`.
pub async fn by_ids(ctx: &Ctx, ids: &[ObservationInstrumentId]) -> Result<Vec<ObservationInstrument>> {
    let ids = ids.iter().map(|id| id.uuid());
    let seen = scope::observation_instruments(&ctx.actor)?.filter(Column::Id.is_in(ids));
    seen.all(ctx.db()).await?.into_iter().map(TryFrom::try_from).collect()
}

/// One instrument.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ObservationInstrumentId) -> Result<ObservationInstrument> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("observation_instrument"))
}
