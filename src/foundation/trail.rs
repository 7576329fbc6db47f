//! Whether the order of commits and the audit trail are whole: the chain of seals, the
//! positions without gaps, and every event as it was hashed into the entry of the write that
//! made it. Rows that were edited, taken away, put in or cut off at the end are told one by
//! one; a row that cannot be read is told too, and the walk goes on.

use std::collections::VecDeque;

use entity::{audit_entry, event, ledger};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::{
    audit::{AuditKey, Head, event_hash},
    error::Result,
};

/// Rows read at once: what bounds the memory of an inspection.
const CHUNK: u64 = 2_000;

/// How much was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extent {
    /// Entries of the audit trail.
    pub entries: u64,
    /// Events.
    pub events: u64,
    /// Where the trail ended when the walk began.
    pub head: Option<Head>,
}

/// What an audit entry says of one event: its kind, its subject's kind, id and version, and
/// the hash of all of it.
type Subject = (String, String, String, i64, String);

/// Walks the whole trail up to where it stands now, telling `found` what is wrong. `known`:
/// a head that the trail had once and must still lead through.
///
/// # Errors
/// When the database does not answer.
pub async fn inspect(
    db: &impl ConnectionTrait,
    key: &AuditKey,
    known: Option<&Head>,
    found: &mut impl FnMut(String),
) -> Result<Extent> {
    let Some(end) = end(db, found).await? else { return Ok(Extent::default()) };
    let head = Head { seq: end.audit_seq, hash: end.audit_hash.clone() };
    let mut walk = Walk {
        events: Events::new(end.pos),
        extent: Extent { head: Some(head), ..Extent::default() },
        key,
        last: Last::default(),
        found,
    };
    let mut after = 0;
    loop {
        let query = audit_entry::Entity::find()
            .filter(audit_entry::Column::Seq.gt(after))
            .filter(audit_entry::Column::Seq.lte(end.audit_seq))
            .order_by_asc(audit_entry::Column::Seq)
            .limit(CHUNK);
        let rows = db.query_all(&query.into_query()).await?;
        let mut read = None;
        for row in &rows {
            read = row.try_get::<i64>("", "seq").ok().or(read);
            match audit_entry::Model::from_query_result(row, "") {
                Ok(entry) => walk.follow(db, entry, known).await?,
                Err(why) => walk.unreadable(read, &why),
            }
        }
        match read {
            Some(read) => after = read,
            None => break,
        }
    }
    walk.end(&end, known);
    walk.rest(db).await?;
    Ok(walk.extent)
}

/// The ledger's row, which knows the end.
async fn end(db: &impl ConnectionTrait, found: &mut impl FnMut(String)) -> Result<Option<ledger::Model>> {
    let query = ledger::Entity::find_by_id(1).into_query();
    let Some(row) = db.query_one(&query).await? else {
        found("the ledger's row is missing".to_owned());
        return Ok(None);
    };
    match ledger::Model::from_query_result(&row, "") {
        Ok(end) => Ok(Some(end)),
        Err(why) => {
            found(format!("the ledger's row cannot be read: {why}"));
            Ok(None)
        }
    }
}

/// The entry that was walked last.
#[derive(Default)]
struct Last {
    seq: i64,
    hash: String,
    at: chrono::DateTime<chrono::Utc>,
    /// It could not be read, so nothing of it can be held against the next.
    unreadable: bool,
}

struct Walk<'f, F> {
    events: Events,
    extent: Extent,
    key: &'f AuditKey,
    last: Last,
    found: &'f mut F,
}

impl<F: FnMut(String)> Walk<'_, F> {
    fn unreadable(&mut self, seq: Option<i64>, why: &sea_orm::DbErr) {
        let seq = seq.unwrap_or(self.last.seq + 1);
        (self.found)(format!("audit entry {seq} cannot be read: {why}"));
        self.extent.entries += 1;
        self.last = Last { seq, unreadable: true, at: self.last.at, hash: String::new() };
    }

    async fn follow(
        &mut self,
        db: &impl ConnectionTrait,
        entry: audit_entry::Model,
        known: Option<&Head>,
    ) -> Result<()> {
        let seq = entry.seq;
        if seq != self.last.seq + 1 {
            (self.found)(format!("audit entries {} to {} are missing", self.last.seq + 1, seq - 1));
            self.skip_to(db, &entry).await?;
        } else if self.last.unreadable {
            self.skip_to(db, &entry).await?;
        } else if entry.previous_hash != self.last.hash {
            (self.found)(format!("audit entry {seq} does not follow the one before it"));
        }
        if entry.at < self.last.at {
            (self.found)(format!("audit entry {seq} is of an earlier moment than the one before it"));
        }
        if known.is_some_and(|known| known.seq == seq && known.hash != entry.hash) {
            (self.found)(format!(
                "audit entry {seq} is another than the one that was known: the trail was rewritten"
            ));
        }
        let unreadable = !self.entry(db, &entry).await?;
        self.last = Last { seq, hash: entry.hash, at: entry.at, unreadable };
        Ok(())
    }

    /// Holds the last entry against what the ledger, and whoever keeps heads, know of the end.
    fn end(&mut self, end: &ledger::Model, known: Option<&Head>) {
        let Last { seq, hash, at, unreadable } = &self.last;
        if *seq != end.audit_seq || (!unreadable && *hash != end.audit_hash) {
            (self.found)(format!(
                "the trail ends at audit entry {seq}, but the ledger knows entry {} with another end",
                end.audit_seq
            ));
        }
        if !unreadable && *at != end.last_at {
            (self.found)(format!(
                "the ledger knows another moment ({}) than the last audit entry",
                end.last_at
            ));
        }
        if let Some(known) = known.filter(|known| known.seq > *seq) {
            (self.found)(format!(
                "the trail ends at audit entry {seq}, but entry {} was known: its end was cut off",
                known.seq
            ));
        }
    }

    /// Holds an entry against its seal and its events; answers whether it says which they are.
    async fn entry(&mut self, db: &impl ConnectionTrait, entry: &audit_entry::Model) -> Result<bool> {
        self.extent.entries += 1;
        if self.key.seal(entry)? != entry.hash {
            (self.found)(format!("audit entry {} was edited: its seal is not ours", entry.seq));
        }
        let Ok(subjects) = serde_json::from_value::<Vec<Subject>>(entry.subjects.clone()) else {
            (self.found)(format!("audit entry {} was edited: its subjects cannot be read", entry.seq));
            return Ok(false);
        };
        let first = self.events.expected;
        for subject in subjects {
            let pos = self.events.expected;
            self.events.expected += 1;
            match self.events.at(db, pos).await? {
                None => (self.found)(format!("event {pos} is missing")),
                Some(Found { event: Err(why), .. }) => {
                    self.extent.events += 1;
                    (self.found)(format!("event {pos} cannot be read: {why}"));
                }
                Some(Found { event: Ok(event), .. }) => {
                    self.extent.events += 1;
                    if let Some(field) = differing(&event, entry, subject)? {
                        (self.found)(format!(
                            "event {pos} was edited: its {field} is not what the audit trail says"
                        ));
                    }
                }
            }
        }
        self.places(entry, first);
        Ok(true)
    }

    /// Holds where an entry says that its events stand against where they do: lists find it by that. It is not sealed,
    /// for what is sealed says it too. What a program from before left empty is filled in soon ([`super::places`]).
    fn places(&mut self, entry: &audit_entry::Model, first: i64) {
        let last = self.events.expected - 1;
        if (entry.first_pos, entry.last_pos) != (Some(first), Some(last)) {
            (self.found)(format!(
                "audit entry {} was edited: its events are those from {first} to {last}",
                entry.seq
            ));
        }
    }

    /// Passes over the events of entries that are missing, so that what follows is not told
    /// as wrong too.
    async fn skip_to(&mut self, db: &impl ConnectionTrait, entry: &audit_entry::Model) -> Result<()> {
        while let Some(Found { pos, event }) = self.events.peek(db).await? {
            let pos = *pos;
            if let Ok(event) = event
                && event.request_id == entry.request_id
                && event.occurred_at == entry.at
            {
                self.events.expected = pos;
                break;
            }
            self.events.chunk.pop_front();
            (self.found)(format!("event {pos} is in no audit entry"));
        }
        Ok(())
    }

    /// What stands after the last event that an audit entry knows.
    async fn rest(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        let last = self.events.expected - 1;
        if last != self.events.end {
            (self.found)(format!(
                "the audit trail knows events up to {last}, the ledger up to {}",
                self.events.end
            ));
        }
        while let Some(Found { pos, .. }) = self.events.next(db).await? {
            (self.found)(format!("event {pos} is in no audit entry"));
        }
        Ok(())
    }
}

/// The first field in which an event differs from the entry of the write that made it.
fn differing(
    event: &event::Model,
    entry: &audit_entry::Model,
    said: Subject,
) -> Result<Option<&'static str>> {
    let (kind, subject_kind, subject_id, version, hash) = said;
    let pairs = [
        ("kind", event.kind == kind),
        ("subject kind", event.subject_kind == subject_kind),
        ("subject", event.subject_id == subject_id),
        ("version", event.subject_version == version),
        ("actor", event.actor == entry.actor),
        ("request", event.request_id == entry.request_id),
        ("time", event.occurred_at == entry.at),
        ("content", event_hash(event)? == hash),
    ];
    Ok(pairs.into_iter().find(|(_, same)| !same).map(|(field, _)| field))
}

/// An event at its position, or why it cannot be read.
struct Found {
    pos: i64,
    event: std::result::Result<event::Model, sea_orm::DbErr>,
}

/// Events by position, a chunk at a time.
struct Events {
    chunk: VecDeque<Found>,
    /// Where the next chunk starts, exclusive.
    read: i64,
    end: i64,
    /// The position that the next subject of an entry must have.
    expected: i64,
}

impl Events {
    const fn new(end: i64) -> Self {
        Self { chunk: VecDeque::new(), read: 0, end, expected: 1 }
    }

    /// The event at `pos`; earlier ones that nobody asked for are passed over.
    async fn at(&mut self, db: &impl ConnectionTrait, pos: i64) -> Result<Option<Found>> {
        loop {
            self.fill(db).await?;
            match self.chunk.front().map(|event| event.pos) {
                Some(front) if front < pos => drop(self.chunk.pop_front()),
                Some(front) if front == pos => return Ok(self.chunk.pop_front()),
                _ => return Ok(None),
            }
        }
    }

    async fn peek(&mut self, db: &impl ConnectionTrait) -> Result<Option<&Found>> {
        self.fill(db).await?;
        Ok(self.chunk.front())
    }

    async fn next(&mut self, db: &impl ConnectionTrait) -> Result<Option<Found>> {
        self.fill(db).await?;
        Ok(self.chunk.pop_front())
    }

    async fn fill(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        if !self.chunk.is_empty() || self.read >= self.end {
            return Ok(());
        }
        let query = event::Entity::find()
            .filter(event::Column::Pos.gt(self.read))
            .filter(event::Column::Pos.lte(self.end))
            .order_by_asc(event::Column::Pos)
            .limit(CHUNK);
        let rows = db.query_all(&query.into_query()).await?;
        let mut chunk = VecDeque::with_capacity(rows.len());
        for row in &rows {
            // Without a position it is in nobody's place, and whoever expects one there misses it.
            let Ok(pos) = row.try_get::<i64>("", "pos") else { continue };
            chunk.push_back(Found { pos, event: event::Model::from_query_result(row, "") });
        }
        self.read = chunk.back().map_or(self.end, |found| found.pos);
        self.chunk = chunk;
        Ok(())
    }
}

/// How far the ledger knows, and how far there are rows.
#[derive(FromQueryResult)]
struct Ends {
    pos: i64,
    audit_seq: i64,
    last_event: Option<i64>,
    last_entry: Option<i64>,
}

/// Whether something was put after the end that the ledger knows. Both are read in one
/// statement, so that writes which happen meanwhile are no fault.
pub async fn beyond_the_end(db: &impl ConnectionTrait, found: &mut impl FnMut(String)) -> Result<()> {
    let ends = ledger::Entity::find()
        .select_only()
        .column(ledger::Column::Pos)
        .column(ledger::Column::AuditSeq)
        .expr_as(greatest(event::Column::Pos, event::Entity), "last_event")
        .expr_as(greatest(audit_entry::Column::Seq, audit_entry::Entity), "last_entry")
        .into_query();
    let ends = db.query_one(&ends).await?.and_then(|row| Ends::from_query_result(&row, "").ok());
    // The walk has told that there is none.
    let Some(Ends { pos, audit_seq: seq, last_event: event, last_entry: entry }) = ends else {
        return Ok(());
    };
    if event.is_some_and(|last| last > pos) {
        found(format!("events were put in after position {pos}, the last that the ledger knows"));
    }
    if entry.is_some_and(|last| last > seq) {
        found(format!("audit entries were put in after entry {seq}, the last that the ledger knows"));
    }
    Ok(())
}

fn greatest<E: EntityTrait>(column: E::Column, of: E) -> sea_orm::sea_query::Expr {
    use sea_orm::sea_query::{Expr, Func, Query};
    let query = Query::select().expr(Func::max(Expr::col((of, column)))).from(of).to_owned();
    Expr::SubQuery(None, Box::new(query.into()))
}
