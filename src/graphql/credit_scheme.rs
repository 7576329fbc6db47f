//! Credit schemes.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    community::credit::scheme::{
        input::{CreateCreditSchemeInput, UpdateCreditSchemeInput},
        read::{self, CreditSchemeFilter},
        view::{CreditScheme, CreditSchemeId},
        write::{CreateCreditScheme, PublishCreditScheme, RetireCreditScheme, UpdateCreditScheme},
    },
    directory::organisation::view::Organisation,
    foundation::error::Result,
    training::program::view::Program,
};

#[ComplexObject]
impl CreditScheme {
    /// The program whose title, form, hours and competencies the certificates carry; null while it is a draft
    /// outside your reach.
    async fn program(&self, ctx: &Context<'_>) -> std::result::Result<Option<Program>, Shared> {
        loader::opt(ctx, self.program_id).await
    }

    /// Who offers that program, and issues the certificates.
    async fn provider(&self, ctx: &Context<'_>) -> std::result::Result<Organisation, Shared> {
        loader::one(ctx, self.provider_id, "organisation").await
    }
}

/// Reads.
#[derive(Default)]
pub struct CreditSchemeQuery;

#[Object]
impl CreditSchemeQuery {
    /// The rules by which what communities do adds up to credit hours, by code; each edition is a row of its own.
    /// Drafts are shown to their provider's staff only.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn credit_schemes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<CreditSchemeFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<CreditScheme>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One edition of a credit scheme by its id.
    async fn credit_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The scheme's id.")] id: CreditSchemeId,
    ) -> Result<CreditScheme> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct CreditSchemeMutation;

#[Object]
impl CreditSchemeMutation {
    /// Drafts a credit scheme for a program of your organisation. A new edition names the one it follows. It is
    /// shown to its provider's staff only, until it is published.
    async fn create_credit_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it asks for.")] input: CreateCreditSchemeInput,
    ) -> Result<CreditScheme> {
        with_key(ctx)?.write(CreateCreditScheme(input)).await
    }

    /// Changes a draft. What was published never changes: write a new edition.
    async fn update_credit_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The scheme's id.")] id: CreditSchemeId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateCreditSchemeInput,
    ) -> Result<CreditScheme> {
        with_key(ctx)?.write(UpdateCreditScheme { id, version, input }).await
    }

    /// Puts a scheme in force: from its first day on, cycles may begin by it; what it says never changes again.
    async fn publish_credit_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The scheme's id.")] id: CreditSchemeId,
    ) -> Result<CreditScheme> {
        with_key(ctx)?.write(PublishCreditScheme { id }).await
    }

    /// Ends a scheme: from today on no cycle begins by it; those that had begun are finished by it.
    async fn retire_credit_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The scheme's id.")] id: CreditSchemeId,
    ) -> Result<CreditScheme> {
        with_key(ctx)?.write(RetireCreditScheme { id }).await
    }
}
