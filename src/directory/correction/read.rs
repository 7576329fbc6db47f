//! Finding corrections.

use chrono::{DateTime, Utc};
use entity::correction::{Column, Entity, Model};
use sea_orm::{ColumnTrait, Condition, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    rule::CorrectionStatus,
    view::{Correction, CorrectionId},
    wishes,
};
use crate::{
    access::{context::Ctx, oauth_scope::OAuthScope, scope},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of corrections by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "CorrectionFilter")]
pub struct CorrectionFilter {
    /// Only those of this person.
    pub person_id: Option<PersonId>,
    /// Only those that stand there.
    pub status: Option<CorrectionStatus>,
    /// Only those that wait longer than they may, or only the others.
    pub overdue: Option<bool>,
    /// Only those of persons of this region or one below it.
    pub region_code: Option<String>,
}

fn select(ctx: &Ctx, filter: &CorrectionFilter) -> Result<Select<Entity>> {
    let mut select = scope::corrections(&ctx.actor)?;
    if let Some(person) = filter.person_id {
        select = select.filter(Column::PersonId.eq(person.uuid()));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    if let Some(overdue) = filter.overdue {
        select = select.filter(waiting_too_long(overdue, ctx.now()));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::corrections_within(code));
    }
    Ok(select)
}

/// As [`CorrectionStatus::is_overdue`] tells it.
fn waiting_too_long(overdue: bool, now: DateTime<Utc>) -> Condition {
    if overdue {
        Condition::all().add(Column::Status.eq(CorrectionStatus::Requested)).add(Column::DueAt.lt(now))
    } else {
        Condition::any().add(Column::Status.ne(CorrectionStatus::Requested)).add(Column::DueAt.gte(now))
    }
}

/// A page of corrections, the one due first at the top: your own, and those that you decide about.
///
/// # Errors
/// `forbidden`.
pub async fn list(ctx: &Ctx, filter: &CorrectionFilter, page: &PageRequest) -> Result<Page<Correction>> {
    let columns = [(Entity, Column::DueAt), (Entity, Column::Id)];
    let by_due = Keyset::new("corrections", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_due.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let found = shown(ctx, query.all(ctx.db()).await?)?;
    walk.page(ctx.db(), found, |one| (one.due_at, one.id.uuid())).await
}

/// How many the filter finds.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, filter: &CorrectionFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The corrections with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[CorrectionId]) -> Result<Vec<Correction>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::corrections(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown(ctx, rows)
}

/// One correction.
///
/// # Errors
/// `not_found`, also when it is out of reach.
pub async fn find(ctx: &Ctx, id: CorrectionId) -> Result<Correction> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("correction"))
}

/// Rows as the caller sees them; what of somebody else is shown is noted.
fn shown(ctx: &Ctx, rows: Vec<Model>) -> Result<Vec<Correction>> {
    let see = |row: Model| {
        let row = Correction::seen_by(&ctx.actor, &ctx.services.keyring, ctx.now(), row)?;
        if ctx.actor.person() != Some(row.person_id.uuid()) {
            note(ctx, &row);
        }
        Ok(row)
    };
    rows.into_iter().map(see).collect()
}

fn note(ctx: &Ctx, row: &Correction) {
    let person = row.person_id.uuid();
    let seen = row.changes.iter().filter(|change| change.withheld.is_none());
    for (field, purpose) in seen.filter_map(|change| wishes::purpose(&change.field)) {
        ctx.looks.note(person, purpose, [field]);
    }
    let said = [
        ("words", row.words.is_some()),
        ("reason", row.reason.is_some()),
        ("decisionReason", row.decision_reason.is_some()),
    ];
    let said = said.into_iter().filter(|one| one.1).map(|one| one.0);
    ctx.looks.note(person, OAuthScope::PersonalDataRead, said);
}
