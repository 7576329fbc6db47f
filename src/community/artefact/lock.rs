//! An artefact held still, its community first, and who speaks for it.

use entity::artefact::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{licence::Licence, rule::ArtefactStatus, view::ArtefactId};
use crate::{
    access::{context::Work, scope},
    community::group::lock::{self as community_lock, Held},
    foundation::error::{Error, Result},
};

/// An artefact and its community, both locked.
pub struct HeldArtefact {
    /// Its community.
    pub community: Held,
    /// Its row.
    pub row: Model,
}

/// The artefact with this id, within the caller's reach, and its community, both locked.
///
/// # Errors
/// `not_found`.
pub async fn lock(work: &Work<'_>, id: ArtefactId) -> Result<HeldArtefact> {
    let seen = scope::artefacts(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let community = community_lock::lock(work, of.ok_or(Error::NotFound("artefact"))?.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("artefact"))?;
    Ok(HeldArtefact { community, row })
}

/// The person who writes, reviews or brings something. Whoever may is a member, so there is one.
///
/// # Errors
/// `forbidden` for a caller that is nobody in particular.
pub fn person(work: &Work<'_>, action: crate::access::action::Action) -> Result<Uuid> {
    work.actor.person().ok_or(Error::Forbidden(action.name()))
}

/// Where an artefact stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &Model) -> Result<ArtefactStatus> {
    ArtefactStatus::parse(&row.status).map_err(|f| Error::internal("artefact.status", f.code))
}

/// What others may do with it.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn licence(row: &Model) -> Result<Licence> {
    Licence::parse(&row.licence).map_err(|f| Error::internal("artefact.licence", f.code))
}
