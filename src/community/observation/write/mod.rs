//! Changing peer observations. Each command locks the community, then the observation, within what the
//! caller sees; asks for a permit, which only the two get; lets the rule decide; and tells of it last,
//! without naming anybody and without a word of what was written.

mod observe;
mod plan;
mod share;

pub use observe::{CloseObservation, GiveObservationFeedback, RecordObservation, ReflectObservation};
pub use plan::{AcceptObservation, CancelObservation, PlanObservation, UpdateObservation};
pub use share::{ShareObservation, UnshareObservation};

use entity::observation::{ActiveModel, Column, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::{
    read,
    rule::Viewer,
    state::ObservationStatus,
    view::{Observation, ObservationId, status},
};
use crate::{
    access::{
        actor::{Permit, Place},
        context::Work,
        scope,
    },
    community::group::lock as community_lock,
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

/// A peer observation and its community, both locked, and what the caller is to it.
struct Locked {
    row: Model,
    status: ObservationStatus,
    viewer: Viewer,
    community: community_lock::Held,
    /// Of the caller alone, where they are one of the two; of nobody, region or school otherwise.
    place: Place,
}

/// Locks the community, then the observation.
async fn lock(work: &Work<'_>, id: ObservationId) -> Result<Locked> {
    let seen = scope::observations(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let of = of.ok_or(Error::NotFound("observation"))?;
    let community = community_lock::lock(work, of.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("observation"))?;
    let viewer = Viewer::of(work.actor.person(), row.observer_id, row.observed_id);
    let person = work.actor.person().filter(|_| viewer != Viewer::Member);
    let place = Place { person, ..Place::default() };
    Ok(Locked { status: status(&row)?, viewer, community, place, row })
}

/// What a change leaves, its event, and what the caller sees of it.
async fn update(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    mut change: ActiveModel,
    kind: &'static str,
) -> Result<Observation> {
    change.version = Set(locked.row.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    let region = locked.community.row.region_code.clone();
    announced(work, kind, region, row).await
}

/// Tells that something happened in a community: where it stands, and no more. Who the two are, what they
/// look at and what they wrote is in no event.
async fn announced(work: &Work<'_>, kind: &'static str, region: String, row: Model) -> Result<Observation> {
    let event = Event::new(kind, "observation", row.id, row.version)
        .in_region(Some(region))
        .with(json!({ "communityId": row.community_id, "status": row.status }));
    let shown = read::shown(work.db(), work.actor, vec![row]).await?.pop();
    work.emit(event).await?;
    shown.ok_or(Error::NotFound("observation"))
}
