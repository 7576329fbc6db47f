//! The personal values of entries, which stand apart from the chain: put back in their places, or why they are not there.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{audit_entry, audit_value, personal};
use uuid::Uuid;

use super::view::AuditWithheld;
use crate::{
    access::{context::Ctx, oauth_scope::OAuthScope, scope},
    foundation::{
        change::{Change, Field},
        error::Result,
        trail_values,
    },
};

/// The first format of entries whose personal values stand apart.
const APART: i32 = 3;

/// The values of some entries.
pub(super) struct Values {
    rows: HashMap<(i64, i32), audit_value::Model>,
    now: DateTime<Utc>,
    /// Whose columns were shown.
    shown: Vec<(Uuid, &'static str)>,
}

/// What is shown of a field: before and after, or why not.
pub(super) type Shown = (Option<String>, Option<String>, Option<AuditWithheld>);

impl Values {
    /// The values of these entries: one statement, none where nothing can stand apart.
    pub(super) async fn read<'e>(
        ctx: &Ctx,
        entries: impl IntoIterator<Item = &'e audit_entry::Model>,
    ) -> Result<Self> {
        let apart = |entry: &&audit_entry::Model| entry.changes.is_some() && entry.format >= Some(APART);
        let seqs: Vec<i64> = entries.into_iter().filter(apart).map(|entry| entry.seq).collect();
        let rows = if seqs.is_empty() { Vec::new() } else { scope::audit_values(seqs).all(ctx.db()).await? };
        let rows = rows.into_iter().map(|row| ((row.seq, row.place), row)).collect();
        Ok(Self { rows, now: ctx.now(), shown: Vec::new() })
    }

    /// What is shown of a field of the entry `seq`, which was written at `at`.
    pub(super) fn show(&mut self, seq: i64, at: DateTime<Utc>, change: &Change, field: &Field) -> Shown {
        let Some(place) = field.value else { return (field.before.clone(), field.after.clone(), None) };
        let why = match self.rows.remove(&(seq, place)) {
            Some(value) if trail_values::holds(change, field, &value) => {
                self.shown.extend(change.person.zip(column(change, field)));
                let side = |told: &Option<String>, kept: Option<String>| kept.or_else(|| told.clone());
                return (side(&field.before, value.before), side(&field.after, value.after), None);
            }
            Some(_) => AuditWithheld::Altered,
            None if trail_values::is_over(at, self.now) => AuditWithheld::Expired,
            None => AuditWithheld::Erased,
        };
        let rest = |told: &Option<String>| told.clone().filter(|told| !trail_values::is_hash(told));
        (rest(&field.before), rest(&field.after), Some(why))
    }

    /// Notes whose values were shown, but the caller's own.
    pub(super) fn note(self, ctx: &Ctx) {
        let own = ctx.actor.person();
        for (person, column) in self.shown.into_iter().filter(|(person, _)| Some(*person) != own) {
            ctx.looks.note(person, OAuthScope::AccessRead, [column]);
        }
    }
}

/// The personal column that a field tells of.
fn column(change: &Change, field: &Field) -> Option<&'static str> {
    let same = |row: &&(&str, &'static str, _)| row.0 == change.kind && row.1 == field.name;
    personal::CLASSES.iter().find(same).map(|row| row.1)
}
