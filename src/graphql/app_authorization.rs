//! What apps may do for one.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    foundation::error::Result,
    identity::app_authorization::{
        read,
        view::{AppAuthorization, AppAuthorizationId},
        write::WithdrawAppAuthorization,
    },
};

/// Reads.
#[derive(Default)]
pub struct AppAuthorizationQuery;

#[Object]
impl AppAuthorizationQuery {
    /// What you agreed to when an app sent you here, withdrawn ones included, oldest first. Only for callers that
    /// signed in with an account: a token that an operator made has none.
    async fn app_authorizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<AppAuthorization>> {
        let call = call(ctx)?;
        let page = read::list(call, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One consent of yours by its id.
    async fn app_authorization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The consent's id.")] id: AppAuthorizationId,
    ) -> Result<AppAuthorization> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct AppAuthorizationMutation;

#[Object]
impl AppAuthorizationMutation {
    /// Lets an app do nothing for you any more. Every token that it holds for you ends at once, on each of your devices,
    /// also the one with which this is asked for if it is the app's own.
    async fn withdraw_app_authorization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The consent's id.")] id: AppAuthorizationId,
    ) -> Result<AppAuthorization> {
        with_key(ctx)?.write(WithdrawAppAuthorization { id }).await
    }
}
