//! Planning sessions, moving them, taking them off the plan.

use async_graphql::MaybeUndefined;
use chrono::{DateTime, SubsecRound, Utc};
use entity::{
    batch, person,
    session::{ActiveModel, Column, Entity, Model},
    session_teacher,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::json;

use super::{Locked, announce, has_attendance, lock, lock_resource_persons, update, view};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    foundation::{
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
            clash,
            input::{CreateSessionInput, UpdateSessionInput},
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
        let mut faults = Faults::new();
        let title = faults.take("/title", rule::title(&self.input.title));
        let venue = self.input.place.as_deref().map(|raw| faults.take("/place", text::line(raw, 200)));
        let (starts, ends) = (self.input.starts_at, self.input.ends_at);
        let times = checked_times(&batch, starts, ends, &self.input.timezone, &mut faults);
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

/// Changes a session of a batch that has not finished.
pub struct UpdateSession {
    /// Which one.
    pub id: SessionId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateSessionInput,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for UpdateSession {
    type Output = Session;
    const ACTION: Action = Action::SessionUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Session> {
        let Locked { batch, row } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&batch))?;
        version::check(self.version, row.version)?;
        status(&batch)?.require_planning()?;
        let mut faults = Faults::new();
        let mut change = row.clone().into_active_model();
        let times = self.apply(&batch, &row, &mut change, &mut faults);
        faults.done()?;
        let Some(times) = times else { return Err(Error::invalid("", "invalid")) };
        if !change.is_changed() {
            return view(work, row).await;
        }
        let mut warnings = Vec::new();
        if (times.starts_at, times.ends_at) != (row.starts_at, row.ends_at)
            || times.zone.as_str() != row.timezone
        {
            if has_attendance(work, row.id).await? {
                return Err(Error::conflict("session_has_attendance"));
            }
            change.minutes = Set(whole_minutes(&times)?);
            warnings = self.move_teachers(work, &row, &times).await?;
        }
        let row = update(work, &permit, &row, change).await?;
        warnings.extend(clash::warning(work.db(), batch.id, std::slice::from_ref(&row)).await?);
        let mut view = view(work, row.clone()).await?;
        view.warnings = warnings.iter().map(|fault| Warning::of(fault, self.language)).collect();
        announce(work, "session.updated", &batch, &row, json!({})).await?;
        Ok(view)
    }
}

impl UpdateSession {
    /// Puts what is said and sound into `change`, and what is not into `faults`.
    fn apply(
        &self,
        batch: &batch::Model,
        row: &Model,
        change: &mut ActiveModel,
        faults: &mut Faults,
    ) -> Option<SessionTimes> {
        let input = &self.input;
        if let Some(title) = input.title.as_deref().and_then(|raw| faults.take("/title", rule::title(raw))) {
            change.title.set_if_not_equals(title);
        }
        match &input.place {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => change.place.set_if_not_equals(None),
            MaybeUndefined::Value(raw) => {
                if let Some(place) = faults.take("/place", text::line(raw, 200)) {
                    change.place.set_if_not_equals(Some(place));
                }
            }
        }
        let zone = input.timezone.as_deref().unwrap_or(&row.timezone);
        let starts = input.starts_at.unwrap_or(row.starts_at);
        let ends = input.ends_at.unwrap_or(row.ends_at);
        let times = checked_times(batch, starts, ends, zone, faults)?;
        change.starts_at.set_if_not_equals(times.starts_at);
        change.ends_at.set_if_not_equals(times.ends_at);
        change.timezone.set_if_not_equals(times.zone.as_str().to_owned());
        Some(times)
    }

    /// Brings the ledger of everyone who teaches the session in line with its new times.
    async fn move_teachers(&self, work: &Work<'_>, row: &Model, times: &SessionTimes) -> Result<Vec<Fault>> {
        let entries = session_teacher::Entity::find()
            .filter(session_teacher::Column::SessionId.eq(row.id))
            .order_by_asc(session_teacher::Column::ResourcePersonId)
            .find_also_related(person::Entity)
            .all(work.db())
            .await?;
        let ids = entries.iter().map(|(entry, _)| entry.resource_person_id).collect();
        lock_resource_persons(work, ids).await?;
        let mut warnings = Vec::new();
        for (entry, person) in entries {
            let person = person.ok_or_else(|| Error::internal("who teaches a session", "is missing"))?;
            let load = super::assign::Load { session: row.id, times, person: &person };
            let kept = super::assign::kept_override(&entry)?;
            let burden = load.check(work, kept.as_ref()).await?;
            warnings.extend(burden.and_then(|burden| burden.warning()));
            let mut change = entry.into_active_model();
            change.term = Set(load.term().to_string());
            change.minutes = Set(whole_minutes(times)?);
            change.update(work.db()).await?;
        }
        Ok(warnings)
    }
}

/// Takes a session off the plan, as long as nobody attended it and the batch is not yet taught.
pub struct DeleteSession {
    /// Which one.
    pub id: SessionId,
}

impl Command for DeleteSession {
    type Output = Session;
    const ACTION: Action = Action::SessionDelete;

    async fn run(&self, work: &Work<'_>) -> Result<Session> {
        let Locked { batch, row } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&batch))?;
        let status = status(&batch)?;
        status.require_planning()?;
        if has_attendance(work, row.id).await? {
            return Err(Error::conflict("session_has_attendance"));
        }
        if status == BatchStatus::Running {
            return Err(Error::conflict_with(Fault::new("", "batch_running").with("status", status)));
        }
        if status != BatchStatus::Draft && sessions(work, &batch).await? == 1 {
            return Err(Error::conflict("batch_without_session"));
        }
        delete(work, &permit, &batch, row).await
    }
}

/// Times within the batch's days, kept to the second: both engines then order and show them alike.
fn checked_times(
    batch: &batch::Model,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
    zone: &str,
    faults: &mut Faults,
) -> Option<SessionTimes> {
    let zone = faults.take("/timezone", SessionZone::parse(zone))?;
    let days = (batch.starts_on, batch.ends_on);
    match SessionTimes::within(starts.trunc_subsecs(0), ends.trunc_subsecs(0), zone, days) {
        Ok(times) => Some(times),
        Err(found) => {
            found.into_iter().for_each(|fault| faults.push(fault));
            None
        }
    }
}

fn whole_minutes(times: &SessionTimes) -> Result<i32> {
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
    let warning = clash::warning(work.db(), batch.id, std::slice::from_ref(&row)).await?;
    let mut view = Session::of(row.clone(), Vec::new());
    view.warnings = warning.iter().map(|fault| Warning::of(fault, language)).collect();
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
