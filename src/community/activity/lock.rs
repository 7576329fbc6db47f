//! An activity held still, its community first.

use entity::activity::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{state::ActivityStatus, view::ActivityId};
use crate::{
    access::{context::Work, scope},
    community::group::lock::{self as community_lock, Held},
    foundation::error::{Error, Result},
};

/// An activity and its community, both locked.
pub struct HeldActivity {
    /// Its community.
    pub community: Held,
    /// Its row.
    pub row: Model,
    /// Where it stands.
    pub status: ActivityStatus,
}

/// The activity with this id, within the caller's reach, and its community, both locked.
///
/// # Errors
/// `not_found`.
pub async fn lock(work: &Work<'_>, id: ActivityId) -> Result<HeldActivity> {
    let seen = scope::activities(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let of = of.ok_or(Error::NotFound("activity"))?;
    let community = community_lock::lock(work, of.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("activity"))?;
    let status = status(&row)?;
    Ok(HeldActivity { community, row, status })
}

/// Where an activity stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &Model) -> Result<ActivityStatus> {
    ActivityStatus::parse(&row.status).map_err(|f| Error::internal("activity.status", f.code))
}
