//! Finding accounts.

use entity::account::{Column, Entity};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    rule::AccountStatus,
    view::{Account, AccountId},
};
use crate::{
    access::{context::Ctx, oauth_scope::OAuthScope, scope},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of accounts by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "AccountFilter")]
#[into_params(parameter_in = Query)]
pub struct AccountFilter {
    /// Only in this state.
    pub status: Option<AccountStatus>,
    /// Only this person's.
    #[param(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
}

fn select(ctx: &Ctx, filter: &AccountFilter) -> Result<Select<Entity>> {
    let mut select = scope::accounts(&ctx.actor)?;
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    if let Some(person) = filter.person_id {
        select = select.filter(Column::PersonId.eq(person.uuid()));
    }
    Ok(select)
}

/// Notes whose account is shown; one of nobody in the directory is nobody's.
fn seen(ctx: &Ctx, account: &Account) {
    if let Some(person) = account.person_id {
        let fields = ["login", "name"].into_iter().chain(account.email.as_ref().map(|_| "email"));
        ctx.looks.note(person.uuid(), OAuthScope::AccessRead, fields);
    }
}

/// A page of the accounts within reach, by login.
///
/// # Errors
/// `unauthenticated`; `forbidden`.
pub async fn list(ctx: &Ctx, filter: &AccountFilter, page: &PageRequest) -> Result<Page<Account>> {
    let columns = [(Entity, Column::Login), (Entity, Column::Id)];
    let by_login = Keyset::new("accounts", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_login.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let page = walk.page(ctx.db(), rows, |row| (row.login.clone(), row.id)).await?;
    let page = page.try_map(Account::try_from)?;
    page.rows.iter().for_each(|(_, account)| seen(ctx, account));
    Ok(page)
}

/// How many the filter finds.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, filter: &AccountFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The accounts with these ids within reach, in no order.
///
/// # Errors
/// As [`list`].
pub async fn by_ids(ctx: &Ctx, ids: &[AccountId]) -> Result<Vec<Account>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::accounts(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    let found: Vec<Account> = rows.into_iter().map(Account::try_from).collect::<Result<_>>()?;
    found.iter().for_each(|account| seen(ctx, account));
    Ok(found)
}

/// One account.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: AccountId) -> Result<Account> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("account"))
}
