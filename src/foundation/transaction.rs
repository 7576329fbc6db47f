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
use entity::{audit_entry, audit_value, event, ledger};
use futures_util::future::BoxFuture;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, ModelTrait, QueryFilter, sea_query::Expr,
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::{Notify, Semaphore};

use super::{
    audit::{AuditKey, FORMAT, event_hash},
    change::{Change, Changes},
    clock::Clock,
    deadline,
    error::{Error, Result},
    event::Event,
    id::Ids,
    store::Store,
};

mod attempt;
mod commit;
mod idempotency;
use idempotency::Running;
pub use idempotency::{Idempotency, KEPT as ANSWERS_KEPT};

/// How long a write may wait for its turn.
const ADMISSION_WAIT: Duration = Duration::from_secs(10);
/// How many writes may wait for their turn before new ones are refused.
const QUEUE: usize = 2_048;
/// The longest a write may take with all its attempts. Readers of changes by time rely on it.
pub const LONGEST: Duration = Duration::from_secs(60);

/// Where a write comes from, for the audit trail.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Who: a person's id, a system's name, `cli`.
    pub actor: String,
    /// Whose idempotency keys count: who asks, and with which rights.
    pub caller: String,
    /// The request it came with.
    pub request_id: String,
    /// The client's idempotency key, where it sent one.
    pub idempotency: Option<Idempotency>,
    /// Whose idempotency keys, and which of them, would count had the caller chosen otherwise, where there is a choice:
    /// a key stands for one of the two.
    pub otherwise: Option<(String, String)>,
    /// The app or system through which it came.
    pub client: Option<String>,
    /// The account that agreed to that app.
    pub account: Option<String>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Whether the trail keeps quiet about what changed, for it would lead to somebody.
    pub quiet: bool,
}

/// Runs writes: who may enter, how many at once, and what must come with each.
#[derive(Clone)]
pub struct Writes {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<Ids>,
    audit: Arc<AuditKey>,
    turns: Arc<Semaphore>,
    width: u32,
    waiting: Arc<Semaphore>,
    running: Running,
    committed: Arc<Notify>,
}

impl Writes {
    /// Writes to `store`, at most `width` at once; `audit` seals what is left in the trail.
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<Ids>, audit: AuditKey, width: u32) -> Self {
        Self {
            store,
            clock,
            ids,
            audit: Arc::new(audit),
            turns: Arc::new(Semaphore::new(width as usize)),
            width,
            waiting: Arc::new(Semaphore::new(QUEUE)),
            running: Running::default(),
            committed: Arc::default(),
        }
    }

    /// Woken after each write of this process: there may be new events.
    pub fn committed(&self) -> Arc<Notify> {
        self.committed.clone()
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
        deadline::writing();
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
}

/// A transaction under way. Only [`Writes`] makes one, so holding it proves the wrapper.
pub struct Tx {
    inner: DatabaseTransaction,
    now: DateTime<Utc>,
    ids: Arc<Ids>,
    audit: Arc<AuditKey>,
    log: tokio::sync::Mutex<Log>,
    changes: Changes,
}

/// The place of an event in the order of commits, and its instant in that same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Grows by one with every event.
    pub pos: i64,
    /// The moment of the write, or of the latest one before it where that node's clock is
    /// ahead of ours: instants never go back along positions, however many nodes write.
    pub at: DateTime<Utc>,
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

    /// Notes for the audit trail what changed in a row. It is kept if the write leaves an event, and unless
    /// whoever asked stays unnamed.
    pub fn changed<M: ModelTrait>(&self, before: &M, after: &M) {
        self.changes.note(Change::between(before, after));
    }

    /// Records that something happened and answers its place in the order of commits.
    ///
    /// The first call locks the ledger until the transaction ends, which serialises
    /// commits: take every other lock and do the slow work before it.
    pub async fn emit(&self, event: Event) -> Result<Stamp> {
        let mut log = self.log.lock().await;
        let mut row = match log.ledger.take() {
            Some(row) => row,
            None => self.lock_ledger().await?,
        };
        row.pos += 1;
        row.last_at = Ord::max(row.last_at, self.now);
        let stamp = Stamp { pos: row.pos, at: row.last_at };
        log.ledger = Some(row);
        log.events.push((stamp.pos, event));
        Ok(stamp)
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
        let events: Vec<event::Model> =
            events.into_iter().map(|(pos, event)| self.event_row(pos, row.last_at, event, origin)).collect();
        let (audit, apart) = self.audit_entry(action, origin, &row, &events)?;
        ledger::Entity::update_many()
            .col_expr(ledger::Column::Pos, Expr::value(row.pos))
            .col_expr(ledger::Column::LastAt, Expr::value(row.last_at))
            .col_expr(ledger::Column::AuditSeq, Expr::value(audit.seq))
            .col_expr(ledger::Column::AuditHash, Expr::value(audit.hash.clone()))
            .filter(ledger::Column::Id.eq(1))
            .exec(&self.inner)
            .await?;
        audit_entry::Entity::insert(audit_entry::ActiveModel::from(audit)).exec(&self.inner).await?;
        self.keep_apart(apart).await?;
        let mut events = events.into_iter().map(event::ActiveModel::from);
        loop {
            let rows: Vec<_> = events.by_ref().take(500).collect();
            if rows.is_empty() {
                return Ok(());
            }
            event::Entity::insert_many(rows).exec(&self.inner).await?;
        }
    }

    /// Keeps what the entry shows of personal values, outside the chain.
    async fn keep_apart(&self, apart: Vec<audit_value::Model>) -> Result<()> {
        let mut apart = apart.into_iter().map(audit_value::ActiveModel::from).peekable();
        while apart.peek().is_some() {
            let rows: Vec<_> = apart.by_ref().take(500).collect();
            audit_value::Entity::insert_many(rows).exec_without_returning(&self.inner).await?;
        }
        Ok(())
    }

    fn event_row(&self, pos: i64, at: DateTime<Utc>, event: Event, origin: &Origin) -> event::Model {
        event::Model {
            pos,
            id: self.new_id(),
            kind: event.kind.to_owned(),
            subject_kind: event.subject_kind.to_owned(),
            subject_id: event.subject_id,
            subject_version: event.subject_version,
            region_code: event.region_code,
            payload: event.payload,
            actor: origin.actor.clone(),
            request_id: origin.request_id.clone(),
            occurred_at: at,
        }
    }

    fn audit_entry(
        &self,
        action: &'static str,
        origin: &Origin,
        ledger: &ledger::Model,
        events: &[event::Model],
    ) -> Result<(audit_entry::Model, Vec<audit_value::Model>)> {
        let subjects = events
            .iter()
            .map(|e| Ok((&e.kind, &e.subject_kind, &e.subject_id, e.subject_version, event_hash(e)?)))
            .collect::<Result<Vec<_>>>()?;
        let many = i64::try_from(events.len()).map_err(|e| Error::internal("count the events", e))?;
        let seq = ledger.audit_seq + 1;
        let (changes, apart) =
            if origin.quiet { (None, Vec::new()) } else { self.changes.take(seq, || self.ids.salt())? };
        let mut entry = audit_entry::Model {
            seq,
            at: ledger.last_at,
            actor: origin.actor.clone(),
            action: action.to_owned(),
            subjects: serde_json::to_value(subjects)
                .map_err(|e| Error::internal("write the audit entry", e))?,
            request_id: origin.request_id.clone(),
            format: Some(FORMAT),
            client: origin.client.clone(),
            account: origin.account.clone(),
            reason: origin.reason.clone(),
            changes,
            first_pos: Some(ledger.pos - many + 1),
            last_pos: Some(ledger.pos),
            previous_hash: ledger.audit_hash.clone(),
            hash: String::new(),
        };
        entry.hash = self.audit.seal(&entry)?;
        Ok((entry, apart))
    }
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
