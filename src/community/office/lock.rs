//! An office held still, its community first.

use entity::community_office::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::view::CommunityOfficeId;
use crate::{
    access::{context::Work, scope},
    community::group::lock::{self as community_lock, Held},
    foundation::error::{Error, Result},
};

/// An office and its community, both locked.
pub struct HeldOffice {
    /// Its community.
    pub community: Held,
    /// Its row.
    pub row: Model,
}

/// The office with this id, within the caller's reach, and its community, both locked.
///
/// # Errors
/// `not_found`.
pub async fn lock(work: &Work<'_>, id: CommunityOfficeId) -> Result<HeldOffice> {
    let seen = scope::offices(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let community = community_lock::lock(work, of.ok_or(Error::NotFound("office"))?.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("office"))?;
    Ok(HeldOffice { community, row })
}
