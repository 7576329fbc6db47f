//! What colleagues in a community are called by one another.

use std::collections::{HashMap, HashSet};

use entity::{membership, person};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::foundation::error::Result;

/// The names of these persons.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub(in crate::community) async fn names(
    db: &impl ConnectionTrait,
    mut ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, String>> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(Uuid, String)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .filter(person::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// Which of these persons are active members of the community.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub(in crate::community) async fn active(
    db: &impl ConnectionTrait,
    community: Uuid,
    of: Vec<Uuid>,
) -> Result<HashSet<Uuid>> {
    if of.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<Uuid> = membership::Entity::find()
        .select_only()
        .column(membership::Column::PersonId)
        .filter(membership::Column::CommunityId.eq(community))
        .filter(membership::Column::Status.eq("active"))
        .filter(membership::Column::PersonId.is_in(of))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}
