//! Two commands put in each other's way, the same way every time. On PostgreSQL the test holds the
//! ledger's row itself: a command then runs up to its first event, with every lock it takes and every
//! row it changed, and waits there, while the other comes as far as it can. SQLite has one writer:
//! there the first comes to its end before the second begins.

use std::{future::Future, time::Duration};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, TransactionTrait};
use tokio::task::JoinHandle;

use super::TestApp;

/// Runs `first` until it holds everything it needs, then `second` until it waits or is done, then
/// lets both go on; with one writer, one after the other. What both came to.
pub async fn interleave<A, B>(app: &TestApp, first: A, second: B) -> (A::Output, B::Output)
where
    A: Future<Output: Send> + Send + 'static,
    B: Future<Output: Send> + Send + 'static,
{
    let Some(held) = hold_ledger(app).await else {
        let first = first.await;
        return (first, second.await);
    };
    let first = tokio::spawn(first);
    until_waiting(app, 1, &first).await;
    let second = tokio::spawn(second);
    until_waiting(app, 2, &second).await;
    held.rollback().await.unwrap();
    (first.await.unwrap(), second.await.unwrap())
}

async fn hold_ledger(app: &TestApp) -> Option<DatabaseTransaction> {
    let writer = app.services.store.writer();
    if writer.get_database_backend() != DbBackend::Postgres {
        return None;
    }
    let held = writer.begin().await.unwrap();
    held.execute_unprepared("SELECT pos FROM ledger WHERE id = 1 FOR UPDATE").await.unwrap();
    Some(held)
}

/// Waits until `wanted` connections wait for a lock, or `task` came to its end without.
async fn until_waiting<T>(app: &TestApp, wanted: i64, task: &JoinHandle<T>) {
    let sql = "SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..400 {
        let asked = Statement::from_string(DbBackend::Postgres, sql);
        let row = app.services.store.reader().query_one_raw(asked).await.unwrap().unwrap();
        if row.try_get::<i64>("", "waiting").unwrap() >= wanted || task.is_finished() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never came to wait");
}
