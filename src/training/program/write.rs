//! Changing programs.

use entity::{
    batch, credit_scheme, organisation,
    program::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{self, Set},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use sea_orm::{IntoActiveModel, sea_query::ExprTrait};
use serde_json::json;

use super::{
    input::{CreateProgramInput, UnpublishProgramInput, UpdateProgramInput},
    rule::ProgramStatus,
    view::{Program, ProgramId},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        text::Reason,
        version,
    },
};

/// Drafts a program.
pub struct CreateProgram(pub CreateProgramInput);

impl Command for CreateProgram {
    type Output = Program;
    const ACTION: Action = Action::ProgramCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Program> {
        let Self(input) = self;
        let provider = organisation::Entity::find_by_id(input.provider_id.uuid()).one(work.db()).await?;
        let place = Place {
            organisation: Some(input.provider_id.uuid()),
            region: provider.as_ref().and_then(|p| p.region_code.clone()),
            ..Place::default()
        };
        let permit = work.permit(Self::ACTION, &place)?;
        let mut faults = Faults::new();
        faults.require(provider.is_some(), "/providerId", "reference_unknown");
        let mut row = ActiveModel {
            id: Set(work.new_id()),
            provider_id: Set(input.provider_id.uuid()),
            status: Set(ProgramStatus::Draft.as_str().to_owned()),
            version: Set(1),
            created_at: Set(work.now()),
            updated_at: Set(work.now()),
            ..Default::default()
        };
        UpdateProgramInput::from(input.clone()).apply(&mut row, &mut faults);
        require_free_code(work, &row, &mut faults).await?;
        faults.done()?;
        insert(work, &permit, row).await
    }
}

/// Changes a program: anything while it is a draft, its description at any time.
pub struct UpdateProgram {
    /// Which one.
    pub id: ProgramId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateProgramInput,
}

impl Command for UpdateProgram {
    type Output = Program;
    const ACTION: Action = Action::ProgramUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Program> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        version::check(self.version, found.version)?;
        if self.input.touches_curriculum() {
            status(&found)?.require_draft()?;
        }
        let mut faults = Faults::new();
        let mut change = found.clone().into_active_model();
        self.input.apply(&mut change, &mut faults);
        if change.code.is_set() {
            require_free_code(work, &change, &mut faults).await?;
        }
        faults.done()?;
        if !change.is_changed() {
            return found.try_into();
        }
        let row = update_row(work, &permit, &found, change).await?;
        announce(work, "program.updated", &row, None).await?;
        row.try_into()
    }
}

/// Offers a program: batches of it may be planned from now on, its curriculum is fixed.
pub struct PublishProgram {
    /// Which one.
    pub id: ProgramId,
}

impl Command for PublishProgram {
    type Output = Program;
    const ACTION: Action = Action::ProgramPublish;

    async fn run(&self, work: &Work<'_>) -> Result<Program> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let next = status(&found)?.publish()?;
        step(work, &permit, &found, next, "program.published").await
    }
}

/// Takes a program back to the draft, as long as no batch of it was planned, for a stated reason.
pub struct UnpublishProgram {
    /// Which one.
    pub id: ProgramId,
    /// Why.
    pub input: UnpublishProgramInput,
}

impl Command for UnpublishProgram {
    type Output = Program;
    const ACTION: Action = Action::ProgramUnpublish;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Program> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let reason = Reason::parse(&self.input.reason)
            .map_err(|fault| Error::Invalid(vec![Fault { pointer: "/reason".to_owned(), ..fault }]))?;
        let batches =
            batch::Entity::find().filter(batch::Column::ProgramId.eq(found.id)).count(work.db()).await?;
        let schemes = credit_scheme::Entity::find()
            .filter(credit_scheme::Column::ProgramId.eq(found.id))
            .filter(credit_scheme::Column::Status.ne("draft"))
            .count(work.db())
            .await?;
        let next = status(&found)?.return_to_draft(batches, schemes)?;
        let row = change_status(work, &permit, &found, next).await?;
        announce(work, "program.unpublished", &row, Some(&reason)).await?;
        row.try_into()
    }
}

/// Stops offering a program: no new batch is planned, those there are go on.
pub struct ArchiveProgram {
    /// Which one.
    pub id: ProgramId,
}

impl Command for ArchiveProgram {
    type Output = Program;
    const ACTION: Action = Action::ProgramArchive;

    async fn run(&self, work: &Work<'_>) -> Result<Program> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let next = status(&found)?.archive()?;
        step(work, &permit, &found, next, "program.archived").await
    }
}

/// Where a program belongs.
fn place(row: &Model) -> Place {
    Place { organisation: Some(row.provider_id), ..Place::default() }
}

/// Where a program stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &Model) -> Result<ProgramStatus> {
    ProgramStatus::parse(&row.status).map_err(|f| Error::internal("program.status", f.code))
}

/// The row, within the caller's reach, locked until the transaction ends: planning a batch and
/// taking the program back to the draft wait for each other.
///
/// # Errors
/// `not_found`.
pub async fn lock(work: &Work<'_>, id: ProgramId) -> Result<Model> {
    scope::programs(work.actor)
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("program"))
}

/// Notes a fault when another program of the provider has the code.
async fn require_free_code(work: &Work<'_>, row: &ActiveModel, faults: &mut Faults) -> Result<()> {
    let (Some(code), Some(provider), Some(id)) = (value(&row.code), value(&row.provider_id), value(&row.id))
    else {
        return Ok(());
    };
    let other = Column::ProviderId.eq(provider).and(Column::Code.eq(code)).and(Column::Id.ne(id));
    let taken = Entity::find().filter(other).one(work.db()).await?.is_some();
    faults.require(!taken, "/code", "program_code_taken");
    Ok(())
}

fn value<T: Clone + Into<sea_orm::Value>>(column: &ActiveValue<T>) -> Option<T> {
    column.try_as_ref().cloned()
}

async fn insert(work: &Work<'_>, _: &Permit, row: ActiveModel) -> Result<Program> {
    let row = row.insert(work.db()).await?;
    announce(work, "program.created", &row, None).await?;
    row.try_into()
}

async fn step(
    work: &Work<'_>,
    permit: &Permit,
    found: &Model,
    next: ProgramStatus,
    event: &'static str,
) -> Result<Program> {
    let row = change_status(work, permit, found, next).await?;
    announce(work, event, &row, None).await?;
    row.try_into()
}

async fn change_status(
    work: &Work<'_>,
    permit: &Permit,
    found: &Model,
    next: ProgramStatus,
) -> Result<Model> {
    let mut change = found.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    update_row(work, permit, found, change).await
}

async fn update_row(work: &Work<'_>, _: &Permit, found: &Model, mut change: ActiveModel) -> Result<Model> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    work.save(found, change).await
}

async fn announce(work: &Work<'_>, kind: &'static str, row: &Model, reason: Option<&Reason>) -> Result<()> {
    let event = Event::new(kind, "program", row.id, row.version).with(json!({
        "providerId": row.provider_id,
        "code": row.code,
        "title": row.title,
        "status": row.status,
        "reason": reason,
    }));
    work.emit(event).await?;
    Ok(())
}
