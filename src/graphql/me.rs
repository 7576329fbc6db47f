//! The caller.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list,
    loader::{self, RegionKey, Shared},
    node::call,
    person,
};
use crate::{
    access::{action::Action, context::Ctx},
    community::{
        activity::{self, view::Activity},
        membership::{self, view::Membership},
    },
    directory::{
        me::{
            read,
            view::{HeldGrant, Me},
        },
        organisation::view::Organisation,
        person::view::PersonId,
        region::view::Region,
        school::view::School,
    },
    foundation::{
        error::Result,
        page::{MAX_LIMIT, PageRequest},
    },
};

#[ComplexObject]
impl HeldGrant {
    /// A regional officer's region.
    async fn region(&self, ctx: &Context<'_>) -> std::result::Result<Option<Region>, Shared> {
        loader::edge(ctx, self.region_code.clone().map(RegionKey)).await
    }

    /// The organisation of a provider's staff.
    async fn organisation(&self, ctx: &Context<'_>) -> std::result::Result<Option<Organisation>, Shared> {
        loader::edge(ctx, self.organisation_id).await
    }

    /// A principal's school.
    async fn school(&self, ctx: &Context<'_>) -> std::result::Result<Option<School>, Shared> {
        loader::edge(ctx, self.school_id).await
    }
}

#[ComplexObject]
impl Me {
    /// Your own memberships, requests and invitations, in the order in which they came to be.
    async fn memberships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<Membership>, Shared> {
        let page = PageRequest::relay(first, None, None, None, MAX_LIMIT).map_err(Shared::new)?;
        let Some((call, person)) = self.as_member(ctx, Action::MembershipRead)? else {
            return Ok(Vec::new());
        };
        let found = membership::read::list_of_person(call, person, &Default::default(), &page).await;
        Ok(found.map_err(Shared::new)?.rows.into_iter().map(|(_, row)| row).collect())
    }

    /// What the communities you are a member of plan, the next first.
    async fn upcoming_activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
    ) -> std::result::Result<Vec<Activity>, Shared> {
        let limit = list::size(first)?;
        let Some((call, person)) = self.as_member(ctx, Action::ActivityRead)? else {
            return Ok(Vec::new());
        };
        activity::read::next_of_person(call, person, limit).await.map_err(Shared::new)
    }
}

impl Me {
    /// The caller as somebody who may be in communities; nobody for callers who are no person, or whose roles
    /// have no part in them.
    fn as_member<'a>(
        &self,
        ctx: &Context<'a>,
        action: Action,
    ) -> std::result::Result<Option<(&'a Ctx, PersonId)>, Shared> {
        let call = call(ctx).map_err(Shared::new)?;
        // An app may see the communities of somebody whose entry in the directory it may not.
        let by_app = call.actor.via.as_ref().and_then(|_| call.actor.person_for(action));
        let person = self.person.as_ref().map(|person| person.id).or(by_app.map(Into::into));
        let takes_part = call.actor.require_role_for(action).is_ok();
        Ok(person.filter(|_| takes_part).map(|person| (call, person)))
    }
}

/// Reads.
#[derive(Default)]
pub struct MeQuery;

#[Object]
impl MeQuery {
    /// Who you are to the service: your token's roles and where you hold them, the language you are
    /// answered in, and your own record in the directory. Without a token the roles are empty.
    async fn me(&self, ctx: &Context<'_>) -> Result<Me> {
        let plan = person::plan(|field| ctx.look_ahead().field("person").field(field).exists());
        read::find(call(ctx)?, plan).await
    }
}
