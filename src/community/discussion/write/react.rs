//! Reacting to what was said.

use entity::comment_reaction::{Entity, Model};
use sea_orm::{EntityTrait, IntoActiveModel};

use super::{Locked, lock, shown, told};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::discussion::{
        input::ReactCommentInput,
        view::{Comment, CommentId},
    },
    foundation::error::{Error, Result},
};

/// Sets a reaction of the caller, or takes it back. Saying the same again changes nothing.
pub struct ReactComment {
    /// To which comment.
    pub id: CommentId,
    /// Which reaction, and whether it stands.
    pub input: ReactCommentInput,
}

impl Command for ReactComment {
    type Output = Comment;
    const ACTION: Action = Action::CommentReact;

    async fn run(&self, work: &Work<'_>) -> Result<Comment> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        let person_id = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        locked.status.require_visible()?;
        let kind = self.input.kind.as_str().to_owned();
        let key = (locked.row.id, kind.clone(), person_id);
        let stands = Entity::find_by_id(key).one(work.db()).await?.is_some();
        if stands == self.input.on {
            return shown(work, locked.row).await;
        }
        let row = Model { comment_id: locked.row.id, kind, person_id, reacted_at: work.now() };
        react(work, &permit, locked, row, self.input.on).await
    }
}

async fn react(work: &Work<'_>, _: &Permit, locked: Locked, row: Model, on: bool) -> Result<Comment> {
    if on {
        Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
    } else {
        Entity::delete_by_id((row.comment_id, row.kind, row.person_id)).exec(work.db()).await?;
    }
    let event = told("comment.reacted", &locked.community.row.region_code, &locked.row);
    let shown = shown(work, locked.row).await?;
    work.emit(event).await?;
    Ok(shown)
}
