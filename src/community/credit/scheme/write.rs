//! Writing credit schemes: draft, publish, retire. What was published never changes; other rules are another edition.

use entity::{
    credit_scheme::{ActiveModel, Column, Entity, Model},
    program,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use serde_json::json;

use super::{
    input::{CreateCreditSchemeInput, UpdateCreditSchemeInput},
    rule::{self, require_together},
    state::{CreditSchemeStatus, require_forward},
    view::{CreditScheme, CreditSchemeId, components, status},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        version,
    },
    training::program::{view::ProgramId, write as programs},
};

/// Drafts a credit scheme, or a new edition of one.
pub struct CreateCreditScheme(pub CreateCreditSchemeInput);

impl Command for CreateCreditScheme {
    type Output = CreditScheme;
    const ACTION: Action = Action::CreditSchemeCreate;

    async fn run(&self, work: &Work<'_>) -> Result<CreditScheme> {
        let Self(input) = self;
        // Held still: two editions that are written at once get different numbers.
        let program = held_program(work, input.program_id).await?;
        let permit = work.permit(Self::ACTION, &place(program.provider_id))?;
        let mut faults = Faults::new();
        let code = faults.take("/code", rule::code(&input.code)).unwrap_or_default();
        let edition = edition(work, input, &program, &code, &mut faults).await?;
        let mut row = ActiveModel {
            id: Set(work.new_id()),
            program_id: Set(program.id),
            provider_id: Set(program.provider_id),
            code: Set(code),
            edition: Set(edition),
            retired_on: Set(None),
            status: Set(CreditSchemeStatus::Draft.as_str().to_owned()),
            version: Set(1),
            created_at: Set(work.now()),
            updated_at: Set(work.now()),
            ..Default::default()
        };
        UpdateCreditSchemeInput::from(input.clone()).apply(&mut row, program.hours_jp, &mut faults);
        faults.done()?;
        insert(work, &permit, row).await
    }
}

/// The number of the new edition, which follows the one that was named.
async fn edition(
    work: &Work<'_>,
    input: &CreateCreditSchemeInput,
    program: &program::Model,
    code: &str,
    faults: &mut Faults,
) -> Result<i32> {
    let of_code = Entity::find().filter(Column::ProgramId.eq(program.id)).filter(Column::Code.eq(code));
    let editions = of_code.all(work.db()).await?;
    let latest = editions.iter().max_by_key(|row| row.edition);
    match (input.supersedes, latest) {
        (None, None) => Ok(1),
        (None, Some(_)) => {
            faults.require(false, "/code", "credit_scheme_code_taken");
            Ok(1)
        }
        (Some(id), latest) => {
            let follows = latest.filter(|row| row.id == id.uuid());
            faults.require(follows.is_some(), "/supersedes", "credit_scheme_not_latest");
            let published = follows.is_none_or(|row| row.status != CreditSchemeStatus::Draft.as_str());
            faults.require(published, "/supersedes", "credit_scheme_draft_exists");
            Ok(follows.map_or(1, |row| row.edition + 1))
        }
    }
}

/// Changes a draft.
pub struct UpdateCreditScheme {
    /// Which one.
    pub id: CreditSchemeId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateCreditSchemeInput,
}

impl Command for UpdateCreditScheme {
    type Output = CreditScheme;
    const ACTION: Action = Action::CreditSchemeUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<CreditScheme> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(found.provider_id))?;
        version::check(self.version, found.version)?;
        status(&found)?.require_draft()?;
        let ceiling = program_of(work, &found).await?.hours_jp;
        let mut faults = Faults::new();
        let mut change = found.clone().into_active_model();
        self.input.apply(&mut change, ceiling, &mut faults);
        faults.done()?;
        if !change.is_changed() {
            return found.try_into();
        }
        update(work, &permit, &found, change, "credit_scheme.updated").await
    }
}

/// Puts a scheme in force: from its first day on, cycles may begin by it. What it says never changes again.
pub struct PublishCreditScheme {
    /// Which one.
    pub id: CreditSchemeId,
}

impl Command for PublishCreditScheme {
    type Output = CreditScheme;
    const ACTION: Action = Action::CreditSchemePublish;

    async fn run(&self, work: &Work<'_>) -> Result<CreditScheme> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(found.provider_id))?;
        work.expect(found.version)?;
        let next = status(&found)?.publish()?;
        let program = program_of(work, &found).await?;
        programs::status(&program)?.require_published()?;
        // The program was perhaps taken back to the draft and given other hours meanwhile.
        let together = require_together(&components(&found)?, program.hours_jp, found.monthly_cap_jp);
        Error::conflicts(together.err().unwrap_or_default())?;
        require_forward(found.edition, found.effective_from, work.services.issuer_day(work.now()))?;
        let mut change = found.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        update(work, &permit, &found, change, "credit_scheme.published").await
    }
}

/// Ends a scheme: from today on no cycle begins by it. Cycles that had begun are finished by it.
pub struct RetireCreditScheme {
    /// Which one.
    pub id: CreditSchemeId,
}

impl Command for RetireCreditScheme {
    type Output = CreditScheme;
    const ACTION: Action = Action::CreditSchemeRetire;

    async fn run(&self, work: &Work<'_>) -> Result<CreditScheme> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(found.provider_id))?;
        work.expect(found.version)?;
        let next = status(&found)?.retire()?;
        let mut change = found.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.retired_on = Set(Some(work.services.issuer_day(work.now())));
        update(work, &permit, &found, change, "credit_scheme.retired").await
    }
}

/// A scheme belongs where its program does.
fn place(provider: uuid::Uuid) -> Place {
    Place { organisation: Some(provider), ..Place::default() }
}

/// The program a new scheme is for; what is out of reach is a fault of the body, as what is not there.
async fn held_program(work: &Work<'_>, id: ProgramId) -> Result<program::Model> {
    programs::lock(work, id).await.map_err(|error| match error {
        Error::NotFound(_) => Error::invalid("/programId", "reference_unknown"),
        other => other,
    })
}

/// The program of a scheme, held still: it is not taken back to the draft meanwhile.
async fn program_of(work: &Work<'_>, row: &Model) -> Result<program::Model> {
    let program = program::Entity::find_by_id(row.program_id).lock_exclusive().one(work.db()).await?;
    program.ok_or_else(|| Error::internal("the program of a credit scheme", "is missing"))
}

/// The row, within the caller's reach, locked until the transaction ends (SQLite has one writer anyway).
/// Its program is locked first, as by every command on one.
async fn lock(work: &Work<'_>, id: CreditSchemeId) -> Result<Model> {
    let seen = scope::credit_schemes(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let found = seen.clone().one(work.db()).await?.ok_or(Error::NotFound("credit_scheme"))?;
    program_of(work, &found).await?;
    seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("credit_scheme"))
}

async fn insert(work: &Work<'_>, _: &Permit, row: ActiveModel) -> Result<CreditScheme> {
    let row = row.insert(work.db()).await?;
    announce(work, "credit_scheme.created", &row).await?;
    row.try_into()
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    found: &Model,
    mut change: ActiveModel,
    event: &'static str,
) -> Result<CreditScheme> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    announce(work, event, &row).await?;
    row.try_into()
}

async fn announce(work: &Work<'_>, kind: &'static str, row: &Model) -> Result<()> {
    let event = Event::new(kind, "credit_scheme", row.id, row.version).with(json!({
        "programId": row.program_id,
        "providerId": row.provider_id,
        "code": row.code,
        "edition": row.edition,
        "status": row.status,
        "effectiveFrom": row.effective_from,
        "retiredOn": row.retired_on,
    }));
    work.emit(event).await?;
    Ok(())
}
