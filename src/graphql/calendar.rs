//! The addresses of one's calendars.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::calendar::{
        input::CreateCalendarFeedInput,
        read,
        view::{CalendarFeed, CalendarFeedId},
        write::{CreateCalendarFeed, RevokeCalendarFeed},
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct CalendarFeedQuery;

#[Object]
impl CalendarFeedQuery {
    /// Your calendar addresses, revoked ones included, oldest first. The addresses themselves are not shown again.
    async fn calendar_feeds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<CalendarFeed>> {
        let call = call(ctx)?;
        let page = read::list(call, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct CalendarFeedMutation;

#[Object]
impl CalendarFeedMutation {
    /// Makes an address to give to a calendar program, of one community or of everything you are in. `url` is
    /// shown this once; whoever knows it reads the calendar.
    async fn create_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it shall hold.")] input: CreateCalendarFeedInput,
    ) -> Result<CalendarFeed> {
        let call = with_key(ctx)?;
        Ok(call.write(CreateCalendarFeed { input }).await?.shown(&call.services))
    }

    /// Lets a calendar address work no longer.
    async fn revoke_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address's id.")] id: CalendarFeedId,
    ) -> Result<CalendarFeed> {
        let call = with_key(ctx)?;
        call.write(RevokeCalendarFeed { id }).await
    }
}
