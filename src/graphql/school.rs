//! Schools.

use async_graphql::{ComplexObject, Context, Lookahead, Object};

use super::{
    list::{self, List},
    loader::{self, RegionKey, Shared},
    node::{call, with_key},
};
use crate::{
    directory::{
        region::view::Region,
        school::{
            read::{self, SchoolFilter, SchoolPlan},
            view::{School, SchoolId},
            write::{UpdateSchool, UpdateSchoolInput},
        },
    },
    foundation::error::Result,
};

#[ComplexObject]
impl School {
    /// Where it stands: its district, or its regency where the district is unknown.
    async fn region(&self, ctx: &Context<'_>) -> std::result::Result<Option<Region>, Shared> {
        match &self.joined_region {
            Some(region) => Ok(Some((**region).clone())),
            None => loader::opt(ctx, RegionKey(self.region_code.clone())).await,
        }
    }
}

/// What the selection below one school wants along with it.
pub fn plan(school: &Lookahead<'_>) -> SchoolPlan {
    SchoolPlan { region: school.field("region").exists() }
}

/// Reads.
#[derive(Default)]
pub struct SchoolQuery;

#[Object]
impl SchoolQuery {
    /// Schools by name. Everyone may read them; contacts are shown to signed-in callers only.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn schools(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<SchoolFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<School>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let plan = SchoolPlan { region: list::wants(ctx, "region") };
        let page = read::list(call, &filter, plan, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One school by its id.
    async fn school(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The school's id.")] id: SchoolId,
    ) -> Result<School> {
        read::find(call(ctx)?, id, plan(&ctx.look_ahead())).await
    }

    /// One school by its NPSN, the number that is printed on its documents.
    async fn school_by_npsn(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "National school number, 8 characters.")] npsn: String,
    ) -> Result<School> {
        read::find_by_npsn(call(ctx)?, &npsn, plan(&ctx.look_ahead())).await
    }
}

/// Commands.
#[derive(Default)]
pub struct SchoolMutation;

#[Object]
impl SchoolMutation {
    /// Changes a school's contacts or teaching hours. Everything else comes from the national directory.
    async fn update_school(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The school's id.")] id: SchoolId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateSchoolInput,
    ) -> Result<School> {
        with_key(ctx)?.write(UpdateSchool { id, version, input }).await
    }
}
