//! `/v1/communities/{id}/comments`, `/v1/comments`, `/v1/me/mentions`

use actix_web::{get, patch, post, web::Path};
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
        artefact::view::ArtefactId,
        book::view::BookReadingId,
        discussion::{
            input::{
                CommentAbout, CreateCommentInput, HideCommentInput, ReactCommentInput, RestoreCommentInput,
                UpdateCommentInput,
            },
            read,
            view::{Comment, CommentId},
            write::{
                CreateComment, HideComment, ReactComment, RestoreComment, UpdateComment, WithdrawComment,
            },
        },
        group::view::CommunityId,
        proposal::view::ProposalId,
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Discussion";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_comments)
        .service(create_comment)
        .service(get_comment)
        .service(update_comment)
        .service(withdraw_comment)
        .service(react_comment)
        .service(hide_comment)
        .service(restore_comment)
        .service(list_mentions);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only about this activity; about the community itself where nothing is named.
    #[param(value_type = Option<String>, format = "uuid")]
    activity_id: Option<ActivityId>,
    /// Only about this artefact.
    #[param(value_type = Option<String>, format = "uuid")]
    artefact_id: Option<ArtefactId>,
    /// Only about this book the community reads.
    #[param(value_type = Option<String>, format = "uuid")]
    reading_id: Option<BookReadingId>,
    /// Only about this proposal.
    #[param(value_type = Option<String>, format = "uuid")]
    proposal_id: Option<ProposalId>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MentionParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List what was said
///
/// About one thing of a community, or the community itself where none is named; the oldest first, replies
/// among them. For its members and the moderator of the region.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of comments", body = Items<Comment>)))]
#[get("/v1/communities/{id}/comments")]
async fn list_comments(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let about = CommentAbout {
        activity_id: params.activity_id,
        artefact_id: params.artefact_id,
        reading_id: params.reading_id,
        proposal_id: params.proposal_id,
    };
    reply::page(&call.http, read::list(&call.ctx, *id, about, &page).await?)
}

/// Say something
///
/// About a thing of the community, or the community itself; as the beginning of a thread or as a reply. Members
/// only.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreateCommentInput,
    responses((status = 201, description = "Said", body = Comment)))]
#[post("/v1/communities/{id}/comments")]
async fn create_comment(call: Write<CreateCommentInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(CreateComment { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/comments/{}", made.id))
}

/// Get a comment
///
/// One comment by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id")),
    responses((status = 200, description = "The comment", body = Comment)))]
#[get("/v1/comments/{id}")]
async fn get_comment(call: Call, id: Path<CommentId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Say it otherwise
///
/// The whole text and everybody it speaks to, in place of what was there; it is marked as edited. Its author
/// only. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id")), request_body = UpdateCommentInput,
    responses((status = 200, description = "Changed", body = Comment)))]
#[patch("/v1/comments/{id}")]
async fn update_comment(call: Write<UpdateCommentInput>, id: Path<CommentId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateComment { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take a comment back
///
/// The text is gone for good; the place and the replies remain. Its author only.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id")), request_body = Nothing,
    responses((status = 200, description = "Withdrawn", body = Comment)))]
#[post("/v1/comments/{id}/withdraw")]
async fn withdraw_comment(call: Write<Nothing>, id: Path<CommentId>) -> Answer {
    let changed = call.ctx.write(WithdrawComment(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// React to a comment
///
/// One of each kind for each member; saying the same again changes nothing.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id")), request_body = ReactCommentInput,
    responses((status = 200, description = "The comment", body = Comment)))]
#[post("/v1/comments/{id}/reactions")]
async fn react_comment(call: Write<ReactCommentInput>, id: Path<CommentId>) -> Answer {
    let changed = call.ctx.write(ReactComment { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Hide a comment
///
/// For a stated reason: officers of the community and the moderator of the region. Everybody is shown the code;
/// the author, officers and the moderator still read text and reason.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id")), request_body = HideCommentInput,
    responses((status = 200, description = "Hidden", body = Comment)))]
#[post("/v1/comments/{id}/hide")]
async fn hide_comment(call: Write<HideCommentInput>, id: Path<CommentId>) -> Answer {
    let changed = call.ctx.write(HideComment { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Show a hidden comment again
///
/// For a stated reason: whoever may hide one; what the moderator hid, or left hidden by dismissing an appeal, a
/// moderator alone.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id")), request_body = RestoreCommentInput,
    responses((status = 200, description = "Shown again", body = Comment)))]
#[post("/v1/comments/{id}/restore")]
async fn restore_comment(call: Write<RestoreCommentInput>, id: Path<CommentId>) -> Answer {
    let changed = call.ctx.write(RestoreComment { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// List what speaks to you
///
/// Comments in which you are named, in the communities you are a member of, the newest first.
#[utoipa::path(tag = TAG, params(MentionParams),
    responses((status = 200, description = "A page of comments", body = Items<Comment>)))]
#[get("/v1/me/mentions")]
async fn list_mentions(call: Call, Params(params): Params<MentionParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::mentions(&call.ctx, &page).await?)
}
