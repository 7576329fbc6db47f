//! Who is in a community.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    community::{
        group::view::{Community, CommunityId},
        membership::{
            input::{
                InviteMembershipInput, RefuseMembershipInput, RemoveMembershipInput, RequestMembershipInput,
            },
            read::{self, MembershipFilter, PersonMembershipFilter},
            view::{Membership, MembershipId},
            write::{
                AcceptMembership, AdmitMembership, DeclineMembership, InviteMembership, LeaveMembership,
                RefuseMembership, RemoveMembership, RequestMembership,
            },
        },
    },
    directory::{
        person::view::{Person, PersonId},
        school::view::School,
    },
    foundation::error::Result,
};

#[ComplexObject]
impl Membership {
    /// The community.
    async fn community(&self, ctx: &Context<'_>) -> std::result::Result<Community, Shared> {
        loader::one(ctx, self.community_id, "community").await
    }

    /// The person, as the directory has them; null where the record is not yours to see.
    async fn person(&self, ctx: &Context<'_>) -> std::result::Result<Option<Person>, Shared> {
        loader::opt(ctx, self.person_id).await
    }

    /// The person's school; null for those without one.
    async fn school(&self, ctx: &Context<'_>) -> std::result::Result<Option<School>, Shared> {
        loader::edge(ctx, self.school_id).await
    }
}

/// Reads.
#[derive(Default)]
pub struct MembershipQuery;

#[Object]
impl MembershipQuery {
    /// Who is in a community. Members see one another's names and schools; requests and invitations are shown
    /// to its officers and to those who look after its region or school, one's own always.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn memberships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What to narrow the list by, and its order.")] filter: Option<MembershipFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Membership>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, id, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// The memberships of a person within your reach, in the order in which they came to be: your own
    /// communities with your own id.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn person_memberships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<PersonMembershipFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Membership>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let request = list::request(ctx, first, after, last, before)?;
        let page = read::list_of_person(call, id, &filter, &request).await?;
        let total =
            if list::wants_total(ctx) { Some(read::count_of_person(call, id, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One membership by its id.
    async fn membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The membership's id.")] id: MembershipId,
    ) -> Result<Membership> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct MembershipMutation;

#[Object]
impl MembershipMutation {
    /// Asks to join a community, for yourself. An open one is joined at once; one that is joined by asking keeps
    /// you as `REQUESTED` until an officer answers; one that is joined by invitation only refuses.
    async fn request_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "A word to the officers.")] input: Option<RequestMembershipInput>,
    ) -> Result<Membership> {
        let input = input.unwrap_or_default();
        with_key(ctx)?.write(RequestMembership { community: id, input }).await
    }

    /// Invites somebody into a community, as one of its officers. The person accepts or declines.
    async fn invite_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Who.")] input: InviteMembershipInput,
    ) -> Result<Membership> {
        with_key(ctx)?.write(InviteMembership { community: id, input }).await
    }

    /// Admits who asked.
    async fn admit_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The membership's id.")] id: MembershipId,
    ) -> Result<Membership> {
        with_key(ctx)?.write(AdmitMembership(id)).await
    }

    /// Refuses who asked, for a reason, which the person reads.
    async fn refuse_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The membership's id.")] id: MembershipId,
        #[graphql(desc = "Why.")] input: RefuseMembershipInput,
    ) -> Result<Membership> {
        with_key(ctx)?.write(RefuseMembership { id, input }).await
    }

    /// Accepts an invitation: you become a member.
    async fn accept_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The membership's id.")] id: MembershipId,
    ) -> Result<Membership> {
        with_key(ctx)?.write(AcceptMembership(id)).await
    }

    /// Declines an invitation; you can be invited again.
    async fn decline_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The membership's id.")] id: MembershipId,
    ) -> Result<Membership> {
        with_key(ctx)?.write(DeclineMembership(id)).await
    }

    /// Leaves a community, or takes a request back. Your offices end with it; the chair appoints another chair
    /// first.
    async fn leave_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The membership's id.")] id: MembershipId,
    ) -> Result<Membership> {
        with_key(ctx)?.write(LeaveMembership(id)).await
    }

    /// Ends a membership, or takes an invitation back, for a reason, which the person reads. The offices end with
    /// it; the chair cannot be removed before another is appointed.
    async fn remove_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The membership's id.")] id: MembershipId,
        #[graphql(desc = "Why.")] input: RemoveMembershipInput,
    ) -> Result<Membership> {
        with_key(ctx)?.write(RemoveMembership { id, input }).await
    }
}
