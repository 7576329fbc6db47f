//! Finding imports, and what the rows of one are placed among.

use entity::{
    import_finding,
    import_job::{Column, Entity},
    region, region_alias,
};
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::places::Places;
use super::report::{Entry, Format, Report};
use super::rule::{ImportKind, ImportStatus};
use super::view::{Import, ImportFinding, ImportId};
use crate::access::{context::Ctx, scope};
use crate::directory::region::code::RegionCode;
use crate::foundation::error::{Error, Result};
use crate::foundation::page::{Keyset, Page, PageRequest};

/// Findings read at a time for a report.
const REPORT_PAGE: u64 = 2_000;

/// What to narrow a list of imports by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ImportFilter")]
#[into_params(parameter_in = Query)]
pub struct ImportFilter {
    /// Only files about this.
    pub kind: Option<ImportKind>,
    /// Only those that are this far.
    pub status: Option<ImportStatus>,
}

fn select(ctx: &Ctx, filter: &ImportFilter) -> Result<Select<Entity>> {
    let mut select = scope::imports(&ctx.actor)?;
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of imports, the latest first.
pub async fn list(ctx: &Ctx, filter: &ImportFilter, page: &PageRequest) -> Result<Page<Import>> {
    let columns = [(Entity, Column::CreatedAt), (Entity, Column::Id)];
    let latest = Keyset::new("imports", columns, Order::Desc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk =
        latest.walk::<(chrono::DateTime<chrono::Utc>, uuid::Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let page = walk.page(ctx.db(), rows, |row| (row.created_at, row.id)).await?;
    page.try_map(|row| Import::of(row, ctx.language))
}

/// How many the filter finds.
pub async fn count(ctx: &Ctx, filter: &ImportFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The imports with these ids, in no order; those that are not there are left out.
///
/// # Errors
/// `unauthenticated`, `forbidden` where no role of the caller sees imports.
pub async fn by_ids(ctx: &Ctx, ids: &[ImportId]) -> Result<Vec<Import>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::imports(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(|row| Import::of(row, ctx.language)).collect()
}

/// One import, or nothing.
pub async fn find_opt(ctx: &Ctx, id: ImportId) -> Result<Option<Import>> {
    Ok(by_ids(ctx, &[id]).await?.pop())
}

/// One import.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ImportId) -> Result<Import> {
    find_opt(ctx, id).await?.ok_or(Error::NotFound("import"))
}

/// A page of what one import found, in the order of the file.
///
/// # Errors
/// `not_found` for the import.
pub async fn findings(ctx: &Ctx, id: ImportId, page: &PageRequest) -> Result<Page<ImportFinding>> {
    use import_finding::{Column, Entity};
    find(ctx, id).await?;
    let in_order = Keyset::new("import_findings", [(Entity, Column::Ordinal)], Order::Asc)?.over(&id)?;
    let mut query = scope::import_findings(&ctx.actor)?.filter(Column::JobId.eq(id.uuid()));
    let walk = in_order.walk::<(i64,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let page = walk.page(ctx.db(), rows, |row| (row.ordinal,)).await?;
    Ok(page.map(|row| ImportFinding::of(row, ctx.language)))
}

/// How many findings of one import are kept.
pub async fn count_findings(ctx: &Ctx, id: ImportId) -> Result<u64> {
    let kept = scope::import_findings(&ctx.actor)?.filter(import_finding::Column::JobId.eq(id.uuid()));
    Ok(kept.count(ctx.db()).await?)
}

/// The report of one import, a piece at a time; memory does not grow with it.
pub struct ReportPieces {
    ctx: Ctx,
    import: Import,
    /// The report as far as written and the next finding's place; none when it is whole.
    open: Option<(Report<Vec<u8>>, i64)>,
}

impl ReportPieces {
    /// The report of `import`.
    pub fn of(ctx: Ctx, import: Import, format: Format) -> Result<Self> {
        let report = Report::begin(Vec::new(), format, ctx.language)?;
        Ok(Self { ctx, import, open: Some((report, 0)) })
    }

    /// The next piece; none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let Some((mut report, from)) = self.open.take() else { return Ok(None) };
        let rows = scope::import_findings(&self.ctx.actor)?
            .filter(import_finding::Column::JobId.eq(self.import.id.uuid()))
            .filter(import_finding::Column::Ordinal.gte(from))
            .order_by_asc(import_finding::Column::Ordinal)
            .limit(REPORT_PAGE)
            .all(self.ctx.db())
            .await?;
        for row in &rows {
            report.add(Entry {
                line: row.line.cast_unsigned(),
                column: &row.column_name,
                code: &row.code,
                severity: &row.severity,
                value: Some(row.value.as_str()).filter(|value| !value.is_empty()),
            })?;
        }
        match rows.last() {
            Some(last) if rows.len() as u64 == REPORT_PAGE => {
                let piece = report.take();
                self.open = Some((report, last.ordinal + 1));
                Ok(Some(piece))
            }
            last => {
                let kept = last.map_or(from, |last| last.ordinal + 1);
                let found: i64 = self.import.findings.iter().map(|line| line.count).sum();
                if found > kept {
                    report.add(cut_short(&(found - kept).to_string()))?;
                }
                Ok(Some(report.end(&self.import)?))
            }
        }
    }
}

/// Says at the end of a report that not all of it is there.
fn cut_short(missing: &str) -> Entry<'_> {
    Entry { line: 0, column: "", code: "findings_cut_short", severity: "warning", value: Some(missing) }
}

/// The regions in force and the school system's codes for them, for locating schools.
pub async fn places(ctx: &Ctx) -> Result<Places> {
    let mut places = Places::default();
    let rows: Vec<(String, Option<chrono::NaiveDate>, Option<String>)> = scope::regions()
        .select_only()
        .columns([region::Column::Code, region::Column::ValidUntil, region::Column::SuccessorCode])
        .into_tuple()
        .all(ctx.db())
        .await?;
    for (code, until, successor) in rows {
        let code = RegionCode::parse(&code).map_err(damaged)?;
        match (until, successor) {
            (None, _) => places.add_region(code),
            (Some(_), Some(next)) => places.add_successor(code, RegionCode::parse(&next).map_err(damaged)?),
            (Some(_), None) => {}
        }
    }
    let matched = scope::region_aliases()
        .filter(region_alias::Column::System.eq(super::sink::regions::DAPODIK))
        .filter(region_alias::Column::RegionCode.is_not_null());
    let pairs: Vec<(String, String)> = matched
        .select_only()
        .columns([region_alias::Column::Code, region_alias::Column::RegionCode])
        .into_tuple()
        .all(ctx.db())
        .await?;
    for (alias, code) in pairs {
        places.add_alias(&alias, RegionCode::parse(&code).map_err(damaged)?);
    }
    Ok(places)
}

/// Whether there is a school of this number.
pub async fn school_exists(ctx: &Ctx, npsn: &str) -> Result<bool> {
    let found = scope::schools().filter(entity::school::Column::Npsn.eq(npsn)).count(ctx.db()).await?;
    Ok(found > 0)
}

fn damaged(fault: crate::foundation::error::Fault) -> Error {
    Error::internal("a region's code", fault.code)
}
