//! How often somebody may guess. Attempts are counted in the database, so that several nodes count together, and before
//! they are looked at, so that many at once are no way around. After a few, each further one waits longer. A browser in
//! which the account signed in before has a budget of its own: whoever guesses from elsewhere cannot lock the owner out.

use chrono::TimeDelta;
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

/// After this long without a further attempt, all is forgiven.
const WINDOW: TimeDelta = TimeDelta::hours(1);
/// The longest wait, seconds.
const LONGEST: i64 = 900;

/// What attempts are counted for, and how many may fail before one waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Budget {
    key: String,
    free: i64,
}

impl Budget {
    /// Passwords for a login, whether it is anybody's or not, from browsers that nobody knows.
    pub fn login(login: &str) -> Self {
        Self { key: format!("login:{}", secret::hash(login)), free: 5 }
    }

    /// Passwords from one address: a school or an office may share it.
    pub fn address(address: Option<IpAddr>) -> Self {
        Self { key: format!("address:{}", network(address)), free: 50 }
    }

    /// Passwords from a browser in which the account signed in before.
    pub fn device(device: &str) -> Self {
        Self { key: format!("device:{}", secret::hash(device)), free: 10 }
    }

    /// Codes of a second factor, from a browser that knows the password.
    pub fn factor(account: Uuid, device: Option<&str>) -> Self {
        match device {
            Some(device) => Self { key: format!("device:{}:factor", secret::hash(device)), free: 5 },
            None => Self { key: format!("login:{account}:factor"), free: 5 },
        }
    }

    /// Links asked for by mail.
    pub fn reset(login: &str) -> Self {
        Self { key: format!("login:{}:reset", secret::hash(login)), free: 3 }
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
        let free = budgets.iter().find(|budget| budget.key == row.key).map_or(0, |budget| budget.free);
        count(tx, row, free).await?;
    }
    Ok(None)
}

async fn count(tx: &Tx, row: Model, free: i64) -> Result<()> {
    let stale = Ord::max(row.until, row.begun_at) + WINDOW < tx.now();
    let (count, begun) = if stale { (1, tx.now()) } else { (row.count + 1, row.begun_at) };
    let until = tx.now() + TimeDelta::seconds(pause(count, free));
    Entity::update_many()
        .col_expr(Column::Count, Expr::value(count))
        .col_expr(Column::BegunAt, Expr::value(begun))
        .col_expr(Column::Until, Expr::value(until))
        .filter(Column::Key.eq(row.key))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Seconds to wait after this many attempts: none within the free ones, then twice as long each time.
fn pause(count: i64, free: i64) -> i64 {
    match count - free {
        over if over < 0 => 0,
        over => Ord::min(1_i64 << Ord::min(over, 10), LONGEST),
    }
}

/// An attempt that succeeded: what was counted for this account or browser is forgotten. What an address did is not, or
/// one right password would buy many wrong ones; only the attempt itself is taken back.
///
/// # Errors
/// When the database does not answer.
pub async fn forgive(tx: &Tx, budgets: &[Budget]) -> Result<()> {
    let (shared, own): (Vec<_>, Vec<_>) =
        budgets.iter().map(|budget| budget.key.clone()).partition(|key| key.starts_with("address:"));
    Entity::delete_many().filter(Column::Key.is_in(own)).exec(tx.db()).await?;
    Entity::update_many()
        .col_expr(Column::Count, Expr::col(Column::Count).sub(1))
        .filter(Column::Key.is_in(shared).and(Column::Count.gt(0)))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Lets go of what was forgiven long ago; answers how much.
///
/// # Errors
/// When the database does not answer.
pub async fn tidy(tx: &Tx) -> Result<u64> {
    let old = tx.now() - WINDOW - TimeDelta::seconds(LONGEST);
    let gone = Entity::delete_many().filter(Column::Until.lt(old).and(Column::BegunAt.lt(old)));
    Ok(gone.exec(tx.db()).await?.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attempt_beyond_the_free_ones_waits_twice_as_long_and_never_for_ever() {
        let waits: Vec<i64> = (1..=8).map(|count| pause(count, 5)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!(pause(1_000_000, 5), LONGEST);
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
