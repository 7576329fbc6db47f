//! What one wants to reach.

use entity::learning_goal::{ActiveModel, Column, Entity, Model};
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
        dates,
        error::{Error, Faults, Result},
        patch, version,
    },
    learning::{
        input::{CreateLearningGoalInput, SettleLearningGoalInput, UpdateLearningGoalInput},
        read::{goal_status, shown_goals},
        rule::{self, GOALS, GoalStatus, TEXT, require_room},
        view::{LearningGoal, LearningGoalId, LearningPlanId},
    },
};

/// A goal within what the caller sees, locked.
pub(super) async fn lock(work: &Work<'_>, id: LearningGoalId) -> Result<Model> {
    let seen = scope::learning_goals(work.actor)?.filter(Column::Id.eq(id.uuid()));
    seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("learning_goal"))
}

/// Adds a goal to a plan.
pub struct CreateLearningGoal {
    /// To which plan.
    pub plan: LearningPlanId,
    /// What.
    pub input: CreateLearningGoalInput,
}

impl Command for CreateLearningGoal {
    type Output = LearningGoal;
    const ACTION: Action = Action::LearningGoalCreate;

    async fn run(&self, work: &Work<'_>) -> Result<LearningGoal> {
        let plan = lock_plan(work, self.plan).await?;
        let permit = work.permit(Self::ACTION, &place(plan.person_id))?;
        let (input, mut faults) = (&self.input, Faults::new());
        let competency = input.competency.as_deref().map(rule::competency).transpose();
        let competency = faults.take("/competency", competency);
        let text = faults.take("/text", identity::several_lines(&input.text, TEXT));
        let due_on = faults.take("/dueOn", input.due_on.map(dates::day).transpose());
        faults.done()?;
        let (Some(competency), Some(text), Some(due_on)) = (competency, text, due_on) else {
            return Err(Error::invalid("", "invalid"));
        };
        require_room(Entity::find().filter(Column::PlanId.eq(plan.id)).count(work.db()).await?, GOALS)?;
        let row = Model {
            id: work.new_id(),
            plan_id: plan.id,
            person_id: plan.person_id,
            competency,
            text,
            due_on,
            status: GoalStatus::Open.as_str().to_owned(),
            status_since: work.now(),
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, &row).await?;
        announced(work, "learning_goal.created", row).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, row: &Model) -> Result<()> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    Ok(())
}

/// Changes a goal that is open.
pub struct UpdateLearningGoal {
    /// Which one.
    pub id: LearningGoalId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateLearningGoalInput,
}

impl Command for UpdateLearningGoal {
    type Output = LearningGoal;
    const ACTION: Action = Action::LearningGoalUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<LearningGoal> {
        let row = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(row.person_id))?;
        version::check(self.version, row.version)?;
        goal_status(&row)?.require_open()?;
        let (input, mut faults) = (&self.input, Faults::new());
        let mut change = row.clone().into_active_model();
        if let Some(code) =
            patch::optional(&mut faults, "/competency", &input.competency, |raw| rule::competency(raw))
        {
            change.competency.set_if_not_equals(code);
        }
        let text = |raw: &String| identity::several_lines(raw, TEXT);
        if let Some(text) = patch::required(&mut faults, "/text", &input.text, text) {
            change.text.set_if_not_equals(text);
        }
        if let Some(day) = patch::optional(&mut faults, "/dueOn", &input.due_on, |day| dates::day(*day)) {
            change.due_on.set_if_not_equals(day);
        }
        faults.done()?;
        if !change.is_changed() {
            return shown(work, row).await;
        }
        let row = update(work, &permit, &row, change).await?;
        announced(work, "learning_goal.updated", row).await
    }
}

/// Says that a goal is reached or dropped, or takes it up again.
pub struct SettleLearningGoal {
    /// Which one.
    pub id: LearningGoalId,
    /// Where it stands now.
    pub input: SettleLearningGoalInput,
}

impl Command for SettleLearningGoal {
    type Output = LearningGoal;
    const ACTION: Action = Action::LearningGoalSettle;

    async fn run(&self, work: &Work<'_>) -> Result<LearningGoal> {
        let row = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(row.person_id))?;
        work.expect(row.version)?;
        let before = goal_status(&row)?;
        let next = before.settle(self.input.status)?;
        if next == before {
            return shown(work, row).await;
        }
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_since = Set(work.now());
        let row = update(work, &permit, &row, change).await?;
        announced(work, "learning_goal.settled", row).await
    }
}

async fn update(work: &Work<'_>, _: &Permit, row: &Model, mut change: ActiveModel) -> Result<Model> {
    change.version = Set(row.version + 1);
    change.updated_at = Set(work.now());
    Ok(change.update(work.db()).await?)
}

async fn announced(work: &Work<'_>, kind: &'static str, row: Model) -> Result<LearningGoal> {
    let event = happened(kind, "learning_goal", row.id, row.version, row.plan_id);
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}

/// What the caller sees of a goal.
pub(super) async fn shown(work: &Work<'_>, row: Model) -> Result<LearningGoal> {
    shown_goals(work.db(), work.actor, vec![row]).await?.pop().ok_or(Error::NotFound("learning_goal"))
}
