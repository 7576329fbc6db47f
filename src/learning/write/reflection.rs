//! What one makes of what one learned.

use entity::learning_reflection::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use super::{happened, lock_plan, place};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::identity,
    foundation::{
        error::{Error, Faults, Result},
        version,
    },
    learning::{
        input::WriteLearningReflectionInput,
        read::shown_reflections,
        rule::{REFLECTION, REFLECTIONS, require_room},
        view::{LearningPlanId, LearningReflection, LearningReflectionId},
    },
};

/// A reflection within what the caller sees, locked.
pub(super) async fn lock(work: &Work<'_>, id: LearningReflectionId) -> Result<Model> {
    let seen = scope::learning_reflections(work.actor)?.filter(Column::Id.eq(id.uuid()));
    seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("learning_reflection"))
}

fn text(input: &WriteLearningReflectionInput) -> Result<String> {
    let mut faults = Faults::new();
    let text = faults.take("/text", identity::several_lines(&input.text, REFLECTION));
    faults.done()?;
    text.ok_or_else(|| Error::invalid("/text", "text_missing"))
}

/// Writes a reflection.
pub struct WriteLearningReflection {
    /// In which plan.
    pub plan: LearningPlanId,
    /// What.
    pub input: WriteLearningReflectionInput,
}

impl Command for WriteLearningReflection {
    type Output = LearningReflection;
    const ACTION: Action = Action::LearningReflectionWrite;

    async fn run(&self, work: &Work<'_>) -> Result<LearningReflection> {
        let plan = lock_plan(work, self.plan).await?;
        let permit = work.permit(Self::ACTION, &place(plan.person_id))?;
        let text = text(&self.input)?;
        require_room(Entity::find().filter(Column::PlanId.eq(plan.id)).count(work.db()).await?, REFLECTIONS)?;
        let row = Model {
            id: work.new_id(),
            plan_id: plan.id,
            person_id: plan.person_id,
            text,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, &row).await?;
        announced(work, "learning_reflection.written", row).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, row: &Model) -> Result<()> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    Ok(())
}

/// Writes other words in place of a reflection's. With whom it is shared reads the new ones.
pub struct UpdateLearningReflection {
    /// Which one.
    pub id: LearningReflectionId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// What.
    pub input: WriteLearningReflectionInput,
}

impl Command for UpdateLearningReflection {
    type Output = LearningReflection;
    const ACTION: Action = Action::LearningReflectionUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<LearningReflection> {
        let row = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(row.person_id))?;
        version::check(self.version, row.version)?;
        let text = text(&self.input)?;
        if text == row.text {
            return shown(work, row).await;
        }
        let row = update(work, &permit, row, text).await?;
        announced(work, "learning_reflection.updated", row).await
    }
}

async fn update(work: &Work<'_>, _: &Permit, row: Model, text: String) -> Result<Model> {
    let next = row.version + 1;
    let mut change = row.into_active_model();
    change.text = Set(text);
    change.version = Set(next);
    change.updated_at = Set(work.now());
    Ok(change.update(work.db()).await?)
}

async fn announced(work: &Work<'_>, kind: &'static str, row: Model) -> Result<LearningReflection> {
    let event = happened(kind, "learning_reflection", row.id, row.version, row.plan_id);
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}

/// What the caller sees of a reflection.
pub(super) async fn shown(work: &Work<'_>, row: Model) -> Result<LearningReflection> {
    shown_reflections(work.db(), work.actor, vec![row])
        .await?
        .pop()
        .ok_or(Error::NotFound("learning_reflection"))
}
