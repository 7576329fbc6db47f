//! Finding communities. A page of them, with what the view counts and what a plan brings along, is one
//! statement; the schools of the clusters among them are one more.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    activity,
    community::{Column, Entity, Model, Relation},
    community_school, membership, region, school,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, Iterable, JoinType, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    area,
    quiet::{self, Dormancy, Known},
    rule::{CommunityAnchor, CommunityKind, Openness, subject},
    state::CommunityStatus,
    view::{Community, CommunityId, Surroundings},
};
use crate::{
    access::{actor::Actor, context::Ctx, scope},
    directory::{
        region::view::Region,
        school::{
            rule::SchoolLevel,
            view::{School, SchoolId},
        },
    },
    foundation::{
        dates,
        error::{Error, Fault, Result},
        page::{Keyset, Page, PageRequest},
        prefix,
    },
};

/// What to narrow a list of communities by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "CommunityFilter")]
#[into_params(parameter_in = Query)]
pub struct CommunityFilter {
    /// Only this sort.
    pub kind: Option<CommunityKind>,
    /// Only those of this subject; small and capital letters are the same.
    #[param(example = "Matematika", max_length = 60)]
    pub subject: Option<String>,
    /// Only those of schools of this level.
    pub level: Option<SchoolLevel>,
    /// Only those of this region or one below it.
    #[param(example = "33.23", max_length = 8)]
    pub region_code: Option<String>,
    /// Only those that one joins in this way.
    pub openness: Option<Openness>,
    /// Only those that stand here.
    pub status: Option<CommunityStatus>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "kkg", max_length = 100)]
    pub q: Option<String>,
    /// Only those that somebody of this school could join: of the school, of a cluster it is in, and of its
    /// district, regency or province, as far as they are meant for its level. Closed ones are left out.
    #[param(value_type = Option<String>, format = "uuid")]
    pub near_school_id: Option<SchoolId>,
    /// Only those with a planned activity that starts between now and this instant.
    #[param(example = "2026-12-31T00:00:00Z")]
    pub meets_before: Option<DateTime<Utc>>,
}

/// What a caller wants along with each community.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CommunityPlan {
    /// Its region.
    pub region: bool,
    /// Its school.
    pub school: bool,
}

impl CommunityPlan {
    /// What either plan wants.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self { region: self.region || other.region, school: self.school || other.school }
    }
}

async fn select(ctx: &Ctx, filter: &CommunityFilter) -> Result<Select<Entity>> {
    let mut select = scope::communities(&ctx.actor)?;
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(raw) = &filter.subject {
        let wanted = subject(raw).map_err(under("/subject"))?;
        select = select.filter(prefix::equals((Entity, Column::Subject), &wanted));
    }
    if let Some(level) = filter.level {
        select = select.filter(Column::Level.eq(level));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::region_within((Entity, Column::RegionCode), code));
    }
    if let Some(openness) = filter.openness {
        select = select.filter(Column::Openness.eq(openness));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    if let Some(q) = &filter.q {
        select = select.filter(prefix::starts_with((Entity, Column::Name), q)?);
    }
    if let Some(before) = filter.meets_before {
        let before = dates::instant(before).map_err(under("/meetsBefore"))?;
        select = select.filter(Column::Id.in_subquery(meeting(ctx.now(), before)));
    }
    if let Some(id) = filter.near_school_id {
        select = select.filter(near(ctx, id).await?);
    }
    Ok(select)
}

fn under(pointer: &'static str) -> impl Fn(Fault) -> Error {
    move |fault| Error::Invalid(vec![Fault { pointer: pointer.to_owned(), ..fault }])
}

/// The communities with a planned activity that starts from `now` on and before an instant.
fn meeting(now: DateTime<Utc>, before: DateTime<Utc>) -> SelectStatement {
    activity::Entity::find()
        .select_only()
        .column(activity::Column::CommunityId)
        .filter(activity::Column::StartsAt.gte(now))
        .filter(activity::Column::StartsAt.lt(before))
        .filter(activity::Column::Status.eq("planned"))
        .into_query()
}

/// What somebody of this school could join.
async fn near(ctx: &Ctx, id: SchoolId) -> Result<Condition> {
    let school = scope::schools().filter(school::Column::Id.eq(id.uuid())).one(ctx.db()).await?;
    let school = school.ok_or_else(|| Error::invalid("/nearSchoolId", "reference_unknown"))?;
    let level = SchoolLevel::parse(&school.level).map_err(|f| Error::internal("school.level", f.code))?;
    let kinds = CommunityKind::ALL.iter().copied().filter(|kind| kind.serves(level));
    let clusters = community_school::Entity::find()
        .select_only()
        .column(community_school::Column::CommunityId)
        .filter(community_school::Column::SchoolId.eq(school.id))
        .into_query();
    let around = Condition::all()
        .add(Column::Anchor.eq(CommunityAnchor::Region))
        .add(Column::RegionCode.is_in(area::upwards(&school.region_code)))
        .add(Column::Kind.is_in(kinds))
        .add(Condition::any().add(Column::Level.is_null()).add(Column::Level.eq(level)));
    let any = Condition::any()
        .add(Column::SchoolId.eq(school.id))
        .add(Column::Id.in_subquery(clusters))
        .add(around);
    Ok(Condition::all().add(Column::Status.ne(CommunityStatus::Closed)).add(any))
}

/// A page of communities by name.
///
/// # Errors
/// `unauthenticated`; `forbidden`; `Invalid` for a filter that is none.
pub async fn list(
    ctx: &Ctx,
    filter: &CommunityFilter,
    plan: CommunityPlan,
    page: &PageRequest,
) -> Result<Page<Community>> {
    let columns = [(Entity, Column::Name), (Entity, Column::Id)];
    let by_name = Keyset::new("communities", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter).await?;
    let walk = by_name.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx.db(), &ctx.actor, ctx.now(), query, plan).await?;
    walk.page(ctx.db(), rows, |row| (row.name.clone(), row.id.uuid())).await
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &CommunityFilter) -> Result<u64> {
    Ok(select(ctx, filter).await?.count(ctx.db()).await?)
}

/// The communities with these ids, in no order; those that are not there are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[CommunityId], plan: CommunityPlan) -> Result<Vec<Community>> {
    let ids = ids.iter().map(|id| id.uuid());
    let some = scope::communities(&ctx.actor)?.filter(Column::Id.is_in(ids));
    fetch(ctx.db(), &ctx.actor, ctx.now(), some, plan).await
}

/// One community, or nothing.
pub async fn find_opt(ctx: &Ctx, id: CommunityId, plan: CommunityPlan) -> Result<Option<Community>> {
    Ok(by_ids(ctx, &[id], plan).await?.pop())
}

/// One community.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: CommunityId, plan: CommunityPlan) -> Result<Community> {
    find_opt(ctx, id, plan).await?.ok_or(Error::NotFound("community"))
}

/// That the community is there and the caller may know of it.
///
/// # Errors
/// `not_found`.
pub async fn require(ctx: &Ctx, id: CommunityId) -> Result<()> {
    let seen = scope::communities(&ctx.actor)?.filter(Column::Id.eq(id.uuid()));
    if seen.count(ctx.db()).await? == 0 { Err(Error::NotFound("community")) } else { Ok(()) }
}

/// Up to `limit` active communities after the id `after` that may have gone quiet, in the order of their ids,
/// each with whether it has. Those that were at work in the last days are left out before.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn silent(ctx: &Ctx, after: Option<Uuid>, limit: u64) -> Result<Vec<(CommunityId, bool)>> {
    let now = ctx.now();
    // Nobody is quiet sooner: the shortest cadence is a day.
    let lately = now - TimeDelta::days(i64::from(quiet::CADENCES));
    let mut select = scope::communities(&ctx.actor)?
        .filter(Column::Status.eq(CommunityStatus::Active))
        .filter(Column::StatusSince.lte(lately))
        .filter(Condition::any().add(Column::LastHeldAt.is_null()).add(Column::LastHeldAt.lte(lately)))
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after));
    }
    let known = |row: &Model| Known {
        status: CommunityStatus::Active,
        status_since: row.status_since,
        last_held_at: row.last_held_at,
        cadence_days: row.cadence_days,
    };
    let rows = select.all(ctx.db()).await?;
    let quiet = |row: &Model| Dormancy::of(known(row), now).is_some_and(|dormancy| dormancy.is_quiet);
    Ok(rows.iter().map(|row| (row.id.into(), quiet(row))).collect())
}

/// The view of a community that a command has just changed under its lock.
///
/// # Errors
/// `internal` when it is missing.
pub async fn view_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    now: DateTime<Utc>,
    id: Uuid,
) -> Result<Community> {
    fetch(db, actor, now, Entity::find_by_id(id), CommunityPlan::default())
        .await?
        .pop()
        .ok_or_else(|| Error::internal("read a community back", format!("{id} is missing")))
}

async fn fetch(
    db: &impl ConnectionTrait,
    actor: &Actor,
    now: DateTime<Utc>,
    query: Select<Entity>,
    plan: CommunityPlan,
) -> Result<Vec<Community>> {
    let scalar = |select: SelectStatement| Expr::SubQuery(None, Box::new(select.into()));
    let mut query = query
        .expr_as(scalar(member_count()), "member_count")
        .expr_as(scalar(next_meeting(now)), "next_meeting_at");
    if plan.school {
        query = query.join(JoinType::LeftJoin, Relation::School.def());
        query = with_columns(query, school::Column::iter(), SCHOOL);
    }
    if plan.region {
        query = query.join(JoinType::InnerJoin, Relation::Region.def());
        query = with_columns(query, region::Column::iter(), REGION);
    }
    let rows = db.query_all(&query.into_query()).await?;
    let mut found = rows.iter().map(|row| community(row, actor, now, plan)).collect::<Result<Vec<_>>>()?;
    with_clusters(db, &mut found).await?;
    Ok(found)
}

const SCHOOL: &str = "s_";
const REGION: &str = "r_";

fn with_columns<C: ColumnTrait>(
    query: Select<Entity>,
    columns: impl Iterator<Item = C>,
    prefix: &str,
) -> Select<Entity> {
    columns.fold(query, |query, column| query.column_as(column, format!("{prefix}{}", column.as_str())))
}

/// The number of members of the community of the surrounding statement.
fn member_count() -> SelectStatement {
    membership::Entity::find()
        .select_only()
        .expr(membership::Column::Id.count())
        .filter(Expr::col((membership::Entity, membership::Column::CommunityId)).equals((Entity, Column::Id)))
        .filter(membership::Column::Status.eq("active"))
        .into_query()
}

/// The start of the next planned activity of the community of the surrounding statement.
fn next_meeting(now: DateTime<Utc>) -> SelectStatement {
    activity::Entity::find()
        .select_only()
        .expr(activity::Column::StartsAt.min())
        .filter(Expr::col((activity::Entity, activity::Column::CommunityId)).equals((Entity, Column::Id)))
        .filter(activity::Column::StartsAt.gte(now))
        .filter(activity::Column::Status.eq("planned"))
        .into_query()
}

fn community(row: &QueryResult, actor: &Actor, now: DateTime<Utc>, plan: CommunityPlan) -> Result<Community> {
    let around = Surroundings {
        member_count: row.try_get("", "member_count")?,
        next_meeting_at: row.try_get("", "next_meeting_at")?,
    };
    let mut community = Community::of(Model::from_query_result(row, "")?, around, now)?;
    if plan.school && community.school_id.is_some() {
        let school = School::seen_by(actor, school::Model::from_query_result(row, SCHOOL)?)?;
        community.joined_school = Some(Box::new(school));
    }
    if plan.region {
        let region = Region::try_from(region::Model::from_query_result(row, REGION)?)?;
        community.joined_region = Some(Box::new(region));
    }
    Ok(community)
}

/// Gives the clusters among these their schools; no statement where there is none.
async fn with_clusters(db: &impl ConnectionTrait, found: &mut [Community]) -> Result<()> {
    let clusters = found.iter().filter(|community| community.anchor == CommunityAnchor::Cluster);
    let ids: Vec<Uuid> = clusters.map(|community| community.id.uuid()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let rows = community_school::Entity::find()
        .filter(community_school::Column::CommunityId.is_in(ids))
        .order_by_asc(community_school::Column::SchoolId)
        .all(db)
        .await?;
    let mut schools: HashMap<Uuid, Vec<SchoolId>> = HashMap::new();
    for row in rows {
        schools.entry(row.community_id).or_default().push(row.school_id.into());
    }
    for community in found {
        community.school_ids = schools.remove(&community.id.uuid()).unwrap_or_default();
    }
    Ok(())
}
