//! Finding certificates.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    certificate::{Column, Entity, Model, Relation},
    certificate_payload, program,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, FromQueryResult, Iterable, JoinType, Order, PaginatorTrait,
    QueryFilter, QueryResult, QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Expr, Func, Query, WindowStatement},
};
use uuid::Uuid;

use super::{
    filter::{CertificateFilter, select},
    state::CertificateStatus,
    view::{Certificate, CertificateId, SignedForm},
};
use crate::{
    access::{context::Ctx, oauth_scope::OAuthScope, scope},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        page::{Direction, Keyset, Page, PageRequest, Stretch},
    },
    training::{enrolment::view::EnrolmentId, program::view::Program},
};

/// Rows that a page for a system has when it does not say.
pub const DEFAULT_LIMIT: u64 = 100;

/// What a caller wants along with each certificate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct CertificatePlan {
    /// Its program.
    pub program: bool,
    /// Its signed form.
    pub signed: bool,
}

/// The order of changes: whoever walks it never skips one, because positions are given out
/// in the order of commits.
fn by_change(filter: &CertificateFilter) -> Result<Keyset> {
    Keyset::new("certificates", [(Entity, Column::ChangedPos)], Order::Asc)?.over(&filter.binding())
}

/// Notes whose certificates are shown: the holder's name stands in them, and in what was signed.
fn seen<'a>(ctx: &Ctx, shown: impl IntoIterator<Item = &'a Certificate>) {
    for row in shown {
        let fields = ["holderName"].into_iter().chain(row.signed.is_some().then_some("signed"));
        ctx.looks.note(row.person_id.uuid(), OAuthScope::CertificatesRead, fields);
    }
}

/// A stretch of certificates in the order in which they changed, and the cursor to come back
/// with for what changes later: always there, so that nothing is skipped and nothing repeated.
pub async fn stretch(
    ctx: &Ctx,
    filter: &CertificateFilter,
    page: &PageRequest,
) -> Result<Stretch<Certificate>> {
    let (by_change, today) = (by_change(filter)?, ctx.issuer_today());
    let mut query = select(ctx, filter, page.cursor.is_none()).await?;
    let walk = by_change.walk::<(i64,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = walk.stretch(rows, |row| (row.changed_pos,))?;
    let resume = match found.resume {
        Some(resume) => resume,
        None => by_change.cursor(&(0_i64,), ctx.cursors())?,
    };
    let rows = found.rows.into_iter().map(|row| Certificate::of(row, today)).collect::<Result<Vec<_>>>()?;
    seen(ctx, &rows);
    Ok(Stretch { rows, next: found.next, resume: Some(resume) })
}

/// A page of certificates in the order in which they changed, each with its own cursor.
pub async fn list(
    ctx: &Ctx,
    filter: &CertificateFilter,
    plan: CertificatePlan,
    page: &PageRequest,
) -> Result<Page<Certificate>> {
    let by_change = by_change(filter)?;
    let mut query = select(ctx, filter, page.cursor.is_none()).await?;
    let walk = by_change.walk::<(i64,), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx, query, plan).await?;
    Ok(shown(ctx, walk.page(ctx.db(), rows, |row| (row.changed_pos,)).await?))
}

/// A page that is shown as it is.
fn shown(ctx: &Ctx, page: Page<Certificate>) -> Page<Certificate> {
    seen(ctx, page.rows.iter().map(|(_, row)| row));
    page
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &CertificateFilter) -> Result<u64> {
    Ok(select(ctx, filter, true).await?.count(ctx.db()).await?)
}

/// A page of one person's certificates, newest first.
pub async fn of_person(
    ctx: &Ctx,
    person: PersonId,
    plan: CertificatePlan,
    page: &PageRequest,
) -> Result<Page<Certificate>> {
    let newest = newest_first(person)?;
    let mut query = scope::certificates(&ctx.actor)?.filter(Column::PersonId.eq(person.uuid()));
    let walk = newest.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx, query, plan).await?;
    Ok(shown(ctx, walk.page(ctx.db(), rows, |row| (row.issued_at, row.id.uuid())).await?))
}

/// The first page of each person's certificates from either end, newest first: one statement for all of them.
pub async fn of_persons(
    ctx: &Ctx,
    persons: &[PersonId],
    plan: CertificatePlan,
    limit: u64,
    direction: Direction,
) -> Result<HashMap<PersonId, Page<Certificate>>> {
    let page = PageRequest::first(limit, direction);
    if let [only] = persons {
        return Ok(HashMap::from([(*only, of_person(ctx, *only, plan, &page).await?)]));
    }
    let order = if direction == Direction::Forward { Order::Desc } else { Order::Asc };
    let ranks = WindowStatement::partition_by((Entity, Column::PersonId))
        .order_by((Entity, Column::IssuedAt), order.clone())
        .order_by((Entity, Column::Id), order)
        .take();
    let ranked = of_any(ctx, persons)?
        .select_only()
        .column(Column::Id)
        .into_query()
        .expr_window_as(Func::cust("ROW_NUMBER"), ranks, "place")
        .to_owned();
    let first = Query::select()
        .column("id")
        .from_subquery(ranked, "ranked")
        .and_where(Expr::col("place").lte(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)))
        .to_owned();
    let query = scope::certificates(&ctx.actor)?.filter(Column::Id.in_subquery(first));
    let mut by_person: HashMap<PersonId, Vec<Certificate>> = HashMap::new();
    for row in fetch(ctx, query, plan).await? {
        by_person.entry(row.person_id).or_default().push(row);
    }
    persons
        .iter()
        .map(|person| {
            let mut rows = by_person.remove(person).unwrap_or_default();
            rows.sort_by_key(|row| (row.issued_at, row.id));
            if direction == Direction::Forward {
                rows.reverse();
            }
            let of = |row: &Certificate| (row.issued_at, row.id.uuid());
            let page = newest_first(*person)?.page(rows, &page, ctx.cursors(), false, of)?;
            Ok((*person, shown(ctx, page)))
        })
        .collect()
}

fn newest_first(person: PersonId) -> Result<Keyset> {
    let columns = [(Entity, Column::IssuedAt), (Entity, Column::Id)];
    Keyset::new("certificates of a person", columns, Order::Desc)?.over(&person)
}

fn of_any(ctx: &Ctx, persons: &[PersonId]) -> Result<Select<Entity>> {
    Ok(scope::certificates(&ctx.actor)?.filter(Column::PersonId.is_in(persons.iter().map(|id| id.uuid()))))
}

/// How many certificates each of these persons has; those without any are left out.
pub async fn counts_of_persons(ctx: &Ctx, persons: &[PersonId]) -> Result<HashMap<PersonId, u64>> {
    let counts: Vec<(Uuid, i64)> = of_any(ctx, persons)?
        .select_only()
        .column(Column::PersonId)
        .expr(Column::Id.count())
        .group_by(Column::PersonId)
        .into_tuple()
        .all(ctx.db())
        .await?;
    Ok(counts.into_iter().map(|(id, count)| (id.into(), u64::try_from(count).unwrap_or_default())).collect())
}

/// The certificates of these enrolments: the one in force, else the latest.
pub async fn of_enrolments(ctx: &Ctx, ids: &[EnrolmentId]) -> Result<HashMap<EnrolmentId, Certificate>> {
    let ids = ids.iter().map(|id| id.uuid());
    let query = scope::certificates(&ctx.actor)?.filter(Column::EnrolmentId.is_in(ids));
    let mut rows = fetch(ctx, query, CertificatePlan::default()).await?;
    let ended =
        |row: &Certificate| matches!(row.status, CertificateStatus::Revoked | CertificateStatus::Superseded);
    rows.sort_by_key(|row| (!ended(row), row.changed_pos));
    seen(ctx, &rows);
    Ok(rows.into_iter().filter_map(|row| row.enrolment_id.map(|id| (id, row))).collect())
}

/// The certificates with these ids, in no order; those outside the caller's reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[CertificateId], plan: CertificatePlan) -> Result<Vec<Certificate>> {
    let ids = ids.iter().map(|id| id.uuid());
    let found = fetch(ctx, scope::certificates(&ctx.actor)?.filter(Column::Id.is_in(ids)), plan).await?;
    seen(ctx, &found);
    Ok(found)
}

/// One certificate, or nothing.
pub async fn find_opt(ctx: &Ctx, id: CertificateId, plan: CertificatePlan) -> Result<Option<Certificate>> {
    Ok(by_ids(ctx, &[id], plan).await?.pop())
}

/// One certificate.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: CertificateId, plan: CertificatePlan) -> Result<Certificate> {
    find_opt(ctx, id, plan).await?.ok_or(Error::NotFound("certificate"))
}

const PROGRAM: &str = "p_";
const SIGNED: &str = "s_";

async fn fetch(ctx: &Ctx, query: Select<Entity>, plan: CertificatePlan) -> Result<Vec<Certificate>> {
    let today = ctx.issuer_today();
    if plan == CertificatePlan::default() {
        return query.all(ctx.db()).await?.into_iter().map(|row| Certificate::of(row, today)).collect();
    }
    let mut query = query;
    if plan.program {
        query = query.join(JoinType::InnerJoin, Relation::Program.def());
        query = with_columns(query, program::Column::iter(), PROGRAM);
    }
    if plan.signed {
        query = query.join_rev(JoinType::InnerJoin, certificate_payload::Relation::Certificate.def());
        let columns = [
            certificate_payload::Column::Jws,
            certificate_payload::Column::Hash,
            certificate_payload::Column::Kid,
        ];
        query = with_columns(query, columns.into_iter(), SIGNED);
    }
    let rows = ctx.db().query_all(&query.into_query()).await?;
    rows.iter().map(|row| joined(row, plan, today)).collect()
}

/// `query` with these columns beside its own, their names led by `prefix`.
pub(super) fn with_columns<C: ColumnTrait>(
    query: Select<Entity>,
    columns: impl Iterator<Item = C>,
    prefix: &str,
) -> Select<Entity> {
    columns.fold(query, |query, column| query.column_as(column, format!("{prefix}{}", column.as_str())))
}

fn joined(row: &QueryResult, plan: CertificatePlan, today: NaiveDate) -> Result<Certificate> {
    let mut found = Certificate::of(Model::from_query_result(row, "")?, today)?;
    if plan.program {
        let program = Program::try_from(program::Model::from_query_result(row, PROGRAM)?)?;
        found.joined_program = Some(Box::new(program));
    }
    if plan.signed {
        found.signed = Some(SignedForm {
            jws: row.try_get(SIGNED, "jws")?,
            hash: row.try_get(SIGNED, "hash")?,
            kid: row.try_get(SIGNED, "kid")?,
        });
    }
    Ok(found)
}

/// The signed forms of these certificates.
pub async fn signed_forms(ctx: &Ctx, ids: &[CertificateId]) -> Result<HashMap<CertificateId, SignedForm>> {
    let plan = CertificatePlan { signed: true, program: false };
    let found = by_ids(ctx, ids, plan).await?;
    Ok(found.into_iter().filter_map(|c| c.signed.map(|signed| (c.id, signed))).collect())
}
