//! Finding schools.

use entity::{
    region,
    school::{Column, Entity},
};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{
    npsn::Npsn,
    rule::{Ownership, SchoolLevel},
    view::{School, SchoolId},
};
use crate::{
    access::{context::Ctx, scope},
    directory::region::view::Region,
    foundation::{
        error::{Error, Fault, Result},
        page::{Keyset, Page, PageRequest},
        prefix,
    },
};

/// What to narrow a list of schools by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "SchoolFilter")]
#[into_params(parameter_in = Query)]
pub struct SchoolFilter {
    /// Only those of this region or one below it.
    #[param(example = "32.73")]
    pub region_code: Option<String>,
    /// Only this sort.
    pub level: Option<SchoolLevel>,
    /// Only public, or only private ones.
    pub ownership: Option<Ownership>,
    /// Only the one with this national number.
    #[param(example = "20219180")]
    pub npsn: Option<String>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "smp negeri")]
    pub q: Option<String>,
}

/// What comes along with schools in the same statement.
#[derive(Debug, Clone, Copy, Default)]
pub struct SchoolPlan {
    /// The region.
    pub region: bool,
}

fn select(filter: &SchoolFilter) -> Result<Select<Entity>> {
    let mut select = scope::schools();
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::region_within((Entity, Column::RegionCode), code));
    }
    if let Some(level) = filter.level {
        select = select.filter(Column::Level.eq(level));
    }
    if let Some(ownership) = filter.ownership {
        select = select.filter(Column::Ownership.eq(ownership));
    }
    if let Some(npsn) = &filter.npsn {
        let npsn = Npsn::parse(npsn)
            .map_err(|fault| Error::Invalid(vec![Fault { pointer: "/npsn".to_owned(), ..fault }]))?;
        select = select.filter(Column::Npsn.eq(npsn.as_str()));
    }
    if let Some(q) = &filter.q {
        select = select.filter(prefix::starts_with((Entity, Column::Name), q)?);
    }
    Ok(select)
}

/// The schools that `select` finds, in its order, with what shall come along.
async fn rows(ctx: &Ctx, select: Select<Entity>, plan: SchoolPlan) -> Result<Vec<School>> {
    if !plan.region {
        let rows = select.all(ctx.db()).await?;
        return rows.into_iter().map(|row| School::seen_by(&ctx.actor, row)).collect();
    }
    let rows = select.find_also_related(region::Entity).all(ctx.db()).await?;
    rows.into_iter()
        .map(|(row, region)| {
            let mut school = School::seen_by(&ctx.actor, row)?;
            school.joined_region = region.map(Region::try_from).transpose()?.map(Box::new);
            Ok(school)
        })
        .collect()
}

/// A page of schools by name.
///
/// # Errors
/// `Invalid` for a number or search text that is none.
pub async fn list(
    ctx: &Ctx,
    filter: &SchoolFilter,
    plan: SchoolPlan,
    page: &PageRequest,
) -> Result<Page<School>> {
    let columns = [(Entity, Column::Name), (Entity, Column::Id)];
    let by_name = Keyset::new("schools", columns, Order::Asc)?.over(filter)?;
    let mut query = select(filter)?;
    let walk = by_name.walk::<(String, uuid::Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = rows(ctx, query, plan).await?;
    walk.page(ctx.db(), rows, |school| (school.name.clone(), school.id.uuid())).await
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &SchoolFilter) -> Result<u64> {
    Ok(select(filter)?.count(ctx.db()).await?)
}

/// The schools with these ids, in no order; those that are not there are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[SchoolId], plan: SchoolPlan) -> Result<Vec<School>> {
    let ids = ids.iter().map(|id| id.uuid());
    rows(ctx, scope::schools().filter(Column::Id.is_in(ids)), plan).await
}

/// One school, or nothing.
pub async fn find_opt(ctx: &Ctx, id: SchoolId, plan: SchoolPlan) -> Result<Option<School>> {
    Ok(by_ids(ctx, &[id], plan).await?.pop())
}

/// One school.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: SchoolId, plan: SchoolPlan) -> Result<School> {
    find_opt(ctx, id, plan).await?.ok_or(Error::NotFound("school"))
}

/// One school by its national number.
///
/// # Errors
/// `not_found`; `Invalid` when it is no such number.
pub async fn find_by_npsn(ctx: &Ctx, npsn: &str, plan: SchoolPlan) -> Result<School> {
    let filter = SchoolFilter { npsn: Some(npsn.to_owned()), ..SchoolFilter::default() };
    rows(ctx, select(&filter)?, plan).await?.pop().ok_or(Error::NotFound("school"))
}
