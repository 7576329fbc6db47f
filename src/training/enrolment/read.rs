//! Finding enrolments.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    batch,
    enrolment::{Column, Entity, Model, Relation},
    person,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter,
    QuerySelect, RelationTrait, Select,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    record,
    rule::{self, EnrolmentStatus},
    standing,
    view::{Enrolment, EnrolmentId},
};
use crate::{
    access::{action::Action, context::Ctx, oauth_scope::OAuthScope, scope},
    directory::{
        person::{
            merged,
            read::{self as person_read, PersonPlan},
            rule::PersonKind,
            view::{Person, PersonId},
        },
        school::view::SchoolId,
    },
    foundation::{
        error::{Error, Result},
        language::Language,
        page::{Keyset, Page, PageRequest},
    },
    training::{
        batch::{
            read::{self as batch_read, BatchPlan},
            view::{Batch, BatchId},
        },
        warning::Warning,
    },
};

/// What to narrow a list of enrolments by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "EnrolmentFilter")]
#[into_params(parameter_in = Query)]
pub struct EnrolmentFilter {
    /// Only those in this batch.
    #[param(value_type = Option<String>, format = "uuid")]
    pub batch_id: Option<BatchId>,
    /// Only those of this person.
    #[param(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
    /// Only those of persons who were at this school when they applied.
    #[param(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// Only those of persons who were in this region, or one below it, when they applied.
    #[param(example = "32.73")]
    pub region_code: Option<String>,
    /// Only those that stand here.
    pub status: Option<EnrolmentStatus>,
}

/// What to narrow the roster of a batch by.
#[derive(Debug, Clone, Default, Deserialize, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "RosterFilter")]
pub struct RosterFilter {
    /// Only those that stand here.
    pub status: Option<EnrolmentStatus>,
}

/// What comes along with enrolments, each in one further statement for the whole page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EnrolmentPlan {
    /// The person.
    pub person: bool,
    /// The batch, with what comes along with it.
    pub batch: Option<BatchPlan>,
}

/// A row with the name of its person, in one statement.
#[derive(FromQueryResult)]
pub(super) struct Named {
    /// The row.
    #[sea_orm(nested)]
    pub row: Model,
    /// The name.
    pub person_name: String,
}

/// `select` with the person's name beside each row.
pub(super) fn with_name(select: Select<Entity>) -> Select<Entity> {
    select.join(JoinType::InnerJoin, Relation::Person.def()).column_as(person::Column::Name, "person_name")
}

async fn select(ctx: &Ctx, filter: &EnrolmentFilter) -> Result<Select<Entity>> {
    let mut select = scope::enrolments(&ctx.actor)?;
    if let Some(id) = filter.batch_id {
        select = select.filter(Column::BatchId.eq(id.uuid()));
    }
    if let Some(id) = filter.person_id {
        // Enrolments moved along when the record was merged into another.
        select = select.filter(Column::PersonId.eq(merged::resolve(ctx.db(), id.uuid()).await?));
    }
    if let Some(id) = filter.school_id {
        select = select.filter(Column::SchoolId.eq(id.uuid()));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::region_within((Entity, Column::RegionCode), code));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// Notes whose enrolment is shown.
fn seen(ctx: &Ctx, row: &Enrolment) {
    ctx.looks.note(row.person_id.uuid(), OAuthScope::TrainingsRead, ["personName"]);
}

/// A page of enrolments in the order of their applications.
pub async fn list(
    ctx: &Ctx,
    filter: &EnrolmentFilter,
    plan: EnrolmentPlan,
    page: &PageRequest,
) -> Result<Page<Enrolment>> {
    let columns = [(Entity, Column::AppliedAt), (Entity, Column::Id)];
    let by_application = Keyset::new("enrolments", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter).await?;
    let walk = by_application.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx, query, plan).await?;
    let page = walk.page(ctx.db(), rows, |row| (row.applied_at, row.id.uuid())).await?;
    page.rows.iter().for_each(|(_, row)| seen(ctx, row));
    Ok(page)
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &EnrolmentFilter) -> Result<u64> {
    Ok(select(ctx, filter).await?.count(ctx.db()).await?)
}

/// A page of the enrolments of a batch, within the caller's reach.
///
/// # Errors
/// `not_found` for a batch that the caller does not see.
pub async fn roster(
    ctx: &Ctx,
    batch: BatchId,
    filter: &RosterFilter,
    plan: EnrolmentPlan,
    page: &PageRequest,
) -> Result<Page<Enrolment>> {
    list(ctx, &roster_filter(ctx, batch, filter).await?, plan, page).await
}

/// How many [`roster`] has in all.
///
/// # Errors
/// As [`roster`].
pub async fn count_roster(ctx: &Ctx, batch: BatchId, filter: &RosterFilter) -> Result<u64> {
    count(ctx, &roster_filter(ctx, batch, filter).await?).await
}

async fn roster_filter(ctx: &Ctx, id: BatchId, filter: &RosterFilter) -> Result<EnrolmentFilter> {
    ctx.actor.require_role_for(Action::EnrolmentRead)?;
    let seen = scope::batches(&ctx.actor).filter(batch::Column::Id.eq(id.uuid()));
    if seen.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("batch"));
    }
    Ok(EnrolmentFilter { batch_id: Some(id), status: filter.status, ..EnrolmentFilter::default() })
}

/// The enrolments with these ids, in no order; those outside the caller's reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[EnrolmentId], plan: EnrolmentPlan) -> Result<Vec<Enrolment>> {
    let ids = ids.iter().map(|id| id.uuid());
    let found = fetch(ctx, scope::enrolments(&ctx.actor)?.filter(Column::Id.is_in(ids)), plan).await?;
    found.iter().for_each(|row| seen(ctx, row));
    Ok(found)
}

/// One enrolment with its place on the waiting list and what should be known of it, or nothing.
pub async fn find_opt(ctx: &Ctx, id: EnrolmentId, plan: EnrolmentPlan) -> Result<Option<Enrolment>> {
    let Some(mut found) = by_ids(ctx, &[id], plan).await?.pop() else { return Ok(None) };
    if found.status == EnrolmentStatus::Waitlisted
        && let Some(batch) = batch::Entity::find_by_id(found.batch_id.uuid()).one(ctx.db()).await?
    {
        let (key, today) = ((found.applied_at, id.uuid()), ctx.now().date_naive());
        found.waitlist_position = standing::waitlist_position(ctx.db(), &batch, key, today).await?;
    }
    let kind = person::Entity::find_by_id(found.person_id.uuid()).select_only().column(person::Column::Kind);
    if let Some(kind) = kind.into_tuple::<String>().one(ctx.db()).await? {
        found.warnings = warnings(ctx.db(), found.batch_id.uuid(), &kind, ctx.language).await?;
    }
    Ok(Some(found))
}

/// What applicant and provider should know of an enrolment of a person of `kind` in a batch.
pub(super) async fn warnings(
    db: &impl ConnectionTrait,
    batch: Uuid,
    kind: &str,
    language: Language,
) -> Result<Vec<Warning>> {
    let program = record::program_of(db, batch).await?;
    let audience: Vec<PersonKind> =
        serde_json::from_value(program.audience).map_err(|e| Error::internal("program.audience", e))?;
    let kind = PersonKind::parse(kind).map_err(|f| Error::internal("person.kind", f.code))?;
    let told = rule::audience_warning(&audience, kind);
    Ok(told.iter().map(|fault| Warning::of(fault, language)).collect())
}

/// That nobody is taught by themselves: `person`, who shall teach in a batch, has no live enrolment in it.
///
/// # Errors
/// `participant_of_batch`.
pub(in crate::training) async fn require_no_participant(
    db: &impl ConnectionTrait,
    batch: Uuid,
    person: Uuid,
) -> Result<()> {
    let gone = EnrolmentStatus::ALL.iter().copied().filter(|status| !status.is_live());
    let live = Entity::find()
        .filter(Column::BatchId.eq(batch))
        .filter(Column::PersonId.eq(person))
        .filter(Column::Status.is_not_in(gone));
    if live.count(db).await? == 0 { Ok(()) } else { Err(Error::conflict("participant_of_batch")) }
}

/// One enrolment.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: EnrolmentId, plan: EnrolmentPlan) -> Result<Enrolment> {
    find_opt(ctx, id, plan).await?.ok_or(Error::NotFound("enrolment"))
}

/// The enrolments of `query` in its order, with what the plan wants: one statement, and one more
/// each for persons and batches. Both are read through their own scope.
async fn fetch(ctx: &Ctx, query: Select<Entity>, plan: EnrolmentPlan) -> Result<Vec<Enrolment>> {
    let rows = with_name(query).into_model::<Named>().all(ctx.db()).await?;
    let mut found: Vec<Enrolment> =
        rows.into_iter().map(|n| Enrolment::of(n.row, n.person_name)).collect::<Result<_>>()?;
    if plan.person {
        let ids: HashSet<PersonId> = found.iter().map(|e| e.person_id).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let persons = person_read::by_ids(ctx, &ids, PersonPlan::default()).await?;
        let persons: HashMap<PersonId, Person> = persons.into_iter().map(|p| (p.id, p)).collect();
        for row in &mut found {
            row.joined_person = Some(persons.get(&row.person_id).cloned().map(Box::new));
        }
    }
    if let Some(along) = plan.batch {
        let ids: HashSet<BatchId> = found.iter().map(|e| e.batch_id).collect();
        let ids: Vec<BatchId> = ids.into_iter().collect();
        let batches = batch_read::by_ids(ctx, &ids, along).await?;
        let batches: HashMap<BatchId, Batch> = batches.into_iter().map(|b| (b.id, b)).collect();
        for row in &mut found {
            row.joined_batch = batches.get(&row.batch_id).cloned().map(Box::new);
        }
    }
    Ok(found)
}
