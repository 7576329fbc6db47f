//! The caller.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    loader::{self, RegionKey, Shared},
    node::call,
    person,
};
use crate::{
    directory::{
        me::{
            read,
            view::{HeldGrant, Me},
        },
        organisation::view::Organisation,
        region::view::Region,
        school::view::School,
    },
    foundation::error::Result,
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
