//! Roles that accounts and clients hold.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, RegionKey, Shared},
    node::{call, with_key},
};
use crate::{
    directory::{organisation::view::Organisation, region::view::Region, school::view::School},
    foundation::error::Result,
    identity::role::{
        input::{GiveRoleGrantInput, WithdrawRoleGrantInput},
        read::{self, RoleGrantFilter},
        view::{RoleGrant, RoleGrantId},
        write::{GiveRoleGrant, WithdrawRoleGrant},
    },
};

#[ComplexObject]
impl RoleGrant {
    /// The region where it is held.
    async fn region(&self, ctx: &Context<'_>) -> std::result::Result<Option<Region>, Shared> {
        loader::edge(ctx, self.region_code.clone().map(RegionKey)).await
    }

    /// The organisation where it is held.
    async fn organisation(&self, ctx: &Context<'_>) -> std::result::Result<Option<Organisation>, Shared> {
        loader::edge(ctx, self.organisation_id).await
    }

    /// The school where it is held.
    async fn school(&self, ctx: &Context<'_>) -> std::result::Result<Option<School>, Shared> {
        loader::edge(ctx, self.school_id).await
    }
}

/// Reads.
#[derive(Default)]
pub struct RoleGrantQuery;

#[Object]
impl RoleGrantQuery {
    /// Which roles accounts and clients hold or held within your reach, and your own, the newest first. Of one holder
    /// it is their history.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn role_grants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<RoleGrantFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<RoleGrant>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One given role by its id.
    async fn role_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The given role's id.")] id: RoleGrantId,
    ) -> Result<RoleGrant> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct RoleGrantMutation;

#[Object]
impl RoleGrantMutation {
    /// Gives a role to an account or a client, where your own role reaches. Nobody gives themselves one, and none lasts
    /// longer than that of whoever gives it.
    async fn give_role_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role whom, where, why and until when.")] input: GiveRoleGrantInput,
    ) -> Result<RoleGrant> {
        with_key(ctx)?.write(GiveRoleGrant(input)).await
    }

    /// Withdraws a role: it no longer counts from the next request on. Whoever could give it takes it back, and whoever
    /// holds it gives it up. The record stays.
    async fn withdraw_role_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The given role's id.")] id: RoleGrantId,
        #[graphql(desc = "Why.")] input: WithdrawRoleGrantInput,
    ) -> Result<RoleGrant> {
        with_key(ctx)?.write(WithdrawRoleGrant { id, input }).await
    }
}
