//! The steps of the moderation of a comment or proposal, the oldest first.

use std::collections::{HashMap, HashSet};

use entity::{appeal, comment, comment_moderation, community, proposal, proposal_moderation};
use sea_orm::{ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::{
    rule::{ModeratedAs, ModerationStepKind},
    state::AppealStatus,
    view::{ModerationStep, StepAppeal},
};
use crate::{
    access::{action::Action, actor::Place, context::Ctx, scope},
    community::{
        discussion::{rule::HiddenCode, view::CommentId},
        group::lock,
        proposal::{author::Own, view::ProposalId},
    },
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, first_of_each},
    },
};

/// What a reader is shown of the steps of one thing.
struct Reader {
    /// Its author, who learns what was done and why, not by whom.
    wrote_it: bool,
    /// Who decides appeals.
    decides: bool,
}

impl Reader {
    /// # Errors
    /// `forbidden` for whoever may not do `action` there.
    async fn of(ctx: &Ctx, action: Action, community: Uuid, wrote_it: bool) -> Result<Self> {
        let known = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community));
        let row = known.one(ctx.db()).await?.ok_or(Error::NotFound("community"))?;
        let place = lock::place(ctx.db(), &ctx.actor, &row).await?;
        let place = Place { person: ctx.actor.person_for(action).filter(|_| wrote_it), ..place };
        ctx.actor.permit(action, &place)?;
        Ok(Self { wrote_it, decides: ctx.actor.permit(Action::AppealDecide, &place).is_ok() })
    }

    const fn reads_appeals(&self) -> bool {
        self.wrote_it || self.decides
    }
}

async fn of_comment(ctx: &Ctx, id: CommentId) -> Result<(Select<comment_moderation::Entity>, Reader)> {
    ctx.actor.require_role_for(Action::CommentHistory)?;
    let seen = scope::comments(&ctx.actor)?.filter(comment::Column::Id.eq(id.uuid()));
    let row = seen.one(ctx.db()).await?.ok_or(Error::NotFound("comment"))?;
    let wrote_it = ctx.actor.person_for(Action::CommentHistory) == Some(row.author_id);
    let reader = Reader::of(ctx, Action::CommentHistory, row.community_id, wrote_it).await?;
    let steps = comment_moderation::Entity::find();
    Ok((steps.filter(comment_moderation::Column::CommentId.eq(row.id)), reader))
}

/// A page of the steps of a comment's moderation: for its author, officers and the moderator.
///
/// # Errors
/// `not_found` for a comment out of reach; `forbidden` for its other readers, and for whose role never reads any.
pub async fn comment_steps(ctx: &Ctx, id: CommentId, page: &PageRequest) -> Result<Page<ModerationStep>> {
    let (mut query, reader) = of_comment(ctx, id).await?;
    let columns = [(comment_moderation::Entity, comment_moderation::Column::Id)];
    let oldest = Keyset::new("comment_moderation", columns, Order::Asc)?.over(&id)?;
    let walk = oldest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let mut appeals = appeals(ctx, &reader, rows.iter().map(|row| row.id).collect()).await?;
    let view = |row: comment_moderation::Model| {
        let appeal = appeals.remove(&row.id);
        comment_step(row, &reader, appeal)
    };
    let steps = rows.into_iter().map(view).collect::<Result<Vec<_>>>()?;
    walk.page(ctx.db(), steps, |step| (step.id,)).await
}

fn comment_step(
    row: comment_moderation::Model,
    reader: &Reader,
    appeal: Option<StepAppeal>,
) -> Result<ModerationStep> {
    let code = row.code.as_deref().map(HiddenCode::parse).transpose();
    let done_as = ModeratedAs::parse(&row.done_as);
    Ok(ModerationStep {
        step: kind(&row.step)?,
        at: row.done_at,
        code: code.map_err(|f| Error::internal("comment_moderation.code", f.code))?,
        reason: row.reason,
        done_as: done_as.map_err(|f| Error::internal("comment_moderation.done_as", f.code))?,
        done_by: Some(row.done_by).filter(|_| !reader.wrote_it),
        appeal,
        id: row.id,
    })
}

/// How many there are.
///
/// # Errors
/// As [`comment_steps`].
pub async fn count_comment_steps(ctx: &Ctx, id: CommentId) -> Result<u64> {
    Ok(of_comment(ctx, id).await?.0.count(ctx.db()).await?)
}

/// The first steps of each of these comments, the oldest first; none of those whose steps are not for the caller.
///
/// # Errors
/// `forbidden` for whose role reads no discussion.
pub async fn first_of_comments(
    ctx: &Ctx,
    ids: &[CommentId],
    limit: u64,
) -> Result<HashMap<CommentId, Vec<ModerationStep>>> {
    use comment_moderation::Column;
    let readers = readers(ctx, ids).await?;
    let within = comment_moderation::Entity::find().filter(Column::CommentId.is_in(readers.keys().copied()));
    let first = first_of_each(within, Column::CommentId, &[], limit);
    let rows = first.all(ctx.db()).await?;
    let all = Reader { wrote_it: true, decides: true };
    let mut appeals = appeals(ctx, &all, rows.iter().map(|row| row.id).collect()).await?;
    let mut found: HashMap<CommentId, Vec<ModerationStep>> = HashMap::new();
    for row in rows {
        let Some(reader) = readers.get(&row.comment_id) else { continue };
        let appeal = appeals.remove(&row.id).filter(|_| reader.reads_appeals());
        found.entry(row.comment_id.into()).or_default().push(comment_step(row, reader, appeal)?);
    }
    Ok(found)
}

/// What the caller is to each of these comments whose steps are for them.
async fn readers(ctx: &Ctx, ids: &[CommentId]) -> Result<HashMap<Uuid, Reader>> {
    use comment::Column;
    let wanted = Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let seen = scope::comments(&ctx.actor)?.filter(wanted.clone()).all(ctx.db()).await?;
    let mut may = HashMap::new();
    for action in [Action::CommentHistory, Action::AppealDecide] {
        let reached: HashSet<Uuid> = if ctx.actor.may(action) {
            let within = scope::comments_for(&ctx.actor, action)?.filter(wanted.clone());
            let ids = within.select_only().column(Column::Id).into_tuple().all(ctx.db()).await?;
            ids.into_iter().collect()
        } else {
            HashSet::new()
        };
        may.insert(action, reached);
    }
    let has = |action: Action, id: Uuid| may.get(&action).is_some_and(|ids| ids.contains(&id));
    let reader = |row: comment::Model| {
        let wrote_it = ctx.actor.person_for(Action::CommentHistory) == Some(row.author_id);
        let reader = Reader { wrote_it, decides: has(Action::AppealDecide, row.id) };
        (wrote_it || has(Action::CommentHistory, row.id)).then_some((row.id, reader))
    };
    Ok(seen.into_iter().filter_map(reader).collect())
}

async fn of_proposal(ctx: &Ctx, id: ProposalId) -> Result<(Select<proposal_moderation::Entity>, Reader)> {
    ctx.actor.require_role_for(Action::ProposalHistory)?;
    let seen = scope::proposals(&ctx.actor)?.filter(proposal::Column::Id.eq(id.uuid()));
    let row = seen.one(ctx.db()).await?.ok_or(Error::NotFound("proposal"))?;
    let wrote_it = Own::of(ctx.db(), &ctx.actor, &ctx.services.keyring).await?.is_author(&row);
    let reader = Reader::of(ctx, Action::ProposalHistory, row.community_id, wrote_it).await?;
    let steps = proposal_moderation::Entity::find();
    Ok((steps.filter(proposal_moderation::Column::ProposalId.eq(row.id)), reader))
}

/// A page of the steps of a proposal's moderation: for its author and the moderator.
///
/// # Errors
/// `not_found` for a proposal out of reach; `forbidden` for its other readers, and for whose role never reads any.
pub async fn proposal_steps(ctx: &Ctx, id: ProposalId, page: &PageRequest) -> Result<Page<ModerationStep>> {
    let (mut query, reader) = of_proposal(ctx, id).await?;
    let columns = [(proposal_moderation::Entity, proposal_moderation::Column::Id)];
    let oldest = Keyset::new("proposal_moderation", columns, Order::Asc)?.over(&id)?;
    let walk = oldest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let mut appeals = appeals(ctx, &reader, rows.iter().map(|row| row.id).collect()).await?;
    let view = |row: proposal_moderation::Model| {
        Ok(ModerationStep {
            step: kind(&row.step)?,
            at: row.done_at,
            code: None,
            reason: row.reason,
            // Nobody else takes a proposal away.
            done_as: ModeratedAs::Moderator,
            done_by: Some(row.done_by).filter(|_| !reader.wrote_it),
            appeal: appeals.remove(&row.id),
            id: row.id,
        })
    };
    let steps = rows.into_iter().map(view).collect::<Result<Vec<_>>>()?;
    walk.page(ctx.db(), steps, |step| (step.id,)).await
}

/// How many there are.
///
/// # Errors
/// As [`proposal_steps`].
pub async fn count_proposal_steps(ctx: &Ctx, id: ProposalId) -> Result<u64> {
    Ok(of_proposal(ctx, id).await?.0.count(ctx.db()).await?)
}

fn kind(text: &str) -> Result<ModerationStepKind> {
    ModerationStepKind::parse(text).map_err(|f| Error::internal("a step of moderation", f.code))
}

/// The appeals against these steps, for whom they are.
async fn appeals(ctx: &Ctx, reader: &Reader, steps: Vec<Uuid>) -> Result<HashMap<Uuid, StepAppeal>> {
    if steps.is_empty() || !reader.reads_appeals() {
        return Ok(HashMap::new());
    }
    let rows = appeal::Entity::find().filter(appeal::Column::StepId.is_in(steps)).all(ctx.db()).await?;
    let view = |row: appeal::Model| {
        let status = AppealStatus::parse(&row.status);
        let appeal = StepAppeal {
            status: status.map_err(|f| Error::internal("appeal.status", f.code))?,
            words: row.words,
            answer: row.answer,
            created_at: row.created_at,
            decided_at: row.decided_at,
        };
        Ok((row.step_id, appeal))
    };
    rows.into_iter().map(view).collect()
}
