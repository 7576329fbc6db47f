//! Finding batches. A page of them, with the titles, names and session counts that the
//! view shows and the program and provider that a plan asks for, is one statement.

use chrono::NaiveDate;
use entity::{
    batch::{Column, Entity, Model, Relation},
    organisation, program, region, session,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, Iterable, JoinType, Order,
    PaginatorTrait, QueryFilter, QueryResult, QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    rule::BatchKind,
    state::BatchStatus,
    view::{Batch, BatchId, Surroundings},
};
use crate::{
    access::{context::Ctx, scope},
    directory::{
        organisation::view::{Organisation, OrganisationId},
        region::view::Region,
    },
    foundation::{
        dates,
        error::{Error, Fault, Result},
        page::{Keyset, Page, PageRequest},
    },
    training::program::view::{Program, ProgramId},
};

/// What to narrow a list of batches by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "BatchFilter")]
#[into_params(parameter_in = Query)]
pub struct BatchFilter {
    /// Only those that stand here.
    pub status: Option<BatchStatus>,
    /// Only those of this program.
    #[param(value_type = Option<String>, format = "uuid")]
    pub program_id: Option<ProgramId>,
    /// Only those of this organisation.
    #[param(value_type = Option<String>, format = "uuid")]
    pub provider_id: Option<OrganisationId>,
    /// Only those in this region or one below it, e.g. `32`.
    #[param(example = "32", max_length = 8)]
    pub region_code: Option<String>,
    /// Only direct ones, or only cascades.
    pub kind: Option<BatchKind>,
    /// Only those whose first day is this one or later.
    pub starts_from: Option<NaiveDate>,
    /// Only those whose first day is this one or earlier.
    pub starts_until: Option<NaiveDate>,
    /// `true`: only those one can apply for right now; `false`: only the others.
    pub open_now: Option<bool>,
}

/// What a caller wants along with each batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BatchPlan {
    /// Its program.
    pub program: bool,
    /// Its provider.
    pub provider: bool,
    /// Its region.
    pub region: bool,
}

impl BatchPlan {
    /// What either plan wants.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            program: self.program || other.program,
            provider: self.provider || other.provider,
            region: self.region || other.region,
        }
    }
}

fn select(ctx: &Ctx, filter: &BatchFilter) -> Result<Select<Entity>> {
    let mut select = scope::batches(&ctx.actor);
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    if let Some(id) = filter.program_id {
        select = select.filter(Column::ProgramId.eq(id.uuid()));
    }
    if let Some(id) = filter.provider_id {
        select = select.filter(Column::ProviderId.eq(id.uuid()));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::region_within((Entity, Column::RegionCode), code));
    }
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(day) = filter.starts_from {
        select = select.filter(Column::StartsOn.gte(bound("/startsFrom", day)?));
    }
    if let Some(day) = filter.starts_until {
        select = select.filter(Column::StartsOn.lte(bound("/startsUntil", day)?));
    }
    if let Some(open) = filter.open_now {
        let now = ctx.now();
        let takes_applications = Column::Status
            .eq(BatchStatus::Open)
            .and(Column::RegistrationOpensAt.lte(now))
            .and(Column::RegistrationClosesAt.gt(now));
        select = select.filter(if open { takes_applications } else { takes_applications.not() });
    }
    Ok(select)
}

/// A day that a filter names, as databases know it.
fn bound(pointer: &str, day: NaiveDate) -> Result<NaiveDate> {
    dates::day(day).map_err(|fault| Error::Invalid(vec![Fault { pointer: pointer.to_owned(), ..fault }]))
}

/// A page of batches by first day.
pub async fn list(
    ctx: &Ctx,
    filter: &BatchFilter,
    plan: BatchPlan,
    page: &PageRequest,
) -> Result<Page<Batch>> {
    let columns = [(Entity, Column::StartsOn), (Entity, Column::Id)];
    let by_start = Keyset::new("batches", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_start.walk::<(NaiveDate, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx.db(), query, plan).await?;
    walk.page(ctx.db(), rows, |row| (row.starts_on, row.id.uuid())).await
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &BatchFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The batches with these ids, in no order; those out of reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[BatchId], plan: BatchPlan) -> Result<Vec<Batch>> {
    let ids = ids.iter().map(|id| id.uuid());
    fetch(ctx.db(), scope::batches(&ctx.actor).filter(Column::Id.is_in(ids)), plan).await
}

/// One batch, or nothing.
pub async fn find_opt(ctx: &Ctx, id: BatchId, plan: BatchPlan) -> Result<Option<Batch>> {
    Ok(by_ids(ctx, &[id], plan).await?.pop())
}

/// One batch.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: BatchId, plan: BatchPlan) -> Result<Batch> {
    find_opt(ctx, id, plan).await?.ok_or(Error::NotFound("batch"))
}

/// The view of a batch that a command has just changed under its lock.
///
/// # Errors
/// `internal` when it is missing.
pub async fn view_of(db: &impl ConnectionTrait, id: Uuid) -> Result<Batch> {
    fetch(db, Entity::find_by_id(id), BatchPlan::default())
        .await?
        .pop()
        .ok_or_else(|| Error::internal("read a batch back", format!("{id} is missing")))
}

async fn fetch(db: &impl ConnectionTrait, query: Select<Entity>, plan: BatchPlan) -> Result<Vec<Batch>> {
    let mut query = query
        .join(JoinType::InnerJoin, Relation::Program.def())
        .join(JoinType::InnerJoin, Relation::Organisation.def())
        .column_as(program::Column::Title, "program_title")
        .column_as(organisation::Column::Name, "provider_name")
        .expr_as(Expr::SubQuery(None, Box::new(session_count().into())), "session_count");
    if plan.program {
        query = with_columns(query, program::Column::iter(), PROGRAM);
    }
    if plan.provider {
        query = with_columns(query, organisation::Column::iter(), PROVIDER);
    }
    if plan.region {
        query = query.join(JoinType::InnerJoin, Relation::Region.def());
        query = with_columns(query, region::Column::iter(), REGION);
    }
    let rows = db.query_all(&query.into_query()).await?;
    rows.iter().map(|row| batch(row, plan)).collect()
}

const PROGRAM: &str = "p_";
const PROVIDER: &str = "o_";
const REGION: &str = "r_";

fn with_columns<C: ColumnTrait>(
    query: Select<Entity>,
    columns: impl Iterator<Item = C>,
    prefix: &str,
) -> Select<Entity> {
    columns.fold(query, |query, column| query.column_as(column, format!("{prefix}{}", column.as_str())))
}

/// The number of sessions of the batch of the surrounding statement.
fn session_count() -> SelectStatement {
    session::Entity::find()
        .select_only()
        .expr(session::Column::Id.count())
        .filter(Expr::col((session::Entity, session::Column::BatchId)).equals((Entity, Column::Id)))
        .into_query()
}

fn batch(row: &QueryResult, plan: BatchPlan) -> Result<Batch> {
    let around = Surroundings {
        program_title: row.try_get("", "program_title")?,
        provider_name: row.try_get("", "provider_name")?,
        session_count: row.try_get("", "session_count")?,
    };
    let mut batch = Batch::of(Model::from_query_result(row, "")?, around)?;
    if plan.program {
        let program = Program::try_from(program::Model::from_query_result(row, PROGRAM)?)?;
        batch.joined_program = Some(Box::new(program));
    }
    if plan.provider {
        let provider = Organisation::try_from(organisation::Model::from_query_result(row, PROVIDER)?)?;
        batch.joined_provider = Some(Box::new(provider));
    }
    if plan.region {
        let region = Region::try_from(region::Model::from_query_result(row, REGION)?)?;
        batch.joined_region = Some(Box::new(region));
    }
    Ok(batch)
}
