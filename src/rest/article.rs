//! `/v1/communities/{id}/articles`, `/v1/activities/{id}/articles`, `/v1/articles`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
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
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Articles";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_articles)
        .service(share_article)
        .service(get_article)
        .service(pin_article)
        .service(unpin_article)
        .service(mark_article)
        .service(remove_article);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the articles of a community
///
/// Pinned ones first, then the newest.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of articles", body = Items<Article>)))]
#[get("/v1/communities/{id}/articles")]
async fn list_articles(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Share an article
///
/// A member brings it to an activity of kind `article_sharing`, until its report is complete.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = ShareArticleInput,
    responses((status = 201, description = "Shared", body = Article)))]
#[post("/v1/activities/{id}/articles")]
async fn share_article(call: Write<ShareArticleInput>, id: Path<ActivityId>) -> Answer {
    let made = call.ctx.write(ShareArticle { id: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/articles/{}", made.id))
}

/// Get an article
///
/// With how many have read it, and whether you have.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The article's id")),
    responses((status = 200, description = "The article", body = Article)))]
#[get("/v1/articles/{id}")]
async fn get_article(call: Call, id: Path<ArticleId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Pin an article
///
/// An officer does, where everybody should read it: at most five of a community at a time.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The article's id")), request_body = Nothing,
    responses((status = 200, description = "Pinned", body = Article)))]
#[post("/v1/articles/{id}/pin")]
async fn pin_article(call: Write<Nothing>, id: Path<ArticleId>) -> Answer {
    let changed = call.ctx.write(PinArticle(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Unpin an article
///
/// It takes its place among the others again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The article's id")), request_body = Nothing,
    responses((status = 200, description = "Unpinned", body = Article)))]
#[post("/v1/articles/{id}/unpin")]
async fn unpin_article(call: Write<Nothing>, id: Path<ArticleId>) -> Answer {
    let changed = call.ctx.write(UnpinArticle(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Mark an article as read
///
/// By you, or taken back with `read: false`. Others see only how many have read it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The article's id")), request_body = MarkArticleInput,
    responses((status = 200, description = "Marked", body = Article)))]
#[post("/v1/articles/{id}/read")]
async fn mark_article(call: Write<MarkArticleInput>, id: Path<ArticleId>) -> Answer {
    let changed = call.ctx.write(MarkArticle { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take an article away
///
/// Who shared it may, and officers, until the report of the activity is complete.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The article's id")), request_body = Nothing,
    responses((status = 200, description = "Taken away", body = RemovedArticle)))]
#[post("/v1/articles/{id}/remove")]
async fn remove_article(call: Write<Nothing>, id: Path<ArticleId>) -> Answer {
    reply::plain(&call.ctx.write(RemoveArticle(*id)).await?)
}
