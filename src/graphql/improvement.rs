//! What communities improve.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::{
        group::view::CommunityId,
        improvement::{
            chain,
            input::{
                AgreeImprovementInput, CloseImprovementInput, CreateImprovementInput, DropImprovementInput,
                LinkImprovementInput, NoteImprovementInput, ReopenImprovementInput, ReviewImprovementInput,
                UpdateImprovementInput,
            },
            read::{self, ImprovementFilter},
            view::{Improvement, ImprovementChain, ImprovementId},
            write::{
                AgreeImprovement, CloseImprovement, CreateImprovement, DropImprovement, LinkImprovement,
                NoteImprovement, ReopenImprovement, ReviewImprovement, StartImprovement, UnlinkImprovement,
                UpdateImprovement,
            },
        },
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ImprovementQuery;

#[Object]
impl ImprovementQuery {
    /// What a community sets out to improve, the newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn improvements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ImprovementFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Improvement>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, id, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One item by its id.
    async fn improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
    ) -> Result<Improvement> {
        read::find(call(ctx)?, id).await
    }

    /// From the problem to the result: the item, the activities and artefacts that belong to it, and what came of it.
    async fn improvement_chain(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
    ) -> Result<ImprovementChain> {
        chain::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ImprovementMutation;

#[Object]
impl ImprovementMutation {
    /// Writes down what is to be improved: a problem, its evidence, and how it is measured.
    async fn create_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What it is.")] input: CreateImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(CreateImprovement { community: id, input }).await
    }

    /// Changes what an item says until it was reviewed; how it is measured only until a strategy was agreed.
    async fn update_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(UpdateImprovement { id, version, input }).await
    }

    /// Agrees what is tried, who looks after it, and until when.
    async fn agree_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "What was agreed.")] input: AgreeImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(AgreeImprovement { id, input }).await
    }

    /// Begins to try it.
    async fn start_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(StartImprovement(id)).await
    }

    /// Says how it goes, in place of what was said before. Whoever looks after it may, and the officers.
    async fn note_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "How it goes.")] input: NoteImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(NoteImprovement { id, input }).await
    }

    /// Measures again and says what one makes of it; what came of it is worked out. Whoever looks after it may,
    /// and the officers.
    async fn review_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "What was measured.")] input: ReviewImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(ReviewImprovement { id, input }).await
    }

    /// Ends an item that was reviewed.
    async fn close_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "A last word.")] input: CloseImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(CloseImprovement { id, input }).await
    }

    /// Goes one step back, for a reason: from agreed to identified, from tried to agreed, from reviewed to
    /// tried, from closed to reviewed.
    async fn reopen_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "Why.")] input: ReopenImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(ReopenImprovement { id, input }).await
    }

    /// Gives an item up before it was reviewed, for a reason. Final.
    async fn drop_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "Why.")] input: DropImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(DropImprovement { id, input }).await
    }

    /// Puts an activity of the community or a published artefact to an item.
    async fn link_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "Which of the two.")] input: LinkImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(LinkImprovement { id, input }).await
    }

    /// Takes an activity or an artefact from an item.
    async fn unlink_improvement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item's id.")] id: ImprovementId,
        #[graphql(desc = "Which of the two.")] input: LinkImprovementInput,
    ) -> Result<Improvement> {
        with_key(ctx)?.write(UnlinkImprovement { id, input }).await
    }
}
