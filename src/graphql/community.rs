//! Communities.

use async_graphql::{ComplexObject, Context, Lookahead, Object};

use super::{
    list::{self, List},
    loader::{
        self, ArtefactsOf, AwardsOf, MembersOf, NextOf, OfficesOf, PartnersOf, ProgressOf, ReadingsOf,
        RecentOf, RegionKey, Shared,
    },
    node::{call, with_key},
};
use crate::{
    community::{
        activity::view::Activity,
        artefact::view::Artefact,
        book::view::BookReading,
        group::{
            input::{CloseCommunityInput, CreateCommunityInput, UpdateCommunityInput},
            read::{self, CommunityFilter, CommunityPlan},
            view::{Community, CommunityId},
            write::{ActivateCommunity, CloseCommunity, CreateCommunity, RestCommunity, UpdateCommunity},
        },
        membership::view::Membership,
        office::view::CommunityOffice,
        partner::view::Partner,
        recognition::{note::view::ProgressNote, round::view::AwardEntry},
    },
    directory::{region::view::Region, school::view::School},
    foundation::error::Result,
};

#[ComplexObject]
impl Community {
    /// The region it belongs to.
    async fn region(&self, ctx: &Context<'_>) -> std::result::Result<Region, Shared> {
        match &self.joined_region {
            Some(joined) => Ok((**joined).clone()),
            None => loader::one(ctx, RegionKey(self.region_code.clone()), "region").await,
        }
    }

    /// Its school; of a cluster, the core school. Null where it has none.
    async fn school(&self, ctx: &Context<'_>) -> std::result::Result<Option<School>, Shared> {
        match &self.joined_school {
            Some(joined) => Ok(Some((**joined).clone())),
            None => loader::edge(ctx, self.school_id).await,
        }
    }

    /// The schools of its cluster, at most 60; empty where it belongs to no cluster.
    async fn schools(&self, ctx: &Context<'_>) -> std::result::Result<Vec<School>, Shared> {
        loader::several(ctx, &self.school_ids).await
    }

    /// When and where it meets next; null when nothing is planned or it is not yours to see.
    async fn next_meeting(&self, ctx: &Context<'_>) -> std::result::Result<Option<Activity>, Shared> {
        let next = loader::opt(ctx, NextOf { parent: self.id, limit: 1 }).await?;
        Ok(next.unwrap_or_default().pop())
    }

    /// What it plans, the next first; empty where it is not yours to see. `activities` has all.
    async fn upcoming_activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<Activity>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, NextOf { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// What it held, the newest first; empty where it is not yours to see. `communityFeed` has all.
    async fn recent_activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<Activity>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, RecentOf { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// Its members, in the order in which they joined; only yourself where the others are not yours to see.
    /// `memberships` has all.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<Membership>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, MembersOf { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// Who holds an office, in the order in which they were given; empty where it is not yours to see.
    async fn offices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<CommunityOffice>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, OfficesOf { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// Who stands by it, and with what.
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<Partner>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, PartnersOf { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// What it made, by title, as far as it is yours to see. `artefacts` has all.
    async fn artefacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<Artefact>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, ArtefactsOf { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// The books it reads, the newest first; empty where it is not yours to see.
    async fn book_readings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<BookReading>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, ReadingsOf { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// How it went on, month by month, the latest first; empty where it is not yours to see.
    async fn progress_notes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<ProgressNote>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, ProgressOf { parent: self.id, limit }).await?.unwrap_or_default())
    }

    /// For which years it is recognised, the latest first; its members see the other years too.
    async fn awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<AwardEntry>, Shared> {
        let limit = list::size(first)?;
        Ok(loader::opt(ctx, AwardsOf { parent: self.id, limit }).await?.unwrap_or_default())
    }
}

/// What the selection below one community wants along with it.
pub fn plan(community: &Lookahead<'_>) -> CommunityPlan {
    CommunityPlan { region: community.field("region").exists(), school: community.field("school").exists() }
}

/// Reads.
#[derive(Default)]
pub struct CommunityQuery;

#[Object]
impl CommunityQuery {
    /// Work groups of teachers (KKG, MGMP, MGBK, KKKS, MKKS, PLC, book clubs), by name. To find one to join,
    /// name your school in `nearSchoolId`.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn communities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<CommunityFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Community>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let plan = list::rows(ctx).iter().map(plan).fold(CommunityPlan::default(), CommunityPlan::or);
        let page = read::list(call, &filter, plan, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One community by its id.
    async fn community(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
    ) -> Result<Community> {
        read::find(call(ctx)?, id, plan(&ctx.look_ahead())).await
    }
}

/// Commands.
#[derive(Default)]
pub struct CommunityMutation;

#[Object]
impl CommunityMutation {
    /// Founds a community. Who founds one for themselves becomes its first member and its chair; a principal or
    /// an officer names in `chairId` who does. It starts as one that forms: gather members, then activate it.
    async fn create_community(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CreateCommunityInput,
    ) -> Result<Community> {
        with_key(ctx)?.write(CreateCommunity(input)).await
    }

    /// Changes a community's name, charter, how one joins it, and the schools of its cluster.
    async fn update_community(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateCommunityInput,
    ) -> Result<Community> {
        with_key(ctx)?.write(UpdateCommunity { id, version, input }).await
    }

    /// Begins the work of a community, or takes it up again after it was dormant. It needs a chair and at least
    /// two members.
    async fn activate_community(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
    ) -> Result<Community> {
        with_key(ctx)?.write(ActivateCommunity { id }).await
    }

    /// Notes that a community is dormant, only where nothing was held for three times the days its charter
    /// names. The service notes it by itself, within an hour or so.
    async fn rest_community(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
    ) -> Result<Community> {
        with_key(ctx)?.write(RestCommunity { id }).await
    }

    /// Closes a community for good. What it planned is cancelled, requests and invitations are answered with a
    /// refusal, and its offices end. What took place is reported first.
    async fn close_community(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Why.")] input: CloseCommunityInput,
    ) -> Result<Community> {
        with_key(ctx)?.write(CloseCommunity { id, input }).await
    }
}
