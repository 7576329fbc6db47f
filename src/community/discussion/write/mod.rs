//! Changing what is said.

mod moderate;
mod react;
mod say;

pub use moderate::{HideComment, RestoreComment};
pub(in crate::community) use moderate::{last_hide, restored};
pub use react::ReactComment;
pub use say::{CreateComment, UpdateComment, WithdrawComment};

use entity::comment::{ActiveModel, Column, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::{
    read,
    state::CommentStatus,
    view::{Comment, CommentId, status},
};
use crate::{
    access::{
        actor::{Permit, Place},
        context::Work,
        scope,
    },
    community::group::lock::{self as community_lock, Held},
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

/// A comment and its community, both locked.
pub(in crate::community) struct Locked {
    pub(in crate::community) row: Model,
    pub(in crate::community) status: CommentStatus,
    pub(in crate::community) community: Held,
}

impl Locked {
    /// Where the comment belongs: to its community, and to who said it.
    pub(in crate::community) fn place(&self) -> Place {
        Place { person: Some(self.row.author_id), ..self.community.place.clone() }
    }
}

/// Locks the community, then the comment.
pub(in crate::community) async fn lock(work: &Work<'_>, id: CommentId) -> Result<Locked> {
    let seen = scope::comments(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let community = community_lock::lock(work, of.ok_or(Error::NotFound("comment"))?.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("comment"))?;
    Ok(Locked { status: status(&row)?, community, row })
}

/// What the caller sees of a row.
async fn shown(work: &Work<'_>, row: Model) -> Result<Comment> {
    read::shown(work.db(), work.actor, vec![row]).await?.pop().ok_or(Error::NotFound("comment"))
}

/// What is told of a comment: that it is there and about what, not what it says or who said it.
fn told(kind: &'static str, region: &str, row: &Model) -> Event {
    Event::new(kind, "comment", row.id, row.version).in_region(Some(region)).with(json!({
        "communityId": row.community_id, "status": row.status, "subjectKind": row.subject_kind,
        "subjectId": row.subject_id, "hiddenCode": row.hidden_code,
    }))
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    mut change: ActiveModel,
    kind: &'static str,
) -> Result<Comment> {
    change.version = Set(locked.row.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    let event = told(kind, &locked.community.row.region_code, &row);
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}
