//! Finding resource persons and competences, and the gate in front of a session.

use std::collections::HashMap;

use entity::{
    competence, person,
    resource_person::{Column, Entity, Relation},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select, SelectTwoRequired, sea_query::IntoColumnRef,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    rule::CompetenceStatus,
    view::{Competence, CompetenceId, ResourcePerson, ResourcePersonId, TaughtProgram},
};
use crate::{
    access::{actor::Place, context::Ctx, scope},
    directory::organisation::view::OrganisationId,
    foundation::{
        error::{Error, Result},
        id::Id,
        page::{Keyset, Page, PageRequest},
        prefix,
    },
};

/// What to narrow a list of resource persons by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ResourcePersonFilter")]
#[into_params(parameter_in = Query)]
pub struct ResourcePersonFilter {
    /// Only those whose competence for this program is verified: who may teach it.
    #[param(value_type = Option<String>, format = "uuid")]
    pub program_id: Option<Id<TaughtProgram>>,
    /// Only those who teach on behalf of this organisation.
    #[param(value_type = Option<String>, format = "uuid")]
    pub organisation_id: Option<OrganisationId>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "dewi")]
    pub q: Option<String>,
}

/// Whether resource persons come with their competences, which costs one statement for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Competences {
    /// They do.
    Along,
    /// They do not: the list in the view stays empty, the caller gets them elsewhere.
    Left,
}

type Rows = SelectTwoRequired<Entity, person::Entity>;

fn named(select: Select<Entity>) -> Rows {
    select.find_both_related(person::Entity)
}

fn select(ctx: &Ctx, filter: &ResourcePersonFilter) -> Result<Rows> {
    let mut select = scope::resource_persons(&ctx.actor)?;
    if let Some(program) = filter.program_id {
        let verified = competence::Entity::find()
            .select_only()
            .column(competence::Column::ResourcePersonId)
            .filter(competence::Column::ProgramId.eq(program.uuid()))
            .filter(competence::Column::Status.eq(CompetenceStatus::Verified))
            .into_query();
        select = select.filter(Column::Id.in_subquery(verified));
    }
    if let Some(organisation) = filter.organisation_id {
        select = select.filter(Column::OrganisationId.eq(organisation.uuid()));
    }
    if let Some(q) = &filter.q {
        select = select.filter(prefix::starts_with((person::Entity, person::Column::Name), q)?);
    }
    Ok(named(select))
}

/// A page of resource persons by name.
///
/// # Errors
/// `unauthenticated`; `Invalid` for a search text that is none.
pub async fn list(
    ctx: &Ctx,
    filter: &ResourcePersonFilter,
    competences: Competences,
    page: &PageRequest,
) -> Result<Page<ResourcePerson>> {
    let name = (person::Entity, person::Column::Name).into_column_ref();
    let columns = [name, (Entity, Column::Id).into_column_ref()];
    let by_name = Keyset::new("resource_persons", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_name.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = complete(ctx, rows, competences).await?;
    walk.page(ctx.db(), found, |found| (found.name.clone(), found.id.uuid())).await
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &ResourcePersonFilter) -> Result<u64> {
    let ids = select(ctx, filter)?.into_query().clear_selects().expr(Column::Id.into_expr()).to_owned();
    Ok(Entity::find().filter(Column::Id.in_subquery(ids)).count(ctx.db()).await?)
}

async fn complete(
    ctx: &Ctx,
    rows: Vec<(entity::resource_person::Model, person::Model)>,
    competences: Competences,
) -> Result<Vec<ResourcePerson>> {
    let mut found: Vec<ResourcePerson> = rows.into_iter().map(Into::into).collect();
    if competences == Competences::Along && !found.is_empty() {
        let ids: Vec<ResourcePersonId> = found.iter().map(|one| one.id).collect();
        let mut theirs = competences_of(ctx, &ids).await?;
        for one in &mut found {
            one.competences = theirs.remove(&one.id).unwrap_or_default();
        }
    }
    Ok(found)
}

/// The resource persons with these ids, in no order; those that are not there are left out.
pub async fn by_ids(
    ctx: &Ctx,
    ids: &[ResourcePersonId],
    competences: Competences,
) -> Result<Vec<ResourcePerson>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = named(scope::resource_persons(&ctx.actor)?.filter(Column::Id.is_in(ids)));
    complete(ctx, rows.all(ctx.db()).await?, competences).await
}

/// One resource person, or nothing.
pub async fn find_opt(
    ctx: &Ctx,
    id: ResourcePersonId,
    competences: Competences,
) -> Result<Option<ResourcePerson>> {
    Ok(by_ids(ctx, &[id], competences).await?.pop())
}

/// One resource person.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ResourcePersonId, competences: Competences) -> Result<ResourcePerson> {
    find_opt(ctx, id, competences).await?.ok_or(Error::NotFound("resource_person"))
}

/// The competences of each of these resource persons, oldest first.
pub async fn competences_of(
    ctx: &Ctx,
    ids: &[ResourcePersonId],
) -> Result<HashMap<ResourcePersonId, Vec<Competence>>> {
    let theirs = scope::competences(&ctx.actor)?
        .filter(competence::Column::ResourcePersonId.is_in(ids.iter().map(|id| id.uuid())))
        .order_by_asc(competence::Column::Id);
    let mut found: HashMap<ResourcePersonId, Vec<Competence>> = HashMap::new();
    for one in seen(ctx, theirs).await? {
        found.entry(one.resource_person_id).or_default().push(one);
    }
    Ok(found)
}

/// A competence with where it belongs, in one statement.
#[derive(FromQueryResult)]
struct Placed {
    #[sea_orm(nested)]
    row: competence::Model,
    person_id: Uuid,
    region_code: Option<String>,
    organisation_id: Option<Uuid>,
}

/// The competences that `select` finds, in its order, as the caller sees each.
async fn seen(ctx: &Ctx, select: Select<competence::Entity>) -> Result<Vec<Competence>> {
    let placed = select
        .join(JoinType::InnerJoin, competence::Relation::ResourcePerson.def())
        .join(JoinType::InnerJoin, Relation::Person.def())
        .column_as(Column::PersonId, "person_id")
        .column_as(person::Column::RegionCode, "region_code")
        .column_as(Column::OrganisationId, "organisation_id")
        .into_model::<Placed>();
    let view = |placed: Placed| {
        let at = Place {
            region: placed.region_code,
            organisation: placed.organisation_id,
            person: Some(placed.person_id),
            ..Place::default()
        };
        Competence::seen_by(&ctx.actor, placed.row, &at)
    };
    placed.all(ctx.db()).await?.into_iter().map(view).collect()
}

/// The competences with these ids, in no order; those that are not there are left out.
pub async fn competences_by_ids(ctx: &Ctx, ids: &[CompetenceId]) -> Result<Vec<Competence>> {
    let ids = ids.iter().map(|id| id.uuid());
    seen(ctx, scope::competences(&ctx.actor)?.filter(competence::Column::Id.is_in(ids))).await
}

/// One competence, or nothing.
pub async fn find_competence_opt(ctx: &Ctx, id: CompetenceId) -> Result<Option<Competence>> {
    Ok(competences_by_ids(ctx, &[id]).await?.pop())
}

/// One competence.
///
/// # Errors
/// `not_found`.
pub async fn find_competence(ctx: &Ctx, id: CompetenceId) -> Result<Competence> {
    find_competence_opt(ctx, id).await?.ok_or(Error::NotFound("competence"))
}

/// Where the evidence of this resource person's competence for the program stands; nothing without any.
/// For [`super::rule::may_teach`].
pub async fn competence_status(
    db: &impl ConnectionTrait,
    resource_person: Uuid,
    program: Uuid,
) -> Result<Option<CompetenceStatus>> {
    let row = competence::Entity::find()
        .filter(competence::Column::ResourcePersonId.eq(resource_person))
        .filter(competence::Column::ProgramId.eq(program))
        .one(db)
        .await?;
    let status = |row: competence::Model| {
        CompetenceStatus::parse(&row.status).map_err(|f| Error::internal("competence.status", f.code))
    };
    row.map(status).transpose()
}

/// Whether this resource person may teach sessions of the program.
pub async fn competence_verified(
    db: &impl ConnectionTrait,
    resource_person: Uuid,
    program: Uuid,
) -> Result<bool> {
    Ok(competence_status(db, resource_person, program).await? == Some(CompetenceStatus::Verified))
}
