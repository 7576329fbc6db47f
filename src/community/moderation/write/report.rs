//! Reporting a comment or a proposal. Who did is known to nobody else: the row has a mark that only they find again.

use chrono::{DateTime, Utc};
use entity::report::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::report_told;
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Trace, Work},
    },
    community::{
        discussion::{self, rule::HiddenCode, view::CommentId},
        group::lock::Held,
        moderation::{
            input::ReportInput,
            read,
            rule::{self, ModeratedSubject, WORDS},
            state::ReportStatus,
            view::Report,
        },
        proposal::{self, author::Own, view::ProposalId},
    },
    foundation::{
        error::{Error, Faults, Result},
        text,
    },
};

/// Reports a comment. Doing so again answers how the first report stands, or opens it again where it was closed and there
/// is something new to look at.
pub struct ReportComment {
    /// Which one.
    pub id: CommentId,
    /// What is wrong with it.
    pub input: ReportInput,
}

impl Command for ReportComment {
    type Output = Report;
    const ACTION: Action = Action::CommentReport;

    fn trace(&self) -> Trace {
        Trace::Secret
    }

    async fn run(&self, work: &Work<'_>) -> Result<Report> {
        let locked = discussion::write::lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        let own = Own::of(work.db(), work.actor, &work.services.keyring).await?;
        let closed = match made(work, &own, locked.row.id).await? {
            Some(row)
                if locked.status.require_visible().is_err() || !is_anew(&row, locked.row.updated_at)? =>
            {
                return read::report(row, None);
            }
            row => row,
        };
        if work.actor.person() == Some(locked.row.author_id) {
            return Err(Error::conflict("report_own"));
        }
        locked.status.require_visible()?;
        let of = (ModeratedSubject::Comment, locked.row.id, closed);
        report(work, &permit, &locked.community, &own, of, &self.input).await
    }
}

/// Reports a proposal, to the moderator alone. Doing so again is as with a comment.
pub struct ReportProposal {
    /// Which one.
    pub id: ProposalId,
    /// What is wrong with it.
    pub input: ReportInput,
}

impl Command for ReportProposal {
    type Output = Report;
    const ACTION: Action = Action::ProposalReport;

    fn trace(&self) -> Trace {
        Trace::Secret
    }

    async fn run(&self, work: &Work<'_>) -> Result<Report> {
        let locked = proposal::write::lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        let own = Own::of(work.db(), work.actor, &work.services.keyring).await?;
        let closed = match made(work, &own, locked.row.id).await? {
            Some(row) if locked.status.require_shown().is_err() || !is_anew(&row, locked.row.updated_at)? => {
                return read::report(row, None);
            }
            row => row,
        };
        if own.is_author(&locked.row) {
            return Err(Error::conflict("report_own"));
        }
        locked.status.require_shown()?;
        let of = (ModeratedSubject::Proposal, locked.row.id, closed);
        report(work, &permit, &locked.community, &own, of, &self.input).await
    }
}

/// The caller's report of a thing, whichever of their records it was made with: the one that is open, where there are two.
async fn made(work: &Work<'_>, own: &Own, subject: Uuid) -> Result<Option<Model>> {
    let marks = own.reporter_marks(subject);
    let rows = Entity::find().filter(Column::ReporterMark.is_in(marks)).all(work.db()).await?;
    let is_open = |row: &Model| row.status == ReportStatus::Open.as_str();
    Ok(rows.into_iter().max_by_key(|row| (is_open(row), row.updated_at)))
}

/// Whether a report of what is in view, and was last changed at `changed_at`, opens again.
fn is_anew(row: &Model, changed_at: DateTime<Utc>) -> Result<bool> {
    let status = ReportStatus::parse(&row.status);
    let status = status.map_err(|f| Error::internal("report.status", f.code))?;
    let changed_since = row.closed_at.is_some_and(|closed_at| changed_at > closed_at);
    Ok(status.anew(changed_since).is_some())
}

/// How many of the open reports in a community are the caller's. The marks of one person have nothing in common, so
/// each is held against the one they would have left; there are at most so many as the members together may have.
async fn open_of_caller(work: &Work<'_>, own: &Own, community: Uuid) -> Result<usize> {
    let open: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::SubjectId, Column::ReporterMark])
        .filter(Column::CommunityId.eq(community))
        .filter(Column::Status.eq(ReportStatus::Open))
        .into_tuple()
        .all(work.db())
        .await?;
    Ok(open.iter().filter(|(subject, mark)| own.reporter_marks(*subject).contains(mark)).count())
}

async fn report(
    work: &Work<'_>,
    permit: &Permit,
    community: &Held,
    own: &Own,
    (kind, subject, closed): (ModeratedSubject, Uuid, Option<Model>),
    input: &ReportInput,
) -> Result<Report> {
    let mut faults = Faults::new();
    let words = input.words.as_deref().map(|words| faults.take("/words", text::as_given(words, WORDS)));
    faults.done()?;
    let words = words.flatten();
    rule::may_report(open_of_caller(work, own, community.row.id).await?)?;
    if let Some(row) = closed {
        return reopen(work, permit, &community.row.region_code, row, (input.code, words)).await;
    }
    let Some(reporter_mark) = own.reporter_marks(subject).into_iter().next() else {
        return Err(Error::Forbidden(permit.action().name()));
    };
    let row = Model {
        id: work.new_id(),
        community_id: community.row.id,
        subject_kind: kind.as_str().to_owned(),
        subject_id: subject,
        reporter_mark,
        code: input.code.as_str().to_owned(),
        words,
        status: ReportStatus::Open.as_str().to_owned(),
        answer: None,
        closed_by: None,
        closed_at: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    insert(work, permit, &community.row.region_code, row).await
}

/// Opens a closed report again, with what is wrong now.
async fn reopen(
    work: &Work<'_>,
    permit: &Permit,
    region: &str,
    row: Model,
    (code, words): (HiddenCode, Option<String>),
) -> Result<Report> {
    let version = row.version + 1;
    let mut change = row.into_active_model();
    change.code = Set(code.as_str().to_owned());
    change.words = Set(words);
    change.status = Set(ReportStatus::Open.as_str().to_owned());
    change.answer = Set(None);
    change.closed_by = Set(None);
    change.closed_at = Set(None);
    change.version = Set(version);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    told(work, permit, region, row).await
}

async fn insert(work: &Work<'_>, permit: &Permit, region: &str, row: Model) -> Result<Report> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    told(work, permit, region, row).await
}

async fn told(work: &Work<'_>, permit: &Permit, region: &str, row: Model) -> Result<Report> {
    let kind = match permit.action() {
        Action::ProposalReport => "proposal.reported",
        _ => "comment.reported",
    };
    work.emit(report_told(kind, region, &row)).await?;
    read::report(row, None)
}
