//! Consent to optional sharing.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    directory::{
        person::view::PersonId,
        sharing_consent::{
            read::{self, SharingConsentFilter},
            texts::{self, ConsentTexts},
            view::{SharingConsent, SharingConsentId},
            write::{GiveSharingConsent, GiveSharingConsentInput, WithdrawSharingConsent},
        },
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct SharingConsentQuery;

#[Object]
impl SharingConsentQuery {
    /// What people are asked to agree to, in both languages: each text with its edition and its SHA-256. Anyone may
    /// read them.
    async fn consent_texts(&self) -> Result<ConsentTexts> {
        Ok(texts::all())
    }

    /// What you agreed to, ended or not, the newest first. The ministry, which must be able to prove a consent, reads
    /// those of everybody.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn sharing_consents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<SharingConsentFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<SharingConsent>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct SharingConsentMutation;

#[Object]
impl SharingConsentMutation {
    /// Agrees to share something, for yourself alone. `edition` is that of the words you have read, from
    /// `consentTexts`; what was agreed to in an older edition counts no longer.
    async fn give_sharing_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your own id as a person.")] id: PersonId,
        #[graphql(desc = "To what, in which words.")] input: GiveSharingConsentInput,
    ) -> Result<SharingConsent> {
        with_key(ctx)?.write(GiveSharingConsent { person: id, input }).await
    }

    /// Takes a consent back; no reason is needed. It counts no longer from the next read on, and the record of it
    /// stays.
    async fn withdraw_sharing_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The consent's id.")] id: SharingConsentId,
    ) -> Result<SharingConsent> {
        with_key(ctx)?.write(WithdrawSharingConsent { id }).await
    }
}
