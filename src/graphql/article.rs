//! Articles that communities share.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::{
        activity::view::ActivityId,
        article::{
            input::{MarkArticleInput, ShareArticleInput},
            read,
            view::{Article, ArticleId, RemovedArticle},
            write::{MarkArticle, PinArticle, RemoveArticle, ShareArticle, UnpinArticle},
        },
        group::view::CommunityId,
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ArticleQuery;

#[Object]
impl ArticleQuery {
    /// The articles of a community: pinned ones first, then the newest.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Article>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// An article, with how many have read it, and whether you have.
    async fn article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article's id.")] id: ArticleId,
    ) -> Result<Article> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ArticleMutation;

#[Object]
impl ArticleMutation {
    /// Brings an article to an activity of kind `article_sharing`, until its report is complete.
    async fn share_article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "The article.")] input: ShareArticleInput,
    ) -> Result<Article> {
        with_key(ctx)?.write(ShareArticle { id, input }).await
    }

    /// Pins an article where everybody should read it: at most five of a community at a time.
    async fn pin_article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article's id.")] id: ArticleId,
    ) -> Result<Article> {
        with_key(ctx)?.write(PinArticle(id)).await
    }

    /// Takes the pin out.
    async fn unpin_article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article's id.")] id: ArticleId,
    ) -> Result<Article> {
        with_key(ctx)?.write(UnpinArticle(id)).await
    }

    /// Marks an article as read by you, or takes that back. Others see only how many have read it.
    async fn mark_article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article's id.")] id: ArticleId,
        #[graphql(desc = "Whether it is read.")] input: MarkArticleInput,
    ) -> Result<Article> {
        with_key(ctx)?.write(MarkArticle { id, input }).await
    }

    /// Takes an article away: who shared it may, and officers, until the report of the activity is complete.
    async fn remove_article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article's id.")] id: ArticleId,
    ) -> Result<RemovedArticle> {
        with_key(ctx)?.write(RemoveArticle(id)).await
    }
}
