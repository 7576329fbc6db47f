//! Finding series of meetings.

use entity::{
    community,
    meeting_series::{Column, Entity},
};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use uuid::Uuid;

use super::view::{MeetingSeries, MeetingSeriesId};
use crate::{
    access::{context::Ctx, scope},
    community::group::view::CommunityId,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// A page of a community's series, oldest first.
///
/// # Errors
/// `not_found` when the community is not there.
pub async fn list(ctx: &Ctx, community: CommunityId, page: &PageRequest) -> Result<Page<MeetingSeries>> {
    let mut query = of_community(ctx, community)?;
    require_community(ctx, community).await?;
    let by_id = Keyset::new("meeting_series", [(Entity, Column::Id)], Order::Asc)?.over(&community)?;
    let walk = by_id.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.id,)).await?.try_map(MeetingSeries::try_from)
}

/// How many series a community has.
///
/// # Errors
/// `forbidden` when no role of the caller reads activities.
pub async fn count(ctx: &Ctx, community: CommunityId) -> Result<u64> {
    Ok(of_community(ctx, community)?.count(ctx.db()).await?)
}

fn of_community(ctx: &Ctx, community: CommunityId) -> Result<Select<Entity>> {
    Ok(scope::meeting_series(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid())))
}

async fn require_community(ctx: &Ctx, id: CommunityId) -> Result<()> {
    let seen = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(id.uuid()));
    if seen.count(ctx.db()).await? == 0 { Err(Error::NotFound("community")) } else { Ok(()) }
}

/// The series with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden` when no role of the caller reads activities.
pub async fn by_ids(ctx: &Ctx, ids: &[MeetingSeriesId]) -> Result<Vec<MeetingSeries>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::meeting_series(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(MeetingSeries::try_from).collect()
}

/// One series.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: MeetingSeriesId) -> Result<MeetingSeries> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("meeting-series"))
}
