//! Breaches of personal data.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    foundation::error::Result,
    identity::account::rule::AccountLanguage,
    privacy::breach::{
        input::{
            CloseBreachInput, ContainBreachInput, NotifyBreachAuthorityInput, NotifyBreachPersonsInput,
            RecordBreachInput, ReopenBreachInput, UpdateBreachInput,
        },
        letter,
        read::{self, BreachFilter},
        view::{Breach, BreachId, BreachLetter},
        write::{
            CloseBreach, ContainBreach, NotifyBreachAuthority, NotifyBreachPersons, RecordBreach,
            ReopenBreach, UpdateBreach,
        },
    },
};

#[ComplexObject]
impl Breach {}

/// Reads.
#[derive(Default)]
pub struct BreachQuery;

#[Object]
impl BreachQuery {
    /// The register of breaches of personal data: those that are not closed first, by when their 72 hours are over. For
    /// the ministry alone.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn breaches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<BreachFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Breach>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One breach by its id, with its clock.
    async fn breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The breach's id.")] id: BreachId,
    ) -> Result<Breach> {
        read::find(call(ctx)?, id).await
    }

    /// The text that goes to the persons whom a breach touches, made from what is recorded: which data, when and how it
    /// came out, what is done, whom to ask (UU 27/2022, article 46).
    async fn breach_notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The breach's id.")] id: BreachId,
        #[graphql(desc = "In which language; Indonesian unless said.")] language: Option<AccountLanguage>,
    ) -> Result<BreachLetter> {
        letter::find(call(ctx)?, id, language).await
    }
}

/// Commands.
#[derive(Default)]
pub struct BreachMutation;

#[Object]
impl BreachMutation {
    /// Writes down what is known of a breach so far; the 72 hours run from when it was found out. Never write a person's
    /// name.
    async fn record_breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known.")] input: RecordBreachInput,
    ) -> Result<Breach> {
        with_key(ctx)?.write(RecordBreach(input)).await
    }

    /// Changes what is known better by now, until the breach is closed. When it was found out never changes.
    async fn update_breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The breach's id.")] id: BreachId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateBreachInput,
    ) -> Result<Breach> {
        with_key(ctx)?.write(UpdateBreach { id, version, input }).await
    }

    /// Says when a breach was stopped. The 72 hours run on.
    async fn contain_breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The breach's id.")] id: BreachId,
        #[graphql(desc = "When.")] input: ContainBreachInput,
    ) -> Result<Breach> {
        with_key(ctx)?.write(ContainBreach { id, input }).await
    }

    /// Says that the authority was told of a breach: when, how and under which number; or why it need not be told.
    async fn notify_breach_authority(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The breach's id.")] id: BreachId,
        #[graphql(desc = "When and how, or why not.")] input: NotifyBreachAuthorityInput,
    ) -> Result<Breach> {
        with_key(ctx)?.write(NotifyBreachAuthority { id, input }).await
    }

    /// Says that the persons were told of a breach: when the last of them was, how, and how many; or why they need not be.
    async fn notify_breach_persons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The breach's id.")] id: BreachId,
        #[graphql(desc = "When, how and how many, or why not.")] input: NotifyBreachPersonsInput,
    ) -> Result<Breach> {
        with_key(ctx)?.write(NotifyBreachPersons { id, input }).await
    }

    /// Closes a breach once it was stopped, everybody was told or it is said why not, and something was learnt.
    async fn close_breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The breach's id.")] id: BreachId,
        #[graphql(desc = "What was learnt.")] input: CloseBreachInput,
    ) -> Result<Breach> {
        with_key(ctx)?.write(CloseBreach { id, input }).await
    }

    /// Takes a breach one step back: a closed one is looked at again, a contained one turned out to go on.
    async fn reopen_breach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The breach's id.")] id: BreachId,
        #[graphql(desc = "Why.")] input: ReopenBreachInput,
    ) -> Result<Breach> {
        with_key(ctx)?.write(ReopenBreach { id, input }).await
    }
}
