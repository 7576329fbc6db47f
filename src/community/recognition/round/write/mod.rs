//! Changing rounds and objections.

mod compute;
mod object;
mod step;

pub use compute::{ComputeAwardRound, RecomputeAwardRound};
pub use object::{DecideAwardObjection, RaiseAwardObjection};
pub use step::{AnnounceAwardRound, FinaliseAwardRound, RetractAwardRound};

use entity::{
    award_entry, award_objection,
    award_round::{ActiveModel, Column, Model},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{
    state::{AwardObjectionStatus, AwardRoundStatus},
    view::{AwardRound, AwardRoundId, status},
};
use crate::{
    access::{
        actor::{Permit, Place},
        context::Work,
        scope,
    },
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

/// A round that is held still, and where it belongs.
struct Held {
    row: Model,
    status: AwardRoundStatus,
    place: Place,
}

/// Locks a round. Its entries and objections change only under this lock.
async fn lock(work: &Work<'_>, id: AwardRoundId) -> Result<Held> {
    let seen = scope::award_rounds(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("award_round"))?;
    Ok(Held { status: status(&row)?, place: place(&row.region_code), row })
}

fn place(region: &str) -> Place {
    Place { region: Some(region.to_owned()), ..Place::default() }
}

/// How many communities a round looked at, and how many of them are recognised.
async fn tally(work: &Work<'_>, round: Uuid) -> Result<(i32, i32)> {
    use award_entry::Column::{Awarded, RoundId};
    let all = award_entry::Entity::find().filter(RoundId.eq(round));
    let awarded = all.clone().filter(Awarded.eq(true)).count(work.db()).await?;
    let all = all.count(work.db()).await?;
    let whole = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
    Ok((whole(all), whole(awarded)))
}

/// How many objections are to be decided.
async fn open_objections(work: &Work<'_>, round: Uuid) -> Result<u64> {
    let open = award_objection::Entity::find()
        .filter(award_objection::Column::RoundId.eq(round))
        .filter(award_objection::Column::Status.eq(AwardObjectionStatus::Open));
    Ok(open.count(work.db()).await?)
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    found: &Model,
    mut change: ActiveModel,
    kind: &'static str,
) -> Result<AwardRound> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    work.emit(told(kind, &row)).await?;
    row.try_into()
}

/// The event of a change of a round.
fn told(kind: &'static str, row: &Model) -> Event {
    let told: Json = json!({
        "regionCode": row.region_code,
        "year": row.year,
        "status": row.status,
        "communities": row.communities,
        "awarded": row.awarded,
        "contestUntil": row.contest_until,
    });
    Event::new(kind, "award_round", row.id, row.version).in_region(Some(row.region_code.clone())).with(told)
}
