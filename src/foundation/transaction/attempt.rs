//! From a turn to a commit: a transaction is begun, filled and committed, and run again where
//! that may help.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use sea_orm::{DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    LONGEST, Origin, Tx, Writes,
    commit::{LONGEST_COMMIT, commit},
    idempotency::{refusing, remember, replay},
};
use crate::foundation::{
    change::Changes,
    error::{Error, Result},
    store::TAKEN,
};

/// How often a transaction is run again after a serialisation failure or deadlock.
const RETRIES: u32 = 5;

impl Writes {
    /// Runs `work` until it is committed or refused, or the time is up.
    pub(super) async fn attempts<T, F>(&self, action: &'static str, origin: &Origin, work: &F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + Sync + 'static,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync,
    {
        let now = self.clock.now();
        // All attempts together: `now` is stamped on what they write, and readers rely on its age.
        let end = tokio::time::Instant::now() + LONGEST - LONGEST_COMMIT;
        let (mut tries, mut met) = (0, false);
        loop {
            match self.attempt(action, origin, now, end, work).await {
                Err(Error::Internal { transient: true, what }) if tries < RETRIES => {
                    tries += 1;
                    metrics::counter!("sanggar_write_retries_total").increment(1);
                    tracing::debug!(action, tries, what, "running the transaction again");
                    tokio::time::sleep(self.jitter(tries)).await;
                }
                Err(Error::Internal { transient: true, .. }) => {
                    return Err(Error::Unavailable("too many writers at the same rows".into()));
                }
                // Somebody else wrote the same between our look and our write: look again, so that the
                // rule of the noun answers with its own code.
                Err(Error::Conflict(fault)) if fault.code == TAKEN && !met => met = true,
                // Its twin on another node may have done it meanwhile: then that is the answer.
                Err(refusal) if refusal.is_refusal() && origin.idempotency.is_some() => {
                    return match self.attempt(action, origin, now, end, &refusing(refusal)).await {
                        Err(Error::Internal { transient: true, .. }) => {
                            Err(Error::Unavailable("too many writers at the same rows".into()))
                        }
                        told => told,
                    };
                }
                other => return other,
            }
        }
    }

    fn jitter(&self, tries: u32) -> Duration {
        let [byte] = self.ids.random::<1>();
        Duration::from_millis(u64::from(2_u32.pow(tries)) * 2 + u64::from(byte) / 16)
    }

    async fn attempt<T, F>(
        &self,
        action: &'static str,
        origin: &Origin,
        now: DateTime<Utc>,
        end: tokio::time::Instant,
        work: &F,
    ) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + Sync,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync,
    {
        let prepared = tokio::time::timeout_at(end, self.prepare(action, origin, now, work)).await;
        let (answer, transaction) =
            prepared.unwrap_or_else(|_| Err(Error::Unavailable("the write took too long".into())))?;
        commit(transaction).await?;
        self.committed.notify_one();
        Ok(answer)
    }

    /// Everything up to the commit.
    async fn prepare<T, F>(
        &self,
        action: &'static str,
        origin: &Origin,
        now: DateTime<Utc>,
        work: &F,
    ) -> Result<(T, DatabaseTransaction)>
    where
        T: Serialize + DeserializeOwned + Send + Sync,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync,
    {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        #[allow(clippy::disallowed_methods, reason = "this is the one place")]
        let inner = self.store.writer().begin_with_options(options).await?;
        let (ids, audit) = (self.ids.clone(), self.audit.clone());
        let tx =
            Tx { inner, now, ids, audit, log: tokio::sync::Mutex::default(), changes: Changes::default() };
        match self.body(action, origin, &tx, work).await {
            Ok(answer) => Ok((answer, tx.inner)),
            Err(error) => {
                tx.inner.rollback().await?;
                Err(error)
            }
        }
    }

    async fn body<T, F>(&self, action: &'static str, origin: &Origin, tx: &Tx, work: &F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + Sync,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync,
    {
        if let Some(replayed) = replay(tx, action, origin).await? {
            return Ok(replayed);
        }
        let answer = work(tx).await?;
        if let Some(idempotency) = &origin.idempotency {
            remember(tx, action, origin, idempotency, &answer).await?;
        }
        tx.finish(action, origin).await?;
        Ok(answer)
    }
}
