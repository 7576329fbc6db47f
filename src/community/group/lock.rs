//! A community held still while something about it is decided, and where it belongs as its caller is
//! concerned. Every command on a community, its members, plans or activities takes this lock first, so that
//! no two of them wait for each other.

use chrono_tz::Tz;
use entity::{
    community::{Column, Model},
    community_office, membership,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, sea_query::LockType,
};
use uuid::Uuid;

use super::{rule::Office, state::CommunityStatus, view::CommunityId};
use crate::{
    access::{
        actor::{Actor, Place},
        context::Work,
        scope,
    },
    foundation::error::{Error, Result},
};

/// A community that is held still, and where it belongs.
pub struct Held {
    /// Its row, locked.
    pub row: Model,
    /// Where it belongs, and whether the caller is a member or officer of it.
    pub place: Place,
    /// Where it stands.
    pub status: CommunityStatus,
}

/// The community with this id, locked until the transaction ends (SQLite has one writer anyway).
///
/// # Errors
/// `not_found`.
pub async fn lock(work: &Work<'_>, id: CommunityId) -> Result<Held> {
    let row = scope::communities(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        // Weaker than what is taken to delete a row: what only points to the community need not wait.
        .lock(LockType::NoKeyUpdate)
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("community"))?;
    let place = place(work.db(), work.actor, &row).await?;
    let status = status(&row)?;
    Ok(Held { row, place, status })
}

/// Where a community belongs, and whether the caller is a member or officer of it.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn place(db: &impl ConnectionTrait, actor: &Actor, row: &Model) -> Result<Place> {
    let mut place =
        Place { region: Some(row.region_code.clone()), school: row.school_id, ..Place::default() };
    if let Some(person) = actor.person() {
        place.member = is_member(db, row.id, person).await?.then_some(person);
        place.officer = is_officer(db, row.id, person).await?.then_some(person);
    }
    Ok(place)
}

/// Whether a person is an active member of a community.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn is_member(db: &impl ConnectionTrait, community: Uuid, person: Uuid) -> Result<bool> {
    let found = membership::Entity::find()
        .filter(membership::Column::CommunityId.eq(community))
        .filter(membership::Column::PersonId.eq(person))
        .filter(membership::Column::Status.eq("active"));
    Ok(found.count(db).await? > 0)
}

/// Whether a person leads a community: chair, secretary or treasurer; the other offices are for one subject,
/// one grade, or an honour. A term that ran out does not end the office: it is
/// held until it is passed on or given up, so that no community is left without anybody who may act.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn is_officer(db: &impl ConnectionTrait, community: Uuid, person: Uuid) -> Result<bool> {
    let found = community_office::Entity::find()
        .filter(community_office::Column::CommunityId.eq(community))
        .filter(community_office::Column::PersonId.eq(person))
        .filter(community_office::Column::Office.is_in(Office::LEADING))
        .filter(community_office::Column::EndedAt.is_null());
    Ok(found.count(db).await? > 0)
}

impl Held {
    /// Its place for what its chair does and no other officer: passing the chair on, ending the community. By
    /// another office nobody reaches it.
    ///
    /// # Errors
    /// `unavailable` or `internal` when the database does not answer.
    pub async fn place_of_chair(&self, work: &Work<'_>) -> Result<Place> {
        let chair = match self.place.officer {
            None => 0,
            Some(person) => {
                let held = community_office::Entity::find()
                    .filter(community_office::Column::CommunityId.eq(self.row.id))
                    .filter(community_office::Column::PersonId.eq(person))
                    .filter(community_office::Column::Office.eq(Office::Chair))
                    .filter(community_office::Column::EndedAt.is_null());
                held.count(work.db()).await?
            }
        };
        Ok(Place { officer: self.place.officer.filter(|_| chair > 0), ..self.place.clone() })
    }
}

/// The zone of a community's clocks.
///
/// # Errors
/// `internal` when the column holds no zone.
pub fn clock(row: &Model) -> Result<Tz> {
    row.timezone.parse().map_err(|e| Error::internal("community.timezone", e))
}

/// Where a community stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &Model) -> Result<CommunityStatus> {
    CommunityStatus::parse(&row.status).map_err(|f| Error::internal("community.status", f.code))
}
