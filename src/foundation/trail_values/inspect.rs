//! Whether the personal values of the audit trail are what its chain says: each against its hash, in its place, of whom it
//! is. One that is not there must have gone with a person who was erased, or with its time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::{account, audit_entry, audit_value, person};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{holds, is_over};
use crate::foundation::{change::Change, error::Result};

/// Entries read at once: what bounds the memory of an inspection.
const CHUNK: u64 = 1_000;
/// Ids that one statement asks for.
const ASKED: usize = 500;

/// A value that the chain knows and that is not there.
struct Missing {
    seq: i64,
    what: String,
    person: Option<Uuid>,
    account: Option<Uuid>,
}

/// What one chunk of entries says.
#[derive(Default)]
struct Said {
    changes: Vec<(i64, DateTime<Utc>, Vec<Change>)>,
    /// Entries that cannot be read: the walk along the chain tells them.
    unreadable: BTreeSet<i64>,
    /// The last entry.
    last: Option<i64>,
}

/// The values of a chunk by entry and place, or why one cannot be read.
type Values = BTreeMap<(i64, i32), std::result::Result<audit_value::Model, sea_orm::DbErr>>;

/// Holds every value up to the entry `end` against the chain, telling `found` what is wrong. The chain itself is held
/// against its seals by [`inspect`](crate::foundation::trail::inspect).
///
/// # Errors
/// When the database does not answer.
pub async fn inspect(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    end: i64,
    found: &mut impl FnMut(String),
) -> Result<()> {
    let mut after = 0;
    loop {
        let said = entries(db, after, end).await?;
        let last = said.last.unwrap_or(end);
        let missing = compare(&said, values(db, after, last, found).await?, now, found);
        for gone in not_excused(db, missing).await? {
            found(format!("what audit entry {} says of {} is missing", gone.seq, gone.what));
        }
        if said.last.is_none() {
            return Ok(());
        }
        after = last;
    }
}

/// The next entries that say what changed.
async fn entries(db: &impl ConnectionTrait, after: i64, end: i64) -> Result<Said> {
    let query = audit_entry::Entity::find()
        .select_only()
        .columns([audit_entry::Column::Seq, audit_entry::Column::At, audit_entry::Column::Changes])
        .filter(audit_entry::Column::Seq.gt(after))
        .filter(audit_entry::Column::Seq.lte(end))
        .filter(audit_entry::Column::Changes.is_not_null())
        .order_by_asc(audit_entry::Column::Seq)
        .limit(CHUNK)
        .into_query();
    let mut said = Said::default();
    for row in db.query_all(&query).await? {
        let Ok(seq) = row.try_get::<i64>("", "seq") else { continue };
        said.last = Some(seq);
        match changes(&row) {
            Some((at, changes)) => said.changes.push((seq, at, changes)),
            None => drop(said.unreadable.insert(seq)),
        }
    }
    Ok(said)
}

fn changes(row: &QueryResult) -> Option<(DateTime<Utc>, Vec<Change>)> {
    let changes = serde_json::from_value(row.try_get("", "changes").ok()?).ok()?;
    Some((row.try_get("", "at").ok()?, changes))
}

async fn values(
    db: &impl ConnectionTrait,
    after: i64,
    last: i64,
    found: &mut impl FnMut(String),
) -> Result<Values> {
    let query = audit_value::Entity::find()
        .filter(audit_value::Column::Seq.gt(after))
        .filter(audit_value::Column::Seq.lte(last))
        .into_query();
    let mut values = Values::new();
    for row in db.query_all(&query).await? {
        match (row.try_get("", "seq"), row.try_get("", "place")) {
            (Ok(seq), Ok(place)) => {
                values.insert((seq, place), audit_value::Model::from_query_result(&row, ""));
            }
            _ => found("a personal value of the audit trail cannot be read".to_owned()),
        }
    }
    Ok(values)
}

/// Holds the values of a chunk against what it says; answers those that are not there and whose time is not over.
fn compare(
    said: &Said,
    mut values: Values,
    now: DateTime<Utc>,
    found: &mut impl FnMut(String),
) -> Vec<Missing> {
    let mut missing = Vec::new();
    for (seq, at, changes) in &said.changes {
        for (change, field) in changes.iter().flat_map(|c| c.fields.iter().map(move |f| (c, f))) {
            let Some(place) = field.value else { continue };
            let what = format!("{}.{} of {}", change.kind, field.name, change.row_id);
            match values.remove(&(*seq, place)) {
                Some(Err(why)) => {
                    found(format!("what audit entry {seq} says of {what} cannot be read: {why}"));
                }
                Some(Ok(value)) if !holds(change, field, &value) => {
                    found(format!("what audit entry {seq} says of {what} was edited: its hash is another"));
                }
                Some(Ok(_)) => {}
                None if is_over(*at, now) => {}
                None => {
                    let (seq, person, account) = (*seq, change.person, change.account);
                    missing.push(Missing { seq, what, person, account });
                }
            }
        }
    }
    for (seq, place) in values.into_keys().filter(|(seq, _)| !said.unreadable.contains(seq)) {
        found(format!("audit entry {seq} knows nothing of the personal value {place} that is kept for it"));
    }
    missing
}

/// Those that did not go with a person who was erased, or with their account.
async fn not_excused(db: &impl ConnectionTrait, missing: Vec<Missing>) -> Result<Vec<Missing>> {
    if missing.is_empty() {
        return Ok(missing);
    }
    let ids = missing.iter().filter(|gone| gone.person.is_none()).filter_map(|gone| gone.account);
    let owners = owners(db, ids.collect()).await?;
    let persons = missing.iter().filter_map(|gone| gone.person).chain(owners.values().copied().flatten());
    let erased = Erased::read(db, persons.collect()).await?;
    let excused = |gone: &Missing| match (gone.person, gone.account) {
        (Some(person), _) => erased.knows(person),
        // An account that is not there any more went with whoever it belonged to.
        (None, Some(account)) => {
            owners.get(&account).is_none_or(|owner| owner.is_some_and(|o| erased.knows(o)))
        }
        (None, None) => false,
    };
    Ok(missing.into_iter().filter(|gone| !excused(gone)).collect())
}

/// Whose accounts these are; those that are not there any more are left out.
async fn owners(db: &impl ConnectionTrait, ids: BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, Option<Uuid>>> {
    let (ids, mut owners) = (Vec::from_iter(ids), BTreeMap::new());
    for some in ids.chunks(ASKED) {
        let rows: Vec<(Uuid, Option<Uuid>)> = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::PersonId])
            .filter(account::Column::Id.is_in(some.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        owners.extend(rows);
    }
    Ok(owners)
}

/// Of persons, whether each was erased, and into whom each was merged.
struct Erased(BTreeMap<Uuid, (bool, Option<Uuid>)>);

impl Erased {
    async fn read(db: &impl ConnectionTrait, mut ids: BTreeSet<Uuid>) -> Result<Self> {
        let mut known = BTreeMap::new();
        while !ids.is_empty() {
            let asked = Vec::from_iter(std::mem::take(&mut ids));
            for some in asked.chunks(ASKED) {
                let rows: Vec<(Uuid, Option<DateTime<Utc>>, Option<Uuid>)> = person::Entity::find()
                    .select_only()
                    .columns([person::Column::Id, person::Column::ErasedAt, person::Column::MergedInto])
                    .filter(person::Column::Id.is_in(some.iter().copied()))
                    .into_tuple()
                    .all(db)
                    .await?;
                for (id, erased_at, merged_into) in rows {
                    known.insert(id, (erased_at.is_some(), merged_into));
                    ids.extend(merged_into.filter(|into| !known.contains_key(into)));
                }
            }
            ids.retain(|id| !known.contains_key(id));
        }
        Ok(Self(known))
    }

    /// Whether a person was erased, or whoever they were merged into.
    fn knows(&self, person: Uuid) -> bool {
        let next = |id: &Uuid| self.0.get(id).and_then(|(erased, into)| into.filter(|_| !erased));
        let last = crate::foundation::chain::last_of(person, next);
        last.is_ok_and(|last| self.0.get(&last).is_some_and(|(erased, _)| *erased))
    }
}
