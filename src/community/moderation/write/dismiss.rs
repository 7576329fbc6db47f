//! What whoever moderates does about a report that is right about nothing.

use entity::{
    proposal,
    report::{Column, Model},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::{reason, report_told};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{
        group::lock as community_lock,
        moderation::{
            input::DismissReportInput,
            read,
            state::ReportStatus,
            view::{Report, ReportId},
        },
        proposal::author::Own,
    },
    foundation::{
        error::{Error, Result},
        text::Reason,
    },
};

/// Dismisses a report.
pub struct DismissReport {
    /// Which one.
    pub id: ReportId,
    /// Why.
    pub input: DismissReportInput,
}

impl Command for DismissReport {
    type Output = Report;
    const ACTION: Action = Action::ReportDismiss;

    async fn run(&self, work: &Work<'_>) -> Result<Report> {
        let seen = scope::reports(work.actor)?.filter(Column::Id.eq(self.id.uuid()));
        let of = seen.clone().one(work.db()).await?.ok_or(Error::NotFound("report"))?;
        let community = community_lock::lock(work, of.community_id.into()).await?;
        let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("report"))?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        work.expect(row.version)?;
        let reason = reason(&self.input.reason)?;
        let status = ReportStatus::parse(&row.status);
        let next = status.map_err(|f| Error::internal("report.status", f.code))?.dismiss()?;
        require_not_own(work, &row).await?;
        let row = dismiss(work, &permit, row, next, &reason).await?;
        let event = report_told("report.dismissed", &community.row.region_code, &row);
        let shown = read::reports_shown(work.db(), vec![row]).await?.pop();
        work.emit(event).await?;
        shown.ok_or(Error::NotFound("report"))
    }
}

/// That the report is not about an anonymous proposal of the caller. What is theirs by name is not in their scope.
async fn require_not_own(work: &Work<'_>, row: &Model) -> Result<()> {
    let seen = scope::proposals(work.actor)?.filter(proposal::Column::Id.eq(row.subject_id));
    let Some(proposal) = seen.one(work.db()).await? else { return Ok(()) };
    let own = Own::of(work.db(), work.actor, &work.services.keyring).await?;
    if own.is_author(&proposal) { Err(Error::conflict("report_own")) } else { Ok(()) }
}

async fn dismiss(
    work: &Work<'_>,
    _: &Permit,
    row: Model,
    next: ReportStatus,
    reason: &Reason,
) -> Result<Model> {
    let version = row.version + 1;
    let mut change = row.into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.answer = Set(Some(reason.as_str().to_owned()));
    change.closed_by = Set(Some(work.actor.subject.clone()));
    change.closed_at = Set(Some(work.now()));
    change.version = Set(version);
    change.updated_at = Set(work.now());
    Ok(change.update(work.db()).await?)
}
