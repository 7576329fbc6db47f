//! A membership held still, its community first.

use entity::membership::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{state::MembershipStatus, view::MembershipId};
use crate::{
    access::{actor::Place, context::Work, scope},
    community::group::lock::{self as community_lock, Held},
    foundation::error::{Error, Result},
};

/// A membership and its community, both locked.
pub struct HeldMembership {
    /// Its community.
    pub community: Held,
    /// Its row.
    pub row: Model,
    /// Where it stands.
    pub status: MembershipStatus,
}

impl HeldMembership {
    /// Where it belongs: with its community, and with its person.
    pub fn place(&self) -> Place {
        Place { person: Some(self.row.person_id), ..self.community.place.clone() }
    }
}

/// The membership with this id, within the caller's reach, and its community, both locked.
///
/// # Errors
/// `not_found`.
pub async fn lock(work: &Work<'_>, id: MembershipId) -> Result<HeldMembership> {
    let seen = scope::memberships(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let of = of.ok_or(Error::NotFound("membership"))?;
    let community = community_lock::lock(work, of.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("membership"))?;
    let status = status(&row)?;
    Ok(HeldMembership { community, row, status })
}

/// Where a membership stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &Model) -> Result<MembershipStatus> {
    MembershipStatus::parse(&row.status).map_err(|f| Error::internal("membership.status", f.code))
}
