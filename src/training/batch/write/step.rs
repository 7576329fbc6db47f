//! The steps of a batch from the draft to its end.

use chrono::SubsecRound;
use entity::{batch::Model, competence, program, session, session_teacher};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait, RelationTrait,
};
use uuid::Uuid;

use super::{schedule, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    directory::resource_person::rule::CompetenceStatus,
    foundation::{
        error::{Error, Result},
        language::Language,
    },
    training::{
        batch::{
            input::ExtendBatchInput,
            lock::{lock, place, status},
            rule::{BatchKind, Schedule},
            state::{BatchStatus, Opening, hours_warning},
            view::{Batch, BatchId},
        },
        program::{
            rule::{Jp, MinutesPerJp},
            write::status as program_status,
        },
        session::clash,
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
        let program = program_of(work, &found).await?;
        let sessions = sessions_of(work, found.id).await?;
        let next = status(&found)?.open(&Opening {
            program: program_status(&program)?,
            schedule: &schedule(&found),
            sessions: sessions.len() as u64,
            now: work.now(),
        })?;
        let warnings = self.warnings(work, &found, &program, &sessions).await?;
        let mut view = step(work, &permit, &found, next, "batch.opened").await?;
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
        Ok([hours, clashes].iter().flatten().map(|fault| Warning::of(fault, self.language)).collect())
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
        let next = status(&found)?.close()?;
        step(work, &permit, &found, next, "batch.closed").await
    }
}

/// Takes applications again, until another instant.
pub struct ExtendBatch {
    /// Which one.
    pub id: BatchId,
    /// Until when.
    pub input: ExtendBatchInput,
}

impl Command for ExtendBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchExtend;

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        let closes = self.input.registration_closes_at.trunc_subsecs(0);
        let extended = Schedule { registration_closes_at: closes, ..schedule(&found) };
        let next = status(&found)?.extend(&extended, work.now())?;
        let mut change = found.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
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
        let kind = BatchKind::parse(&found.kind).map_err(|f| Error::internal("batch.kind", f.code))?;
        let untaught = untaught(work, &found).await?;
        let next = status(&found)?.start(kind, untaught)?;
        step(work, &permit, &found, next, "batch.started").await
    }
}

/// Ends teaching: completions are decided and certificates issued from now on.
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
        let next = status(&found)?.finish()?;
        step(work, &permit, &found, next, "batch.finished").await
    }
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

/// How many sessions have nobody whose competence for the program is verified now. It may have
/// been withdrawn since the resource person was assigned.
async fn untaught(work: &Work<'_>, batch: &Model) -> Result<u64> {
    let competent = competence::Entity::find()
        .select_only()
        .column(competence::Column::ResourcePersonId)
        .filter(competence::Column::ProgramId.eq(batch.program_id))
        .filter(competence::Column::Status.eq(CompetenceStatus::Verified))
        .into_query();
    let taught = session_teacher::Entity::find()
        .select_only()
        .column(session_teacher::Column::SessionId)
        .join(JoinType::InnerJoin, session_teacher::Relation::Session.def())
        .filter(session::Column::BatchId.eq(batch.id))
        .filter(session_teacher::Column::ResourcePersonId.in_subquery(competent))
        .into_query();
    let untaught = Condition::all()
        .add(session::Column::BatchId.eq(batch.id))
        .add(session::Column::Id.not_in_subquery(taught));
    Ok(session::Entity::find().filter(untaught).count(work.db()).await?)
}
