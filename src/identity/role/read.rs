//! Finding given roles.

use chrono::{DateTime, Utc};
use entity::role_grant::{Column, Entity};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, Order, PaginatorTrait, QueryFilter, Select, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::view::{RoleGrant, RoleGrantId, RoleGrantState};
use crate::identity::account::view::AccountId;
use crate::identity::client::view::OAuthClientId;
use crate::{
    access::{context::Ctx, grant::Role, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of given roles by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "RoleGrantFilter")]
pub struct RoleGrantFilter {
    /// Only those of this account.
    pub account_id: Option<AccountId>,
    /// Only those of this client.
    pub client_id: Option<OAuthClientId>,
    /// Only this role.
    pub role: Option<Role>,
    /// Only those held in this region or below it: of a region, of a school or an organisation there.
    pub region_code: Option<String>,
    /// Only those that count, or that no longer do.
    pub state: Option<RoleGrantState>,
}

fn select(ctx: &Ctx, filter: &RoleGrantFilter) -> Result<Select<Entity>> {
    let mut select = scope::role_grants(&ctx.actor)?;
    if let Some(account) = filter.account_id {
        select = select.filter(Column::AccountId.eq(account.uuid()));
    }
    if let Some(client) = filter.client_id {
        select = select.filter(Column::ClientId.eq(client.uuid()));
    }
    if let Some(role) = filter.role {
        select = select.filter(Column::Role.eq(role.name()));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::roles_within(code));
    }
    if let Some(wanted) = filter.state {
        select = select.filter(in_state(wanted, ctx.now()));
    }
    Ok(select)
}

pub(super) fn in_state(wanted: RoleGrantState, now: DateTime<Utc>) -> Condition {
    let open = Condition::all().add(Column::WithdrawnAt.is_null());
    match wanted {
        RoleGrantState::Withdrawn => Condition::all().add(Column::WithdrawnAt.is_not_null()),
        RoleGrantState::Expired => open.add(Column::ExpiresAt.lte(now)),
        RoleGrantState::Live => {
            open.add(Expr::col((Entity, Column::ExpiresAt)).is_null().or(Column::ExpiresAt.gt(now)))
        }
    }
}

/// A page of given roles, the newest first: of one holder, their history.
///
/// # Errors
/// `forbidden`.
pub async fn list(ctx: &Ctx, filter: &RoleGrantFilter, page: &PageRequest) -> Result<Page<RoleGrant>> {
    let newest = Keyset::new("role_grants", [(Entity, Column::Id)], Order::Desc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let now = ctx.now();
    walk.page(ctx.db(), rows, |row| (row.id,)).await?.try_map(|row| RoleGrant::at(row, now))
}

/// How many the filter finds.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, filter: &RoleGrantFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The given roles with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[RoleGrantId]) -> Result<Vec<RoleGrant>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::role_grants(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(|row| RoleGrant::at(row, ctx.now())).collect()
}

/// One given role.
///
/// # Errors
/// `not_found`, also when it is out of reach.
pub async fn find(ctx: &Ctx, id: RoleGrantId) -> Result<RoleGrant> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("role_grant"))
}
