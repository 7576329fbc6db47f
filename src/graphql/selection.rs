//! Who gets the seats of a batch, and who completed it.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    foundation::error::Result,
    training::{
        batch::view::BatchId,
        enrolment::{
            standing,
            view::{BatchCompletion, BatchSelection, RankingLine},
            write::{CompleteBatch, SelectBatch},
        },
    },
};

/// Reads.
#[derive(Default)]
pub struct SelectionQuery;

#[Object]
impl SelectionQuery {
    /// The order in which a batch gives its seats, with the reason for each place: who applied first, or
    /// who had the fewest direct credit hours (JP) in the last three years.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn batch_ranking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<RankingLine>> {
        let call = call(ctx)?;
        let page =
            standing::batch_ranking(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total =
            if list::wants_total(ctx) { Some(standing::count_ranking(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct SelectionMutation;

#[Object]
impl SelectionMutation {
    /// Gives the free seats of a batch to those who applied and those who wait, in the order of the
    /// ranking; whoever gets none waits.
    async fn select_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<BatchSelection> {
        with_key(ctx)?.write(SelectBatch(id)).await
    }

    /// Decides about every accepted enrolment of a batch by the program's pass rule, all in one
    /// transaction. While the batch runs, only once every session has ended.
    async fn complete_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<BatchCompletion> {
        with_key(ctx)?.write(CompleteBatch(id)).await
    }
}
