//! Finding programs.

use entity::{
    organisation,
    program::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{
    rule::{PdForm, ProgramStatus},
    view::{Program, ProgramId},
};
use crate::{
    access::{context::Ctx, scope},
    directory::organisation::view::{Organisation, OrganisationId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
        prefix,
    },
};

/// What to narrow a list of programs by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ProgramFilter")]
#[into_params(parameter_in = Query)]
pub struct ProgramFilter {
    /// Only those of this organisation.
    #[param(value_type = Option<String>, format = "uuid")]
    pub provider_id: Option<OrganisationId>,
    /// Only this form.
    pub form: Option<PdForm>,
    /// Only those that stand here.
    pub status: Option<ProgramStatus>,
    /// Only titles that begin like this, letter case aside.
    #[param(example = "guru belajar", max_length = 100)]
    pub q: Option<String>,
}

/// What a caller wants along with each program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgramPlan {
    /// Its provider.
    pub provider: bool,
}

fn select(ctx: &Ctx, filter: &ProgramFilter) -> Result<Select<Entity>> {
    let mut select = scope::programs(&ctx.actor);
    if let Some(id) = filter.provider_id {
        select = select.filter(Column::ProviderId.eq(id.uuid()));
    }
    if let Some(form) = filter.form {
        select = select.filter(Column::Form.eq(form));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    if let Some(q) = &filter.q {
        select = select.filter(prefix::starts_with((Entity, Column::Title), q)?);
    }
    Ok(select)
}

/// A page of programs by title.
pub async fn list(
    ctx: &Ctx,
    filter: &ProgramFilter,
    plan: ProgramPlan,
    page: &PageRequest,
) -> Result<Page<Program>> {
    let columns = [(Entity, Column::Title), (Entity, Column::Id)];
    let by_title = Keyset::new("programs", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_title.walk::<(String, uuid::Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx, query, plan).await?;
    walk.page(ctx.db(), rows, |row| (row.title.clone(), row.id.uuid())).await
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &ProgramFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The programs with these ids, in no order; those out of reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[ProgramId], plan: ProgramPlan) -> Result<Vec<Program>> {
    let ids = ids.iter().map(|id| id.uuid());
    fetch(ctx, scope::programs(&ctx.actor).filter(Column::Id.is_in(ids)), plan).await
}

/// One program, or nothing.
pub async fn find_opt(ctx: &Ctx, id: ProgramId, plan: ProgramPlan) -> Result<Option<Program>> {
    Ok(by_ids(ctx, &[id], plan).await?.pop())
}

/// One program.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ProgramId, plan: ProgramPlan) -> Result<Program> {
    find_opt(ctx, id, plan).await?.ok_or(Error::NotFound("program"))
}

async fn fetch(ctx: &Ctx, query: Select<Entity>, plan: ProgramPlan) -> Result<Vec<Program>> {
    if !plan.provider {
        return query.all(ctx.db()).await?.into_iter().map(Program::try_from).collect();
    }
    let rows = query.find_also_related(organisation::Entity).all(ctx.db()).await?;
    rows.into_iter().map(with_provider).collect()
}

fn with_provider((row, provider): (Model, Option<organisation::Model>)) -> Result<Program> {
    let mut program = Program::try_from(row)?;
    program.joined_provider = provider.map(Organisation::try_from).transpose()?.map(Box::new);
    Ok(program)
}
