//! What communities' work counts for.

use async_graphql::{Context, Object};
use chrono::NaiveDate;

use super::node::{call, with_key};
use crate::{
    certification::certificate::view::Certificate,
    community::{
        credit::{
            read::{self, Asked},
            scheme::view::CreditSchemeId,
            view::CreditStatement,
            write::{ClaimCredit, ClaimCreditInput},
        },
        group::view::CommunityId,
    },
    directory::person::view::PersonId,
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct CreditQuery;

#[Object]
impl CreditQuery {
    /// How one cycle of a community's work stands for one person: each component with what it takes and what there
    /// is, and each activity with what it counts for, or why it does not count. A person sees their own; regional
    /// officers those of their region. It is about one person and compares nobody.
    async fn credit_statement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Whose credit; leave out for your own.")] person_id: Option<PersonId>,
        #[graphql(desc = "Any edition of the scheme; the one in force when the cycle began counts.")]
        scheme_id: CreditSchemeId,
        #[graphql(
            desc = "First day of the cycle, not after today; leave out for the cycle that ends today."
        )]
        starts_on: Option<NaiveDate>,
    ) -> Result<CreditStatement> {
        read::statement(call(ctx)?, id, Asked { person: person_id, scheme: scheme_id, starts_on }).await
    }
}

/// Commands.
#[derive(Default)]
pub struct CreditMutation;

#[Object]
impl CreditMutation {
    /// Claims the certificate of a cycle in which every component is met: freezes and signs what was done, and
    /// gives it the next number. The activities count for this person once and for ever, and what was reported
    /// of them stays as it is. A second claim of the cycle is refused with `credit_already_claimed`, also after a
    /// revocation.
    async fn claim_credit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "For whom, by which scheme and for which cycle.")] input: ClaimCreditInput,
    ) -> Result<Certificate> {
        with_key(ctx)?.write(ClaimCredit { id, input }).await
    }
}
