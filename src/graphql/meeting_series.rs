//! Series of meetings, and who could not come.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::{
        activity::view::ActivityId,
        group::view::CommunityId,
        series::{
            clash::{self, MeetingClashes},
            input::{CreateMeetingSeriesInput, EndMeetingSeriesInput, UpdateMeetingSeriesInput},
            preview::{self, MeetingSeriesPreview},
            read,
            view::{MeetingSeries, MeetingSeriesId},
            write::{CreateMeetingSeries, EndMeetingSeries, UpdateMeetingSeries},
        },
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct MeetingSeriesQuery;

#[Object]
impl MeetingSeriesQuery {
    /// The series of meetings of a community, ended ones included, oldest first; for its members and those
    /// who look after it.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn community_meeting_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<MeetingSeries>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One series by its id. Its meetings are activities of the community.
    async fn meeting_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The series's id.")] id: MeetingSeriesId,
    ) -> Result<MeetingSeries> {
        read::find(call(ctx)?, id).await
    }

    /// What a series would come to: its first 60 meetings, each with how many members could not come, and up to
    /// five slots at other hours and days that suit more of them. Changes nothing.
    async fn preview_meeting_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What it would be.")] input: CreateMeetingSeriesInput,
    ) -> Result<MeetingSeriesPreview> {
        preview::preview(call(ctx)?, id, &input).await
    }

    /// How many members of the community could not come to an activity. Counted, never named.
    async fn activity_clashes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
    ) -> Result<MeetingClashes> {
        clash::of_activity(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct MeetingSeriesMutation;

#[Object]
impl MeetingSeriesMutation {
    /// Lets a community meet by a rule. The meetings of the next 180 days are put into the plan at once. Refused
    /// with `meetings_clash_with_teaching` when members give lessons then, unless `despiteClashes` says why.
    async fn create_meeting_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What it is.")] input: CreateMeetingSeriesInput,
    ) -> Result<MeetingSeries> {
        let call = with_key(ctx)?;
        let language = call.language;
        call.write(CreateMeetingSeries { community: id, input, language }).await
    }

    /// Changes a series of meetings. Its meetings to come follow; those that were moved, renamed or cancelled
    /// by hand stay as they are, and so do those of the past.
    async fn update_meeting_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The series's id.")] id: MeetingSeriesId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateMeetingSeriesInput,
    ) -> Result<MeetingSeries> {
        let call = with_key(ctx)?;
        let language = call.language;
        call.write(UpdateMeetingSeries { id, version, input, language }).await
    }

    /// Ends a series: from a day on it has no meetings; those still planned then are cancelled.
    async fn end_meeting_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The series's id.")] id: MeetingSeriesId,
        #[graphql(desc = "From when on.")] input: EndMeetingSeriesInput,
    ) -> Result<MeetingSeries> {
        let call = with_key(ctx)?;
        call.write(EndMeetingSeries { id, input }).await
    }
}
