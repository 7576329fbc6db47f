//! Apps and systems that ask for tokens.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    foundation::error::Result,
    identity::client::{
        input::{
            CreateOAuthClientSecretInput, OAuthClientFilter, OAuthClientReasonInput,
            RegisterOAuthClientInput, UpdateOAuthClientInput,
        },
        read,
        view::{OAuthClient, OAuthClientId, OAuthClientSecret, OAuthClientSecretId, OAuthClientUse},
        write::{
            ApproveOAuthClient, CreateOAuthClientSecret, RefuseOAuthClient, RegisterOAuthClient,
            ResumeOAuthClient, SuspendOAuthClient, UpdateOAuthClient, WithdrawOAuthClientSecret,
        },
    },
};

#[ComplexObject]
impl OAuthClient {}

/// Reads.
#[derive(Default)]
pub struct OAuthClientQuery;

#[Object]
impl OAuthClientQuery {
    /// The apps and systems that may ask for tokens, wait for a decision, or were stopped; oldest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn oauth_clients(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<OAuthClientFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<OAuthClient>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One app or system by its id.
    async fn oauth_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
    ) -> Result<OAuthClient> {
        read::find(call(ctx)?, id).await
    }

    /// The secrets of a system, the newest first. The secrets themselves are not shown again.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn oauth_client_secrets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<OAuthClientSecret>> {
        let call = call(ctx)?;
        let page = read::secrets(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count_secrets(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// Tokens given and refused, calls answered and refused, day by day, the newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn oauth_client_uses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<OAuthClientUse>> {
        let call = call(ctx)?;
        let page = read::uses(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count_uses(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct OAuthClientMutation;

#[Object]
impl OAuthClientMutation {
    /// Registers an app or a system: approved at once, or waiting for a decision.
    async fn register_oauth_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: RegisterOAuthClientInput,
    ) -> Result<OAuthClient> {
        with_key(ctx)?.write(RegisterOAuthClient(input)).await
    }

    /// Changes what an app or a system says of itself. Kind, grant types and the way it proves itself stay.
    async fn update_oauth_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateOAuthClientInput,
    ) -> Result<OAuthClient> {
        with_key(ctx)?.write(UpdateOAuthClient { id, version, input }).await
    }

    /// Lets in an app or a system that waited for a decision.
    async fn approve_oauth_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
    ) -> Result<OAuthClient> {
        with_key(ctx)?.write(ApproveOAuthClient(id)).await
    }

    /// Turns away an app or a system that waited for a decision.
    async fn refuse_oauth_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
        #[graphql(desc = "Why.")] input: OAuthClientReasonInput,
    ) -> Result<OAuthClient> {
        with_key(ctx)?.write(RefuseOAuthClient { id, input }).await
    }

    /// Stops an app or a system, and with it every token that it has.
    async fn suspend_oauth_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
        #[graphql(desc = "Why.")] input: OAuthClientReasonInput,
    ) -> Result<OAuthClient> {
        with_key(ctx)?.write(SuspendOAuthClient { id, input }).await
    }

    /// Lets in an app or a system again that was suspended.
    async fn resume_oauth_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
    ) -> Result<OAuthClient> {
        with_key(ctx)?.write(ResumeOAuthClient(id)).await
    }

    /// Makes a secret for a system. `secret` is shown this once; two may be good at the same time.
    async fn create_oauth_client_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id.")] id: OAuthClientId,
        #[graphql(desc = "What it shall be.")] input: CreateOAuthClientSecretInput,
    ) -> Result<OAuthClientSecret> {
        with_key(ctx)?.write(CreateOAuthClientSecret { id, input }).await
    }

    /// Lets a secret of a system be good no longer.
    async fn withdraw_oauth_client_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret's id.")] id: OAuthClientSecretId,
    ) -> Result<OAuthClientSecret> {
        with_key(ctx)?.write(WithdrawOAuthClientSecret(id)).await
    }
}
