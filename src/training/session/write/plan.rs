//! Planning sessions, taking them off the plan.

use chrono::{DateTime, SubsecRound, Utc};
use entity::{
    batch,
    session::{Column, Entity, Model},
    session_teacher,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use super::{Locked, announce, has_attendance, lock, notices, require_undecided, view};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        language::Language,
        text, version,
    },
    training::{
        batch::{
            lock::{lock as lock_batch, place, status},
            state::BatchStatus,
            view::BatchId,
            write::touch,
        },
        session::{
            input::CreateSessionInput,
            read::MAX_SESSIONS,
            rule::{self, SessionTimes, SessionZone},
            view::{Session, SessionId},
        },
        warning::Warning,
    },
};

/// Puts a session on a batch's plan.
pub struct CreateSession {
    /// Of which batch.
    pub batch: BatchId,
    /// What it is.
    pub input: CreateSessionInput,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for CreateSession {
    type Output = Session;
    const ACTION: Action = Action::SessionCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Session> {
        let batch = lock_batch(work, self.batch).await?;
        let permit = work.permit(Self::ACTION, &place(&batch))?;
        status(&batch)?.require_planning()?;
        require_undecided(work, &batch).await?;
        let mut faults = Faults::new();
        let title = faults.take("/title", rule::title(&self.input.title));
        let venue = self.input.place.as_deref().map(|raw| faults.take("/place", text::line(raw, 200)));
        let starts = faults.take("/startsAt", dates::instant(self.input.starts_at));
        let ends = faults.take("/endsAt", dates::instant(self.input.ends_at));
        let zone = faults.take("/timezone", SessionZone::parse(&self.input.timezone));
        let times = checked_times(&batch, starts, ends, zone, &mut faults);
        faults.done()?;
        let (Some(title), Some(times)) = (title, times) else { return Err(Error::invalid("", "invalid")) };
        require_room(work, &batch).await?;
        let row = Model {
            id: work.new_id(),
            batch_id: batch.id,
            title,
            starts_at: times.starts_at,
            ends_at: times.ends_at,
            timezone: times.zone.as_str().to_owned(),
            minutes: whole_minutes(&times)?,
            place: venue.flatten(),
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, &batch, row, self.language).await
    }
}

/// Takes a session off the plan, as long as nobody attended it and no completion was decided; a batch
/// that was opened keeps at least one.
pub struct DeleteSession {
    /// Which one.
    pub id: SessionId,
    /// The version the caller read.
    pub version: Option<i64>,
}

impl Command for DeleteSession {
    type Output = Session;
    const ACTION: Action = Action::SessionDelete;

    async fn run(&self, work: &Work<'_>) -> Result<Session> {
        let Locked { batch, row } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&batch))?;
        version::check(self.version, row.version)?;
        let status = status(&batch)?;
        status.require_planning()?;
        if has_attendance(work, row.id).await? {
            return Err(Error::conflict("session_has_attendance"));
        }
        require_undecided(work, &batch).await?;
        if status != BatchStatus::Draft && sessions(work, &batch).await? == 1 {
            return Err(Error::conflict("batch_without_session"));
        }
        delete(work, &permit, &batch, row).await
    }
}

/// Times within the batch's days, kept to the second: both engines then order and show them alike.
/// None when a part is unknown or they make no sense; why is then among the faults.
pub(super) fn checked_times(
    batch: &batch::Model,
    starts: Option<DateTime<Utc>>,
    ends: Option<DateTime<Utc>>,
    zone: Option<SessionZone>,
    faults: &mut Faults,
) -> Option<SessionTimes> {
    let days = (batch.starts_on, batch.ends_on);
    match SessionTimes::within(starts?.trunc_subsecs(0), ends?.trunc_subsecs(0), zone?, days) {
        Ok(times) => Some(times),
        Err(found) => {
            found.into_iter().for_each(|fault| faults.push(fault));
            None
        }
    }
}

pub(super) fn whole_minutes(times: &SessionTimes) -> Result<i32> {
    i32::try_from(times.minutes()).map_err(|e| Error::internal("the minutes of a session", e))
}

async fn sessions(work: &Work<'_>, batch: &batch::Model) -> Result<u64> {
    Ok(Entity::find().filter(Column::BatchId.eq(batch.id)).count(work.db()).await?)
}

async fn require_room(work: &Work<'_>, batch: &batch::Model) -> Result<()> {
    if sessions(work, batch).await? < MAX_SESSIONS {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "sessions_too_many").with("max", MAX_SESSIONS)))
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    batch: &batch::Model,
    row: Model,
    language: Language,
) -> Result<Session> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    touch(work, batch.id).await?;
    let told = notices(work, batch, &row).await?;
    let mut view = Session::of(row.clone(), Vec::new());
    view.warnings = told.iter().map(|fault| Warning::of(fault, language)).collect();
    announce(work, "session.created", batch, &row, json!({})).await?;
    Ok(view)
}

async fn delete(work: &Work<'_>, _: &Permit, batch: &batch::Model, mut row: Model) -> Result<Session> {
    row.version += 1;
    row.updated_at = work.now();
    let view = view(work, row.clone()).await?;
    session_teacher::Entity::delete_many()
        .filter(session_teacher::Column::SessionId.eq(row.id))
        .exec(work.db())
        .await?;
    row.clone().delete(work.db()).await?;
    touch(work, batch.id).await?;
    announce(work, "session.deleted", batch, &row, json!({})).await?;
    Ok(view)
}
