//! Records that became part of another: where an id leads now, and which ids lead to a record.

use std::collections::HashMap;

use entity::person::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::rule;
use crate::{access::grant::Grant, foundation::error::Result};

/// The most links that are followed; a longer chain is damaged data, and `rule::resolve` says so.
const LONGEST_CHAIN: usize = 64;

/// Which record each record of the chains from `starts` on became part of: one statement for each
/// link of the longest.
async fn links_of(db: &impl ConnectionTrait, starts: &[Uuid]) -> Result<HashMap<Uuid, Uuid>> {
    let mut links = HashMap::new();
    let mut open = starts.to_vec();
    for _ in 0..LONGEST_CHAIN {
        open.retain(|id| !links.contains_key(id));
        if open.is_empty() {
            break;
        }
        let rows: Vec<(Uuid, Option<Uuid>)> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::MergedInto])
            .filter(Column::Id.is_in(open.drain(..)))
            .filter(Column::MergedInto.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        for (id, next) in rows {
            let Some(next) = next else { continue };
            links.insert(id, next);
            open.push(next);
        }
    }
    Ok(links)
}

/// Which record each record of the chain from `start` on became part of.
pub async fn links(db: &impl ConnectionTrait, start: Uuid) -> Result<HashMap<Uuid, Uuid>> {
    links_of(db, &[start]).await
}

/// Where the record `id` lives now: `id` itself while it is current.
///
/// # Errors
/// `person_merge_cycle` for damaged data.
pub async fn resolve(db: &impl ConnectionTrait, id: Uuid) -> Result<Uuid> {
    let links = links(db, id).await?;
    rule::resolve(id, |link| links.get(link).copied())
}

/// Lets every grant that names a person name the record that person has now.
///
/// # Errors
/// `person_merge_cycle` for damaged data.
pub async fn follow(db: &impl ConnectionTrait, grants: &mut [Grant]) -> Result<()> {
    let named: Vec<Uuid> = grants.iter().filter_map(|grant| grant.person).collect();
    if named.is_empty() {
        return Ok(());
    }
    let current = resolve_all(db, &named).await?;
    for person in grants.iter_mut().filter_map(|grant| grant.person.as_mut()) {
        *person = current.get(person).copied().unwrap_or(*person);
    }
    Ok(())
}

/// Where each of these records lives now.
///
/// # Errors
/// As [`resolve`].
pub async fn resolve_all(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>> {
    let links = links_of(db, ids).await?;
    let resolved = |id: &Uuid| Ok((*id, rule::resolve(*id, |link| links.get(link).copied())?));
    ids.iter().map(resolved).collect()
}

/// That `id` is a current record; a command that is about to refer to it asks first.
///
/// # Errors
/// `person_merged`, naming the record to use.
pub async fn require_current(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    let links = links(db, id).await?;
    rule::require_current(id, |link| links.get(link).copied())
}

/// The ids that lead to `id`, directly or through others, for each of `ids`.
pub async fn sources(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut found: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    // Who leads to whom, in the end: each asked id is its own end.
    let mut end: HashMap<Uuid, Uuid> = ids.iter().map(|id| (*id, *id)).collect();
    let mut edge: Vec<Uuid> = ids.to_vec();
    while !edge.is_empty() {
        let rows: Vec<(Uuid, Option<Uuid>)> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::MergedInto])
            .filter(Column::MergedInto.is_in(edge.drain(..)))
            .into_tuple()
            .all(db)
            .await?;
        for (source, into) in rows {
            let Some(last) = into.and_then(|into| end.get(&into).copied()) else { continue };
            if end.insert(source, last).is_none() {
                found.entry(last).or_default().push(source);
                edge.push(source);
            }
        }
    }
    found.values_mut().for_each(|from| from.sort_unstable());
    Ok(found)
}
