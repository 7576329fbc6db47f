//! Offices of communities.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    community::{
        group::view::{Community, CommunityId},
        office::{
            input::AppointOfficeInput,
            read::{self, OfficeFilter},
            view::{CommunityOffice, CommunityOfficeId},
            write::{AppointOffice, EndOffice},
        },
    },
    foundation::error::Result,
};

#[ComplexObject]
impl CommunityOffice {
    /// The community.
    async fn community(&self, ctx: &Context<'_>) -> std::result::Result<Community, Shared> {
        loader::one(ctx, self.community_id, "community").await
    }
}

/// Reads.
#[derive(Default)]
pub struct OfficeQuery;

#[Object]
impl OfficeQuery {
    /// Who holds which office in a community, in the order in which the offices were given; to its members and
    /// to those who look after its region or school.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn offices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<OfficeFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<CommunityOffice>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, id, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One office by its id.
    async fn office(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The office's id.")] id: CommunityOfficeId,
    ) -> Result<CommunityOffice> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct OfficeMutation;

#[Object]
impl OfficeMutation {
    /// Gives a member an office; a patron need not be a member. Of chair, secretary and treasurer there is one:
    /// whoever held the office gives it up in the same step.
    async fn appoint_office(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Who, which, for how long.")] input: AppointOfficeInput,
    ) -> Result<CommunityOffice> {
        with_key(ctx)?.write(AppointOffice { community: id, input }).await
    }

    /// Ends an office. The chair's is passed on by appointing another chair; it cannot be ended before.
    async fn end_office(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The office's id.")] id: CommunityOfficeId,
    ) -> Result<CommunityOffice> {
        with_key(ctx)?.write(EndOffice(id)).await
    }
}
