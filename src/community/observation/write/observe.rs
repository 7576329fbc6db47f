//! From the lesson to the reflection: what the observer writes, what the observed teacher writes, and the end.

use entity::observation_instrument;
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{Locked, lock, update};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    community::{
        identity,
        observation::{
            input::{
                CloseObservationInput, GiveObservationFeedbackInput, RecordObservationInput,
                ReflectObservationInput,
            },
            instrument::{rule::Criterion, view::criteria},
            rule::{TEXT, rating_faults},
            view::{Observation, ObservationId},
        },
    },
    foundation::error::{Error, Fault, Faults, Result},
};

/// Writes down what the observer saw and heard.
pub struct RecordObservation {
    /// Which one.
    pub id: ObservationId,
    /// Evidence and ratings.
    pub input: RecordObservationInput,
}

impl Command for RecordObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationRecord;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        work.expect(locked.row.version)?;
        locked.viewer.require_observer()?;
        let next = locked.status.record(locked.row.agreed_at.is_some())?;
        if work.now() < locked.row.lesson_at {
            let starts = locked.row.lesson_at.to_rfc3339();
            return Err(Error::conflict_with(Fault::new("", "lesson_to_come").with("starts", starts)));
        }
        let mut faults = Faults::new();
        let evidence = faults.take("/evidence", identity::several_lines(&self.input.evidence, TEXT));
        let given: Vec<(String, i32)> =
            self.input.ratings.iter().map(|rating| (rating.criterion.clone(), rating.level)).collect();
        for fault in rating_faults(&given, &agreed(work, &locked).await?) {
            faults.push(fault);
        }
        faults.done()?;
        let ratings =
            serde_json::to_value(&self.input.ratings).map_err(|e| Error::internal("write the ratings", e))?;
        let mut change = locked.row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.evidence = Set(evidence);
        change.ratings = Set(ratings);
        update(work, &permit, &locked, change, "observation.recorded").await
    }
}

/// The criteria the two agreed to look at; none without an instrument. One that retired since still holds.
async fn agreed(work: &Work<'_>, locked: &Locked) -> Result<Vec<Criterion>> {
    let Some(id) = locked.row.instrument_id else { return Ok(Vec::new()) };
    let row = observation_instrument::Entity::find_by_id(id).one(work.db()).await?;
    row.as_ref().map_or_else(|| Ok(Vec::new()), criteria)
}

/// Says what the observer thinks.
pub struct GiveObservationFeedback {
    /// Which one.
    pub id: ObservationId,
    /// The feedback.
    pub input: GiveObservationFeedbackInput,
}

impl Command for GiveObservationFeedback {
    type Output = Observation;
    const ACTION: Action = Action::ObservationGiveFeedback;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        work.expect(locked.row.version)?;
        locked.viewer.require_observer()?;
        let next = locked.status.give_feedback()?;
        let mut faults = Faults::new();
        let feedback = faults.take("/feedback", identity::several_lines(&self.input.feedback, TEXT));
        faults.done()?;
        let mut change = locked.row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.feedback = Set(feedback);
        // Whoever shared it shared other words: both are asked anew.
        change.observer_shared_at = Set(None);
        change.observed_shared_at = Set(None);
        update(work, &permit, &locked, change, "observation.feedback_given").await
    }
}

/// Writes down what the observed teacher makes of it, for themselves.
pub struct ReflectObservation {
    /// Which one.
    pub id: ObservationId,
    /// The reflection.
    pub input: ReflectObservationInput,
}

impl Command for ReflectObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationReflect;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        work.expect(locked.row.version)?;
        locked.viewer.require_observed()?;
        let next = locked.status.reflect()?;
        let mut faults = Faults::new();
        let reflection = faults.take("/reflection", identity::several_lines(&self.input.reflection, TEXT));
        faults.done()?;
        let mut change = locked.row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.reflection = Set(reflection);
        // What was shared were other words: its author shares the new ones, or keeps them.
        change.reflection_shared_at = Set(None);
        update(work, &permit, &locked, change, "observation.reflected").await
    }
}

/// Ends it; without a reflection only if the observed teacher says why.
pub struct CloseObservation {
    /// Which one.
    pub id: ObservationId,
    /// Why there is no reflection.
    pub input: CloseObservationInput,
}

impl Command for CloseObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationClose;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        work.expect(locked.row.version)?;
        let given = self.input.reason.as_deref();
        if given.is_some() {
            locked.viewer.require_observed()?;
        }
        let next = locked.status.close(given.is_some())?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", given.map(|raw| identity::line(raw, 500)).transpose());
        faults.done()?;
        let mut change = locked.row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        if let Some(reason) = reason.flatten() {
            change.status_reason = Set(Some(reason));
        }
        update(work, &permit, &locked, change, "observation.closed").await
    }
}
