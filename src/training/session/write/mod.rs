//! Changing sessions. Each command locks the batch, then the session, then whoever teaches it.

mod assign;
mod load;
mod plan;
mod update;

pub use assign::{AssignSessionTeacher, UnassignSessionTeacher};
pub use plan::{CreateSession, DeleteSession};
pub use update::UpdateSession;

use entity::{
    attendance, batch, enrolment, resource_person,
    session::{ActiveModel, Column, Model},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    clash, gate, lessons, read, rule,
    view::{Session, SessionId},
};
use crate::{
    access::{actor::Permit, context::Work, scope},
    foundation::{
        error::{Error, Fault, Result},
        event::Event,
    },
    training::{
        batch::{
            lock::{lock_owner, status},
            state::BatchStatus,
        },
        enrolment::rule::EnrolmentStatus,
    },
};

/// A session and its batch, both locked.
struct Locked {
    batch: batch::Model,
    row: Model,
}

async fn lock(work: &Work<'_>, id: SessionId) -> Result<Locked> {
    let seen = scope::sessions(work.actor).filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::BatchId).into_tuple().one(work.db()).await?;
    let batch = lock_owner(work, of.ok_or(Error::NotFound("session"))?).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("session"))?;
    Ok(Locked { batch, row })
}

/// Holds resource persons still, so that nobody else adds to their ledger meanwhile. In the order of
/// their ids, so that two transactions do not wait for each other.
async fn lock_resource_persons(work: &Work<'_>, ids: Vec<Uuid>) -> Result<Vec<resource_person::Model>> {
    let rows = resource_person::Entity::find()
        .filter(resource_person::Column::Id.is_in(ids))
        .order_by_asc(resource_person::Column::Id)
        .lock_exclusive();
    Ok(rows.all(work.db()).await?)
}

async fn has_attendance(work: &Work<'_>, session: Uuid) -> Result<bool> {
    let recorded = attendance::Entity::find().filter(attendance::Column::SessionId.eq(session));
    Ok(recorded.count(work.db()).await? > 0)
}

/// Refuses to change the minutes of a batch by which completions were decided.
async fn require_undecided(work: &Work<'_>, batch: &batch::Model) -> Result<()> {
    let decided = enrolment::Entity::find()
        .filter(enrolment::Column::BatchId.eq(batch.id))
        .filter(enrolment::Column::Status.is_in([EnrolmentStatus::Completed, EnrolmentStatus::NotCompleted]));
    rule::require_undecided(decided.count(work.db()).await?)
}

/// What a provider should know about a session that was just planned or changed: whose lessons it takes,
/// whether schools of the place usually teach then (in a draft nobody has enrolled), and whether a batch
/// that is being taught lacks somebody for it.
async fn notices(work: &Work<'_>, batch: &batch::Model, row: &Model) -> Result<Vec<Fault>> {
    let (db, rows) = (work.db(), std::slice::from_ref(row));
    let clash = clash::warning(db, batch.id, rows).await?;
    let special = match status(batch)? {
        BatchStatus::Draft => lessons::warning(db, &batch.region_code, rows).await?,
        BatchStatus::Running => gate::fault(gate::untaught(db, batch, rows, work.now()).await?),
        _ => None,
    };
    Ok(clash.into_iter().chain(special).collect())
}

async fn update(work: &Work<'_>, _: &Permit, found: &Model, mut change: ActiveModel) -> Result<Model> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    work.save(found, change).await
}

async fn view(work: &Work<'_>, row: Model) -> Result<Session> {
    let id = row.id;
    let made = read::with_teachers(work.db(), vec![row]).await?.pop();
    made.ok_or_else(|| Error::internal("read a session back", format!("{id} is missing")))
}

/// Tells of a change to a session, with what `more` adds.
async fn announce(
    work: &Work<'_>,
    kind: &'static str,
    batch: &batch::Model,
    row: &Model,
    more: Value,
) -> Result<()> {
    work.emit(happened(kind, batch, row, more)).await?;
    Ok(())
}

/// What is told of a change to a session, with what `more` adds.
pub(in crate::training) fn happened(
    kind: &'static str,
    batch: &batch::Model,
    row: &Model,
    more: Value,
) -> Event {
    let mut payload = json!({
        "batchId": row.batch_id,
        "title": row.title,
        "startsAt": row.starts_at,
        "endsAt": row.ends_at,
    });
    if let (Some(payload), Value::Object(more)) = (payload.as_object_mut(), more) {
        payload.extend(more);
    }
    Event::new(kind, "session", row.id, row.version).in_region(Some(batch.region_code.clone())).with(payload)
}
