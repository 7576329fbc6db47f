//! The erasure itself, in one transaction: what says who somebody is goes, what others rely on stays without them. The
//! preview runs this too, and undoes it, so that both are one rule.

use std::collections::BTreeMap;

use entity::{
    certificate, enrolment, event, idempotency_key,
    person::{Column, Entity, Model},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::rule::ErasureKept;
use crate::{
    access::{actor::Permit, context::Work},
    certification::certificate::redact,
    directory::person::{merged, rule::Employment},
    foundation::{error::Result, event::Event, trail_values},
    identity::account,
    privacy::register,
};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What went or was blanked, by table.
    pub erased: BTreeMap<&'static str, u64>,
    /// What stays.
    pub kept: Vec<(ErasureKept, u64)>,
}

/// The record and all that became part of it: of a retired record too nothing may be left. The record itself is held
/// already.
///
/// # Errors
/// Whatever the database answers.
pub async fn records(work: &Work<'_>, person: &Model) -> Result<Vec<Uuid>> {
    let sources = merged::sources(work.db(), &[person.id]).await?.remove(&person.id).unwrap_or_default();
    let retired = Entity::find()
        .filter(Column::Id.is_in(sources))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    Ok(std::iter::once(person.id).chain(retired.into_iter().map(|row| row.id)).collect())
}

/// Erases `person`, whose records are `records`. Everything slow is done before the first event, for from then on all
/// other commits wait.
///
/// # Errors
/// `certificate_integrity_failed` when a certificate of theirs is not what was issued.
pub async fn erase(work: &Work<'_>, permit: &Permit, person: &Model, records: &[Uuid]) -> Result<Outcome> {
    let accounts = account::erase::of(work, records).await?;
    let ids: Vec<Uuid> = accounts.iter().map(|row| row.id).collect();
    let mut erased: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut add = |table, rows| *erased.entry(table).or_default() += rows;
    let redactions = redact::prepare(work, records).await?;
    let told = account::erase::told(work, records, &accounts, person.region_code.as_deref()).await?;
    // Both take in what became part of the record. The trail first: it finds some of its values by the accounts.
    add("audit_value", trail_values::forget(work.db(), person.id).await?);
    for gone in register::erase(work.db(), person.id, &ids).await? {
        add(gone.table, gone.rows);
    }
    add("idempotency_key", forget_answers(work, records, &ids).await?);
    add("person", blank(work, permit, records).await?);
    add("certificate", redactions.count());
    erased.retain(|_, rows| *rows > 0);
    let kept = kept(work, records).await?;
    for event in told {
        work.emit(event).await?;
    }
    work.emit(tombstone(person, records, &erased)).await?;
    redact::finish(work, permit, person.id, redactions).await?;
    Ok(Outcome { erased, kept })
}

/// Answers that others were given about the person and that would be repeated to them.
async fn forget_answers(work: &Work<'_>, records: &[Uuid], accounts: &[Uuid]) -> Result<u64> {
    let says = records.iter().chain(accounts).fold(Condition::any(), |any, id| {
        any.add(Expr::col(idempotency_key::Column::Response).cast_as("text").like(format!("%{id}%")))
    });
    Ok(idempotency_key::Entity::delete_many().filter(says).exec(work.db()).await?.rows_affected)
}

/// Leaves the id, the kind and when. The trail is told nothing of what stood there: it would keep it.
async fn blank(work: &Work<'_>, _: &Permit, records: &[Uuid]) -> Result<u64> {
    let none = || Expr::value(None::<String>);
    let done = Entity::update_many()
        .col_expr(Column::Name, Expr::value(""))
        .col_expr(Column::Nuptk, none())
        .col_expr(Column::Nip, none())
        .col_expr(Column::NikSealed, none())
        .col_expr(Column::NikIndex, none())
        .col_expr(Column::Sex, none())
        .col_expr(Column::BirthDate, Expr::value(None::<chrono::NaiveDate>))
        .col_expr(Column::Employment, Expr::value(Employment::None.as_str()))
        .col_expr(Column::Subject, none())
        .col_expr(Column::SchoolId, Expr::value(None::<Uuid>))
        .col_expr(Column::RegionCode, none())
        .col_expr(Column::Phone, none())
        .col_expr(Column::Email, none())
        .col_expr(Column::RestrictedAt, Expr::value(None::<chrono::DateTime<chrono::Utc>>))
        .col_expr(Column::RestrictedBy, none())
        .col_expr(Column::ErasedAt, Expr::value(work.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::Id.is_in(records.iter().copied()))
        .exec(work.db())
        .await?;
    Ok(done.rows_affected)
}

async fn kept(work: &Work<'_>, records: &[Uuid]) -> Result<Vec<(ErasureKept, u64)>> {
    let ids = || records.iter().copied();
    let certificates = certificate::Entity::find().filter(certificate::Column::PersonId.is_in(ids()));
    let enrolments = enrolment::Entity::find().filter(enrolment::Column::PersonId.is_in(ids()));
    let events = event::Entity::find()
        .filter(event::Column::SubjectKind.eq("person"))
        .filter(event::Column::SubjectId.is_in(ids().map(|id| id.to_string())));
    Ok(vec![
        (ErasureKept::Certificate, certificates.count(work.db()).await?),
        (ErasureKept::Enrolment, enrolments.count(work.db()).await?),
        (ErasureKept::Event, events.count(work.db()).await?),
    ])
}

/// What receivers are told: whose data they are to delete, under which ids. It goes to those who reached the person
/// until now, and names nobody.
fn tombstone(person: &Model, records: &[Uuid], erased: &BTreeMap<&'static str, u64>) -> Event {
    Event::new("person.erased", "person", person.id, person.version + 1)
        .in_region(person.region_code.clone())
        .with(json!({ "ids": records, "erased": erased }))
}
