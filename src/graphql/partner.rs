//! Partners of communities.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    community::{
        group::view::{Community, CommunityId},
        partner::{
            input::{CreatePartnerInput, UpdatePartnerInput},
            read,
            view::{Partner, PartnerId},
            write::{CreatePartner, DeletePartner, UpdatePartner},
        },
    },
    directory::organisation::view::Organisation,
    foundation::error::Result,
};

#[ComplexObject]
impl Partner {
    /// The community.
    async fn community(&self, ctx: &Context<'_>) -> std::result::Result<Community, Shared> {
        loader::one(ctx, self.community_id, "community").await
    }

    /// The organisation.
    async fn organisation(&self, ctx: &Context<'_>) -> std::result::Result<Organisation, Shared> {
        loader::one(ctx, self.organisation_id, "organisation").await
    }
}

/// Reads.
#[derive(Default)]
pub struct PartnerQuery;

#[Object]
impl PartnerQuery {
    /// Organisations that stand by a community, and with what, in the order in which they were written down.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Partner>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One partner by its id.
    async fn partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner's id.")] id: PartnerId,
    ) -> Result<Partner> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct PartnerMutation;

#[Object]
impl PartnerMutation {
    /// Writes down an organisation that stands by a community with expertise, money, a place, materials or time.
    async fn create_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Who, and with what.")] input: CreatePartnerInput,
    ) -> Result<Partner> {
        with_key(ctx)?.write(CreatePartner { community: id, input }).await
    }

    /// Changes what is written down of a partner.
    async fn update_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner's id.")] id: PartnerId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdatePartnerInput,
    ) -> Result<Partner> {
        with_key(ctx)?.write(UpdatePartner { id, version, input }).await
    }

    /// Strikes a partner off. Answers with the partner as it was.
    async fn delete_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner's id.")] id: PartnerId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
    ) -> Result<Partner> {
        with_key(ctx)?.write(DeletePartner { id, version }).await
    }
}
