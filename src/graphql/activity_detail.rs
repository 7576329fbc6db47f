//! What is particular to activities, and coaching.

use async_graphql::{Context, Object};

use super::node::{call, with_key};
use crate::{
    community::{
        activity::{
            detail::{input::DescribeActivityInput, read, view::DescribedActivity, write::DescribeActivity},
            view::ActivityId,
        },
        coaching::{
            input::RecordCoachingInput,
            view::CoachingDetail,
            write::{RecordCoaching, ShareCoaching, UnshareCoaching},
        },
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ActivityDetailQuery;

#[Object]
impl ActivityDetailQuery {
    /// What is particular to an activity, by its kind.
    async fn activity_detail(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
    ) -> Result<DescribedActivity> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ActivityDetailMutation;

#[Object]
impl ActivityDetailMutation {
    /// Says what is particular to an activity, in place of what was said before, until the report is complete.
    async fn describe_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "The one member that fits its kind.")] input: DescribeActivityInput,
    ) -> Result<DescribedActivity> {
        with_key(ctx)?.write(DescribeActivity { id, input }).await
    }

    /// Writes down what you and a colleague work on. Only the two read it, until both share it.
    async fn record_coaching(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "Who, and what.")] input: RecordCoachingInput,
    ) -> Result<CoachingDetail> {
        with_key(ctx)?.write(RecordCoaching { id, input }).await
    }

    /// Shares your coaching with the members, as far as you are concerned: it takes both of you.
    async fn share_coaching(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
    ) -> Result<CoachingDetail> {
        with_key(ctx)?.write(ShareCoaching(id)).await
    }

    /// Shares your coaching no longer; one of the two is enough.
    async fn unshare_coaching(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
    ) -> Result<CoachingDetail> {
        with_key(ctx)?.write(UnshareCoaching(id)).await
    }
}
