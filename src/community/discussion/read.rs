//! Finding comments.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    comment::{Column, Entity, Model},
    comment_mention, comment_reaction, community,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use super::{
    input::CommentAbout,
    rule::{CommentSubject, HiddenCode, Reaction},
    state::CommentStatus,
    subject::Subject,
    view::{Comment, CommentId, CommentMention, CommentReaction, status},
};
use crate::{
    access::{action::Action, actor::Actor, context::Ctx, scope},
    community::{colleague, group::view::CommunityId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

fn of_subject(ctx: &Ctx, community: CommunityId, about: CommentAbout) -> Result<(Select<Entity>, Subject)> {
    let subject = Subject::named(community.uuid(), about).map_err(|fault| Error::Invalid(vec![fault]))?;
    let found = scope::comments(&ctx.actor)?
        .filter(Column::CommunityId.eq(community.uuid()))
        .filter(Column::SubjectKind.eq(subject.kind.as_str()))
        .filter(Column::SubjectId.eq(subject.id));
    Ok((found, subject))
}

/// A page of what was said about one thing of a community, the oldest first; replies among them, each naming
/// what it replies to.
///
/// # Errors
/// `forbidden` for whose role reads no discussion; `not_found` when there is no such community;
/// `comment_subject_ambiguous`.
pub async fn list(
    ctx: &Ctx,
    community: CommunityId,
    about: CommentAbout,
    page: &PageRequest,
) -> Result<Page<Comment>> {
    let (mut query, _) = of_subject(ctx, community, about)?;
    let columns = [(Entity, Column::CreatedAt), (Entity, Column::Id)];
    let oldest = Keyset::new("comments", columns, Order::Asc)?.over(&(community, about))?;
    let walk = oldest.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    if rows.is_empty() {
        let known = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community.uuid()));
        if known.count(ctx.db()).await? == 0 {
            return Err(Error::NotFound("community"));
        }
    }
    let found = shown(ctx.db(), &ctx.actor, rows).await?;
    walk.page(ctx.db(), found, |one| (one.created_at, one.id.uuid())).await
}

/// How many there are.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, community: CommunityId, about: CommentAbout) -> Result<u64> {
    Ok(of_subject(ctx, community, about)?.0.count(ctx.db()).await?)
}

fn of_me(ctx: &Ctx) -> Result<Select<Entity>> {
    let mine = comment_mention::Entity::find()
        .select_only()
        .column(comment_mention::Column::CommentId)
        .filter(match ctx.actor.person_for(Action::CommentRead) {
            Some(person) => Condition::all().add(comment_mention::Column::PersonId.eq(person)),
            None => Condition::all().add(comment_mention::Column::PersonId.is_null()),
        });
    Ok(scope::comments(&ctx.actor)?
        .filter(Column::Status.eq(CommentStatus::Visible))
        .filter(Column::Id.in_subquery(mine.into_query())))
}

/// A page of what speaks to the caller by name, the newest first.
///
/// # Errors
/// `forbidden` for whose role reads no discussion.
pub async fn mentions(ctx: &Ctx, page: &PageRequest) -> Result<Page<Comment>> {
    let mut query = of_me(ctx)?;
    let columns = [(Entity, Column::CreatedAt), (Entity, Column::Id)];
    let newest = Keyset::new("mentions", columns, Order::Desc)?;
    let walk = newest.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = shown(ctx.db(), &ctx.actor, rows).await?;
    walk.page(ctx.db(), found, |one| (one.created_at, one.id.uuid())).await
}

/// How many speak to the caller by name.
///
/// # Errors
/// As [`mentions`].
pub async fn count_mentions(ctx: &Ctx) -> Result<u64> {
    Ok(of_me(ctx)?.count(ctx.db()).await?)
}

/// The comments with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[CommentId]) -> Result<Vec<Comment>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::comments(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown(ctx.db(), &ctx.actor, rows).await
}

/// One comment.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: CommentId) -> Result<Comment> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("comment"))
}

/// What comes with the rows of a page.
struct Along {
    names: HashMap<Uuid, String>,
    mentions: HashMap<Uuid, Vec<Uuid>>,
    reactions: HashMap<Uuid, Vec<(Reaction, i64)>>,
    mine: HashSet<(Uuid, String)>,
    /// Hidden ones that the caller may read nevertheless.
    opened: HashSet<Uuid>,
}

/// The views of rows: names, mentions, reactions and what is the caller's own of all of them in one statement each.
pub(super) async fn shown(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<Model>,
) -> Result<Vec<Comment>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mentions = mentions_of(db, &ids).await?;
    let named = rows.iter().map(|row| row.author_id).chain(mentions.values().flatten().copied());
    let along = Along {
        names: colleague::names(db, named.collect()).await?,
        reactions: reactions_of(db, &ids).await?,
        mine: mine(db, actor, &ids).await?,
        opened: opened(db, actor, &rows).await?,
        mentions,
    };
    rows.into_iter().map(|row| view(row, &along)).collect()
}

fn view(row: Model, along: &Along) -> Result<Comment> {
    let (status, subject) = (status(&row)?, Subject::of(&row)?);
    let reads = match status {
        CommentStatus::Visible => true,
        CommentStatus::Hidden => along.opened.contains(&row.id),
        CommentStatus::Withdrawn => false,
    };
    let name = |id: &Uuid| along.names.get(id).cloned().unwrap_or_default();
    let mention = |id: &Uuid| CommentMention { person_id: (*id).into(), person_name: name(id) };
    let mentions = along.mentions.get(&row.id).filter(|_| reads).map(Vec::as_slice).unwrap_or_default();
    let reaction = |(kind, count): &(Reaction, i64)| CommentReaction {
        kind: *kind,
        count: i32::try_from(*count).unwrap_or(i32::MAX),
        mine: along.mine.contains(&(row.id, kind.as_str().to_owned())),
    };
    let code = row.hidden_code.as_deref().map(HiddenCode::parse).transpose();
    let about = |kind: CommentSubject| (subject.kind == kind).then_some(subject.id);
    Ok(Comment {
        id: row.id.into(),
        community_id: row.community_id.into(),
        subject_kind: subject.kind,
        activity_id: about(CommentSubject::Activity).map(Into::into),
        artefact_id: about(CommentSubject::Artefact).map(Into::into),
        reading_id: about(CommentSubject::BookReading).map(Into::into),
        proposal_id: about(CommentSubject::Proposal).map(Into::into),
        parent_id: row.parent_id.map(Into::into),
        author_id: row.author_id.into(),
        author_name: name(&row.author_id),
        status,
        hidden_code: code.map_err(|f| Error::internal("comment.hidden_code", f.code))?,
        hidden_reason: row.hidden_reason.filter(|_| reads),
        mentions: mentions.iter().map(mention).collect(),
        reactions: along.reactions.get(&row.id).into_iter().flatten().map(reaction).collect(),
        body: Some(row.body).filter(|_| reads),
        edited_at: row.edited_at,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

async fn mentions_of(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    use comment_mention::Column;
    let rows = comment_mention::Entity::find()
        .filter(Column::CommentId.is_in(ids.iter().copied()))
        .order_by_asc(Column::PersonId)
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in rows {
        found.entry(row.comment_id).or_default().push(row.person_id);
    }
    Ok(found)
}

async fn reactions_of(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<(Reaction, i64)>>> {
    use comment_reaction::Column;
    let rows: Vec<(Uuid, String, i64)> = comment_reaction::Entity::find()
        .select_only()
        .columns([Column::CommentId, Column::Kind])
        .column_as(Column::PersonId.count(), "persons")
        .filter(Column::CommentId.is_in(ids.iter().copied()))
        .group_by(Column::CommentId)
        .group_by(Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<(Reaction, i64)>> = HashMap::new();
    for (id, kind, count) in rows {
        let kind = Reaction::parse(&kind).map_err(|f| Error::internal("comment_reaction.kind", f.code))?;
        found.entry(id).or_default().push((kind, count));
    }
    found.values_mut().for_each(|kinds| kinds.sort_unstable());
    Ok(found)
}

async fn mine(db: &impl ConnectionTrait, actor: &Actor, ids: &[Uuid]) -> Result<HashSet<(Uuid, String)>> {
    use comment_reaction::Column;
    let Some(person) = actor.person_for(Action::CommentRead) else { return Ok(HashSet::new()) };
    let rows: Vec<(Uuid, String)> = comment_reaction::Entity::find()
        .select_only()
        .columns([Column::CommentId, Column::Kind])
        .filter(Column::CommentId.is_in(ids.iter().copied()))
        .filter(Column::PersonId.eq(person))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Those of the hidden ones that the caller wrote or moderates.
async fn opened(db: &impl ConnectionTrait, actor: &Actor, rows: &[Model]) -> Result<HashSet<Uuid>> {
    let hidden = || rows.iter().filter(|row| row.status == CommentStatus::Hidden.as_str());
    let me = actor.person_for(Action::CommentRead);
    let mut opened: HashSet<Uuid> =
        hidden().filter(|row| Some(row.author_id) == me).map(|row| row.id).collect();
    let others: Vec<Uuid> = hidden().map(|row| row.id).filter(|id| !opened.contains(id)).collect();
    if !others.is_empty() && actor.may(Action::CommentHide) {
        let moderated = scope::comments_for(actor, Action::CommentHide)?
            .filter(Column::Id.is_in(others))
            .select_only()
            .column(Column::Id);
        opened.extend(moderated.into_tuple::<Uuid>().all(db).await?);
    }
    Ok(opened)
}
