//! Whose a proposal, a vote or a report is, as far as its owner can tell.

use entity::proposal::Model;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    access::{actor::Actor, keys::Keyring, veil::Veil},
    directory::person::merged,
    foundation::error::Result,
};

/// The caller under every record they ever had: marks are of the record that made them, and a merge of
/// records leaves them as they are, for a change would tell whose they were.
pub(in crate::community) struct Own {
    veil: Veil,
    records: Vec<Uuid>,
}

impl Own {
    /// The caller's own: their record, and those that became part of it.
    pub(in crate::community) async fn of(
        db: &impl ConnectionTrait,
        actor: &Actor,
        ring: &Keyring,
    ) -> Result<Self> {
        let mut records: Vec<Uuid> = actor.person().into_iter().collect();
        if let Some(person) = actor.person() {
            records.extend(merged::sources(db, &records).await?.remove(&person).unwrap_or_default());
        }
        Ok(Self { veil: Veil::new(ring), records })
    }

    /// Whether the caller proposed it.
    pub(in crate::community) fn is_author(&self, row: &Model) -> bool {
        match (&row.author_mark, row.author_id) {
            (Some(mark), _) => self.marks(row.id).contains(mark),
            (None, Some(author)) => self.records.contains(&author),
            (None, None) => false,
        }
    }

    /// Whether `name`, as the audit trail has it, is one of the caller's records.
    pub(in crate::community) fn is_named(&self, name: &str) -> bool {
        Uuid::parse_str(name).is_ok_and(|id| self.records.contains(&id))
    }

    /// The marks the caller may have left as one who votes on a proposal, that of the current record first.
    pub(in crate::community) fn voter_marks(&self, proposal: Uuid) -> Vec<String> {
        self.records.iter().map(|record| self.veil.voter(proposal, *record)).collect()
    }

    /// The marks the caller may have left on a proposal as its author, that of the current record first.
    pub(in crate::community) fn marks(&self, proposal: Uuid) -> Vec<String> {
        self.records.iter().map(|record| self.veil.mark(proposal, *record)).collect()
    }

    /// The marks the caller may have left as one who reports a thing, that of the current record first.
    pub(in crate::community) fn reporter_marks(&self, thing: Uuid) -> Vec<String> {
        self.records.iter().map(|record| self.veil.reporter(thing, *record)).collect()
    }
}
