//! Whether the order of commits and the audit trail are whole: the chain of hashes, the
//! positions without gaps, and every event in the entry of the write that made it. Rows
//! that were edited, taken away, put in or cut off at the end are told one by one.

use entity::{audit_entry, event, ledger};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    error::{Error, Result},
    transaction::audit_hash,
};

/// Rows read at once: what bounds the memory of an inspection.
const CHUNK: u64 = 2_000;

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Entries of the audit trail.
    pub entries: u64,
    /// Events.
    pub events: u64,
}

/// What an audit entry says of one event: its kind, and its subject's kind, id and version.
type Subject = (String, String, String, i64);

/// Walks the whole trail up to where it stands now, telling `found` what is wrong.
pub async fn inspect(db: &impl ConnectionTrait, found: &mut impl FnMut(String)) -> Result<Extent> {
    let end = ledger::Entity::find_by_id(1).one(db).await?;
    let Some(end) = end else {
        found("the ledger's row is missing".to_owned());
        return Ok(Extent::default());
    };
    let mut walk = Walk { events: Events::new(end.pos), extent: Extent::default(), found };
    let (mut seq, mut hash) = (0, String::new());
    loop {
        let entries = audit_entry::Entity::find()
            .filter(audit_entry::Column::Seq.gt(seq))
            .filter(audit_entry::Column::Seq.lte(end.audit_seq))
            .order_by_asc(audit_entry::Column::Seq)
            .limit(CHUNK)
            .all(db)
            .await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            if entry.seq != seq + 1 {
                (walk.found)(format!("audit entries {} to {} are missing", seq + 1, entry.seq - 1));
                walk.skip_to(db, &entry).await?;
            } else if entry.previous_hash != hash {
                (walk.found)(format!("audit entry {} does not follow the one before it", entry.seq));
            }
            walk.entry(db, &entry).await?;
            (seq, hash) = (entry.seq, entry.hash);
        }
    }
    if seq != end.audit_seq || hash != end.audit_hash {
        (walk.found)(format!(
            "the trail ends at audit entry {seq}, but the ledger knows entry {} with another end",
            end.audit_seq
        ));
    }
    walk.rest(db).await?;
    Ok(walk.extent)
}

struct Walk<'f, F> {
    events: Events,
    extent: Extent,
    found: &'f mut F,
}

impl<F: FnMut(String)> Walk<'_, F> {
    async fn entry(&mut self, db: &impl ConnectionTrait, entry: &audit_entry::Model) -> Result<()> {
        self.extent.entries += 1;
        if audit_hash(entry)? != entry.hash {
            (self.found)(format!("audit entry {} was edited: its hash is another", entry.seq));
        }
        let Ok(subjects) = serde_json::from_value::<Vec<Subject>>(entry.subjects.clone()) else {
            (self.found)(format!("audit entry {} was edited: its subjects cannot be read", entry.seq));
            return Ok(());
        };
        for subject in subjects {
            let pos = self.events.expected;
            self.events.expected += 1;
            match self.events.at(db, pos).await? {
                None => (self.found)(format!("event {pos} is missing")),
                Some(event) => {
                    self.extent.events += 1;
                    if let Some(field) = differing(&event, entry, subject) {
                        (self.found)(format!(
                            "event {pos} was edited: its {field} is not what the audit trail says"
                        ));
                    }
                }
            }
        }
        Ok(())
    }

    /// Passes over the events of entries that are missing, so that what follows is not told
    /// as wrong too.
    async fn skip_to(&mut self, db: &impl ConnectionTrait, entry: &audit_entry::Model) -> Result<()> {
        while let Some(event) = self.events.peek(db).await? {
            if event.request_id == entry.request_id && event.occurred_at == entry.at {
                self.events.expected = event.pos;
                break;
            }
            let pos = event.pos;
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
        while let Some(event) = self.events.next(db).await? {
            (self.found)(format!("event {} is in no audit entry", event.pos));
        }
        Ok(())
    }
}

/// The first field in which an event differs from the entry of the write that made it.
fn differing(event: &event::Model, entry: &audit_entry::Model, said: Subject) -> Option<&'static str> {
    let (kind, subject_kind, subject_id, version) = said;
    let pairs = [
        ("kind", event.kind == kind),
        ("subject kind", event.subject_kind == subject_kind),
        ("subject", event.subject_id == subject_id),
        ("version", event.subject_version == version),
        ("actor", event.actor == entry.actor),
        ("request", event.request_id == entry.request_id),
        ("time", event.occurred_at == entry.at),
    ];
    pairs.into_iter().find(|(_, same)| !same).map(|(field, _)| field)
}

/// Events by position, a chunk at a time.
struct Events {
    chunk: std::collections::VecDeque<event::Model>,
    /// Where the next chunk starts, exclusive.
    read: i64,
    end: i64,
    /// The position that the next subject of an entry must have.
    expected: i64,
}

impl Events {
    const fn new(end: i64) -> Self {
        Self { chunk: std::collections::VecDeque::new(), read: 0, end, expected: 1 }
    }

    /// The event at `pos`; earlier ones that nobody asked for are passed over.
    async fn at(&mut self, db: &impl ConnectionTrait, pos: i64) -> Result<Option<event::Model>> {
        loop {
            self.fill(db).await?;
            match self.chunk.front().map(|event| event.pos) {
                Some(front) if front < pos => drop(self.chunk.pop_front()),
                Some(front) if front == pos => return Ok(self.chunk.pop_front()),
                _ => return Ok(None),
            }
        }
    }

    async fn peek(&mut self, db: &impl ConnectionTrait) -> Result<Option<&event::Model>> {
        self.fill(db).await?;
        Ok(self.chunk.front())
    }

    async fn next(&mut self, db: &impl ConnectionTrait) -> Result<Option<event::Model>> {
        self.fill(db).await?;
        Ok(self.chunk.pop_front())
    }

    async fn fill(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        if !self.chunk.is_empty() || self.read >= self.end {
            return Ok(());
        }
        let rows = event::Entity::find()
            .filter(event::Column::Pos.gt(self.read))
            .filter(event::Column::Pos.lte(self.end))
            .order_by_asc(event::Column::Pos)
            .limit(CHUNK)
            .all(db)
            .await?;
        self.read = rows.last().map_or(self.end, |event| event.pos);
        self.chunk = rows.into();
        Ok(())
    }
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
        .into_tuple::<(i64, i64, Option<i64>, Option<i64>)>()
        .one(db)
        .await?;
    let (pos, seq, event, entry) = ends.ok_or_else(|| Error::internal("the ledger", "its row is missing"))?;
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
