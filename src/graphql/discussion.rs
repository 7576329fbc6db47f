//! What members say to one another.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared, StepsOf},
    node::{call, with_key},
};
use crate::{
    community::{
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
        moderation::view::ModerationStep,
    },
    foundation::error::Result,
};

#[ComplexObject]
impl Comment {
    /// Each time it was hidden or shown again, the oldest first; nothing but for its author, officers and the moderator.
    /// `commentModeration` has the further ones.
    async fn moderation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<ModerationStep>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, StepsOf { parent: self.id, limit }).await?.unwrap_or_default())
    }
}

/// Reads.
#[derive(Default)]
pub struct DiscussionQuery;

#[Object]
impl DiscussionQuery {
    /// What was said about one thing of a community, or the community itself where none is named; the oldest
    /// first, replies among them.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "About what.")] filter: Option<CommentAbout>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Comment>> {
        let (call, about) = (call(ctx)?, filter.unwrap_or_default());
        let page = read::list(call, id, about, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id, about).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One comment.
    async fn comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
    ) -> Result<Comment> {
        read::find(call(ctx)?, id).await
    }

    /// Comments in which you are named, the newest first.
    async fn mentions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Comment>> {
        let call = call(ctx)?;
        let page = read::mentions(call, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count_mentions(call).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct DiscussionMutation;

#[Object]
impl DiscussionMutation {
    /// Says something about a thing of the community, or the community itself, or replies.
    async fn create_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "About what, and what.")] input: CreateCommentInput,
    ) -> Result<Comment> {
        with_key(ctx)?.write(CreateComment { community: id, input }).await
    }

    /// Says it otherwise; it is marked as edited.
    async fn update_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "What it says now.")] input: UpdateCommentInput,
    ) -> Result<Comment> {
        with_key(ctx)?.write(UpdateComment { id, version, input }).await
    }

    /// Takes your comment back: the text is gone, the place and the replies remain.
    async fn withdraw_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
    ) -> Result<Comment> {
        with_key(ctx)?.write(WithdrawComment(id)).await
    }

    /// Reacts to a comment, or takes a reaction back.
    async fn react_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
        #[graphql(desc = "Which reaction, and whether it stands.")] input: ReactCommentInput,
    ) -> Result<Comment> {
        with_key(ctx)?.write(ReactComment { id, input }).await
    }

    /// Hides a comment for a stated reason; officers and the moderator of the region.
    async fn hide_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
        #[graphql(desc = "Why.")] input: HideCommentInput,
    ) -> Result<Comment> {
        with_key(ctx)?.write(HideComment { id, input }).await
    }

    /// Shows a hidden comment again, for a stated reason; what the moderator hid, a moderator alone.
    async fn restore_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
        #[graphql(desc = "Why.")] input: RestoreCommentInput,
    ) -> Result<Comment> {
        with_key(ctx)?.write(RestoreComment { id, input }).await
    }
}
