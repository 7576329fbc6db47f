//! A new plan.

use entity::learning_plan::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect};

use super::{happened, place};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    foundation::error::{Error, Faults, Result},
    learning::{
        input::CreateLearningPlanInput,
        read,
        rule::{self, PLANS, require_room},
        view::LearningPlan,
    },
};

/// Begins a plan of the caller for a period.
pub struct CreateLearningPlan {
    /// Which period.
    pub input: CreateLearningPlanInput,
}

impl Command for CreateLearningPlan {
    type Output = LearningPlan;
    const ACTION: Action = Action::LearningPlanCreate;

    async fn run(&self, work: &Work<'_>) -> Result<LearningPlan> {
        let person = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        // Two at once for one period: the second waits here, and finds the first.
        let held = entity::person::Entity::find_by_id(person).lock_exclusive().one(work.db()).await?;
        let person = held.filter(|row| row.merged_into.is_none()).ok_or(Error::NotFound("person"))?.id;
        let permit = work.permit(Self::ACTION, &place(person))?;
        let mut faults = Faults::new();
        let period = faults.take("/period", rule::period(&self.input.period));
        faults.done()?;
        let period = period.ok_or_else(|| Error::invalid("/period", "text_missing"))?;
        let own = Entity::find().filter(Column::PersonId.eq(person));
        if own.clone().filter(Column::Period.eq(&period)).count(work.db()).await? > 0 {
            return Err(Error::conflict("learning_plan_exists"));
        }
        require_room(own.count(work.db()).await?, PLANS)?;
        let (id, now) = (work.new_id(), work.now());
        let row = Model { id, person_id: person, period, version: 1, created_at: now, updated_at: now };
        insert(work, &permit, row).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<LearningPlan> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let event = happened("learning_plan.created", "learning_plan", row.id, row.version, row.id);
    let shown = read::shown_plans(work.db(), work.actor, vec![row]).await?.pop();
    work.emit(event).await?;
    shown.ok_or(Error::NotFound("learning_plan"))
}
