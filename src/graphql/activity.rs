//! Activities of communities, and their feed.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, AttendeesOf, CostsOf, DetailOf, ImprovementsOf, MadeAt, Shared},
    node::{call, with_key},
};
use crate::{
    community::{
        activity::{
            attendance::view::ActivityAttendance,
            cost::view::ActivityCost,
            detail::view::ActivityDetail,
            feed::{self, FeedFilter, FeedItem},
            input::{
                CancelActivityInput, CreateActivityInput, ReopenActivityInput, ReportActivityInput,
                UpdateActivityInput,
            },
            read::{self, ActivityFilter},
            view::{Activity, ActivityId},
            write::{
                CancelActivity, CreateActivity, HoldActivity, ReopenActivity, ReportActivity, UpdateActivity,
            },
        },
        artefact::view::Artefact,
        group::view::{Community, CommunityId},
        improvement::view::Improvement,
    },
    foundation::error::Result,
};

#[ComplexObject]
impl Activity {
    /// Who was there, in the order in which it was recorded; `activityAttendance` has the further ones.
    async fn attendance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<ActivityAttendance>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, AttendeesOf { activity: self.id, limit }).await?.unwrap_or_default())
    }

    /// What it cost, and who paid; at most a hundred.
    async fn costs(&self, ctx: &Context<'_>) -> std::result::Result<Vec<ActivityCost>, Shared> {
        Ok(loader::opt(ctx, CostsOf(self.id)).await?.unwrap_or_default())
    }

    /// Whose activity it is.
    async fn community(&self, ctx: &Context<'_>) -> std::result::Result<Community, Shared> {
        loader::one(ctx, self.community_id, "community").await
    }

    /// What was made at it, by title, as far as it is yours to see.
    async fn artefacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<Artefact>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, MadeAt { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// What is particular to it, by its kind; null while nobody has said it.
    async fn detail(&self, ctx: &Context<'_>) -> std::result::Result<Option<ActivityDetail>, Shared> {
        loader::opt(ctx, DetailOf(self.id)).await
    }

    /// What it was to improve, the oldest first; what is out of your reach is left out.
    async fn improvements(&self, ctx: &Context<'_>) -> std::result::Result<Vec<Improvement>, Shared> {
        Ok(loader::opt(ctx, ImprovementsOf(self.id)).await?.unwrap_or_default())
    }
}

/// Reads.
#[derive(Default)]
pub struct ActivityQuery;

#[Object]
impl ActivityQuery {
    /// The activities of a community, by start. Whoever is neither a member nor looks after it finds none.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ActivityFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Activity>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, id, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One activity by its id.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
    ) -> Result<Activity> {
        read::find(call(ctx)?, id).await
    }

    /// What a community did, the newest first: each activity with how many were there and the first three names.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn community_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What to narrow the feed by.")] filter: Option<FeedFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<FeedItem>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = feed::list(call, id, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(feed::count(call, id, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct ActivityMutation;

#[Object]
impl ActivityMutation {
    /// Puts an activity into a community's plan: at most 400 days ahead, and at most 30 days back, for groups
    /// note yesterday's meeting.
    async fn create_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What it is.")] input: CreateActivityInput,
    ) -> Result<Activity> {
        with_key(ctx)?.write(CreateActivity { community: id, input }).await
    }

    /// Changes an activity that is still to come; its times only until attendance was recorded.
    async fn update_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateActivityInput,
    ) -> Result<Activity> {
        with_key(ctx)?.write(UpdateActivity { id, version, input }).await
    }

    /// Takes a planned activity off the plan, for a reason that its members read. Final.
    async fn cancel_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "Why.")] input: CancelActivityInput,
    ) -> Result<Activity> {
        with_key(ctx)?.write(CancelActivity { id, input }).await
    }

    /// Notes that an activity is held, from its start on. A community that was dormant is active again.
    async fn hold_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
    ) -> Result<Activity> {
        with_key(ctx)?.write(HoldActivity(id)).await
    }

    /// Completes the report of an activity that was held: its minutes, beside the attendance that is in.
    async fn report_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "What came of it.")] input: ReportActivityInput,
    ) -> Result<Activity> {
        with_key(ctx)?.write(ReportActivity { id, input }).await
    }

    /// Opens the report of an activity again, for a reason; only while nobody's credit counts it.
    async fn reopen_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "Why.")] input: ReopenActivityInput,
    ) -> Result<Activity> {
        with_key(ctx)?.write(ReopenActivity { id, input }).await
    }
}
