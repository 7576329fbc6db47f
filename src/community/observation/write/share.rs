//! Letting the members of the community read it, and taking that back. It takes both; one is enough to end it.

use sea_orm::{ActiveValue::Set, IntoActiveModel, TryIntoModel};

use super::{lock, update};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    community::observation::{
        input::ShareObservationInput,
        rule::Viewer,
        view::{Observation, ObservationId},
    },
    foundation::error::{Error, Faults, Result},
};

/// Gives the caller's consent.
pub struct ShareObservation {
    /// Which one.
    pub id: ObservationId,
    /// How far.
    pub input: ShareObservationInput,
}

impl Command for ShareObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationShare;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        work.expect(locked.row.version)?;
        locked.status.require_shareable()?;
        let (mut faults, told) = (Faults::new(), self.input.with_reflection);
        let author = locked.viewer == Viewer::Observed;
        faults.require(!told || author, "/withReflection", "reflection_of_other");
        let written = locked.row.reflection.is_some();
        faults.require(!told || !author || written, "/withReflection", "reflection_missing");
        faults.done()?;
        let mut change = locked.row.clone().into_active_model();
        let now = Some(work.now());
        if author {
            change.observed_shared_at = Set(locked.row.observed_shared_at.or(now));
            let reflection = if told { locked.row.reflection_shared_at.or(now) } else { None };
            change.reflection_shared_at = Set(reflection);
        } else {
            change.observer_shared_at = Set(locked.row.observer_shared_at.or(now));
        }
        if change.clone().try_into_model()? == locked.row {
            return unchanged(work, locked.row).await;
        }
        update(work, &permit, &locked, change, "observation.shared").await
    }
}

/// Takes the caller's consent back, that to the reflection included.
pub struct UnshareObservation(pub ObservationId);

impl Command for UnshareObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationUnshare;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        work.expect(locked.row.version)?;
        let mut change = locked.row.clone().into_active_model();
        if locked.viewer == Viewer::Observed {
            change.observed_shared_at = Set(None);
            change.reflection_shared_at = Set(None);
        } else {
            change.observer_shared_at = Set(None);
        }
        if change.clone().try_into_model()? == locked.row {
            return unchanged(work, locked.row).await;
        }
        update(work, &permit, &locked, change, "observation.unshared").await
    }
}

/// Saying what stands there already is no fault and no event.
async fn unchanged(work: &Work<'_>, row: entity::observation::Model) -> Result<Observation> {
    let shown = super::read::shown(work.db(), work.actor, vec![row]).await?.pop();
    shown.ok_or(Error::NotFound("observation"))
}
