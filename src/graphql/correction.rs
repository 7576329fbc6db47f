//! Corrections that persons ask for in their records.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    directory::{
        correction::{
            input::{DecideCorrectionInput, RequestCorrectionInput},
            read::{self, CorrectionFilter},
            view::{Correction, CorrectionId},
            write::{AcceptCorrection, RejectCorrection, RequestCorrection, WithdrawCorrection},
        },
        person::view::{Person, PersonId},
    },
    foundation::error::Result,
};

#[ComplexObject]
impl Correction {
    /// Whose record, as it is now.
    async fn person(&self, ctx: &Context<'_>) -> std::result::Result<Option<Person>, Shared> {
        loader::edge(ctx, Some(self.person_id)).await
    }
}

/// Reads.
#[derive(Default)]
pub struct CorrectionQuery;

#[Object]
impl CorrectionQuery {
    /// Corrections: your own, and those that you decide about. What must be answered first comes first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn corrections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<CorrectionFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Correction>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One correction: yours, or one that you decide about.
    async fn correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The correction's id.")] id: CorrectionId,
    ) -> Result<Correction> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct CorrectionMutation;

#[Object]
impl CorrectionMutation {
    /// Asks that your own record be corrected; it is answered within 72 hours. At most three wait at once.
    async fn request_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
        #[graphql(desc = "What is wrong, and why.")] input: RequestCorrectionInput,
    ) -> Result<Correction> {
        with_key(ctx)?.write(RequestCorrection { id, input }).await
    }

    /// Accepts a correction: the record is changed as it was asked for, all of it or nothing.
    async fn accept_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The correction's id.")] id: CorrectionId,
        #[graphql(desc = "Why, for the person.")] input: DecideCorrectionInput,
    ) -> Result<Correction> {
        with_key(ctx)?.write(AcceptCorrection { id, input }).await
    }

    /// Rejects a correction, for a reason that the person reads.
    async fn reject_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The correction's id.")] id: CorrectionId,
        #[graphql(desc = "Why, for the person.")] input: DecideCorrectionInput,
    ) -> Result<Correction> {
        with_key(ctx)?.write(RejectCorrection { id, input }).await
    }

    /// Takes back a correction that you asked for, while it waits.
    async fn withdraw_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The correction's id.")] id: CorrectionId,
    ) -> Result<Correction> {
        with_key(ctx)?.write(WithdrawCorrection(id)).await
    }
}
