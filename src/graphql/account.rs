//! Accounts.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    foundation::error::Result,
    identity::account::{
        input::{BlockAccountInput, InviteAccountInput, RemoveAccountSecondFactorInput},
        read::{self, AccountFilter},
        step::{BlockAccount, RemoveAccountSecondFactor, SendAccountReset, UnblockAccount},
        view::{Account, AccountId},
        write::InviteAccount,
    },
};

#[ComplexObject]
impl Account {}

/// Reads.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Who can sign in, of those you look after, by login.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<AccountFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Account>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One account by its id. Nothing with which somebody could sign in is shown.
    async fn account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account's id.")] id: AccountId,
    ) -> Result<Account> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Makes an account and mails its owner a link, good once and for seven days, with which they set a password. A person
    /// has one account at most. The link is never shown here.
    async fn invite_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is invited.")] input: InviteAccountInput,
    ) -> Result<Account> {
        with_key(ctx)?.write(InviteAccount { input, by_mail: true }).await
    }

    /// Blocks an account: nobody signs in with it any more; every session ends, and what apps hold for it is good no more.
    async fn block_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account's id.")] id: AccountId,
        #[graphql(desc = "Why.")] input: BlockAccountInput,
    ) -> Result<Account> {
        with_key(ctx)?.write(BlockAccount { id, input }).await
    }

    /// Takes a block back: its owner may sign in again, with the password they had.
    async fn unblock_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account's id.")] id: AccountId,
    ) -> Result<Account> {
        with_key(ctx)?.write(UnblockAccount { id }).await
    }

    /// Mails the owner a link to set a password, good once and for an hour; a new invitation where they never set one.
    /// The link is never shown here.
    async fn send_account_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account's id.")] id: AccountId,
    ) -> Result<Account> {
        with_key(ctx)?.write(SendAccountReset { id }).await
    }

    /// Removes the second factor of somebody who lost phone and codes. Every session ends.
    async fn remove_account_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account's id.")] id: AccountId,
        #[graphql(desc = "Why.")] input: RemoveAccountSecondFactorInput,
    ) -> Result<Account> {
        with_key(ctx)?.write(RemoveAccountSecondFactor { id, input }).await
    }
}
