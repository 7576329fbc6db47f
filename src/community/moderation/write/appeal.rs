//! What an author does whose comment was hidden or whose proposal was taken away: say, once, why that should not stand.

use chrono::{DateTime, Utc};
use entity::appeal::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::appeal_told;
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Trace, Work},
    },
    community::{
        discussion::{self, view::CommentId},
        group::lock::Held,
        moderation::{
            input::AppealInput,
            read,
            rule::{self, ModeratedSubject, WORDS},
            state::AppealStatus,
            view::Appeal,
        },
        proposal::{self, author::Own, view::ProposalId},
    },
    foundation::{
        error::{Error, Faults, Result},
        text,
    },
};

/// Appeals against the hiding of one's comment.
pub struct AppealComment {
    /// Of which one.
    pub id: CommentId,
    /// Why.
    pub input: AppealInput,
}

impl Command for AppealComment {
    type Output = Appeal;
    const ACTION: Action = Action::CommentAppeal;

    async fn run(&self, work: &Work<'_>) -> Result<Appeal> {
        let locked = discussion::write::lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place())?;
        work.expect(locked.row.version)?;
        locked.status.restore()?;
        let hide = discussion::write::last_hide(work.db(), locked.row.id).await?;
        let hide = hide.ok_or_else(rule::too_late)?;
        let against = Against {
            kind: ModeratedSubject::Comment,
            subject: locked.row.id,
            step: hide.id,
            by: hide.done_by,
            at: hide.done_at,
        };
        appeal(work, &permit, &locked.community, against, &self.input).await
    }
}

/// Appeals against the removal of one's proposal. The trail does not name who did: it can only be the author.
pub struct AppealProposal {
    /// Of which one.
    pub id: ProposalId,
    /// Why.
    pub input: AppealInput,
}

impl Command for AppealProposal {
    type Output = Appeal;
    const ACTION: Action = Action::ProposalAppeal;

    fn trace(&self) -> Trace {
        Trace::Withheld
    }

    async fn run(&self, work: &Work<'_>) -> Result<Appeal> {
        let locked = proposal::write::lock(work, self.id).await?;
        let own = Own::of(work.db(), work.actor, &work.services.keyring).await?;
        let person = work.actor.person().filter(|_| own.is_author(&locked.row));
        let place = Place { person, ..locked.community.place.clone() };
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(locked.row.version)?;
        locked.status.require_removed()?;
        let removal = proposal::write::last_removal(work.db(), locked.row.id).await?;
        let removal = removal.ok_or_else(rule::too_late)?;
        let against = Against {
            kind: ModeratedSubject::Proposal,
            subject: locked.row.id,
            step: removal.id,
            by: removal.done_by,
            at: removal.done_at,
        };
        appeal(work, &permit, &locked.community, against, &self.input).await
    }
}

/// What an appeal is against.
struct Against {
    kind: ModeratedSubject,
    subject: Uuid,
    step: Uuid,
    by: String,
    at: DateTime<Utc>,
}

async fn appeal(
    work: &Work<'_>,
    permit: &Permit,
    community: &Held,
    against: Against,
    input: &AppealInput,
) -> Result<Appeal> {
    let made = Entity::find().filter(Column::StepId.eq(against.step)).count(work.db()).await?;
    if made > 0 {
        return Err(Error::conflict("appeal_exists"));
    }
    rule::in_time(against.at, work.now())?;
    let mut faults = Faults::new();
    let words = faults.take("/words", text::as_given(&input.words, WORDS));
    faults.done()?;
    let Some(words) = words else { return Err(Error::invalid("/words", "text_missing")) };
    let row = Model {
        id: work.new_id(),
        community_id: community.row.id,
        subject_kind: against.kind.as_str().to_owned(),
        subject_id: against.subject,
        step_id: against.step,
        step_by: against.by,
        words,
        status: AppealStatus::Open.as_str().to_owned(),
        answer: None,
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    insert(work, permit, &community.row.region_code, row).await
}

async fn insert(work: &Work<'_>, permit: &Permit, region: &str, row: Model) -> Result<Appeal> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let kind = match permit.action() {
        Action::ProposalAppeal => "proposal.appealed",
        _ => "comment.appealed",
    };
    work.emit(appeal_told(kind, region, &row)).await?;
    let own = Own::of(work.db(), work.actor, &work.services.keyring).await?;
    read::appeal(work.actor, &own, row)
}
