//! Changing items of improvement.

mod draft;
mod link;
mod step;

pub use draft::{CreateImprovement, NoteImprovement, UpdateImprovement};
pub use link::{LinkImprovement, UnlinkImprovement};
pub use step::{
    AgreeImprovement, CloseImprovement, DropImprovement, ReopenImprovement, ReviewImprovement,
    StartImprovement,
};

use chrono::NaiveDate;
use entity::{
    improvement::{ActiveModel, Column, Model},
    membership,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{
    read, rule,
    view::{Improvement, ImprovementId, Measured, measured},
};
use crate::{
    access::{
        actor::{Permit, Place},
        context::Work,
        scope,
    },
    community::group::lock::{self as community_lock, Held},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        text,
    },
};

/// An item and its community, both locked.
struct Locked {
    row: Model,
    is: Measured,
    community: Held,
}

impl Locked {
    /// Where the item belongs for what whoever looks after it does too.
    fn place_of_owner(&self) -> Place {
        Place { person: self.row.owner_id, ..self.community.place.clone() }
    }
}

/// Locks the community, then the item.
async fn lock(work: &Work<'_>, id: ImprovementId) -> Result<Locked> {
    let seen = scope::improvements(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let community = community_lock::lock(work, of.ok_or(Error::NotFound("improvement"))?.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("improvement"))?;
    Ok(Locked { is: measured(&row)?, community, row })
}

/// Today, by the calendar of the issuer.
fn today(work: &Work<'_>) -> NaiveDate {
    work.services.issuer_day(work.now())
}

/// A text of several lines that must be said.
fn said(raw: &str) -> std::result::Result<String, Fault> {
    text::as_given(raw, rule::TEXT)
}

/// Notes when the owner is no active member of the community.
async fn check_owner(work: &Work<'_>, community: Uuid, owner: PersonId, faults: &mut Faults) -> Result<()> {
    let found = membership::Entity::find()
        .filter(membership::Column::CommunityId.eq(community))
        .filter(membership::Column::Status.eq("active"))
        .filter(membership::Column::PersonId.eq(owner.uuid()))
        .count(work.db())
        .await?;
    faults.require(found > 0, "/ownerId", "colleague_not_a_member");
    Ok(())
}

/// What the caller sees of a row.
async fn shown(work: &Work<'_>, row: Model) -> Result<Improvement> {
    let found = read::shown(work.db(), vec![row], today(work)).await?;
    found.into_iter().next().ok_or(Error::NotFound("improvement"))
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    mut change: ActiveModel,
    (kind, more): (&'static str, Json),
) -> Result<Improvement> {
    change.version = Set(locked.row.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    announced(work, kind, locked.community.row.region_code.clone(), row, more).await
}

/// The event of a change: community, title, state, and `more`; whoever looks after it is not in it.
async fn announced(
    work: &Work<'_>,
    kind: &'static str,
    region: String,
    row: Model,
    more: Json,
) -> Result<Improvement> {
    let mut told = json!({ "communityId": row.community_id, "status": row.status, "title": row.title });
    if let (Some(told), Json::Object(more)) = (told.as_object_mut(), more) {
        told.extend(more);
    }
    let event = Event::new(kind, "improvement", row.id, row.version).in_region(Some(region)).with(told);
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}
