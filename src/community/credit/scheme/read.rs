//! Finding credit schemes.

use entity::credit_scheme::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    state::{CreditSchemeStatus, Term, in_force},
    view::{CreditScheme, CreditSchemeId, status},
};
use crate::{
    access::{context::Ctx, scope},
    directory::organisation::view::OrganisationId,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
    training::program::view::ProgramId,
};

/// What to narrow a list of credit schemes by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "CreditSchemeFilter")]
#[into_params(parameter_in = Query)]
pub struct CreditSchemeFilter {
    /// Only those of this program.
    #[param(value_type = Option<String>, format = "uuid")]
    pub program_id: Option<ProgramId>,
    /// Only those of this organisation.
    #[param(value_type = Option<String>, format = "uuid")]
    pub provider_id: Option<OrganisationId>,
    /// Only those that stand here.
    pub status: Option<CreditSchemeStatus>,
}

fn select(ctx: &Ctx, filter: &CreditSchemeFilter) -> Result<Select<Entity>> {
    let mut select = scope::credit_schemes(&ctx.actor)?;
    if let Some(id) = filter.program_id {
        select = select.filter(Column::ProgramId.eq(id.uuid()));
    }
    if let Some(id) = filter.provider_id {
        select = select.filter(Column::ProviderId.eq(id.uuid()));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of credit schemes by code.
pub async fn list(ctx: &Ctx, filter: &CreditSchemeFilter, page: &PageRequest) -> Result<Page<CreditScheme>> {
    let columns = [(Entity, Column::Code), (Entity, Column::Id)];
    let by_code = Keyset::new("credit schemes", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_code.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.code.clone(), row.id)).await?.try_map(CreditScheme::try_from)
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &CreditSchemeFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The credit schemes with these ids, in no order; those out of reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[CreditSchemeId]) -> Result<Vec<CreditScheme>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::credit_schemes(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(CreditScheme::try_from).collect()
}

/// One credit scheme.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: CreditSchemeId) -> Result<CreditScheme> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("credit_scheme"))
}

/// Every edition of the scheme that `row` is an edition of.
pub(crate) async fn editions(db: &impl ConnectionTrait, row: &Model) -> Result<Vec<Model>> {
    let found = Entity::find()
        .filter(Column::ProgramId.eq(row.program_id))
        .filter(Column::Code.eq(row.code.as_str()));
    Ok(found.all(db).await?)
}

/// Of `editions`, the one in force for a cycle that begins on `day`.
pub(crate) fn of_day(editions: Vec<Model>, day: chrono::NaiveDate) -> Result<Option<Model>> {
    let term = |row: &Model| {
        Ok(Term {
            edition: row.edition,
            status: status(row)?,
            effective_from: row.effective_from,
            retired_on: row.retired_on,
        })
    };
    let terms = editions.iter().map(term).collect::<Result<Vec<_>>>()?;
    let edition = in_force(&terms, day);
    Ok(editions.into_iter().find(|row| Some(row.edition) == edition))
}
