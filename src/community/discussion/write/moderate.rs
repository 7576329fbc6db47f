//! Hiding what should not have been said, and showing it again. Each step is kept, with who did it and why.

use entity::comment_moderation::{Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::{Locked, lock, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        discussion::{
            input::{HideCommentInput, RestoreCommentInput},
            rule::HiddenCode,
            state::CommentStatus,
            view::{Comment, CommentId},
        },
        moderation::{
            acting_as, is_confirmed, lapse_appeals,
            rule::{self, ModeratedAs, ModerationStepKind},
            settle_reports,
        },
    },
    foundation::{
        error::{Error, Faults, Result},
        text::Reason,
    },
};

fn reason(raw: &str) -> Result<Reason> {
    let mut faults = Faults::new();
    let reason = faults.take("/reason", Reason::parse(raw));
    faults.done()?;
    reason.ok_or_else(|| Error::invalid("/reason", "reason_missing"))
}

/// Hides a comment.
pub struct HideComment {
    /// Which one.
    pub id: CommentId,
    /// Why.
    pub input: HideCommentInput,
}

impl Command for HideComment {
    type Output = Comment;
    const ACTION: Action = Action::CommentHide;

    async fn run(&self, work: &Work<'_>) -> Result<Comment> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let reason = reason(&self.input.reason)?;
        let next = locked.status.hide()?;
        // Nobody settles what is said against themselves.
        if work.actor.person() != Some(locked.row.author_id) {
            settle_reports(work, &permit, locked.row.id).await?;
        }
        step(work, &permit, &locked, next, Some(self.input.code), &reason).await
    }
}

/// Shows a hidden comment again.
pub struct RestoreComment {
    /// Which one.
    pub id: CommentId,
    /// Why.
    pub input: RestoreCommentInput,
}

impl Command for RestoreComment {
    type Output = Comment;
    const ACTION: Action = Action::CommentRestore;

    async fn run(&self, work: &Work<'_>) -> Result<Comment> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let reason = reason(&self.input.reason)?;
        let next = locked.status.restore()?;
        if work.actor.person() == Some(locked.row.author_id) {
            return Err(Error::conflict("comment_own_restore"));
        }
        if let Some(hide) = last_hide(work.db(), locked.row.id).await? {
            let hidden_as = ModeratedAs::parse(&hide.done_as)
                .map_err(|f| Error::internal("comment_moderation.done_as", f.code))?;
            let confirmed = is_confirmed(work, hide.id).await?;
            rule::may_restore(hidden_as, confirmed, acting_as(work, &locked.community.place))?;
        }
        lapse_appeals(work, &permit, locked.row.id).await?;
        step(work, &permit, &locked, next, None, &reason).await
    }
}

/// The last time a comment was hidden.
pub(in crate::community) async fn last_hide(
    db: &impl ConnectionTrait,
    comment: Uuid,
) -> Result<Option<Model>> {
    let hides = Entity::find()
        .filter(Column::CommentId.eq(comment))
        .filter(Column::Step.eq(ModerationStepKind::Hidden))
        .order_by_desc(Column::Id);
    Ok(hides.one(db).await?)
}

/// Shows a comment again because an appeal was upheld.
pub(in crate::community) async fn restored(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    reason: &Reason,
) -> Result<()> {
    let next = locked.status.restore()?;
    step(work, permit, locked, next, None, reason).await?;
    Ok(())
}

async fn step(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    next: CommentStatus,
    code: Option<HiddenCode>,
    reason: &Reason,
) -> Result<Comment> {
    let (step, kind) = match code {
        Some(_) => (ModerationStepKind::Hidden, "comment.hidden"),
        None => (ModerationStepKind::Restored, "comment.restored"),
    };
    let code = code.map(|code| code.as_str().to_owned());
    let kept = Model {
        id: work.new_id(),
        comment_id: locked.row.id,
        step: step.as_str().to_owned(),
        code: code.clone(),
        reason: reason.as_str().to_owned(),
        done_by: work.actor.subject.clone(),
        done_at: work.now(),
        done_as: acting_as(work, &locked.community.place).as_str().to_owned(),
    };
    Entity::insert(kept.into_active_model()).exec_without_returning(work.db()).await?;
    let mut change = locked.row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.hidden_reason = Set(code.is_some().then(|| reason.as_str().to_owned()));
    change.hidden_code = Set(code);
    update(work, permit, locked, change, kind).await
}
