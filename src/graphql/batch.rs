//! Batches.

use async_graphql::{ComplexObject, Context, Lookahead, Object};

use super::{
    list::{self, List},
    loader::{self, RegionKey, SessionsOf, Shared},
    node::{call, with_key},
};
use crate::{
    directory::{organisation::view::Organisation, region::view::Region},
    foundation::error::Result,
    training::{
        batch::{
            input::{CancelBatchInput, CreateBatchInput, ExtendBatchInput, UpdateBatchInput},
            read::{self, BatchFilter, BatchPlan},
            view::{Batch, BatchId},
            write::{
                CancelBatch, CloseBatch, CreateBatch, ExtendBatch, FinishBatch, OpenBatch, StartBatch,
                UpdateBatch,
            },
        },
        program::view::Program,
        session::{
            clash::{self, BatchClashes},
            view::Session,
        },
    },
};

#[ComplexObject]
impl Batch {
    /// What is taught.
    async fn program(&self, ctx: &Context<'_>) -> std::result::Result<Program, Shared> {
        match &self.joined_program {
            Some(joined) => Ok((**joined).clone()),
            None => loader::one(ctx, self.program_id, "program").await,
        }
    }

    /// Who runs it.
    async fn provider(&self, ctx: &Context<'_>) -> std::result::Result<Organisation, Shared> {
        match &self.joined_provider {
            Some(joined) => Ok((**joined).clone()),
            None => loader::one(ctx, self.provider_id, "organisation").await,
        }
    }

    /// Where it takes place.
    async fn region(&self, ctx: &Context<'_>) -> std::result::Result<Region, Shared> {
        match &self.joined_region {
            Some(joined) => Ok((**joined).clone()),
            None => loader::one(ctx, RegionKey(self.region_code.clone()), "region").await,
        }
    }

    /// Its sessions, by start; at most 100.
    async fn sessions(&self, ctx: &Context<'_>) -> std::result::Result<Vec<Session>, Shared> {
        Ok(loader::opt(ctx, SessionsOf(self.id)).await?.unwrap_or_default())
    }

    /// The batch that a cascade passes on; null for a direct one.
    async fn source_batch(&self, ctx: &Context<'_>) -> std::result::Result<Option<Batch>, Shared> {
        match self.source_batch_id {
            Some(id) => loader::opt(ctx, id).await,
            None => Ok(None),
        }
    }
}

/// What the selection below one batch wants along with it.
pub fn plan(batch: &Lookahead<'_>) -> BatchPlan {
    BatchPlan {
        program: batch.field("program").exists(),
        provider: batch.field("provider").exists(),
        region: batch.field("region").exists(),
    }
}

/// Reads.
#[derive(Default)]
pub struct BatchQuery;

#[Object]
impl BatchQuery {
    /// Runnings of programs with place, dates and seats, by first day. Without a token only open ones
    /// are shown, drafts to their provider's staff only.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn batches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<BatchFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Batch>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let plan = BatchPlan {
            program: list::wants(ctx, "program"),
            provider: list::wants(ctx, "provider"),
            region: list::wants(ctx, "region"),
        };
        let page = read::list(call, &filter, plan, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One batch by its id.
    async fn batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<Batch> {
        read::find(call(ctx)?, id, plan(&ctx.look_ahead())).await
    }

    /// Which schools' teaching hours the sessions of a batch fall into: look before you open it.
    /// Persons are counted by school, never named.
    async fn batch_clashes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<BatchClashes> {
        clash::batch_clashes(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct BatchMutation;

#[Object]
impl BatchMutation {
    /// Plans a batch of a published program. It is shown to its provider's staff only, until it is opened.
    async fn create_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CreateBatchInput,
    ) -> Result<Batch> {
        with_key(ctx)?.write(CreateBatch(input)).await
    }

    /// Changes a batch that has not finished. What people applied for stays once it was opened.
    async fn update_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateBatchInput,
    ) -> Result<Batch> {
        with_key(ctx)?.write(UpdateBatch { id, version, input }).await
    }

    /// Takes applications from now on, as soon as the window begins. `warnings` tell of clashes with
    /// teaching hours (of those who enrolled, and of schools nearby) and of hours that do not add up.
    async fn open_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<Batch> {
        let call = with_key(ctx)?;
        let language = call.language;
        call.write(OpenBatch { id, language }).await
    }

    /// Takes no more applications.
    async fn close_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<Batch> {
        with_key(ctx)?.write(CloseBatch { id }).await
    }

    /// Takes applications for a closed batch again, until another instant, for a stated reason.
    async fn extend_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
        #[graphql(desc = "Until when, and why.")] input: ExtendBatchInput,
    ) -> Result<Batch> {
        with_key(ctx)?.write(ExtendBatch { id, input }).await
    }

    /// Begins teaching a closed batch: attendance is recorded from now on. Every session of a direct
    /// batch needs a resource person whose competence is verified.
    async fn start_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<Batch> {
        with_key(ctx)?.write(StartBatch { id }).await
    }

    /// Ends teaching a running batch, once every session was held: delete or move those that were not. Every
    /// session of a direct batch needs a resource person whose competence was verified when it began. Whoever
    /// still awaits a seat is rejected.
    async fn finish_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<Batch> {
        with_key(ctx)?.write(FinishBatch { id }).await
    }

    /// Cancels a batch that has not finished, for good. Enrolments with a seat are withdrawn, those
    /// without are rejected, both with your reason; resource persons of sessions that are not taught are released.
    async fn cancel_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
        #[graphql(desc = "Why.")] input: CancelBatchInput,
    ) -> Result<Batch> {
        with_key(ctx)?.write(CancelBatch { id, input }).await
    }
}
