//! Finding entries of the audit trail.

use chrono::{DateTime, Utc};
use entity::audit_entry::{Column, Entity};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{values::Values, view::AuditEntry};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of entries by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "AuditEntryFilter")]
#[into_params(parameter_in = Query)]
pub struct AuditEntryFilter {
    /// Only those about this kind of thing, e.g. `certificate`.
    #[param(example = "certificate", max_length = 60)]
    pub subject_kind: Option<String>,
    /// Only those about this one; its kind must be named too.
    #[param(max_length = 60)]
    pub subject_id: Option<String>,
    /// Only what this person, account or system did, as entries name them.
    #[param(max_length = 200)]
    pub actor: Option<String>,
    /// Only this command, e.g. `certificate.revoke`.
    #[param(example = "certificate.revoke", max_length = 60)]
    pub action: Option<String>,
    /// Only what came through this app or system (its `client_id`).
    #[param(max_length = 60)]
    pub client: Option<String>,
    /// Only what was done at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Only what was done before this instant.
    pub to: Option<DateTime<Utc>>,
    /// Only those about something in this region or one below it.
    #[param(example = "32", max_length = 8)]
    pub region_code: Option<String>,
}

/// From when to when, each where it is said.
type Period = [Option<DateTime<Utc>>; 2];

fn check(filter: &AuditEntryFilter) -> Result<Period> {
    let mut faults = Faults::new();
    let from = filter.from.and_then(|at| faults.take("/from", dates::instant(at)));
    let to = filter.to.and_then(|at| faults.take("/to", dates::instant(at)));
    if filter.subject_id.is_some() && filter.subject_kind.is_none() {
        faults.push(Fault::new("/subjectKind", "audit_subject_kind_missing"));
    }
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        faults.push(Fault::new("/to", "audit_period_reversed"));
    }
    faults.done()?;
    Ok([from, to])
}

fn select(ctx: &Ctx, filter: &AuditEntryFilter) -> Result<Select<Entity>> {
    let mut select = scope::audit_entries(&ctx.actor)?;
    let [from, to] = check(filter)?;
    if let Some(kind) = &filter.subject_kind {
        select = select.filter(scope::audit_subject(kind, filter.subject_id.as_deref()));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::audit_region(code));
    }
    for (column, wanted) in
        [(Column::Actor, &filter.actor), (Column::Action, &filter.action), (Column::Client, &filter.client)]
    {
        if let Some(wanted) = wanted {
            select = select.filter(column.eq(wanted));
        }
    }
    if let Some(from) = from {
        select = select.filter(Column::At.gte(from));
    }
    if let Some(to) = to {
        select = select.filter(Column::At.lt(to));
    }
    Ok(select)
}

/// A page of entries, the newest first.
///
/// # Errors
/// `unauthenticated`, `forbidden`; `Invalid` for an id without its kind, a period that ends before it begins, and
/// instants of years that are no years.
pub async fn list(ctx: &Ctx, filter: &AuditEntryFilter, page: &PageRequest) -> Result<Page<AuditEntry>> {
    let newest = Keyset::new("audit entries", [(Entity, Column::Seq)], Order::Desc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = newest.walk::<(i64,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let page = walk.page(ctx.db(), rows, |row| (row.seq,)).await?;
    let mut values = Values::read(ctx, page.rows.iter().map(|(_, entry)| entry)).await?;
    let page = page.try_map(|entry| AuditEntry::of(entry, &mut values))?;
    values.note(ctx);
    Ok(page)
}

/// How many the filter finds.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, filter: &AuditEntryFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// One entry.
///
/// # Errors
/// `not_found`, also for what lies out of reach.
pub async fn find(ctx: &Ctx, seq: i64) -> Result<AuditEntry> {
    let one = scope::audit_entries(&ctx.actor)?.filter(Column::Seq.eq(seq)).one(ctx.db()).await?;
    let one = one.ok_or(Error::NotFound("audit_entry"))?;
    let mut values = Values::read(ctx, [&one]).await?;
    let entry = AuditEntry::of(one, &mut values)?;
    values.note(ctx);
    Ok(entry)
}
