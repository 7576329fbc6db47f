//! Reporting a comment or a proposal. Who did is known to nobody else: the row has a mark that only they find again.

use entity::report::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::report_told;
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Trace, Work},
    },
    community::{
        discussion::{self, view::CommentId},
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

/// Reports a comment. Doing so again answers how the first report stands.
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
        if let Some(made) = made(work, &own, locked.row.id).await? {
            return read::report(made, None);
        }
        if work.actor.person() == Some(locked.row.author_id) {
            return Err(Error::conflict("report_own"));
        }
        locked.status.require_visible()?;
        let of = (ModeratedSubject::Comment, locked.row.id);
        report(work, &permit, &locked.community, &own, of, &self.input).await
    }
}

/// Reports a proposal, to the moderator alone. Doing so again answers how the first report stands.
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
        if let Some(made) = made(work, &own, locked.row.id).await? {
            return read::report(made, None);
        }
        if own.is_author(&locked.row) {
            return Err(Error::conflict("report_own"));
        }
        locked.status.require_shown()?;
        let of = (ModeratedSubject::Proposal, locked.row.id);
        report(work, &permit, &locked.community, &own, of, &self.input).await
    }
}

/// The caller's report of a thing, whichever of their records it was made with.
async fn made(work: &Work<'_>, own: &Own, subject: Uuid) -> Result<Option<Model>> {
    let marks = own.reporter_marks(subject);
    Ok(Entity::find().filter(Column::ReporterMark.is_in(marks)).one(work.db()).await?)
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
    (kind, subject): (ModeratedSubject, Uuid),
    input: &ReportInput,
) -> Result<Report> {
    let mut faults = Faults::new();
    let words = input.words.as_deref().map(|words| faults.take("/words", text::as_given(words, WORDS)));
    faults.done()?;
    rule::may_report(open_of_caller(work, own, community.row.id).await?)?;
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
        words: words.flatten(),
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

async fn insert(work: &Work<'_>, permit: &Permit, region: &str, row: Model) -> Result<Report> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let kind = match permit.action() {
        Action::ProposalReport => "proposal.reported",
        _ => "comment.reported",
    };
    work.emit(report_told(kind, region, &row)).await?;
    read::report(row, None)
}
