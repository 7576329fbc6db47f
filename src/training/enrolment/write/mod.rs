//! Changing enrolments. Each command locks the batch, then the enrolment; asks for a
//! permit; lets the rule decide; takes its step; and tells of it last.

mod apply;
mod assess;
mod bulk;
mod decide;
mod select;

pub use apply::{ApplyEnrolment, ApplyEnrolmentInput, ReapplyEnrolment};
pub use assess::{
    CompleteEnrolment, ReopenEnrolment, ReopenEnrolmentInput, ScoreEnrolment, ScoreEnrolmentInput,
};
pub use bulk::CompleteBatch;
pub use decide::{
    AcceptEnrolment, RejectEnrolment, RejectEnrolmentInput, WaitlistEnrolment, WithdrawEnrolment,
    WithdrawEnrolmentInput,
};
pub use select::SelectBatch;
pub(in crate::training) use select::promote_waiting;

use entity::{
    batch,
    enrolment::{ActiveModel, Column, Model},
    person, session, session_teacher,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, JoinType, QueryFilter, QuerySelect,
    RelationTrait,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    rule::EnrolmentStatus,
    standing,
    view::{Enrolment, EnrolmentId, status},
};
use crate::{
    access::{
        action::Action,
        actor::{Held, Permit, Place},
        context::Work,
        scope,
    },
    foundation::{
        error::{Error, Result},
        event::Event,
        text::Reason,
    },
    training::batch::{lock::lock_owner, seats},
};

/// Rows of one statement that changes many.
const CHUNK: usize = 500;

/// An enrolment and its batch, both locked.
struct Locked {
    batch: batch::Model,
    row: Model,
    status: EnrolmentStatus,
}

/// Locks the batch, then the enrolment.
async fn lock(work: &Work<'_>, id: EnrolmentId) -> Result<Locked> {
    let seen = scope::enrolments(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::BatchId).into_tuple().one(work.db()).await?;
    let batch = lock_owner(work, of.ok_or(Error::NotFound("enrolment"))?).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("enrolment"))?;
    Ok(Locked { batch, status: status(&row)?, row })
}

/// Where an enrolment belongs, as far as `action` asks.
async fn place(work: &Work<'_>, action: Action, locked: &Locked) -> Result<Place> {
    let by_teaching = work.actor.reaches(action).iter().any(|held| matches!(held, Held::Taught(_)));
    let taught_by = if by_teaching { teachers(work, locked.batch.id).await? } else { Vec::new() };
    Ok(Place {
        region: locked.row.region_code.clone(),
        organisation: Some(locked.batch.provider_id),
        school: locked.row.school_id,
        person: Some(locked.row.person_id),
        taught_by,
        ..Place::default()
    })
}

/// The persons who teach in a batch.
async fn teachers(work: &Work<'_>, batch: Uuid) -> Result<Vec<Uuid>> {
    let teachers = session_teacher::Entity::find()
        .select_only()
        .column(session_teacher::Column::PersonId)
        .distinct()
        .join(JoinType::InnerJoin, session_teacher::Relation::Session.def())
        .filter(session::Column::BatchId.eq(batch))
        .into_tuple();
    Ok(teachers.all(work.db()).await?)
}

/// The reason of an input.
fn reason(raw: &str) -> Result<Reason> {
    Reason::parse(raw).map_err(|mut fault| {
        fault.pointer = "/reason".to_owned();
        Error::Invalid(vec![fault])
    })
}

/// What a step leaves on the row beside its state.
#[derive(Default)]
struct Marks {
    reason: Option<String>,
    jp_earned: Option<i32>,
}

/// One step of one enrolment, whole: the seat it takes or frees, the row, whoever moves up, and the events.
async fn step(
    work: &Work<'_>,
    permit: &Permit,
    locked: Locked,
    next: EnrolmentStatus,
    marks: Marks,
    event: &'static str,
) -> Result<Enrolment> {
    let Locked { batch, row, status } = locked;
    if status.takes_seat(next) && !seats::take_seat(work, batch.id).await? {
        return Err(Error::conflict("seats_exhausted"));
    }
    let mut change = row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.reason = Set(marks.reason);
    change.jp_earned = Set(marks.jp_earned);
    if next == EnrolmentStatus::Completed {
        change.completions = Set(row.completions + 1);
    }
    change.decided_at = Set(Some(work.now()));
    let row = update(work, permit, &row, change).await?;
    let promoted = if status.frees_seat(next) { free(work, permit, &batch).await? } else { None };
    let name = name(work, row.person_id).await?;
    work.emit(happened(event, &row)).await?;
    if let Some(promoted) = promoted {
        work.emit(happened("enrolment.accepted", &promoted)).await?;
    }
    Enrolment::of(row, name)
}

/// Gives a seat back, and to the first of the waiting list if there is one. Answers who moved up.
async fn free(work: &Work<'_>, permit: &Permit, batch: &batch::Model) -> Result<Option<Model>> {
    seats::free_seat(work, batch.id).await?;
    let Some(next) = standing::next_waiting(work.db(), batch, work.now().date_naive()).await? else {
        return Ok(None);
    };
    if !seats::take_seat(work, batch.id).await? {
        return Ok(None);
    }
    let mut change = next.clone().into_active_model();
    change.status = Set(status(&next)?.accept()?.as_str().to_owned());
    change.decided_at = Set(Some(work.now()));
    update(work, permit, &next, change).await.map(Some)
}

async fn update(work: &Work<'_>, _: &Permit, found: &Model, mut change: ActiveModel) -> Result<Model> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    work.save(found, change).await
}

/// The name of a person who enrolled.
async fn name(work: &Work<'_>, person: Uuid) -> Result<String> {
    let name = person::Entity::find_by_id(person).select_only().column(person::Column::Name).into_tuple();
    name.one(work.db()).await?.ok_or_else(|| Error::internal("the person of an enrolment", "is missing"))
}

/// A decision was taken back.
const REOPENED: &str = "enrolment.reopened";

/// What is told of a change to an enrolment: where it stands, also for `enrolment.applied`, which may
/// have come to a seat at once. Never why, for a reason may be personal; but a decision that is taken
/// back is accounted for, so its reason is told.
pub(in crate::training) fn happened(kind: &'static str, row: &Model) -> Event {
    let mut payload = json!({
        "batchId": row.batch_id,
        "personId": row.person_id,
        "status": row.status,
        "jpEarned": row.jp_earned,
    });
    if kind == REOPENED
        && let Some(payload) = payload.as_object_mut()
    {
        payload.insert("reason".to_owned(), json!(row.reason));
    }
    Event::new(kind, "enrolment", row.id, row.version).in_region(row.region_code.clone()).with(payload)
}
