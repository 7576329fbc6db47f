//! Finding organisations.

use entity::organisation::{Column, Entity};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{
    rule::OrganisationKind,
    view::{Organisation, OrganisationId},
};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of organisations by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "OrganisationFilter")]
#[into_params(parameter_in = Query)]
pub struct OrganisationFilter {
    /// Only this sort.
    pub kind: Option<OrganisationKind>,
    /// Only those of this region or one below it, e.g. `32`.
    #[param(example = "32")]
    pub region_code: Option<String>,
}

fn select(filter: &OrganisationFilter) -> Select<Entity> {
    let mut select = scope::organisations();
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::region_within((Entity, Column::RegionCode), code));
    }
    select
}

/// A page of organisations by name.
pub async fn list(ctx: &Ctx, filter: &OrganisationFilter, page: &PageRequest) -> Result<Page<Organisation>> {
    let columns = [(Entity, Column::Name), (Entity, Column::Id)];
    let by_name = Keyset::new("organisations", columns, Order::Asc)?.over(filter)?;
    let mut query = select(filter);
    let walk = by_name.walk::<(String, uuid::Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.name.clone(), row.id)).await?.try_map(Organisation::try_from)
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &OrganisationFilter) -> Result<u64> {
    Ok(select(filter).count(ctx.db()).await?)
}

/// The organisations with these ids, in no order; those that are not there are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[OrganisationId]) -> Result<Vec<Organisation>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::organisations().filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(Organisation::try_from).collect()
}

/// One organisation, or nothing.
pub async fn find_opt(ctx: &Ctx, id: OrganisationId) -> Result<Option<Organisation>> {
    Ok(by_ids(ctx, &[id]).await?.pop())
}

/// One organisation.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: OrganisationId) -> Result<Organisation> {
    find_opt(ctx, id).await?.ok_or(Error::NotFound("organisation"))
}
