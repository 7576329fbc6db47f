//! A series held still, its community first.

use entity::meeting_series::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{state::MeetingSeriesStatus, view::MeetingSeriesId};
use crate::{
    access::{context::Work, scope},
    community::group::lock::{self as community_lock, Held},
    foundation::error::{Error, Result},
};

/// A series and its community, both locked.
pub struct HeldSeries {
    /// Its community.
    pub community: Held,
    /// Its row.
    pub row: Model,
    /// Where it stands.
    pub status: MeetingSeriesStatus,
}

/// The series with this id, within the caller's reach, and its community, both locked.
///
/// # Errors
/// `not_found`.
pub async fn lock(work: &Work<'_>, id: MeetingSeriesId) -> Result<HeldSeries> {
    let seen = scope::meeting_series(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let of = of.ok_or(Error::NotFound("meeting-series"))?;
    let community = community_lock::lock(work, of.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("meeting-series"))?;
    let status = MeetingSeriesStatus::parse(&row.status)
        .map_err(|f| Error::internal("meeting_series.status", f.code))?;
    Ok(HeldSeries { community, row, status })
}
