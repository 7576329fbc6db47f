//! The steps of an item.

use entity::improvement::ActiveModel;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use serde_json::{Value as Json, json};

use super::{Locked, check_owner, draft::due, lock, said, today, update};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    community::improvement::{
        input::{
            AgreeImprovementInput, CloseImprovementInput, DropImprovementInput, ReopenImprovementInput,
            ReviewImprovementInput,
        },
        measure::Value,
        rule::{course, measured_on},
        state::ImprovementStatus,
        view::{Improvement, ImprovementId, result},
    },
    foundation::{
        error::{Faults, Result},
        text::Reason,
    },
};

/// Agrees what is tried, who looks after it, and until when.
pub struct AgreeImprovement {
    /// Which item.
    pub id: ImprovementId,
    /// What was agreed.
    pub input: AgreeImprovementInput,
}

impl Command for AgreeImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementAgree;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        locked.community.status.require_alive()?;
        let next = locked.is.status.agree()?;
        let mut faults = Faults::new();
        let strategy = faults.take("/strategy", said(&self.input.strategy));
        let due_on = faults.take("/dueOn", due(self.input.due_on, work));
        check_owner(work, locked.row.community_id, self.input.owner_id, &mut faults).await?;
        faults.done()?;
        let mut change = stepped(work, &locked, next, None);
        change.strategy = Set(strategy);
        change.owner_id = Set(Some(self.input.owner_id.uuid()));
        change.due_on = Set(due_on);
        update(work, &permit, &locked, change, ("improvement.agreed", json!({ "dueOn": due_on }))).await
    }
}

/// Begins to try it.
pub struct StartImprovement(pub ImprovementId);

impl Command for StartImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementStart;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        locked.community.status.require_alive()?;
        let next = locked.is.status.start()?;
        let change = stepped(work, &locked, next, None);
        update(work, &permit, &locked, change, ("improvement.started", json!({}))).await
    }
}

/// Measures again, and says what one makes of it.
pub struct ReviewImprovement {
    /// Which item.
    pub id: ImprovementId,
    /// What was measured.
    pub input: ReviewImprovementInput,
}

impl Command for ReviewImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementReview;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place_of_owner())?;
        work.expect(locked.row.version)?;
        let next = locked.is.status.review()?;
        let mut faults = Faults::new();
        let after = faults.take("/after", Value::parse(&self.input.after, locked.is.unit));
        let day = measured_on(self.input.after_on, Some(locked.row.baseline_on), today(work));
        let after_on = faults.take("/afterOn", day);
        let review = faults.take("/review", said(&self.input.review));
        faults.done()?;
        let mut change = stepped(work, &locked, next, None);
        change.after_value = Set(after.map(|value| value.0));
        change.after_on = Set(after_on);
        change.review = Set(review);
        let told = after.map(|after| outcome(&locked, after));
        update(work, &permit, &locked, change, ("improvement.reviewed", json!({ "outcome": told }))).await
    }
}

/// What comes of an item with this value after.
fn outcome(locked: &Locked, after: Value) -> &'static str {
    let (before, target) = (Value(locked.row.baseline), Value(locked.row.target));
    course(before, after, target, locked.is.direction).outcome.as_str()
}

/// Ends an item.
pub struct CloseImprovement {
    /// Which item.
    pub id: ImprovementId,
    /// A last word.
    pub input: CloseImprovementInput,
}

impl Command for CloseImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementClose;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let next = locked.is.status.close()?;
        let mut faults = Faults::new();
        let note = self.input.note.as_deref().map(said).and_then(|said| faults.take("/note", said));
        faults.done()?;
        let mut change = stepped(work, &locked, next, None);
        change.closing_note = Set(note);
        update(work, &permit, &locked, change, ("improvement.closed", came_of(&locked)?)).await
    }
}

/// What came of an item, as events tell it.
fn came_of(locked: &Locked) -> Result<Json> {
    let result = result(&locked.row)?;
    Ok(json!({ "outcome": result.map(|result| result.outcome) }))
}

/// Goes one step back. The measurement of a review that is taken back goes; the event keeps its outcome.
pub struct ReopenImprovement {
    /// Which item.
    pub id: ImprovementId,
    /// Why.
    pub input: ReopenImprovementInput,
}

impl Command for ReopenImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementReopen;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let next = locked.is.status.reopen()?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let told = came_of(&locked)?;
        let mut change = stepped(work, &locked, next, reason);
        match next {
            ImprovementStatus::InProgress => {
                change.after_value = Set(None);
                change.after_on = Set(None);
                change.review = Set(None);
            }
            ImprovementStatus::Reviewed => change.closing_note = Set(None),
            _ => {}
        }
        update(work, &permit, &locked, change, ("improvement.reopened", told)).await
    }
}

/// Gives an item up before it was reviewed.
pub struct DropImprovement {
    /// Which item.
    pub id: ImprovementId,
    /// Why.
    pub input: DropImprovementInput,
}

impl Command for DropImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementDrop;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let next = locked.is.status.leave()?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let change = stepped(work, &locked, next, reason);
        update(work, &permit, &locked, change, ("improvement.dropped", json!({}))).await
    }
}

/// The row in its next state.
fn stepped(work: &Work<'_>, locked: &Locked, next: ImprovementStatus, reason: Option<Reason>) -> ActiveModel {
    let mut change = locked.row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.status_reason = Set(reason.map(|reason| reason.as_str().to_owned()));
    change.status_since = Set(work.now());
    change
}
