//! Committed events as they happen, on every node, without a gap.
//!
//! One task per process looks at the database for what was committed since it last looked, and tells all
//! who follow. A write of this node wakes it at once; those of other nodes it finds with its next look. The
//! database is the truth: positions have no holes (ADR 1), so whoever missed something sees it by the next
//! position and reads on from the table. Nothing is kept in memory for those who are slow.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::event::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::{
    sync::{
        Notify,
        broadcast::{self, error::RecvError},
        watch,
    },
    task::JoinHandle,
};

use super::{
    error::{Error, Result},
    store::Store,
};

/// How long the task waits between two looks when nothing wakes it.
const BEAT: Duration = Duration::from_millis(250);
/// Events of one look.
const PAGE: u64 = 500;
/// Events that a follower may be behind before it reads on from the table.
const BEHIND: usize = 1_024;
/// How many events a follower may begin behind: reading on costs a look at each.
const FARTHEST: i64 = 100_000;
/// How long a follower waits before it makes sure that the task still lives.
const PATIENCE: Duration = Duration::from_secs(5);

/// The one source of events of a process.
pub struct Live {
    store: Store,
    committed: Arc<Notify>,
    tell: broadcast::Sender<Arc<Model>>,
    task: Mutex<Option<JoinHandle<()>>>,
    stopping: watch::Sender<bool>,
}

impl Live {
    /// Events of `store`; `committed` wakes it after a write of this node.
    pub fn new(store: Store, committed: Arc<Notify>) -> Self {
        Self {
            store,
            committed,
            tell: broadcast::Sender::new(BEHIND),
            task: Mutex::default(),
            stopping: watch::Sender::new(false),
        }
    }

    /// All events after position `after`, or from now on, in the order of commits. Where the table is read,
    /// only those about these nouns come; of those that are told as they happen all do.
    ///
    /// # Errors
    /// `cursor_too_old` under `/after` when more than 100,000 events lie between, or none are there any
    /// more (the database is an older copy).
    pub async fn follow(
        self: &Arc<Self>,
        after: Option<i64>,
        nouns: &'static [&'static str],
    ) -> Result<Follow> {
        let newest = newest(&self.store).await?;
        let seen = after.unwrap_or(newest);
        if !(0..=FARTHEST).contains(&(newest - seen)) {
            return Err(Error::malformed("/after", "cursor_too_old"));
        }
        // First listening, then looking: what is committed in between is seen by one of the two.
        let told = self.tell.subscribe();
        self.keep_looking(newest);
        Ok(Follow {
            live: self.clone(),
            nouns,
            seen,
            told,
            read: VecDeque::new(),
            behind: true,
            caught: None,
        })
    }

    /// Says to all who keep a connection open that the service stops.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Ends when the service stops.
    pub fn stopped(&self) -> impl Future<Output = ()> + use<> {
        let mut stopping = self.stopping.subscribe();
        async move {
            // Where the sender is gone the service is, too.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        }
    }

    /// How many follow.
    pub fn followers(&self) -> usize {
        self.tell.receiver_count()
    }

    /// Starts the task after position `from` unless it runs. It lives on the runtime of whoever came first
    /// and ends with it.
    fn keep_looking(self: &Arc<Self>, from: i64) {
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if task.as_ref().is_none_or(JoinHandle::is_finished) {
            *task = Some(tokio::spawn(self.clone().look(from)));
        }
    }

    /// Looks and tells until nobody follows any more.
    async fn look(self: Arc<Self>, mut last: i64) {
        loop {
            if let Err(error) = self.look_once(&mut last).await {
                tracing::warn!(%error, "new events could not be read; trying again");
            }
            {
                let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
                if self.followers() == 0 {
                    *task = None;
                    return;
                }
            }
            // Woken or not, it looks.
            let _ = tokio::time::timeout(BEAT, self.committed.notified()).await;
        }
    }

    async fn look_once(&self, last: &mut i64) -> Result<()> {
        loop {
            let page = after(&self.store, *last).await?;
            let full = page.len() as u64 == PAGE;
            for event in page {
                *last = event.pos;
                // Nobody following is no fault.
                let _ = self.tell.send(event);
            }
            if !full {
                return Ok(());
            }
        }
    }
}

/// One follower's way through the events.
pub struct Follow {
    live: Arc<Live>,
    nouns: &'static [&'static str],
    seen: i64,
    told: broadcast::Receiver<Arc<Model>>,
    read: VecDeque<Arc<Model>>,
    behind: bool,
    caught: Option<i64>,
}

impl Follow {
    /// The position up to which events were handed out.
    pub const fn seen(&self) -> i64 {
        self.seen
    }

    /// The next event, as soon as it is committed.
    ///
    /// # Errors
    /// `unavailable` or `internal` when the database does not answer; asked again, it goes on where it was.
    pub async fn next(&mut self) -> Result<Arc<Model>> {
        loop {
            if let Some(event) = self.read.pop_front() {
                self.seen = event.pos;
                return Ok(event);
            }
            if let Some(caught) = self.caught.take() {
                self.seen = Ord::max(self.seen, caught);
            }
            if self.behind {
                self.catch_up().await?;
                continue;
            }
            match tokio::time::timeout(PATIENCE, self.told.recv()).await {
                Ok(Ok(event)) if event.pos <= self.seen => {}
                Ok(Ok(event)) if event.pos == self.seen + 1 => {
                    self.seen = event.pos;
                    return Ok(event);
                }
                Ok(Ok(_) | Err(RecvError::Lagged(_) | RecvError::Closed)) => self.behind = true,
                // The runtime that the task lived on may be gone.
                Err(_) => self.live.keep_looking(self.seen),
            }
        }
    }
}

impl Follow {
    /// Reads on from the table. Once a page is not full, all up to what was newest before it was seen.
    async fn catch_up(&mut self) -> Result<()> {
        let newest = newest(&self.live.store).await?;
        let page = Entity::find()
            .filter(Column::Pos.gt(self.seen))
            .filter(Column::Pos.lte(newest))
            .filter(Column::SubjectKind.is_in(self.nouns.iter().copied()))
            .order_by_asc(Column::Pos)
            .limit(PAGE)
            .all(self.live.store.reader())
            .await?;
        if (page.len() as u64) < PAGE {
            self.behind = false;
            self.caught = Some(newest);
        }
        self.read = page.into_iter().map(Arc::new).collect();
        Ok(())
    }
}

/// The position of the newest committed event; 0 before the first.
async fn newest(store: &Store) -> Result<i64> {
    let newest: Option<i64> = Entity::find()
        .select_only()
        .column(Column::Pos)
        .order_by_desc(Column::Pos)
        .limit(1)
        .into_tuple()
        .one(store.reader())
        .await?;
    Ok(newest.unwrap_or_default())
}

async fn after(store: &Store, pos: i64) -> Result<Vec<Arc<Model>>> {
    let rows =
        Entity::find().filter(Column::Pos.gt(pos)).order_by_asc(Column::Pos).limit(PAGE).all(store.reader());
    Ok(rows.await?.into_iter().map(Arc::new).collect())
}
