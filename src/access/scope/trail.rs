//! Where queries about the audit trail start. An entry says of each of its events which it is; where that belongs the
//! event itself says, and an entry knows by position from which to which they stand.

use entity::{audit_entry, audit_value, event};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, Select,
    sea_query::{Alias, Expr, IntoCondition, Query, SelectStatement},
};

use super::region_within;
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// What an officer of a region reads of, so that its entries say nothing new to them. What is private to persons or to
/// a community is not among it, wherever it lies.
const OFFICERS: &[&str] = &[
    "activity",
    "activity_cost",
    "artefact",
    "article",
    "award_entry",
    "award_objection",
    "award_round",
    "batch",
    "book_reading",
    "certificate",
    "community",
    "competence",
    "correction",
    "credit_claim",
    "enrolment",
    "improvement",
    "meeting_series",
    "membership",
    "office",
    "organisation",
    "partner",
    "person",
    "progress_note",
    "proposal",
    "region",
    "resource_person",
    "school",
    "session",
];

/// Entries of the trail: all for who reaches everywhere; for an officer those of which every subject lies in their
/// region, for an entry is shown whole.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn audit_entries(actor: &Actor) -> Result<Select<audit_entry::Entity>> {
    let condition = actor.condition(Action::AuditEntryRead, |held| match held {
        Held::Region(code) => Some(wholly_within(code)),
        _ => None,
    })?;
    Ok(audit_entry::Entity::find().filter(condition))
}

/// The personal values of entries that are within reach: they are shown with them.
pub fn audit_values(entries: Vec<i64>) -> Select<audit_value::Entity> {
    audit_value::Entity::find().filter(audit_value::Column::Seq.is_in(entries))
}

/// Entries about things of this kind; with an id, about that one.
pub fn audit_subject(kind: &str, id: Option<&str>) -> Condition {
    let mut subject = Condition::all().add(event::Column::SubjectKind.eq(kind));
    let Some(id) = id else { return has_event(subject) };
    subject = subject.add(event::Column::SubjectId.eq(id));
    of_few(subject)
}

/// Entries with an event of which `which` is true, for what few events are: from these to their entries, each by its
/// position, so that nothing is walked through.
fn of_few(which: Condition) -> Condition {
    let (of, column) = (Alias::new("of"), |column| (Alias::new("of"), column));
    let entry = Query::select()
        .column(column(audit_entry::Column::Seq))
        .from_as(audit_entry::Entity, of)
        .and_where(
            Expr::col(column(audit_entry::Column::LastPos))
                .gte(Expr::col((event::Entity, event::Column::Pos))),
        )
        .order_by(column(audit_entry::Column::LastPos), Order::Asc)
        .limit(1)
        .to_owned();
    let entries = Query::select()
        .expr(Expr::SubQuery(None, Box::new(entry.into())))
        .from(event::Entity)
        .cond_where(which.clone())
        .to_owned();
    let near = Expr::col((audit_entry::Entity, audit_entry::Column::Seq)).in_subquery(entries);
    // The one at or after a position is another's where a program from before left its own empty.
    Condition::all().add(near).add(has_event(which))
}

/// Entries about something in this region or one below it.
pub fn audit_region(code: &str) -> Condition {
    // A province has a good part of all events, so its newest entries are found by walking back; a district and what
    // lies below it has few, and most of the trail would be walked through in vain.
    let within = region_within((event::Entity, event::Column::RegionCode), code);
    if code.contains('.') { of_few(within) } else { has_event(within) }
}

fn wholly_within(code: &str) -> Condition {
    let within = region_within((event::Entity, event::Column::RegionCode), code);
    let outside = Condition::any()
        .add(event::Column::RegionCode.is_null())
        .add(within.not())
        .add(event::Column::SubjectKind.is_not_in(OFFICERS.iter().copied()));
    Condition::all().add(audit_region(code)).add(Expr::exists(events(outside)).not())
}

fn has_event(which: Condition) -> Condition {
    Expr::exists(events(which)).into_condition()
}

/// The events of an entry of which `which` is true.
fn events(which: Condition) -> SelectStatement {
    let pos = || Expr::col((event::Entity, event::Column::Pos));
    let entry = |column| Expr::col((audit_entry::Entity, column));
    Query::select()
        .expr(Expr::value(1))
        .from(event::Entity)
        .and_where(pos().gte(entry(audit_entry::Column::FirstPos)))
        .and_where(pos().lte(entry(audit_entry::Column::LastPos)))
        .cond_where(which)
        .to_owned()
}
