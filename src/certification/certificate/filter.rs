//! What a list of certificates can be narrowed by, as conditions of its statement.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::certificate::{Column, Entity};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter, Select,
    sea_query::{Expr, Func, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::state::{CertificateStatus, State};
use crate::{
    access::{context::Ctx, scope},
    directory::{
        organisation::view::OrganisationId,
        person::{merged, view::PersonId},
    },
    foundation::{error::Result, transaction},
    training::{batch::view::BatchId, program::view::ProgramId},
};

/// What to narrow a list of certificates by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "CertificateFilter")]
#[into_params(parameter_in = Query)]
pub struct CertificateFilter {
    /// Only those issued, or changed in status, after this instant, and a little before it:
    /// whoever keeps the greatest `changedAt` seen and asks from there misses nothing, but
    /// sees some rows again.
    #[param(example = "2026-11-22T13:44:00Z")]
    pub changed_after: Option<DateTime<Utc>>,
    /// Only those whose holder was in this region, or one below it, on the day of issue.
    #[param(example = "32.73")]
    pub region_code: Option<String>,
    /// Only those of this program.
    #[param(value_type = Option<String>, format = "uuid")]
    pub program_id: Option<ProgramId>,
    /// Only those of this batch.
    #[param(value_type = Option<String>, format = "uuid")]
    pub batch_id: Option<BatchId>,
    /// Only those that this organisation issued.
    #[param(value_type = Option<String>, format = "uuid")]
    pub provider_id: Option<OrganisationId>,
    /// Only those of this person.
    #[param(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
    /// Only those worth this today. Leave it out to hear of revocations: a revoked
    /// certificate leaves a list of valid ones without a word.
    pub status: Option<CertificateStatus>,
    /// Only the one with this printed number.
    #[param(example = "000042/BGTKJABAR/2026")]
    pub number: Option<String>,
}

impl CertificateFilter {
    /// What the cursors of a narrowed list belong to. `changedAfter` only says where a walk begins,
    /// and whoever comes back with a cursor leaves it out.
    pub(super) fn binding(&self) -> Self {
        Self { changed_after: None, ..self.clone() }
    }
}

/// The certificates within the caller's reach that the filter finds. `from_start`: the list is
/// read from its start, not from a cursor on.
pub(super) async fn select(
    ctx: &Ctx,
    filter: &CertificateFilter,
    from_start: bool,
) -> Result<Select<Entity>> {
    let mut select = scope::certificates(&ctx.actor)?;
    if let Some(instant) = filter.changed_after {
        select = select.filter(changed_since(instant, from_start));
    }
    if let Some(code) = &filter.region_code {
        select = select.filter(scope::region_within((Entity, Column::RegionCode), code));
    }
    if let Some(id) = filter.program_id {
        select = select.filter(Column::ProgramId.eq(id.uuid()));
    }
    if let Some(id) = filter.batch_id {
        select = select.filter(Column::BatchId.eq(id.uuid()));
    }
    if let Some(id) = filter.provider_id {
        select = select.filter(Column::ProviderId.eq(id.uuid()));
    }
    if let Some(id) = filter.person_id {
        // Certificates moved along when the record was merged into another.
        select = select.filter(Column::PersonId.eq(merged::resolve(ctx.db(), id.uuid()).await?));
    }
    if let Some(status) = filter.status {
        select = select.filter(worth(status, ctx.issuer_today()));
    }
    if let Some(number) = &filter.number {
        select = select.filter(Column::Number.eq(number));
    }
    Ok(select)
}

/// `changedAt` is when a transaction began, so one that commits later may carry an earlier
/// instant than what was already seen: as much earlier as a transaction can last. Twice that
/// leaves as much again for clocks that differ.
///
/// A walk from the start of the list begins at the first such position. Without that bound
/// the database would go through every position since the beginning; `+ 0` keeps it from
/// looking for the bound in that same way.
fn changed_since(instant: DateTime<Utc>, from_start: bool) -> Condition {
    let overlap = TimeDelta::from_std(transaction::LONGEST * 2).unwrap_or_default();
    let earliest = DateTime::<Utc>::UNIX_EPOCH;
    // What no clock has shown cannot be stored either: both engines have narrower limits than the type.
    let since = instant.checked_sub_signed(overlap).unwrap_or(earliest).clamp(earliest, far_future());
    let later = Condition::all().add(Column::ChangedAt.gt(since));
    if !from_start {
        return later;
    }
    let first = Query::select()
        .expr(Func::min(Expr::col(Column::ChangedPos).add(0)))
        .from(Entity)
        .and_where(Expr::col(Column::ChangedAt).gt(since))
        .to_owned();
    later.add(Expr::col((Entity, Column::ChangedPos)).gte(Expr::SubQuery(None, Box::new(first.into()))))
}

fn far_future() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default().and_time(chrono::NaiveTime::MIN).and_utc()
}

/// The rows that are worth `status` on `today`.
fn worth(status: CertificateStatus, today: NaiveDate) -> Condition {
    let kept = |state: State| Condition::all().add(Column::Status.eq(state.as_str()));
    match status {
        CertificateStatus::Valid => kept(State::Valid)
            .add(Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gte(today))),
        CertificateStatus::Expired => kept(State::Valid).add(Column::ValidUntil.lt(today)),
        CertificateStatus::Suspended => kept(State::Suspended),
        CertificateStatus::Revoked => kept(State::Revoked),
        CertificateStatus::Superseded => kept(State::Superseded),
    }
}
