//! Finding sessions, and who teaches them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    batch, person,
    session::{Column, Entity, Model},
    session_teacher,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::{
    rule::{SessionTimes, SessionZone},
    view::{Session, SessionId, SessionTeacher},
};
use crate::{
    access::{action::Action, context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
    training::{batch::view::BatchId, enrolment::completion::SessionsToCome},
};

/// The most sessions a batch may have.
pub const MAX_SESSIONS: u64 = 100;

/// A page of a batch's sessions by start.
///
/// # Errors
/// `not_found` when the batch is absent or outside the caller's reach.
pub async fn list(ctx: &Ctx, batch: BatchId, page: &PageRequest) -> Result<Page<Session>> {
    require_batch(ctx, batch).await?;
    let columns = [(Entity, Column::StartsAt), (Entity, Column::Id)];
    let by_start = Keyset::new("sessions", columns, Order::Asc)?.over(&batch)?;
    let mut query = of_batch(ctx, batch);
    let walk = by_start.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx, query).await?;
    walk.page(ctx.db(), rows, |row| (row.starts_at, row.id.uuid())).await
}

/// How many sessions a batch has.
pub async fn count(ctx: &Ctx, batch: BatchId) -> Result<u64> {
    Ok(of_batch(ctx, batch).count(ctx.db()).await?)
}

fn of_batch(ctx: &Ctx, batch: BatchId) -> Select<Entity> {
    scope::sessions(&ctx.actor).filter(Column::BatchId.eq(batch.uuid()))
}

async fn require_batch(ctx: &Ctx, batch: BatchId) -> Result<()> {
    let seen = scope::batches(&ctx.actor).filter(batch::Column::Id.eq(batch.uuid()));
    if seen.count(ctx.db()).await? == 0 { Err(Error::NotFound("batch")) } else { Ok(()) }
}

/// The sessions of each of these batches, by start; batches without any are left out.
pub async fn of_batches(ctx: &Ctx, batches: &[BatchId]) -> Result<HashMap<BatchId, Vec<Session>>> {
    let ids = batches.iter().map(|id| id.uuid());
    let query = scope::sessions(&ctx.actor)
        .filter(Column::BatchId.is_in(ids))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id);
    let mut found: HashMap<BatchId, Vec<Session>> = HashMap::new();
    for session in fetch(ctx, query).await? {
        found.entry(session.batch_id).or_default().push(session);
    }
    Ok(found)
}

/// The sessions with these ids, in no order; those out of reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[SessionId]) -> Result<Vec<Session>> {
    let ids = ids.iter().map(|id| id.uuid());
    fetch(ctx, scope::sessions(&ctx.actor).filter(Column::Id.is_in(ids))).await
}

/// One session, or nothing.
pub async fn find_opt(ctx: &Ctx, id: SessionId) -> Result<Option<Session>> {
    Ok(by_ids(ctx, &[id]).await?.pop())
}

/// One session.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: SessionId) -> Result<Session> {
    find_opt(ctx, id).await?.ok_or(Error::NotFound("session"))
}

async fn fetch(ctx: &Ctx, query: Select<Entity>) -> Result<Vec<Session>> {
    let rows = query.all(ctx.db()).await?;
    if !ctx.actor.may(Action::ResourcePersonRead) {
        return Ok(rows.into_iter().map(|row| Session::of(row, Vec::new())).collect());
    }
    with_teachers(ctx.db(), rows).await
}

/// The views of rows, each with those who teach it; one statement for all of them.
pub(super) async fn with_teachers(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<Session>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut teachers: HashMap<Uuid, Vec<SessionTeacher>> = HashMap::new();
    if !ids.is_empty() {
        for row in taught_by(db, ids).await? {
            teachers.entry(row.session_id).or_default().push(SessionTeacher {
                resource_person_id: row.resource_person_id.into(),
                name: row.name,
                minutes: row.minutes,
                term: row.term,
            });
        }
    }
    let view = |row: Model| {
        let teachers = teachers.remove(&row.id).unwrap_or_default();
        Session::of(row, teachers)
    };
    Ok(rows.into_iter().map(view).collect())
}

#[derive(FromQueryResult)]
struct Taught {
    session_id: Uuid,
    resource_person_id: Uuid,
    name: String,
    minutes: i32,
    term: String,
}

async fn taught_by(db: &impl ConnectionTrait, sessions: Vec<Uuid>) -> Result<Vec<Taught>> {
    let rows = session_teacher::Entity::find()
        .select_only()
        .columns([
            session_teacher::Column::SessionId,
            session_teacher::Column::ResourcePersonId,
            session_teacher::Column::Minutes,
            session_teacher::Column::Term,
        ])
        .column(person::Column::Name)
        .join(JoinType::InnerJoin, session_teacher::Relation::Person.def())
        .filter(session_teacher::Column::SessionId.is_in(sessions))
        .order_by_asc(person::Column::Name)
        .order_by_asc(session_teacher::Column::ResourcePersonId)
        .into_model::<Taught>();
    Ok(rows.all(db).await?)
}

/// The sessions of a batch that have not ended at `now`: how many, from when, until when.
pub async fn sessions_to_come(
    db: &impl ConnectionTrait,
    batch: Uuid,
    now: DateTime<Utc>,
) -> Result<SessionsToCome> {
    type Found = (i64, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
    let found: Option<Found> = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "sessions")
        .column_as(Column::StartsAt.min(), "next")
        .column_as(Column::EndsAt.max(), "until")
        .filter(Column::BatchId.eq(batch))
        .filter(Column::EndsAt.gt(now))
        .into_tuple()
        .one(db)
        .await?;
    let (count, next, until) = found.unwrap_or_default();
    Ok(SessionsToCome { count, next, until })
}

/// When a session takes place, as the rules look at it.
///
/// # Errors
/// `internal` when the column holds a zone that no rule knows.
pub fn times(row: &Model) -> Result<SessionTimes> {
    let zone = SessionZone::parse(&row.timezone).map_err(|f| Error::internal("session.timezone", f.code))?;
    Ok(SessionTimes { starts_at: row.starts_at, ends_at: row.ends_at, zone })
}
