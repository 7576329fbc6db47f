//! Finding who saw what of a person.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    data_access::{Column, Entity, Model},
    oauth_client,
};
use sea_orm::{ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::view::DataAccess;
use crate::{
    access::{action::Action, context::Ctx, oauth_scope::OAuthScope, scope},
    directory::person::{merged, view::PersonId},
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow the list by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "DataAccessFilter")]
#[into_params(parameter_in = Query)]
pub struct DataAccessFilter {
    /// Only this day and later.
    pub from: Option<NaiveDate>,
    /// Only this day and earlier.
    pub to: Option<NaiveDate>,
    /// Only what was shown for this.
    pub purpose: Option<OAuthScope>,
}

/// From which day to which, each where it is said.
fn period(filter: &DataAccessFilter) -> Result<[Option<NaiveDate>; 2]> {
    let mut faults = Faults::new();
    let from = filter.from.and_then(|day| faults.take("/from", dates::day(day)));
    let to = filter.to.and_then(|day| faults.take("/to", dates::day(day)));
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        faults.push(Fault::new("/to", "data_access_period_reversed"));
    }
    faults.done()?;
    Ok([from, to])
}

async fn select(ctx: &Ctx, id: PersonId, filter: &DataAccessFilter) -> Result<Select<Entity>> {
    ctx.actor.require_role_for(Action::DataAccessRead)?;
    let [from, to] = period(filter)?;
    // The lines moved along when the record was merged into another.
    let person = merged::resolve(ctx.db(), id.uuid()).await?;
    if scope::data_subject(&ctx.actor, person)?.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("person"));
    }
    let mut select = scope::data_accesses(&ctx.actor)?.filter(Column::PersonId.eq(person));
    if let Some(from) = from {
        select = select.filter(Column::Day.gte(from));
    }
    if let Some(to) = to {
        select = select.filter(Column::Day.lte(to));
    }
    if let Some(purpose) = filter.purpose {
        select = select.filter(Column::Purpose.eq(purpose));
    }
    Ok(select)
}

/// A page of who saw what of a person, the newest day first. Whoever looks at another's list stands in it, too.
///
/// # Errors
/// `unauthenticated`; `forbidden`; `not_found` for another's; `Invalid` for a period that ends before it begins.
pub async fn list(
    ctx: &Ctx,
    person: PersonId,
    filter: &DataAccessFilter,
    page: &PageRequest,
) -> Result<Page<DataAccess>> {
    let columns = [(Entity, Column::Day), (Entity, Column::Id)];
    // A day and an id never change, whatever is added to a line meanwhile: nothing moves while one pages.
    let newest = Keyset::new("data_accesses", columns, Order::Desc)?.over(&(person, filter))?;
    let mut query = select(ctx, person, filter).await?;
    let walk = newest.walk::<(NaiveDate, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let apps = apps(ctx, &rows).await?;
    let page = walk.page(ctx.db(), rows, |row| (row.day, row.id)).await?;
    let shown = page.try_map(|row| {
        let app = apps.get(&row.client).cloned();
        DataAccess::of(row, app, ctx.language)
    })?;
    for (_, line) in &shown.rows {
        let fields = ["reader", "purpose", "fields"];
        ctx.looks.note(line.person_id.uuid(), OAuthScope::PersonalDataRead, fields);
    }
    Ok(shown)
}

/// How many [`list`] has in all.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, person: PersonId, filter: &DataAccessFilter) -> Result<u64> {
    Ok(select(ctx, person, filter).await?.count(ctx.db()).await?)
}

/// What the apps of these rows are called, by `client_id`.
async fn apps(ctx: &Ctx, rows: &[Model]) -> Result<HashMap<String, String>> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.client.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    // Whoever was looked at may know through what, whichever apps they reach otherwise.
    let named: Vec<(Uuid, String)> = oauth_client::Entity::find()
        .select_only()
        .columns([oauth_client::Column::Id, oauth_client::Column::Name])
        .filter(oauth_client::Column::Id.is_in(ids))
        .into_tuple()
        .all(ctx.db())
        .await?;
    Ok(named.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}
