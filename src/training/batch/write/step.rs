//! The steps of a batch from the draft to its end.

use chrono::SubsecRound;
use entity::{batch::Model, program, session};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{announce, dissolve::dissolve, schedule, update, update_row};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    foundation::{
        dates,
        error::{Error, Faults, Result},
        language::{self, Language},
        text::Reason,
    },
    training::{
        batch::{
            input::ExtendBatchInput,
            lock::{lock, place, status},
            read,
            rule::{BatchKind, Schedule},
            state::{BatchStatus, Ending, Opening, hours_warning},
            view::{Batch, BatchId},
        },
        enrolment::standing::AWAITING,
        program::{
            rule::{Jp, MinutesPerJp},
            write::status as program_status,
        },
        session::{clash, gate, lessons},
        warning::Warning,
    },
};

/// Takes applications from now on, as soon as the window begins. Answers with what the provider
/// should know first: clashes with teaching hours, hours that do not add up.
pub struct OpenBatch {
    /// Which one.
    pub id: BatchId,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for OpenBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchOpen;

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let program = program_of(work, &found).await?;
        let sessions = sessions_of(work, found.id).await?;
        let next = status(&found)?.open(&Opening {
            program: program_status(&program)?,
            schedule: &schedule(&found),
            sessions: sessions.len() as u64,
            now: work.now(),
        })?;
        let warnings = self.warnings(work, &found, &program, &sessions).await?;
        let mut change = found.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.opened_at = Set(Some(work.now()));
        let mut view = update(work, &permit, &found, change, "batch.opened").await?;
        view.warnings = warnings;
        Ok(view)
    }
}

impl OpenBatch {
    async fn warnings(
        &self,
        work: &Work<'_>,
        batch: &Model,
        program: &program::Model,
        sessions: &[session::Model],
    ) -> Result<Vec<Warning>> {
        let planned = sessions.iter().map(|s| i64::from(s.minutes)).sum();
        let sound = |fault: crate::foundation::error::Fault| Error::internal("a program's hours", fault.code);
        let jp = Jp::parse(program.hours_jp).map_err(sound)?;
        let minutes = MinutesPerJp::parse(program.minutes_per_jp).map_err(sound)?;
        let hours = hours_warning(planned, jp, minutes);
        let clashes = clash::warning(work.db(), batch.id, sessions).await?;
        let lessons = lessons::warning(work.db(), &batch.region_code, sessions).await?;
        Ok([hours, lessons, clashes]
            .iter()
            .flatten()
            .map(|fault| Warning::of(fault, self.language))
            .collect())
    }
}

/// Takes no more applications.
pub struct CloseBatch {
    /// Which one.
    pub id: BatchId,
}

impl Command for CloseBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchClose;

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let next = status(&found)?.close()?;
        step(work, &permit, &found, next, "batch.closed").await
    }
}

/// Takes applications again, until another instant, for a stated reason.
pub struct ExtendBatch {
    /// Which one.
    pub id: BatchId,
    /// Until when.
    pub input: ExtendBatchInput,
}

impl Command for ExtendBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchExtend;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let mut faults = Faults::new();
        let closes = self.input.registration_closes_at;
        let closes =
            faults.take("/registrationClosesAt", dates::instant(closes)).map(|at| at.trunc_subsecs(0));
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let (Some(closes), Some(reason)) = (closes, reason) else {
            return Err(Error::invalid("", "invalid"));
        };
        let extended = Schedule { registration_closes_at: closes, ..schedule(&found) };
        let next = status(&found)?.extend(&extended, &reason, work.now())?;
        let mut change = found.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(Some(reason.as_str().to_owned()));
        change.registration_closes_at = Set(closes);
        update(work, &permit, &found, change, "batch.extended").await
    }
}

/// Begins teaching: attendance is recorded from now on.
pub struct StartBatch {
    /// Which one.
    pub id: BatchId,
}

impl Command for StartBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchStart;

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let kind = BatchKind::parse(&found.kind).map_err(|f| Error::internal("batch.kind", f.code))?;
        let sessions = sessions_of(work, found.id).await?;
        let untaught = gate::untaught(work.db(), &found, &sessions, work.now()).await?;
        let next = status(&found)?.start(kind, untaught)?;
        step(work, &permit, &found, next, "batch.started").await
    }
}

/// Ends teaching once every session was held. Whoever still awaits a seat is told that there is none;
/// attendance may be corrected and completions decided until it is certified.
pub struct FinishBatch {
    /// Which one.
    pub id: BatchId,
}

impl Command for FinishBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchFinish;

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let next = status(&found)?.finish(&ending(work, &found).await?)?;
        let rejected = dissolve(work, &permit, &found, AWAITING, &no_seat()?).await?;
        let mut change = found.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        let row = update_row(work, &permit, &found, change).await?;
        let view = read::view_of(work.db(), row.id).await?;
        announce(work, "batch.finished", &row).await?;
        for event in rejected {
            work.emit(event).await?;
        }
        Ok(view)
    }
}

/// Why who awaits a seat of a batch that finishes gets none. A row has no language, so it is in the
/// service's own.
fn no_seat() -> Result<Reason> {
    let words = language::of_code(Language::default(), "enrolment_without_seat", &[]);
    Reason::parse(&words).map_err(|fault| Error::internal("say that there was no seat", fault.code))
}

async fn ending(work: &Work<'_>, batch: &Model) -> Result<Ending> {
    let sessions = sessions_of(work, batch.id).await?;
    let to_come = || sessions.iter().filter(|row| row.ends_at > work.now());
    let (next, until) = (to_come().map(|row| row.starts_at).min(), to_come().map(|row| row.ends_at).max());
    Ok(Ending {
        kind: BatchKind::parse(&batch.kind).map_err(|f| Error::internal("batch.kind", f.code))?,
        to_come: to_come().count(),
        to_come_between: next.zip(until),
        untaught_sessions: gate::untaught(work.db(), batch, &sessions, work.now()).await?,
    })
}

async fn step(
    work: &Work<'_>,
    permit: &Permit,
    found: &Model,
    next: BatchStatus,
    event: &'static str,
) -> Result<Batch> {
    let mut change = found.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    // A reason belongs to the step it was given for.
    change.status_reason = Set(None);
    update(work, permit, found, change, event).await
}

async fn program_of(work: &Work<'_>, batch: &Model) -> Result<program::Model> {
    program::Entity::find_by_id(batch.program_id)
        .one(work.db())
        .await?
        .ok_or_else(|| Error::internal("the program of a batch", "is missing"))
}

async fn sessions_of(work: &Work<'_>, batch: Uuid) -> Result<Vec<session::Model>> {
    Ok(session::Entity::find().filter(session::Column::BatchId.eq(batch)).all(work.db()).await?)
}
