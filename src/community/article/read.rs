//! Finding articles. There is no question about marks of others but how many.

use std::collections::{HashMap, HashSet};

use entity::{
    article::{Column, Entity, Model},
    article_read, community,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QuerySelect, Select,
};
use uuid::Uuid;

use super::view::{Article, ArticleId};
use crate::{
    access::{action::Action, actor::Actor, context::Ctx, scope},
    community::{colleague, group::view::CommunityId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

fn of_community(ctx: &Ctx, community: CommunityId) -> Result<Select<Entity>> {
    Ok(scope::articles(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid())))
}

/// A page of a community's articles: pinned ones first, then the newest.
///
/// # Errors
/// `forbidden`; `not_found` when there is no such community.
pub async fn list(ctx: &Ctx, community: CommunityId, page: &PageRequest) -> Result<Page<Article>> {
    let mut query = of_community(ctx, community)?;
    let known = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community.uuid()));
    if known.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("community"));
    }
    let columns = [(Entity, Column::Pinned), (Entity, Column::Id)];
    let pinned_first = Keyset::new("articles", columns, Order::Desc)?.over(&community)?;
    let walk = pinned_first.walk::<(i32, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = shown(ctx.db(), &ctx.actor, rows).await?;
    walk.page(ctx.db(), found, |one| (i32::from(one.is_pinned), one.id.uuid())).await
}

/// How many articles of a community the caller sees.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, community: CommunityId) -> Result<u64> {
    Ok(of_community(ctx, community)?.count(ctx.db()).await?)
}

/// The articles with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ArticleId]) -> Result<Vec<Article>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::articles(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown(ctx.db(), &ctx.actor, rows).await
}

/// One article.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ArticleId) -> Result<Article> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("article"))
}

/// The views of rows; names, counts and the caller's own marks of all of them in one statement each.
pub(super) async fn shown(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<Model>,
) -> Result<Vec<Article>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let names = colleague::names(db, rows.iter().map(|row| row.shared_by_id).collect()).await?;
    let reads = reads(db, &ids).await?;
    let mine = match actor.person_for(Action::ArticleRead) {
        Some(person) => mine(db, &ids, person).await?,
        None => HashSet::new(),
    };
    let view = |row: Model| {
        Ok(Article {
            shared_by_name: names.get(&row.shared_by_id).cloned().unwrap_or_default(),
            reads: i32::try_from(reads.get(&row.id).copied().unwrap_or(0)).unwrap_or(i32::MAX),
            read_by_me: mine.contains(&row.id),
            id: row.id.into(),
            community_id: row.community_id.into(),
            activity_id: row.activity_id.into(),
            title: row.title,
            authors: serde_json::from_value(row.authors)
                .map_err(|e| Error::internal("article.authors", e))?,
            url: row.url,
            doi: row.doi,
            why: row.why,
            shared_by_id: row.shared_by_id.into(),
            is_pinned: row.pinned > 0,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(view).collect()
}

async fn reads(db: &impl ConnectionTrait, articles: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    let rows: Vec<(Uuid, i64)> = article_read::Entity::find()
        .select_only()
        .column(article_read::Column::ArticleId)
        .column_as(article_read::Column::PersonId.count(), "reads")
        .filter(article_read::Column::ArticleId.is_in(articles.iter().copied()))
        .group_by(article_read::Column::ArticleId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

async fn mine(db: &impl ConnectionTrait, articles: &[Uuid], person: Uuid) -> Result<HashSet<Uuid>> {
    let rows: Vec<Uuid> = article_read::Entity::find()
        .select_only()
        .column(article_read::Column::ArticleId)
        .filter(article_read::Column::ArticleId.is_in(articles.iter().copied()))
        .filter(article_read::Column::PersonId.eq(person))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
