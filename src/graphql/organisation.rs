//! Organisations.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    directory::organisation::{
        read::{self, OrganisationFilter},
        view::{Organisation, OrganisationId},
        write::{CreateOrganisation, CreateOrganisationInput, UpdateOrganisation, UpdateOrganisationInput},
    },
    foundation::error::Result,
};

#[ComplexObject]
impl Organisation {}

/// Reads.
#[derive(Default)]
pub struct OrganisationQuery;

#[Object]
impl OrganisationQuery {
    /// Whoever offers trainings, verifies competence or looks after a region, by name.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<OrganisationFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Organisation>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One organisation by its id.
    async fn organisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The organisation's id.")] id: OrganisationId,
    ) -> Result<Organisation> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct OrganisationMutation;

#[Object]
impl OrganisationMutation {
    /// Adds a provider, office or association. Its code becomes part of certificate numbers and never changes.
    async fn create_organisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CreateOrganisationInput,
    ) -> Result<Organisation> {
        with_key(ctx)?.write(CreateOrganisation(input)).await
    }

    /// Changes an organisation's name or kind.
    async fn update_organisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The organisation's id.")] id: OrganisationId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateOrganisationInput,
    ) -> Result<Organisation> {
        with_key(ctx)?.write(UpdateOrganisation { id, version, input }).await
    }
}
