//! The one way to write.
//!
//! Every change is one explicit transaction that runs to its end in a detached
//! task behind admission control. A client that goes away drops its handler, not
//! the transaction, so nothing acknowledged is ever lost to a reset socket
//! (measured: the plain stack loses such writes). The event, the audit entry and
//! the idempotency row are written inside the same transaction, and positions are
//! taken under the ledger's row lock, so they appear in commit order (ADR 1).

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use entity::{audit_entry, event, ledger};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, sea_query::Expr,
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::{
    clock::Clock,
    error::{Error, Result},
    event::Event,
    id::Ids,
    store::Store,
};

mod idempotency;
pub use idempotency::Idempotency;
use idempotency::{Running, remember, replay};

/// How often a transaction is run again after a serialisation failure or deadlock.
const RETRIES: u32 = 5;
/// How long a write may wait for its turn.
const ADMISSION_WAIT: Duration = Duration::from_secs(10);
/// How many writes may wait for their turn before new ones are refused.
const QUEUE: usize = 2_048;
/// The longest a write may take with all its attempts. Readers of changes by time rely on it.
pub const LONGEST: Duration = Duration::from_secs(60);

/// Where a write comes from, for the audit trail.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Who: a person's id, a system's name, `cli`.
    pub actor: String,
    /// The request it came with.
    pub request_id: String,
    /// The client's idempotency key, where it sent one.
    pub idempotency: Option<Idempotency>,
}

/// Runs writes: who may enter, how many at once, and what must come with each.
#[derive(Clone)]
pub struct Writes {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<Ids>,
    turns: Arc<Semaphore>,
    width: u32,
    waiting: Arc<Semaphore>,
    running: Running,
}

impl Writes {
    /// Writes to `store`, at most `width` at once.
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<Ids>, width: u32) -> Self {
        Self {
            store,
            clock,
            ids,
            turns: Arc::new(Semaphore::new(width as usize)),
            width,
            waiting: Arc::new(Semaphore::new(QUEUE)),
            running: Running::default(),
        }
    }

    /// Runs `work` in one transaction under the name `action` and answers once it is durable.
    ///
    /// `work` may run several times, so it must have no side effect but through its [`Tx`].
    /// Errors: whatever `work` answers (nothing is then changed), `Unavailable` when too many wait.
    pub async fn run<T, F>(&self, action: &'static str, origin: Origin, work: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + Sync + 'static,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
    {
        let _place = self
            .waiting
            .clone()
            .try_acquire_owned()
            .map_err(|_| Error::Unavailable("too many writes are waiting".into()))?;
        let turn = tokio::time::timeout(ADMISSION_WAIT, self.turns.clone().acquire_owned())
            .await
            .map_err(|_| Error::Unavailable("too many writes are waiting".into()))?
            .map_err(|_| Error::Unavailable("shutting down".into()))?;
        let claim = self.running.claim(action, &origin)?;
        let this = self.clone();
        let task = tokio::spawn(async move {
            let _held = (turn, claim);
            this.attempts(action, &origin, &work).await
        });
        task.await.unwrap_or_else(|error| Err(Error::internal("a write task ended early", error)))
    }

    /// Waits until nothing is being written any more; new writes are refused from now on.
    pub async fn drain(&self, patience: Duration) -> bool {
        let all = tokio::time::timeout(patience, self.turns.acquire_many(self.width)).await;
        self.turns.close();
        matches!(all, Ok(Ok(_)))
    }

    async fn attempts<T, F>(&self, action: &'static str, origin: &Origin, work: &F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + Sync,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync,
    {
        let now = self.clock.now();
        // All attempts together: `now` is stamped on what they write, and readers rely on its age.
        let end = tokio::time::Instant::now() + LONGEST;
        let mut tries = 0;
        loop {
            let outcome = tokio::time::timeout_at(end, self.attempt(action, origin, now, work))
                .await
                .unwrap_or_else(|_| Err(Error::Unavailable("the write took too long".into())));
            match outcome {
                Err(Error::Internal { transient: true, what }) if tries < RETRIES => {
                    tries += 1;
                    metrics::counter!("sanggar_write_retries_total").increment(1);
                    tracing::debug!(action, tries, what, "running the transaction again");
                    tokio::time::sleep(self.jitter(tries)).await;
                }
                Err(Error::Internal { transient: true, .. }) => {
                    return Err(Error::Unavailable("too many writers at the same rows".into()));
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
        work: &F,
    ) -> Result<T>
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
        let tx = Tx { inner, now, ids: self.ids.clone(), log: tokio::sync::Mutex::default() };
        match self.body(action, origin, &tx, work).await {
            Ok(answer) => {
                tx.inner.commit().await?;
                Ok(answer)
            }
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

/// A transaction under way. Only [`Writes`] makes one, so holding it proves the wrapper.
pub struct Tx {
    inner: DatabaseTransaction,
    now: DateTime<Utc>,
    ids: Arc<Ids>,
    log: tokio::sync::Mutex<Log>,
}

/// What this transaction will leave behind, and the ledger row once it is locked.
#[derive(Default)]
struct Log {
    ledger: Option<ledger::Model>,
    events: Vec<(i64, Event)>,
}

impl Tx {
    /// The connection to read and change through.
    pub const fn db(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// The moment of this write; the same for all of it.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new id of this moment.
    pub fn new_id(&self) -> uuid::Uuid {
        self.ids.next(self.now)
    }

    /// `N` random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        self.ids.random()
    }

    /// Records that something happened and answers its position in the order of commits.
    ///
    /// The first call locks the ledger until the transaction ends, which serialises
    /// commits: take every other lock and do the slow work before it.
    pub async fn emit(&self, event: Event) -> Result<i64> {
        let mut log = self.log.lock().await;
        let mut row = match log.ledger.take() {
            Some(row) => row,
            None => self.lock_ledger().await?,
        };
        row.pos += 1;
        let pos = row.pos;
        log.ledger = Some(row);
        log.events.push((pos, event));
        Ok(pos)
    }

    async fn lock_ledger(&self) -> Result<ledger::Model> {
        ledger::Entity::update_many()
            .col_expr(ledger::Column::Pos, Expr::col(ledger::Column::Pos).add(0))
            .filter(ledger::Column::Id.eq(1))
            .exec_with_returning(&self.inner)
            .await?
            .into_iter()
            .next()
            .ok_or_else(|| Error::internal("the ledger", "its row is missing"))
    }

    async fn finish(&self, action: &'static str, origin: &Origin) -> Result<()> {
        let mut log = self.log.lock().await;
        let Some(row) = log.ledger.take() else { return Ok(()) };
        let events = std::mem::take(&mut log.events);
        let audit = self.audit_entry(action, origin, &row, &events)?;
        ledger::Entity::update_many()
            .col_expr(ledger::Column::Pos, Expr::value(row.pos))
            .col_expr(ledger::Column::AuditSeq, Expr::value(audit.seq))
            .col_expr(ledger::Column::AuditHash, Expr::value(audit.hash.clone()))
            .filter(ledger::Column::Id.eq(1))
            .exec(&self.inner)
            .await?;
        audit_entry::Entity::insert(audit_entry::ActiveModel::from(audit)).exec(&self.inner).await?;
        for chunk in events.chunks(500) {
            let rows = chunk.iter().map(|(pos, event)| self.event_row(*pos, event, origin));
            event::Entity::insert_many(rows).exec(&self.inner).await?;
        }
        Ok(())
    }

    fn event_row(&self, pos: i64, event: &Event, origin: &Origin) -> event::ActiveModel {
        event::ActiveModel {
            pos: Set(pos),
            id: Set(self.new_id()),
            kind: Set(event.kind.to_owned()),
            subject_kind: Set(event.subject_kind.to_owned()),
            subject_id: Set(event.subject_id.clone()),
            subject_version: Set(event.subject_version),
            region_code: Set(event.region_code.clone()),
            payload: Set(event.payload.clone()),
            actor: Set(origin.actor.clone()),
            request_id: Set(origin.request_id.clone()),
            occurred_at: Set(self.now),
        }
    }

    fn audit_entry(
        &self,
        action: &'static str,
        origin: &Origin,
        ledger: &ledger::Model,
        events: &[(i64, Event)],
    ) -> Result<audit_entry::Model> {
        let subjects = events
            .iter()
            .map(|(_, e)| (e.kind, e.subject_kind, &e.subject_id, e.subject_version))
            .collect::<Vec<_>>();
        let mut entry = audit_entry::Model {
            seq: ledger.audit_seq + 1,
            at: self.now,
            actor: origin.actor.clone(),
            action: action.to_owned(),
            subjects: serde_json::to_value(subjects)
                .map_err(|e| Error::internal("write the audit entry", e))?,
            request_id: origin.request_id.clone(),
            previous_hash: ledger.audit_hash.clone(),
            hash: String::new(),
        };
        entry.hash = audit_hash(&entry)?;
        Ok(entry)
    }
}

/// The hash of an audit entry over everything in it but the hash itself: canonical JSON (RFC 8785), SHA-256, hex.
pub fn audit_hash(entry: &audit_entry::Model) -> Result<String> {
    let hashed = serde_json::json!({
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subjects": entry.subjects,
        "requestId": entry.request_id,
        "previousHash": entry.previous_hash,
    });
    let bytes =
        serde_json_canonicalizer::to_vec(&hashed).map_err(|e| Error::internal("hash the audit entry", e))?;
    Ok(hex(&Sha256::digest(bytes)))
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
