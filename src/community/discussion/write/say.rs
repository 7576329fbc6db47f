//! What the author does: say, say otherwise, take back.

use std::collections::HashSet;

use entity::{
    comment::{Column, Entity, Model},
    comment_mention, comment_reaction, membership,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Locked, lock, shown, told, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{
        discussion::{
            input::{CreateCommentInput, UpdateCommentInput},
            rule::{self, BODY},
            state::CommentStatus,
            subject::Subject,
            view::{Comment, CommentId, status},
        },
        group::{lock as community_lock, view::CommunityId},
        moderation::{lapse_appeals, settle_reports},
    },
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Faults, Result},
        text, version,
    },
};

/// Says something about a thing of a community.
pub struct CreateComment {
    /// In which community.
    pub community: CommunityId,
    /// About what, and what.
    pub input: CreateCommentInput,
}

impl Command for CreateComment {
    type Output = Comment;
    const ACTION: Action = Action::CommentCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Comment> {
        let held = community_lock::lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        let author = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        let about = self.input.about.unwrap_or_default();
        let subject = Subject::named(held.row.id, about).map_err(|fault| faults.push(fault)).ok();
        if let Some(subject) = &subject {
            let seen = subject.is_seen(work.db(), work.actor, held.row.id).await?;
            faults.require(seen, subject.pointer, "reference_unknown");
        }
        let parent = parent(work, held.row.id, self.input.parent_id).await?;
        if let (Some(subject), Some(_)) = (&subject, self.input.parent_id) {
            let about = (subject.kind.as_str().to_owned(), subject.id);
            let its = parent.as_ref().map(|row| ((row.subject_kind.clone(), row.subject_id), row.parent_id));
            let its = its.as_ref().map(|(its, parent)| (its, parent.is_some()));
            rule::reply(&about, its).unwrap_or_else(|fault| faults.push(fault));
        }
        let body = faults.take("/body", text::as_given(&self.input.body, BODY));
        let mentions = mentions(work, held.row.id, &self.input.mentions, &mut faults).await?;
        faults.done()?;
        let (Some(subject), Some(body)) = (subject, body) else {
            return Err(Error::invalid("/body", "text_missing"));
        };
        if let Some(parent) = &parent {
            status(parent)?.require_visible()?;
        }
        let row = Model {
            id: work.new_id(),
            community_id: held.row.id,
            subject_kind: subject.kind.as_str().to_owned(),
            subject_id: subject.id,
            parent_id: parent.map(|row| row.id),
            author_id: author,
            body,
            status: CommentStatus::Visible.as_str().to_owned(),
            hidden_code: None,
            hidden_reason: None,
            edited_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, &held.row.region_code, row, &mentions).await
    }
}

async fn parent(work: &Work<'_>, community: Uuid, id: Option<CommentId>) -> Result<Option<Model>> {
    let Some(id) = id else { return Ok(None) };
    let found = scope::comments(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::CommunityId.eq(community))
        .lock_exclusive();
    Ok(found.one(work.db()).await?)
}

/// Whom it speaks to: active members, each once; every other is a fault at its own place.
async fn mentions(
    work: &Work<'_>,
    community: Uuid,
    raw: &[PersonId],
    faults: &mut Faults,
) -> Result<Vec<Uuid>> {
    let named = rule::mentions(faults, raw);
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let members: HashSet<Uuid> = membership::Entity::find()
        .select_only()
        .column(membership::Column::PersonId)
        .filter(membership::Column::CommunityId.eq(community))
        .filter(membership::Column::Status.eq("active"))
        .filter(membership::Column::PersonId.is_in(named.iter().map(|id| id.uuid())))
        .into_tuple::<Uuid>()
        .all(work.db())
        .await?
        .into_iter()
        .collect();
    for (i, id) in raw.iter().enumerate() {
        faults.require(members.contains(&id.uuid()), &format!("/mentions/{i}"), "colleague_not_a_member");
    }
    Ok(named.into_iter().map(Uuid::from).collect())
}

async fn name(work: &Work<'_>, comment: Uuid, mentions: &[Uuid]) -> Result<()> {
    if mentions.is_empty() {
        return Ok(());
    }
    let rows = mentions
        .iter()
        .map(|person| comment_mention::Model { comment_id: comment, person_id: *person }.into_active_model());
    comment_mention::Entity::insert_many(rows).exec_without_returning(work.db()).await?;
    Ok(())
}

async fn unname(work: &Work<'_>, comment: Uuid) -> Result<()> {
    let of = comment_mention::Column::CommentId.eq(comment);
    comment_mention::Entity::delete_many().filter(of).exec(work.db()).await?;
    Ok(())
}

async fn insert(work: &Work<'_>, _: &Permit, region: &str, row: Model, mentions: &[Uuid]) -> Result<Comment> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    name(work, row.id, mentions).await?;
    let event = told("comment.created", region, &row);
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}

/// Says it otherwise.
pub struct UpdateComment {
    /// Which comment.
    pub id: CommentId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// What it says now.
    pub input: UpdateCommentInput,
}

impl Command for UpdateComment {
    type Output = Comment;
    const ACTION: Action = Action::CommentUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Comment> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place())?;
        version::check(self.version, locked.row.version)?;
        locked.status.require_visible()?;
        let mut faults = Faults::new();
        let body = faults.take("/body", text::as_given(&self.input.body, BODY));
        let mentions = mentions(work, locked.row.community_id, &self.input.mentions, &mut faults).await?;
        faults.done()?;
        let Some(body) = body else { return Err(Error::invalid("/body", "text_missing")) };
        rewrite(work, &permit, &locked, body, &mentions).await
    }
}

async fn rewrite(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    body: String,
    mentions: &[Uuid],
) -> Result<Comment> {
    unname(work, locked.row.id).await?;
    name(work, locked.row.id, mentions).await?;
    let mut change = locked.row.clone().into_active_model();
    change.body = Set(body);
    change.edited_at = Set(Some(work.now()));
    update(work, permit, locked, change, "comment.updated").await
}

/// Takes it back: the text is gone, the place and the replies remain.
pub struct WithdrawComment(pub CommentId);

impl Command for WithdrawComment {
    type Output = Comment;
    const ACTION: Action = Action::CommentWithdraw;

    async fn run(&self, work: &Work<'_>) -> Result<Comment> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &locked.place())?;
        work.expect(locked.row.version)?;
        let next = locked.status.withdraw()?;
        take_back(work, &permit, &locked, next).await
    }
}

async fn take_back(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    next: CommentStatus,
) -> Result<Comment> {
    unname(work, locked.row.id).await?;
    let of = comment_reaction::Column::CommentId.eq(locked.row.id);
    comment_reaction::Entity::delete_many().filter(of).exec(work.db()).await?;
    settle_reports(work, permit, locked.row.id).await?;
    lapse_appeals(work, permit, locked.row.id).await?;
    let mut change = locked.row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.body = Set(String::new());
    change.hidden_code = Set(None);
    change.hidden_reason = Set(None);
    update(work, permit, locked, change, "comment.withdrawn").await
}
