//! Finding appeals and reports.

use std::collections::HashMap;

use entity::{appeal, proposal, report};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    Select,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    rule::ModeratedSubject,
    state::{AppealStatus, ReportStatus},
    view::{Appeal, AppealId, Report, ReportId},
};
use crate::{
    access::{actor::Actor, context::Ctx, scope},
    community::{discussion::rule::HiddenCode, group::view::CommunityId, proposal::author::Own},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of appeals by.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct AppealsOf {
    /// Only in this community.
    pub community: Option<CommunityId>,
    /// Only those that stand there.
    pub status: Option<AppealStatus>,
}

/// What to narrow a list of reports by.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct ReportsOf {
    /// Only in this community.
    pub community: Option<CommunityId>,
    /// Only those that stand there.
    pub status: Option<ReportStatus>,
}

fn select_appeals(ctx: &Ctx, of: AppealsOf) -> Result<Select<appeal::Entity>> {
    use appeal::Column;
    let mut select = scope::appeals(&ctx.actor)?;
    if let Some(community) = of.community {
        select = select.filter(Column::CommunityId.eq(community.uuid()));
    }
    if let Some(status) = of.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of the appeals in the region of the moderator who asks, the oldest first.
///
/// # Errors
/// `forbidden` for everybody else.
pub async fn appeals(ctx: &Ctx, of: AppealsOf, page: &PageRequest) -> Result<Page<Appeal>> {
    let mut query = select_appeals(ctx, of)?;
    let columns = [(appeal::Entity, appeal::Column::Id)];
    let oldest = Keyset::new("appeals", columns, Order::Asc)?.over(&of)?;
    let walk = oldest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let found = appeals_shown(ctx, query.all(ctx.db()).await?).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many there are.
///
/// # Errors
/// As [`appeals`].
pub async fn count_appeals(ctx: &Ctx, of: AppealsOf) -> Result<u64> {
    Ok(select_appeals(ctx, of)?.count(ctx.db()).await?)
}

/// The appeals with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn appeals_by_ids(ctx: &Ctx, ids: &[AppealId]) -> Result<Vec<Appeal>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::appeals(&ctx.actor)?.filter(appeal::Column::Id.is_in(ids)).all(ctx.db()).await?;
    appeals_shown(ctx, rows).await
}

async fn appeals_shown(ctx: &Ctx, rows: Vec<appeal::Model>) -> Result<Vec<Appeal>> {
    let own = Own::of(ctx.db(), &ctx.actor, &ctx.services.keyring).await?;
    rows.into_iter().map(|row| appeal(&ctx.actor, &own, row)).collect()
}

/// One appeal.
///
/// # Errors
/// `forbidden`; `not_found`.
pub async fn find_appeal(ctx: &Ctx, id: AppealId) -> Result<Appeal> {
    appeals_by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("appeal"))
}

/// What a row is about.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub(super) fn subject(text: &str) -> Result<ModeratedSubject> {
    ModeratedSubject::parse(text).map_err(|f| Error::internal("what is moderated", f.code))
}

fn only(kind: ModeratedSubject, wanted: ModeratedSubject, id: Uuid) -> Option<Uuid> {
    (kind == wanted).then_some(id)
}

/// Whether the caller did what an appeal is against, under whichever of their names.
pub(super) fn is_against(actor: &Actor, own: &Own, row: &appeal::Model) -> bool {
    row.step_by == actor.subject || own.is_named(&row.step_by)
}

/// A row as its reader sees it.
pub(super) fn appeal(actor: &Actor, own: &Own, row: appeal::Model) -> Result<Appeal> {
    let (kind, status) = (subject(&row.subject_kind)?, AppealStatus::parse(&row.status));
    let own_decision = is_against(actor, own, &row);
    Ok(Appeal {
        id: row.id.into(),
        community_id: row.community_id.into(),
        subject_kind: kind,
        comment_id: only(kind, ModeratedSubject::Comment, row.subject_id).map(Into::into),
        proposal_id: only(kind, ModeratedSubject::Proposal, row.subject_id).map(Into::into),
        words: row.words,
        own_decision,
        status: status.map_err(|f| Error::internal("appeal.status", f.code))?,
        answer: row.answer,
        decided_at: row.decided_at,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// The reports that the caller looks after: those in their scope, but for those of their own anonymous proposals.
async fn looked_after(ctx: &Ctx) -> Result<Select<report::Entity>> {
    use report::Column;
    let seen = scope::reports(&ctx.actor)?;
    if ctx.actor.person().is_none() {
        return Ok(seen);
    }
    let reported = seen.clone().filter(Column::SubjectKind.eq(ModeratedSubject::Proposal));
    let reported = reported.select_only().column(Column::SubjectId).into_query();
    let anonymous: Vec<(Uuid, String)> = scope::proposals(&ctx.actor)?
        .filter(proposal::Column::AuthorMark.is_not_null())
        .filter(proposal::Column::Id.in_subquery(reported))
        .select_only()
        .columns([proposal::Column::Id, proposal::Column::AuthorMark])
        .into_tuple()
        .all(ctx.db())
        .await?;
    if anonymous.is_empty() {
        return Ok(seen);
    }
    let own = Own::of(ctx.db(), &ctx.actor, &ctx.services.keyring).await?;
    let theirs = anonymous.into_iter().filter(|(id, mark)| own.marks(*id).contains(mark)).map(|(id, _)| id);
    Ok(seen.filter(Column::SubjectId.is_not_in(theirs)))
}

async fn select_reports(ctx: &Ctx, of: ReportsOf) -> Result<Select<report::Entity>> {
    use report::Column;
    let mut select = looked_after(ctx).await?;
    if let Some(community) = of.community {
        select = select.filter(Column::CommunityId.eq(community.uuid()));
    }
    if let Some(status) = of.status {
        select = select.filter(Column::Status.eq(status));
    }
    Ok(select)
}

/// A page of the reports that the caller looks after, the oldest first: of comments to officers of the community, of
/// comments and proposals to the moderator of the region; of what is the caller's own to neither.
///
/// # Errors
/// `forbidden` for everybody else.
pub async fn reports(ctx: &Ctx, of: ReportsOf, page: &PageRequest) -> Result<Page<Report>> {
    let mut query = select_reports(ctx, of).await?;
    let columns = [(report::Entity, report::Column::Id)];
    let oldest = Keyset::new("reports", columns, Order::Asc)?.over(&of)?;
    let walk = oldest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let found = reports_shown(ctx.db(), query.all(ctx.db()).await?).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many there are.
///
/// # Errors
/// As [`reports`].
pub async fn count_reports(ctx: &Ctx, of: ReportsOf) -> Result<u64> {
    Ok(select_reports(ctx, of).await?.count(ctx.db()).await?)
}

/// The reports with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn reports_by_ids(ctx: &Ctx, ids: &[ReportId]) -> Result<Vec<Report>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = looked_after(ctx).await?.filter(report::Column::Id.is_in(ids)).all(ctx.db()).await?;
    reports_shown(ctx.db(), rows).await
}

/// One report.
///
/// # Errors
/// `forbidden`; `not_found`.
pub async fn find_report(ctx: &Ctx, id: ReportId) -> Result<Report> {
    reports_by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("report"))
}

/// Rows as whoever moderates sees them, with how many others are open of the same, in one statement.
pub(super) async fn reports_shown(
    db: &impl ConnectionTrait,
    rows: Vec<report::Model>,
) -> Result<Vec<Report>> {
    use report::Column;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let counts: Vec<(Uuid, i64)> = report::Entity::find()
        .select_only()
        .column(Column::SubjectId)
        .column_as(Column::Id.count(), "reports")
        .filter(Column::SubjectId.is_in(rows.iter().map(|row| row.subject_id)))
        .filter(Column::Status.eq(ReportStatus::Open))
        .group_by(Column::SubjectId)
        .into_tuple()
        .all(db)
        .await?;
    let counts: HashMap<Uuid, i64> = counts.into_iter().collect();
    let open = |row: &report::Model| counts.get(&row.subject_id).copied().unwrap_or(0);
    let view = |row: report::Model| {
        let open = i32::try_from(open(&row)).unwrap_or(i32::MAX);
        report(row, Some(open))
    };
    rows.into_iter().map(view).collect()
}

/// A row, with how many are open of the same.
pub(super) fn report(row: report::Model, open_of_same: Option<i32>) -> Result<Report> {
    let (kind, status) = (subject(&row.subject_kind)?, ReportStatus::parse(&row.status));
    Ok(Report {
        id: row.id.into(),
        community_id: row.community_id.into(),
        subject_kind: kind,
        comment_id: only(kind, ModeratedSubject::Comment, row.subject_id).map(Into::into),
        proposal_id: only(kind, ModeratedSubject::Proposal, row.subject_id).map(Into::into),
        code: HiddenCode::parse(&row.code).map_err(|f| Error::internal("report.code", f.code))?,
        words: row.words,
        open_of_same,
        status: status.map_err(|f| Error::internal("report.status", f.code))?,
        answer: row.answer,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
