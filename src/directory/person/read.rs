//! Finding persons.

use entity::{
    person::{Column, Entity},
    personal::Class,
    region, school,
};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    identifiers::Nuptk,
    merged,
    rule::{Employment, PersonKind},
    shown::{self, Lens},
    view::{Person, PersonId},
};
use crate::{
    access::{context::Ctx, scope},
    directory::{
        region::view::Region,
        school::view::{School, SchoolId},
    },
    foundation::{
        error::{Error, Fault, Result},
        id::Id,
        page::{Keyset, Page, PageRequest},
        prefix,
    },
};

/// What to narrow a list of persons by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "PersonFilter")]
#[into_params(parameter_in = Query)]
pub struct PersonFilter {
    /// Only this kind.
    pub kind: Option<PersonKind>,
    /// Only those employed like this.
    pub employment: Option<Employment>,
    /// Only those of this school.
    #[param(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// Only those of this region or one below it.
    #[param(example = "32.73")]
    pub region_code: Option<String>,
    /// Only the one with this teacher number, among those whose numbers you may see.
    #[param(example = "4738779680130042")]
    pub nuptk: Option<String>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "siti")]
    pub q: Option<String>,
}

impl PersonFilter {
    /// Whether it asks for what is not shown of everybody who is found.
    const fn looks_closer(&self) -> bool {
        self.employment.is_some()
            || self.school_id.is_some()
            || self.region_code.is_some()
            || self.nuptk.is_some()
    }
}

/// What comes along with persons in the same statement.
#[derive(Debug, Clone, Copy, Default)]
pub struct PersonPlan {
    /// The home school, with its region.
    pub school: bool,
    /// The region.
    pub region: bool,
}

/// The current records that the filter finds within the caller's reach. By what is not shown of somebody they are not
/// found either.
fn select(ctx: &Ctx, filter: &PersonFilter) -> Result<Select<Entity>> {
    let mut select = scope::persons(&ctx.actor)?.filter(Column::MergedInto.is_null());
    select = select.filter(Column::ErasedAt.is_null());
    if filter.looks_closer() {
        select = select.filter(scope::persons_in_use(&ctx.actor));
    }
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(employment) = filter.employment {
        select = select.filter(Column::Employment.eq(employment));
    }
    if let Some(school) = filter.school_id {
        select = select.filter(Column::SchoolId.eq(school.uuid()));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::region_within((Entity, Column::RegionCode), code));
    }
    if let Some(nuptk) = &filter.nuptk {
        let nuptk = Nuptk::parse(nuptk)
            .map_err(|fault| Error::Invalid(vec![Fault { pointer: "/nuptk".to_owned(), ..fault }]))?;
        select = select.filter(shown::findable(&ctx.actor, Class::Identifier)?);
        select = select.filter(Column::Nuptk.eq(nuptk.as_str()));
    }
    if let Some(q) = &filter.q {
        select = select.filter(prefix::starts_with((Entity, Column::Name), q)?);
    }
    Ok(select)
}

/// The persons that `select` finds, in its order, with what shall come along.
///
/// School and region are joined to the person's own columns: a person's region is the
/// school's, so the one joined region serves both edges; where it does not, a loader does.
async fn rows(ctx: &Ctx, select: Select<Entity>, plan: PersonPlan) -> Result<Vec<Person>> {
    if !plan.school && !plan.region {
        let rows = select.all(ctx.db()).await?;
        let lens = Box::pin(Lens::over(&ctx.actor, ctx.db(), rows.iter())).await?;
        return rows.into_iter().map(|row| lens.person(row)).collect();
    }
    let rows =
        select.find_also_related(school::Entity).find_also_related(region::Entity).all(ctx.db()).await?;
    let lens = Box::pin(Lens::over(&ctx.actor, ctx.db(), rows.iter().map(|row| &row.0))).await?;
    rows.into_iter().map(|(row, school, region)| joined(ctx, lens.person(row)?, school, region)).collect()
}

/// A person with school and region, where they are shown to belong there.
fn joined(
    ctx: &Ctx,
    mut person: Person,
    school: Option<school::Model>,
    region: Option<region::Model>,
) -> Result<Person> {
    let (school, region) =
        (school.filter(|_| person.school_id.is_some()), region.filter(|_| person.region_code.is_some()));
    person.joined_region = region.map(Region::try_from).transpose()?.map(Box::new);
    person.joined_school = school.map(|row| School::seen_by(&ctx.actor, row)).transpose()?.map(Box::new);
    if let (Some(school), Some(region)) = (&mut person.joined_school, &person.joined_region)
        && school.region_code == region.code
    {
        school.joined_region = Some(region.clone());
    }
    Ok(person)
}

/// A page of current persons by name.
///
/// # Errors
/// `unauthenticated`; `forbidden`; `Invalid` for a number or search text that is none.
pub async fn list(
    ctx: &Ctx,
    filter: &PersonFilter,
    plan: PersonPlan,
    page: &PageRequest,
) -> Result<Page<Person>> {
    let columns = [(Entity, Column::Name), (Entity, Column::Id)];
    let by_name = Keyset::new("persons", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_name.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = rows(ctx, query, plan).await?;
    let page = walk.page(ctx.db(), rows, |person| (person.name.clone(), person.id.uuid())).await?;
    for (_, person) in &page.rows {
        shown::note(ctx, person);
    }
    Ok(page)
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &PersonFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The records with these ids within the caller's reach, in no order. A retired one is answered as
/// it is: `merged_into` then names where it leads in the end, however many merges there were.
pub async fn by_ids(ctx: &Ctx, ids: &[PersonId], plan: PersonPlan) -> Result<Vec<Person>> {
    let found = Box::pin(unnoted(ctx, ids, plan)).await?;
    for person in &found {
        shown::note(ctx, person);
    }
    Ok(found)
}

async fn unnoted(ctx: &Ctx, ids: &[PersonId], plan: PersonPlan) -> Result<Vec<Person>> {
    let ids = ids.iter().map(|id| id.uuid());
    let some = scope::persons(&ctx.actor)?.filter(Column::Id.is_in(ids));
    let mut found = rows(ctx, some, plan).await?;
    let next: Vec<Uuid> = found.iter().filter_map(|person| person.merged_into.map(Id::uuid)).collect();
    if !next.is_empty() {
        let ends = merged::resolve_all(ctx.db(), &next).await?;
        for person in &mut found {
            person.merged_into =
                person.merged_into.and_then(|next| ends.get(&next.uuid())).map(|id| (*id).into());
        }
    }
    Ok(found)
}

/// The record with this id, or nothing; a retired one as it is.
pub async fn find_opt(ctx: &Ctx, id: PersonId, plan: PersonPlan) -> Result<Option<Person>> {
    Ok(by_ids(ctx, &[id], plan).await?.pop())
}

/// As [`find_opt`].
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: PersonId, plan: PersonPlan) -> Result<Person> {
    find_opt(ctx, id, plan).await?.ok_or(Error::NotFound("person"))
}

/// The current record of the human that `id` stands for: for a retired id the surviving one.
/// Nothing when either is outside the caller's reach.
pub async fn survivor_opt(ctx: &Ctx, id: PersonId, plan: PersonPlan) -> Result<Option<Person>> {
    let found = Box::pin(unnoted(ctx, &[id], plan)).await?.pop();
    if let Some(Person { merged_into: Some(next), .. }) = found {
        return find_opt(ctx, next, plan).await;
    }
    if let Some(person) = &found {
        shown::note(ctx, person);
    }
    Ok(found)
}
