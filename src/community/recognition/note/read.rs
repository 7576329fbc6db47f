//! Finding notes of progress.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use entity::{
    community,
    progress_note::{Column, Entity},
};
use sea_orm::{
    ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use super::view::{ProgressNote, ProgressNoteId};
use crate::{
    access::{context::Ctx, scope},
    community::{
        group::{state::CommunityStatus, view::CommunityId},
        recognition::facts::Span,
    },
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
    },
};

fn select(ctx: &Ctx, community: CommunityId) -> Result<Select<Entity>> {
    Ok(scope::progress_notes(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid())))
}

/// A page of a community's notes, the latest month first. Whoever is neither a member nor looks after it finds none.
///
/// # Errors
/// `forbidden`; `not_found` when there is no such community.
pub async fn list(ctx: &Ctx, community: CommunityId, page: &PageRequest) -> Result<Page<ProgressNote>> {
    let mut query = select(ctx, community)?;
    let known = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community.uuid()));
    if known.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("community"));
    }
    let latest = Keyset::new("progress notes", [(Entity, Column::Month)], Order::Desc)?.over(&community)?;
    let walk = latest.walk::<(NaiveDate,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.month,)).await?.try_map(ProgressNote::try_from)
}

/// How many there are.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, community: CommunityId) -> Result<u64> {
    Ok(select(ctx, community)?.count(ctx.db()).await?)
}

/// The latest notes of many communities, in one statement.
///
/// # Errors
/// `forbidden`.
pub async fn latest_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<ProgressNote>>> {
    let ids = communities.iter().map(|id| id.uuid());
    let within = scope::progress_notes(&ctx.actor)?.filter(Column::CommunityId.is_in(ids));
    let latest = first_of_each(within, Column::CommunityId, &[(Column::Month, Order::Desc)], limit);
    let rows = latest.all(ctx.db()).await?;
    let notes = rows.into_iter().map(ProgressNote::try_from).collect::<Result<Vec<_>>>()?;
    Ok(by_parent(notes, |note| note.community_id))
}

/// The notes with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ProgressNoteId]) -> Result<Vec<ProgressNote>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::progress_notes(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(ProgressNote::try_from).collect()
}

/// One note.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ProgressNoteId) -> Result<ProgressNote> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("progress_note"))
}

/// The next communities by id at work for which a month was not noted yet; those that were founded in it or before.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn without(ctx: &Ctx, month: Span, after: Uuid, limit: u64) -> Result<Vec<CommunityId>> {
    let noted = Entity::find()
        .select_only()
        .column(Column::CommunityId)
        .filter(Column::Month.eq(month.from))
        .into_query();
    let founded = month.until.and_time(NaiveTime::MIN).and_utc();
    let rows: Vec<Uuid> = scope::communities(&ctx.actor)?
        .select_only()
        .column(community::Column::Id)
        .filter(community::Column::Id.gt(after))
        .filter(community::Column::Status.is_in([CommunityStatus::Active, CommunityStatus::Dormant]))
        .filter(community::Column::CreatedAt.lt(founded))
        .filter(community::Column::Id.not_in_subquery(noted))
        .order_by_asc(community::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(ctx.db())
        .await?;
    Ok(rows.into_iter().map(CommunityId::from).collect())
}
