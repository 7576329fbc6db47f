//! Finding who was at an activity.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    activity_attendance::{Column, Entity, Model, Relation},
    person, school,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter,
    QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::view::ActivityAttendance;
use crate::{
    access::{action::Action, context::Ctx, oauth_scope::OAuthScope, scope},
    community::activity::{read, rule::AttendanceMethod, view::ActivityId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
    },
};

#[derive(FromQueryResult)]
struct Named {
    #[sea_orm(nested)]
    row: Model,
    person_name: String,
    school_id: Option<Uuid>,
    school_name: Option<String>,
}

impl TryFrom<Named> for ActivityAttendance {
    type Error = Error;

    fn try_from(named: Named) -> Result<Self> {
        let row = named.row;
        Ok(Self {
            activity_id: row.activity_id.into(),
            person_id: row.person_id.into(),
            person_name: named.person_name,
            school_id: named.school_id.map(Into::into),
            school_name: named.school_name,
            minutes: row.minutes,
            method: AttendanceMethod::parse(&row.method)
                .map_err(|f| Error::internal("activity_attendance.method", f.code))?,
            observed_at: row.observed_at,
            recorded_at: row.recorded_at,
        })
    }
}

/// Each row with the names of the person and of their school.
fn named(rows: Select<Entity>) -> Select<Entity> {
    rows.join(JoinType::InnerJoin, Relation::Person.def())
        .join(JoinType::LeftJoin, person::Relation::School.def())
        .column_as(person::Column::Name, "person_name")
        .column_as(person::Column::SchoolId, "school_id")
        .column_as(school::Column::Name, "school_name")
}

fn of_activity(ctx: &Ctx, id: ActivityId) -> Result<Select<Entity>> {
    Ok(scope::activity_attendances(&ctx.actor)?.filter(Column::ActivityId.eq(id.uuid())))
}

/// A page of who was at an activity, in the order in which it was recorded.
///
/// # Errors
/// `not_found` for an activity out of reach, `forbidden` when no role of the caller reads attendance.
pub async fn list(ctx: &Ctx, id: ActivityId, page: &PageRequest) -> Result<Page<ActivityAttendance>> {
    ctx.actor.require_token()?;
    let columns = [(Entity, Column::RecordedAt), (Entity, Column::PersonId)];
    let by_record = Keyset::new("activity attendance", columns, Order::Asc)?.over(&id)?;
    let mut query = named(of_activity(ctx, id)?);
    let walk = by_record.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.into_model::<Named>().all(ctx.db()).await?;
    if rows.is_empty() {
        read::find(ctx, id).await?;
    }
    let page = walk.page(ctx.db(), rows, |n| (n.row.recorded_at, n.row.person_id)).await?;
    let page = page.try_map(ActivityAttendance::try_from)?;
    seen(ctx, page.rows.iter().map(|(_, row)| row));
    Ok(page)
}

/// Notes who is shown to whoever looks after communities; members were there together.
fn seen<'a>(ctx: &Ctx, shown: impl IntoIterator<Item = &'a ActivityAttendance>) {
    if ctx.actor.by_office(Action::ActivityAttendanceRead) {
        for row in shown {
            let fields = ["personName", "schoolName", "minutes"];
            ctx.looks.note(row.person_id.uuid(), OAuthScope::CommunitiesRead, fields);
        }
    }
}

/// How many were at an activity, within the caller's reach.
///
/// # Errors
/// `forbidden` when no role of the caller reads attendance.
pub async fn count(ctx: &Ctx, id: ActivityId) -> Result<u64> {
    Ok(of_activity(ctx, id)?.count(ctx.db()).await?)
}

/// The first `limit` who were recorded at each of these activities: one statement for all of them.
/// Activities with nobody within the caller's reach are left out.
///
/// # Errors
/// `forbidden` when no role of the caller reads attendance.
pub async fn first_of(
    ctx: &Ctx,
    ids: &[ActivityId],
    limit: u64,
) -> Result<HashMap<ActivityId, Vec<ActivityAttendance>>> {
    let ids = ids.iter().map(|id| id.uuid());
    let within = scope::activity_attendances(&ctx.actor)?.filter(Column::ActivityId.is_in(ids));
    let first = first_of_each(within, Column::ActivityId, &[(Column::RecordedAt, Order::Asc)], limit);
    let rows = named(first).into_model::<Named>().all(ctx.db()).await?;
    let rows = rows.into_iter().map(ActivityAttendance::try_from).collect::<Result<Vec<_>>>()?;
    seen(ctx, &rows);
    Ok(by_parent(rows, |one: &ActivityAttendance| one.activity_id))
}

/// What is recorded of one person at one activity; nothing when they are not on the list.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn of_person(
    db: &impl ConnectionTrait,
    activity: Uuid,
    person: Uuid,
) -> Result<Option<ActivityAttendance>> {
    let one = Entity::find().filter(Column::ActivityId.eq(activity)).filter(Column::PersonId.eq(person));
    named(one).into_model::<Named>().one(db).await?.map(ActivityAttendance::try_from).transpose()
}
