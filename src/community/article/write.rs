//! Sharing articles, pinning them, and saying that one has read one.

use entity::{
    article::{Column, Entity, Model},
    article_read,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    input::{MarkArticleInput, ShareArticleInput},
    read,
    rule::{self, OF_ACTIVITY, PINS},
    view::{Article, ArticleId, RemovedArticle},
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{
        activity::{
            lock::{lock as lock_activity, status},
            rule::ActivityKind,
            view::ActivityId,
        },
        group::lock::{self as community_lock, Held},
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
    },
};

/// An article and its community, both locked.
struct Locked {
    row: Model,
    community: Held,
}

/// Locks the community, then the article.
async fn lock(work: &Work<'_>, id: ArticleId) -> Result<Locked> {
    let seen = scope::articles(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let community = community_lock::lock(work, of.ok_or(Error::NotFound("article"))?.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("article"))?;
    Ok(Locked { row, community })
}

/// Brings an article to an activity at which articles are shared, until its report is complete.
pub struct ShareArticle {
    /// At which activity.
    pub id: ActivityId,
    /// What.
    pub input: ShareArticleInput,
}

impl Command for ShareArticle {
    type Output = Article;
    const ACTION: Action = Action::ArticleShare;

    async fn run(&self, work: &Work<'_>) -> Result<Article> {
        let held = lock_activity(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        let reader = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        if held.row.kind != ActivityKind::ArticleSharing.as_str() {
            return Err(Error::conflict("activity_not_article_sharing"));
        }
        held.status.require_detail_open()?;
        let mut faults = Faults::new();
        let article = rule::article(&self.input, &mut faults);
        faults.done()?;
        let article = article.ok_or_else(|| Error::invalid("", "invalid"))?;
        let there = Entity::find().filter(Column::ActivityId.eq(held.row.id)).count(work.db()).await?;
        if there >= OF_ACTIVITY {
            return Err(Error::conflict_with(Fault::new("", "articles_too_many").with("max", OF_ACTIVITY)));
        }
        let row = Model {
            id: work.new_id(),
            community_id: held.row.community_id,
            activity_id: held.row.id,
            shared_by_id: reader,
            title: article.title,
            authors: json!(article.authors),
            url: article.url,
            doi: article.doi,
            why: article.why,
            pinned: 0,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, &row).await?;
        announced(work, "article.shared", &held.community, row).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, row: &Model) -> Result<()> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    Ok(())
}

/// Takes an article away: who shared it may, and officers.
pub struct RemoveArticle(pub ArticleId);

impl Command for RemoveArticle {
    type Output = RemovedArticle;
    const ACTION: Action = Action::ArticleRemove;

    async fn run(&self, work: &Work<'_>) -> Result<RemovedArticle> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let theirs = work.actor.person() == Some(locked.row.shared_by_id);
        if !theirs && locked.community.place.officer.is_none() {
            return Err(Error::conflict("article_not_yours"));
        }
        let of = entity::activity::Entity::find_by_id(locked.row.activity_id).one(work.db()).await?;
        status(&of.ok_or(Error::NotFound("activity"))?)?.require_detail_open()?;
        let row = Model { version: locked.row.version + 1, ..locked.row.clone() };
        delete(work, &permit, locked.row).await?;
        let event = happened("article.removed", &locked.community, &row);
        work.emit(event).await?;
        Ok(RemovedArticle { article_id: row.id.into() })
    }
}

async fn delete(work: &Work<'_>, _: &Permit, row: Model) -> Result<()> {
    let marks = article_read::Entity::delete_many().filter(article_read::Column::ArticleId.eq(row.id));
    marks.exec(work.db()).await?;
    row.delete(work.db()).await?;
    Ok(())
}

/// Pins an article where everybody should read it.
pub struct PinArticle(pub ArticleId);

impl Command for PinArticle {
    type Output = Article;
    const ACTION: Action = Action::ArticlePin;

    async fn run(&self, work: &Work<'_>) -> Result<Article> {
        pin(work, self.0, Self::ACTION, true).await
    }
}

/// Takes the pin out.
pub struct UnpinArticle(pub ArticleId);

impl Command for UnpinArticle {
    type Output = Article;
    const ACTION: Action = Action::ArticleUnpin;

    async fn run(&self, work: &Work<'_>) -> Result<Article> {
        pin(work, self.0, Self::ACTION, false).await
    }
}

/// Pinning what is pinned is no fault and no event.
async fn pin(work: &Work<'_>, id: ArticleId, action: Action, pinned: bool) -> Result<Article> {
    let locked = lock(work, id).await?;
    let permit = work.permit(action, &locked.community.place)?;
    work.expect(locked.row.version)?;
    if (locked.row.pinned > 0) == pinned {
        return shown(work, locked.row).await;
    }
    if pinned {
        let of_community = Column::CommunityId.eq(locked.row.community_id);
        let there = Entity::find().filter(of_community).filter(Column::Pinned.eq(1)).count(work.db()).await?;
        if there >= PINS {
            return Err(Error::conflict_with(Fault::new("", "pins_full").with("max", PINS)));
        }
    }
    let row = set_pin(work, &permit, locked.row, pinned).await?;
    announced(work, if pinned { "article.pinned" } else { "article.unpinned" }, &locked.community, row).await
}

async fn set_pin(work: &Work<'_>, _: &Permit, row: Model, pinned: bool) -> Result<Model> {
    let next = row.version + 1;
    let mut change = row.into_active_model();
    change.pinned = Set(i32::from(pinned));
    change.version = Set(next);
    change.updated_at = Set(work.now());
    Ok(change.update(work.db()).await?)
}

/// Says whether the caller has read an article. Saying the same again is no fault and no event.
pub struct MarkArticle {
    /// Which article.
    pub id: ArticleId,
    /// Whether it is read.
    pub input: MarkArticleInput,
}

impl Command for MarkArticle {
    type Output = Article;
    const ACTION: Action = Action::ArticleMark;

    async fn run(&self, work: &Work<'_>) -> Result<Article> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        let reader = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        let key = (locked.row.id, reader);
        let is_marked = article_read::Entity::find_by_id(key).one(work.db()).await?.is_some();
        if is_marked == self.input.read {
            return shown(work, locked.row).await;
        }
        mark(work, &permit, key, self.input.read).await?;
        announced(work, "article.marked", &locked.community, locked.row).await
    }
}

async fn mark(work: &Work<'_>, _: &Permit, (article_id, person_id): (Uuid, Uuid), read: bool) -> Result<()> {
    if read {
        let row = article_read::Model { article_id, person_id, read_at: work.now() };
        article_read::Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
    } else {
        article_read::Entity::delete_by_id((article_id, person_id)).exec(work.db()).await?;
    }
    Ok(())
}

/// That something happened to an article: neither by whom nor what it says.
fn happened(kind: &'static str, community: &Held, row: &Model) -> Event {
    Event::new(kind, "article", row.id, row.version)
        .in_region(Some(community.row.region_code.clone()))
        .with(json!({ "communityId": row.community_id, "activityId": row.activity_id }))
}

async fn announced(work: &Work<'_>, kind: &'static str, community: &Held, row: Model) -> Result<Article> {
    let event = happened(kind, community, &row);
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}

async fn shown(work: &Work<'_>, row: Model) -> Result<Article> {
    read::shown(work.db(), work.actor, vec![row]).await?.pop().ok_or(Error::NotFound("article"))
}
