//! Finding requests to be erased.

use entity::erasure::{Column, Entity, Model};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    rule::ErasureStatus,
    view::{Erasure, ErasureId},
};
use crate::{
    access::{context::Ctx, oauth_scope::OAuthScope, scope},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of requests to be erased by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ErasureFilter")]
pub struct ErasureFilter {
    /// Only those about this person.
    pub person_id: Option<PersonId>,
    /// Only those that stand there.
    pub status: Option<ErasureStatus>,
}

fn select(ctx: &Ctx, filter: &ErasureFilter) -> Result<Select<Entity>> {
    let mut select = scope::erasures(&ctx.actor)?;
    if let Some(person) = filter.person_id {
        select = select.filter(Column::PersonId.eq(person.uuid()));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of requests, the newest first.
///
/// # Errors
/// `forbidden`.
pub async fn list(ctx: &Ctx, filter: &ErasureFilter, page: &PageRequest) -> Result<Page<Erasure>> {
    let newest = Keyset::new("erasures", [(Entity, Column::Id)], Order::Desc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.id,)).await?.try_map(|row| shown(ctx, row))
}

/// A request as it is shown; the words of somebody else's are noted.
fn shown(ctx: &Ctx, row: Model) -> Result<Erasure> {
    if ctx.actor.person() != Some(row.person_id) {
        let words = [("reason", row.reason.is_some()), ("decisionReason", row.decision_reason.is_some())];
        let words = words.into_iter().filter(|one| one.1).map(|one| one.0);
        ctx.looks.note(row.person_id, OAuthScope::PersonalDataRead, words);
    }
    row.try_into()
}

/// How many the filter finds.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, filter: &ErasureFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The requests with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ErasureId]) -> Result<Vec<Erasure>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::erasures(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(|row| shown(ctx, row)).collect()
}

/// One request.
///
/// # Errors
/// `not_found`, also when it is out of reach.
pub async fn find(ctx: &Ctx, id: ErasureId) -> Result<Erasure> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("erasure"))
}
