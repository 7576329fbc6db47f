//! What activities cost, and what communities saved.

use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::{
        activity::{
            cost::{
                read,
                view::{ActivityCost, ActivityCostId},
                write::{CreateActivityCost, CreateActivityCostInput, DeleteActivityCost},
            },
            view::ActivityId,
        },
        group::view::CommunityId,
        savings::{read::community_savings, view::CommunitySavings},
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ActivityCostQuery;

#[Object]
impl ActivityCostQuery {
    /// What an activity cost, in the order in which it was recorded.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn activity_costs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ActivityCost>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// What a community saved against outside trainings of the same hours, term by term.
    async fn community_savings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Start of the period; a year before its end unless said.")] from: Option<
            DateTime<Utc>,
        >,
        #[graphql(desc = "End of the period, exclusive; now unless said.")] until: Option<DateTime<Utc>>,
    ) -> Result<CommunitySavings> {
        community_savings(call(ctx)?, id, from, until).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ActivityCostMutation;

#[Object]
impl ActivityCostMutation {
    /// Records one thing that was paid for at an activity, and who paid; until its members' credit counts it.
    async fn create_activity_cost(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "What was paid.")] input: CreateActivityCostInput,
    ) -> Result<ActivityCost> {
        with_key(ctx)?.write(CreateActivityCost { activity: id, input }).await
    }

    /// Takes back a cost that was recorded by mistake. Answers with the cost as it was.
    async fn delete_activity_cost(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The cost's id.")] id: ActivityCostId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
    ) -> Result<ActivityCost> {
        with_key(ctx)?.write(DeleteActivityCost { id, version }).await
    }
}
