//! Requests to be erased.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    directory::person::view::Person,
    foundation::error::Result,
    privacy::erasure::{
        input::{RejectErasureInput, RequestErasureInput},
        preview,
        read::{self, ErasureFilter},
        view::{Erasure, ErasureId, ErasurePreview},
        write::{ApproveErasure, RejectErasure, RequestErasure, WithdrawErasure},
    },
};

#[ComplexObject]
impl Erasure {
    /// Who is to be erased, or was; null out of reach.
    async fn person(&self, ctx: &Context<'_>) -> std::result::Result<Option<Person>, Shared> {
        loader::edge(ctx, Some(self.person_id)).await
    }
}

/// Reads.
#[derive(Default)]
pub struct ErasureQuery;

#[Object]
impl ErasureQuery {
    /// Who asked that somebody be erased, within your reach and about yourself, and what came of it; the newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn erasures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ErasureFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Erasure>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One request to be erased by its id.
    async fn erasure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: ErasureId,
    ) -> Result<Erasure> {
        read::find(call(ctx)?, id).await
    }

    /// What stands in the way of an erasure, what would go, and what would stay and why. It is done, looked at and
    /// undone: nothing changes, and what you read is what approving it now would do.
    async fn erasure_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: ErasureId,
    ) -> Result<ErasurePreview> {
        preview::of(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ErasureMutation;

#[Object]
impl ErasureMutation {
    /// Asks that you be erased, or somebody within your reach, saying how they asked. The ministry answers within three
    /// times 24 hours.
    async fn request_erasure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and why.")] input: RequestErasureInput,
    ) -> Result<Erasure> {
        with_key(ctx)?.write(RequestErasure(input)).await
    }

    /// Takes a request to be erased back, as long as nothing was decided.
    async fn withdraw_erasure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: ErasureId,
    ) -> Result<Erasure> {
        with_key(ctx)?.write(WithdrawErasure { id }).await
    }

    /// Erases somebody: everything that says who they are goes, in one step that nobody can undo. Look at
    /// `erasurePreview` first. Their certificates stay worth what they were, without the name.
    async fn approve_erasure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: ErasureId,
    ) -> Result<Erasure> {
        with_key(ctx)?.write(ApproveErasure { id }).await
    }

    /// Turns a request to be erased down, with a reason for whoever asked.
    async fn reject_erasure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: ErasureId,
        #[graphql(desc = "Why.")] input: RejectErasureInput,
    ) -> Result<Erasure> {
        with_key(ctx)?.write(RejectErasure { id, input }).await
    }
}
