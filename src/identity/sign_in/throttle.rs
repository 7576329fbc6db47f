//! How often somebody may guess. Attempts are counted in the database, so that several nodes count together, and before
//! they are looked at, so that many at once are no way around. After a few, each further one waits longer. A browser in
//! which the account signed in before has a budget of its own: whoever guesses from elsewhere cannot lock the owner out.

use chrono::{DateTime, TimeDelta, Utc};
use entity::sign_in_attempt::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use std::net::IpAddr;
use uuid::Uuid;

use super::secret;
use crate::foundation::{error::Result, transaction::Tx};

/// After this long without a further attempt, all is forgiven of what one account or browser has.
const WINDOW: TimeDelta = TimeDelta::hours(1);
/// The longest wait there, seconds.
const LONGEST: i64 = 900;
/// How often one attempt of an address is forgotten, seconds, however busy it is.
const ADDRESS_FORGETS: i64 = 10;
/// How often one registration is forgotten, seconds: ten a day.
const REGISTRATION_FORGETS: i64 = 8_640;
/// How long a row stays that nobody touches: until the slowest count has fallen to nothing.
pub const KEPT: TimeDelta = TimeDelta::days(2);

/// How a count falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Falls {
    /// To nothing, after [`WINDOW`] without an attempt.
    AtOnce,
    /// By one each so many seconds, whatever came between: many share it, and some of them always try.
    Steadily(i64),
}

/// What attempts are counted for, and how many may fail before one waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Budget {
    key: String,
    free: i64,
    /// The first wait and the longest, seconds.
    waits: (i64, i64),
    falls: Falls,
}

impl Budget {
    /// Passwords for a login, whether it is anybody's or not, from browsers that nobody knows.
    pub fn login(login: &str) -> Self {
        Self::own(format!("login:{}", secret::hash(login)), 5)
    }

    /// Passwords from one address: a school or an office may share it.
    pub fn address(address: Option<IpAddr>) -> Self {
        let key = format!("address:{}", network(address));
        Self { key, free: 50, waits: (1, 10), falls: Falls::Steadily(ADDRESS_FORGETS) }
    }

    /// Clients that register themselves from one address.
    pub fn registration(address: Option<IpAddr>) -> Self {
        let key = format!("register:{}", network(address));
        let falls = Falls::Steadily(REGISTRATION_FORGETS);
        Self { key, free: 10, waits: (REGISTRATION_FORGETS, REGISTRATION_FORGETS), falls }
    }

    const fn own(key: String, free: i64) -> Self {
        Self { key, free, waits: (1, LONGEST), falls: Falls::AtOnce }
    }

    /// Passwords from a browser in which the account signed in before.
    pub fn device(device: &str) -> Self {
        Self::own(format!("device:{}", secret::hash(device)), 10)
    }

    /// Codes of a second factor, from a browser that knows the password.
    pub fn factor(account: Uuid, device: Option<&str>) -> Self {
        match device {
            Some(device) => Self::own(format!("device:{}:factor", secret::hash(device)), 5),
            None => Self::own(format!("login:{account}:factor"), 5),
        }
    }

    /// Links asked for by mail.
    pub fn reset(login: &str) -> Self {
        Self::own(format!("login:{}:reset", secret::hash(login)), 3)
    }

    /// The count that `count` has fallen to, and when it last fell.
    fn fallen(&self, row: &Model, now: DateTime<Utc>) -> (i64, DateTime<Utc>) {
        match self.falls {
            Falls::AtOnce if Ord::max(row.until, row.begun_at) + WINDOW < now => (0, now),
            Falls::AtOnce => (row.count, row.begun_at),
            Falls::Steadily(seconds) => {
                let forgotten = Ord::max((now - row.begun_at).num_seconds(), 0) / seconds;
                if forgotten >= row.count {
                    return (0, now);
                }
                // What is left of a step goes on counting, or a busy address would never be forgiven.
                (row.count - forgotten, row.begun_at + TimeDelta::seconds(forgotten * seconds))
            }
        }
    }

    /// Seconds to wait after this many attempts: none within the free ones, then twice as long each time.
    fn pause(&self, count: i64) -> i64 {
        let (first, longest) = self.waits;
        match count - self.free {
            over if over < 0 => 0,
            over => Ord::min(first << Ord::min(over, 10), longest),
        }
    }
}

/// An address as one network: of IPv6 everybody holds a whole /64.
fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(four)) => four.to_string(),
        Some(IpAddr::V6(six)) => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Counts one attempt against each budget, unless one of them has to wait: then the seconds until it need not.
///
/// # Errors
/// When the database does not answer.
pub async fn charge(tx: &Tx, budgets: &[Budget]) -> Result<Option<u64>> {
    let mut budgets = budgets.to_vec();
    // Always in one order, so that two who charge the same do not wait for each other.
    budgets.sort();
    let fresh = budgets.iter().map(|budget| ActiveModel {
        key: Set(budget.key.clone()),
        count: Set(0),
        begun_at: Set(tx.now()),
        until: Set(tx.now()),
    });
    let stays = OnConflict::column(Column::Key).do_nothing().to_owned();
    for row in fresh {
        Entity::insert(row).on_conflict(stays.clone()).exec_without_returning(tx.db()).await?;
    }
    let keys = budgets.iter().map(|budget| budget.key.as_str());
    let rows = Entity::find()
        .filter(Column::Key.is_in(keys))
        .order_by_asc(Column::Key)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    let wait = rows.iter().map(|row| (row.until - tx.now()).num_milliseconds()).max().unwrap_or(0);
    if wait > 0 {
        return Ok(Some(u64::try_from(wait).unwrap_or_default().div_ceil(1000)));
    }
    for row in rows {
        if let Some(budget) = budgets.iter().find(|budget| budget.key == row.key) {
            count(tx, &row, budget).await?;
        }
    }
    Ok(None)
}

async fn count(tx: &Tx, row: &Model, budget: &Budget) -> Result<()> {
    let (count, begun) = budget.fallen(row, tx.now());
    let until = tx.now() + TimeDelta::seconds(budget.pause(count + 1));
    Entity::update_many()
        .col_expr(Column::Count, Expr::value(count + 1))
        .col_expr(Column::BegunAt, Expr::value(begun))
        .col_expr(Column::Until, Expr::value(until))
        .filter(Column::Key.eq(&row.key))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// An attempt that succeeded: what was counted for this account or browser is forgotten. What an address did is not, or
/// one right password would buy many wrong ones; only the attempt itself is taken back, and the wait that it began.
///
/// # Errors
/// When the database does not answer.
pub async fn forgive(tx: &Tx, budgets: &[Budget]) -> Result<()> {
    let mut budgets = budgets.to_vec();
    // In the order of [`charge`].
    budgets.sort();
    for budget in budgets {
        let left = match budget.falls {
            Falls::AtOnce => Expr::value(0_i64),
            Falls::Steadily(_) => Expr::col(Column::Count).sub(1),
        };
        Entity::update_many()
            .col_expr(Column::Count, left)
            .col_expr(Column::Until, Expr::value(tx.now()))
            .filter(Column::Key.eq(budget.key).and(Column::Count.gt(0)))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// Lets go of what was forgiven long ago; answers how much.
///
/// # Errors
/// When the database does not answer.
pub async fn tidy(tx: &Tx) -> Result<u64> {
    let old = tx.now() - KEPT;
    let gone = Entity::delete_many().filter(Column::Until.lt(old).and(Column::BegunAt.lt(old)));
    Ok(gone.exec(tx.db()).await?.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attempt_beyond_the_free_ones_waits_twice_as_long_and_never_for_ever() {
        let login = Budget::login("siti");
        let waits: Vec<i64> = (1..=8).map(|count| login.pause(count)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!(login.pause(1_000_000), LONGEST);
        assert_eq!(Budget::address(None).pause(1_000_000), 10);
        assert_eq!([9, 10, 11].map(|count| Budget::registration(None).pause(count)), [0, 8_640, 8_640]);
    }

    #[test]
    fn a_busy_address_is_forgiven_while_it_is_busy() {
        let budget = Budget::address(None);
        let start = DateTime::UNIX_EPOCH;
        let mut row = Model { key: budget.key.clone(), count: 60, begun_at: start, until: start };
        // Somebody tries every four seconds, for twenty minutes.
        for at in (4..=1_200).step_by(4) {
            let (count, begun) = budget.fallen(&row, start + TimeDelta::seconds(at));
            row = Model { count, begun_at: begun, ..row };
        }
        assert_eq!(row.count, 0);
    }

    #[test]
    fn what_one_browser_did_is_forgotten_after_an_hour_of_quiet() {
        let budget = Budget::login("siti");
        let start = DateTime::UNIX_EPOCH;
        let row = Model { key: budget.key.clone(), count: 7, begun_at: start, until: start };
        assert_eq!(budget.fallen(&row, start + WINDOW).0, 7);
        assert_eq!(budget.fallen(&row, start + WINDOW + TimeDelta::seconds(1)).0, 0);
    }

    #[test]
    fn neighbours_in_one_network_share_a_budget() {
        let of = |text: &str| Budget::address(text.parse().ok()).key;
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
        assert_ne!(of("10.0.0.1"), of("10.0.0.2"));
    }
}
