//! Whether everybody heard what they may and nothing else, in the order of commits; and how soon.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use entity::event::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{follow::Outcome, seed::Person, write::Written};
use crate::foundation::store::Store;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Events that came, of all subscribers together.
    pub delivered: usize,
    /// Subscribers who are members of some community, and those who are of none.
    pub members: usize,
    /// Those who asked for what is not theirs and were refused.
    pub refused: usize,
    /// Those who came back with a cursor.
    pub returned: usize,
    /// Events that came after a return.
    pub caught_up: usize,
    /// From the request that wrote an event to its arrival at a subscriber who was there, sorted.
    pub latencies: Vec<Duration>,
}

/// The activities of each community in the order in which they were committed.
///
/// # Errors
/// In words.
pub async fn committed(store: &Store, written: &[Written]) -> Result<Vec<Vec<Uuid>>, String> {
    let of: HashMap<Uuid, usize> = written.iter().map(|one| (one.subject, one.community)).collect();
    let rows: Vec<String> = Entity::find()
        .select_only()
        .column(Column::SubjectId)
        .filter(Column::Kind.eq("activity.created"))
        .order_by_asc(Column::Pos)
        .into_tuple()
        .all(store.reader())
        .await
        .map_err(|e| e.to_string())?;
    let communities = of.values().max().map_or(0, |most| most + 1);
    let mut all = vec![Vec::new(); communities];
    for id in rows {
        let id: Uuid = id.parse().map_err(|e| format!("{e}"))?;
        let place = of.get(&id).ok_or("an event that nobody wrote")?;
        all.get_mut(*place).ok_or("no such community")?.push(id);
    }
    Ok(all)
}

/// Looks at what everybody heard.
///
/// # Errors
/// Who missed what, heard too much, twice or out of order.
pub fn check(
    persons: &[Person],
    outcomes: &[Outcome],
    committed: &[Vec<Uuid>],
    written: &[Written],
) -> Result<Found, String> {
    let sent: HashMap<Uuid, Instant> = written.iter().map(|one| (one.subject, one.sent)).collect();
    let mut found = Found::default();
    for (nth, (person, outcome)) in persons.iter().zip(outcomes).enumerate() {
        for (place, community) in person.of.iter().enumerate() {
            let heard: Vec<Uuid> =
                outcome.heard.iter().filter(|one| one.place == place).map(|one| one.subject).collect();
            let should = committed.get(*community).ok_or("no such community")?;
            if heard != *should {
                let missed = should.iter().filter(|id| !heard.contains(id)).count();
                return Err(format!(
                    "subscriber {nth} heard {} of {} events of community {community}: {missed} missed, or in another order",
                    heard.len(),
                    should.len()
                ));
            }
        }
        if !outcome.refused {
            return Err(format!("subscriber {nth} was not refused what is not theirs"));
        }
        found.refused += 1;
        found.members += usize::from(!person.of.is_empty());
        found.returned += usize::from(outcome.returned);
        found.delivered += outcome.heard.len();
        for one in &outcome.heard {
            let Some(sent) = sent.get(&one.subject) else { continue };
            if one.caught_up {
                found.caught_up += 1;
            } else {
                found.latencies.push(one.at.saturating_duration_since(*sent));
            }
        }
    }
    found.latencies.sort_unstable();
    Ok(found)
}

/// The value below which `percent` of a sorted list lie, in milliseconds.
pub fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(0.0, |value| value.as_secs_f64() * 1_000.0)
}
