//! What the moderator decides about an appeal, who did not do what it is against.

use entity::appeal::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect, Select,
};

use super::{appeal_told, reason};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{
        discussion,
        group::lock::Held,
        moderation::{
            input::DecideAppealInput,
            read,
            rule::{self, ModeratedSubject},
            state::{AppealOutcome, AppealStatus},
            view::{Appeal, AppealId},
        },
        proposal::{self, author::Own},
    },
    foundation::{
        error::{Error, Result},
        text::Reason,
    },
};

/// Decides an appeal.
pub struct DecideAppeal {
    /// Which one.
    pub id: AppealId,
    /// How, and why.
    pub input: DecideAppealInput,
}

/// What an appeal is about, locked with its community.
enum About {
    Comment(discussion::write::Locked),
    Proposal(proposal::write::Locked),
}

impl About {
    async fn lock(work: &Work<'_>, row: &Model) -> Result<Self> {
        Ok(match read::subject(&row.subject_kind)? {
            ModeratedSubject::Comment => {
                Self::Comment(discussion::write::lock(work, row.subject_id.into()).await?)
            }
            ModeratedSubject::Proposal => {
                Self::Proposal(proposal::write::lock(work, row.subject_id.into()).await?)
            }
        })
    }

    const fn community(&self) -> &Held {
        match self {
            Self::Comment(locked) => &locked.community,
            Self::Proposal(locked) => &locked.community,
        }
    }

    fn is_by_caller(&self, work: &Work<'_>, own: &Own) -> bool {
        match self {
            Self::Comment(locked) => work.actor.person() == Some(locked.row.author_id),
            Self::Proposal(locked) => own.is_author(&locked.row),
        }
    }

    /// Undoes what was appealed against.
    async fn give_back(&self, work: &Work<'_>, permit: &Permit, reason: &Reason) -> Result<()> {
        match self {
            Self::Comment(locked) => discussion::write::restored(work, permit, locked, reason).await,
            Self::Proposal(locked) => proposal::write::returned(work, permit, locked, reason).await,
        }
    }
}

impl Command for DecideAppeal {
    type Output = Appeal;
    const ACTION: Action = Action::AppealDecide;

    async fn run(&self, work: &Work<'_>) -> Result<Appeal> {
        let seen = scope::appeals(work.actor)?.filter(Column::Id.eq(self.id.uuid()));
        let about = About::lock(work, &one(work, seen.clone()).await?).await?;
        let row = one(work, seen.lock_exclusive()).await?;
        let permit = work.permit(Self::ACTION, &about.community().place)?;
        work.expect(row.version)?;
        let status = AppealStatus::parse(&row.status);
        let status = status.map_err(|f| Error::internal("appeal.status", f.code))?;
        let reason = reason(&self.input.reason)?;
        let next = status.decide(self.input.outcome)?;
        let own = Own::of(work.db(), work.actor, &work.services.keyring).await?;
        rule::may_decide(read::is_against(work.actor, &own, &row), about.is_by_caller(work, &own))?;
        let row = decide(work, &permit, row, next, &reason).await?;
        if self.input.outcome == AppealOutcome::Upheld {
            about.give_back(work, &permit, &reason).await?;
        }
        work.emit(appeal_told("appeal.decided", &about.community().row.region_code, &row)).await?;
        read::appeal(work.actor, &own, row)
    }
}

async fn one(work: &Work<'_>, seen: Select<Entity>) -> Result<Model> {
    seen.one(work.db()).await?.ok_or(Error::NotFound("appeal"))
}

async fn decide(
    work: &Work<'_>,
    _: &Permit,
    row: Model,
    next: AppealStatus,
    reason: &Reason,
) -> Result<Model> {
    let version = row.version + 1;
    let mut change = row.into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.answer = Set(Some(reason.as_str().to_owned()));
    change.decided_by = Set(Some(work.actor.subject.clone()));
    change.decided_at = Set(Some(work.now()));
    change.version = Set(version);
    change.updated_at = Set(work.now());
    Ok(change.update(work.db()).await?)
}
