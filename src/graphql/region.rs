//! Regions.

use async_graphql::{ComplexObject, Context, ID, Object};

use super::{
    list::{self, List},
    loader::{self, ChildrenOf, RegionKey, Shared},
    node::call,
};
use crate::{
    directory::region::{
        read::{self, RegionFilter},
        view::{KIND, Region},
    },
    foundation::{error::Result, id},
};

#[ComplexObject]
impl Region {
    /// Its global id.
    async fn id(&self) -> ID {
        id::global(KIND, &self.code).into()
    }

    /// The region one level up; null for a province.
    async fn parent(&self, ctx: &Context<'_>) -> std::result::Result<Option<Self>, Shared> {
        loader::edge(ctx, self.parent_code.clone().map(RegionKey)).await
    }

    /// The region that replaced it; null while it is in force, or when none is known.
    async fn successor(&self, ctx: &Context<'_>) -> std::result::Result<Option<Self>, Shared> {
        loader::edge(ctx, self.successor_code.clone().map(RegionKey)).await
    }

    /// The regions in force right below it, by code. No region has more than about a hundred.
    async fn children(&self, ctx: &Context<'_>) -> std::result::Result<Vec<Self>, Shared> {
        Ok(loader::opt(ctx, ChildrenOf(self.code.clone())).await?.unwrap_or_default())
    }
}

/// Reads.
#[derive(Default)]
pub struct RegionQuery;

#[Object]
impl RegionQuery {
    /// Provinces, regencies and districts by official code; those in force unless the filter says otherwise.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn regions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<RegionFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Region>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One region by its code, also one that is no longer in force.
    async fn region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its official code, e.g. `32.73`.")] code: String,
    ) -> Result<Region> {
        read::find(call(ctx)?, &code).await
    }
}
