//! A quota that several nodes use up together. The database holds one number for each caller, and a node takes a
//! handful of units from it at a time, so that few requests wait for a write. What a node took and does not use within
//! ten seconds is lost to the caller, never granted twice.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::rate_window::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use tokio::{
    sync::{Mutex as AsyncMutex, OwnedMutexGuard},
    time::{Instant, timeout},
};

use super::{Key, Standing};
use crate::{
    access::{context::Services, veil::Veil},
    foundation::{error::Result, transaction::Tx},
    identity::protocol,
};

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;
/// How long units may be used after they were taken, microseconds.
const KEPT: i64 = 10_000_000;
/// How long a request waits for the database before the node decides alone.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long it is left alone after it did not answer.
const AWAY: Duration = Duration::from_secs(10);
/// Callers whose units are held here; more are forgotten, all at once.
const MOST_KEYS: usize = 50_000;

/// What this node took for one caller, and what it learned.
#[derive(Debug, Default)]
struct Lease {
    /// Units that are still ours to grant.
    left: u32,
    /// When they were taken.
    taken_at: i64,
    /// What the database had left then.
    beyond: u32,
    /// So many units do not fit before that moment: asking again would only cost.
    closed: Option<(u32, i64)>,
}

impl Lease {
    fn grant(&mut self, limit: u32, units: u32) -> Standing {
        self.left = self.left.saturating_sub(units);
        Standing::of(limit, self.left.saturating_add(self.beyond).min(limit), None)
    }

    /// Whether what was asked is known not to fit yet: seconds to wait.
    fn refusal(&self, units: u32, now: i64) -> Option<u64> {
        let (refused, until) = self.closed?;
        (units >= refused && now < until && self.left < units).then(|| seconds(until - now))
    }

    fn forget_old(&mut self, now: i64) {
        // A clock that was set back makes old units new ones, too: they are given up.
        if !(0..KEPT).contains(&(now - self.taken_at)) {
            (self.left, self.beyond) = (0, 0);
        }
    }
}

/// What the database answered.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
enum Drawn {
    /// So many units, and what is left after them.
    Units(u32, u32),
    /// Nothing until that moment.
    Nothing(i64),
}

/// The units of one quota that this node holds.
pub struct Leases {
    limit: u32,
    held: Mutex<HashMap<Key, Arc<AsyncMutex<Lease>>>>,
    away: Mutex<Option<Instant>>,
}

impl Leases {
    /// Of a quota of `limit` a minute.
    pub fn new(limit: u32) -> Self {
        Self { limit: limit.max(1), held: Mutex::default(), away: Mutex::default() }
    }

    /// Takes `units`, all of them or none; `None` when the database did not say in time.
    pub(super) async fn take(
        &self,
        services: &Arc<Services>,
        window: &'static str,
        key: &Key,
        units: u32,
    ) -> Option<Standing> {
        if self.is_away() {
            return None;
        }
        let now = services.clock.now().timestamp_micros();
        let Some(mut lease) = self.turn(key).await else { return alone() };
        lease.forget_old(now);
        if lease.left >= units {
            return Some(lease.grant(self.limit, units));
        }
        if units > self.limit {
            return Some(Standing::of(self.limit, 0, Some(60)));
        }
        if let Some(wait) = lease.refusal(units, now) {
            return Some(Standing::of(self.limit, lease.left, Some(wait)));
        }
        let row = Veil::new(&services.keyring).caller(&key.text(), window, "rate");
        // In a task of its own: what the database gave is noted although nobody waits for it any more, and a request
        // that reads does not count as one that writes.
        let drawing = tokio::spawn(draw(services.clone(), row, lease, self.limit, units));
        match timeout(PATIENCE, drawing).await {
            Ok(Ok(Ok(standing))) => Some(standing),
            Ok(Ok(Err(error))) => {
                tracing::warn!(%error, "the database does not count requests; this node does, more strictly");
                self.not_in_time()
            }
            _ => self.not_in_time(),
        }
    }

    /// The lease of a caller once its other requests are done with it. Whoever waits too long waits for those, which
    /// says nothing about the database.
    async fn turn(&self, key: &Key) -> Option<OwnedMutexGuard<Lease>> {
        timeout(PATIENCE, self.of(key).lock_owned()).await.ok()
    }

    fn is_away(&self) -> bool {
        let away = *self.away.lock().unwrap_or_else(PoisonError::into_inner);
        away.is_some_and(|until| Instant::now() < until)
    }

    fn not_in_time(&self) -> Option<Standing> {
        *self.away.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + AWAY);
        alone()
    }

    fn of(&self, key: &Key) -> Arc<AsyncMutex<Lease>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST_KEYS && !held.contains_key(key) {
            // Units that are forgotten are used up for the database: nobody gets more by it.
            held.clear();
        }
        held.entry(key.clone()).or_default().clone()
    }
}

/// The node decides this request by itself.
fn alone() -> Option<Standing> {
    metrics::counter!("sanggar_limits_alone_total").increment(1);
    None
}

/// Gets units from the database, some more than are needed now where there are.
async fn draw(
    services: Arc<Services>,
    row: String,
    mut lease: OwnedMutexGuard<Lease>,
    limit: u32,
    units: u32,
) -> Result<Standing> {
    let needed = units.saturating_sub(lease.left);
    let handful = (limit / 60).max((limit / 10).clamp(1, 20));
    let wanted = needed.max(handful);
    let drawn = protocol::write(&services, "rate.draw", "limits", "internal", move |tx| {
        let row = row.clone();
        Box::pin(async move { drawn(tx, &row, limit, needed, wanted).await })
    })
    .await?;
    let now = services.clock.now().timestamp_micros();
    match drawn {
        Drawn::Units(more, beyond) => {
            *lease = Lease { left: lease.left.saturating_add(more), taken_at: now, beyond, closed: None };
            Ok(lease.grant(limit, units))
        }
        Drawn::Nothing(until) => {
            lease.beyond = 0;
            lease.closed = Some((units, until));
            Ok(Standing::of(limit, lease.left, Some(seconds(until - now))))
        }
    }
}

/// GCRA over one row: the moment at which all use is made good moves on by what is taken, and never lies further off
/// than a minute's worth.
async fn drawn(tx: &Tx, row: &str, limit: u32, needed: u32, wanted: u32) -> Result<Drawn> {
    let now = tx.now().timestamp_micros();
    let each = (MINUTE / i64::from(limit)).max(1);
    let span = each.saturating_mul(i64::from(limit));
    // Writing the row as it is locks it, and makes it where there was none.
    let locked = Entity::insert(ActiveModel { key: Set(row.to_owned()), tat: Set(now) })
        .on_conflict(
            OnConflict::column(Column::Key).value(Column::Tat, Expr::col((Entity, Column::Tat))).to_owned(),
        )
        .exec_with_returning(tx.db())
        .await?;
    // A node whose clock runs ahead must not shut anybody out for longer than the quota does.
    let used = locked.tat.clamp(now, now.saturating_add(span));
    let room = u32::try_from((now + span - used) / each).unwrap_or(u32::MAX);
    if room < needed {
        return Ok(Drawn::Nothing(used + each.saturating_mul(i64::from(needed)) - span));
    }
    let taken = wanted.min(room);
    let moved = used + each.saturating_mul(i64::from(taken));
    Entity::update_many()
        .col_expr(Column::Tat, Expr::value(moved))
        .filter(Column::Key.eq(row))
        .exec(tx.db())
        .await?;
    Ok(Drawn::Units(taken, room - taken))
}

/// Forgets the rows of callers whose use is made good; answers how many.
///
/// # Errors
/// When the database is away.
pub async fn forget(services: &Arc<Services>) -> Result<u64> {
    protocol::write(services, "rate.forget", "limits", "internal", |tx| {
        Box::pin(async move {
            let now = tx.now().timestamp_micros();
            Ok(Entity::delete_many().filter(Column::Tat.lt(now)).exec(tx.db()).await?.rows_affected)
        })
    })
    .await
}

fn seconds(micros: i64) -> u64 {
    u64::try_from(micros).unwrap_or_default().div_ceil(1_000_000).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_were_not_used_in_time_are_lost() {
        let mut lease = Lease { left: 5, taken_at: 1_000, beyond: 7, closed: None };
        lease.forget_old(1_000 + KEPT - 1);
        assert_eq!(lease.left, 5);
        lease.forget_old(1_000 + KEPT);
        assert_eq!((lease.left, lease.beyond), (0, 0));
        let mut lease = Lease { left: 5, taken_at: 1_000, beyond: 7, closed: None };
        lease.forget_old(0);
        assert_eq!(lease.left, 0, "the clock was set back");
    }

    #[tokio::test]
    async fn who_waits_for_the_turn_of_one_caller_sends_nobody_else_away() {
        let leases = Leases::new(10);
        let (busy, other) = (Key::Caller("busy".to_owned()), Key::Caller("other".to_owned()));
        let held = leases.turn(&busy).await;
        assert!(held.is_some());
        assert!(leases.turn(&busy).await.is_none(), "after its patience");
        assert!(!leases.is_away());
        assert!(leases.turn(&other).await.is_some());
    }

    #[test]
    fn what_is_known_not_to_fit_is_not_asked_for_again() {
        let lease = Lease { left: 1, taken_at: 0, beyond: 0, closed: Some((5, 3_000_000)) };
        assert_eq!(lease.refusal(5, 0), Some(3));
        assert_eq!(lease.refusal(9, 2_999_999), Some(1));
        assert_eq!(lease.refusal(4, 0), None, "less may fit");
        assert_eq!(lease.refusal(5, 3_000_000), None, "its time has come");
    }
}
