//! Finding regions.

use chrono::NaiveDate;
use entity::region::{Column, Entity};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    Select,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{code::RegionLevel, view::Region};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
        prefix,
    },
};

/// What to narrow a list of regions by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "RegionFilter")]
#[into_params(parameter_in = Query)]
pub struct RegionFilter {
    /// Only provinces, only regencies, or only districts.
    pub level: Option<RegionLevel>,
    /// Only those right below this region.
    #[param(example = "32")]
    pub parent_code: Option<String>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "kota ba", max_length = 100)]
    pub q: Option<String>,
    /// Also those that are no longer, or not yet, in force.
    pub include_former: Option<bool>,
}

fn select(ctx: &Ctx, filter: &RegionFilter) -> Result<Select<Entity>> {
    let mut select = scope::regions();
    if !filter.include_former.unwrap_or_default() {
        select = select.filter(in_force(ctx.now().date_naive()));
    }
    if let Some(level) = filter.level {
        select = select.filter(Column::Level.eq(level));
    }
    if let Some(code) = &filter.parent_code {
        select = select.filter(Column::ParentCode.eq(code));
    }
    if let Some(q) = &filter.q {
        select = select.filter(prefix::starts_with((Entity, Column::Name), q)?);
    }
    Ok(select)
}

/// In force on `day` (`rule::Validity::holds_on`, as the database asks it).
fn in_force(day: NaiveDate) -> Condition {
    Condition::all()
        .add(Condition::any().add(Column::ValidFrom.is_null()).add(Column::ValidFrom.lte(day)))
        .add(Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gte(day)))
}

/// A page of regions by code.
///
/// # Errors
/// `Invalid` for a search text that is none.
pub async fn list(ctx: &Ctx, filter: &RegionFilter, page: &PageRequest) -> Result<Page<Region>> {
    let by_code = Keyset::new("regions", [(Entity, Column::Code)], Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_code.walk::<(String,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.code.clone(),)).await?.try_map(Region::try_from)
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &RegionFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The regions with these codes, current or former, in no order; those that are not there are left out.
pub async fn by_codes(ctx: &Ctx, codes: &[String]) -> Result<Vec<Region>> {
    let rows = scope::regions().filter(Column::Code.is_in(codes)).all(ctx.db()).await?;
    rows.into_iter().map(Region::try_from).collect()
}

/// The regions in force right below each of these codes, by code.
pub async fn children_of(ctx: &Ctx, codes: &[String]) -> Result<Vec<Region>> {
    let rows = scope::regions()
        .filter(Column::ParentCode.is_in(codes))
        .filter(in_force(ctx.now().date_naive()))
        .order_by_asc(Column::Code)
        .all(ctx.db())
        .await?;
    rows.into_iter().map(Region::try_from).collect()
}

/// One region, current or former, or nothing.
pub async fn find_opt(ctx: &Ctx, code: &str) -> Result<Option<Region>> {
    Ok(by_codes(ctx, &[code.to_owned()]).await?.pop())
}

/// One region, current or former.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, code: &str) -> Result<Region> {
    find_opt(ctx, code).await?.ok_or(Error::NotFound("region"))
}

/// Whether there is a region with this code, current or former.
pub async fn exists(db: &impl ConnectionTrait, code: &str) -> Result<bool> {
    Ok(Entity::find_by_id(code.to_owned()).one(db).await?.is_some())
}
