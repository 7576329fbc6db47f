//! The way back from a provider.

use std::sync::Arc;

use entity::upstream_sign_in;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    Refusal, Step, Upstream, link,
    start::Proofs,
    token::{self, Proven},
};
use crate::{
    access::{context::Services, provider::Provider},
    foundation::{error::Result, transaction::Tx},
    identity::{
        protocol,
        sign_in::{secret, session::Stage},
    },
};

/// The longest code that is passed on, bytes.
const LONGEST_CODE: usize = 2_048;

/// What a browser brings back (RFC 6749, section 4.1.2; RFC 9207).
#[derive(Debug, Default)]
pub struct Back {
    /// What we sent along.
    pub state: Option<String>,
    /// What to ask the provider with.
    pub code: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// Who sends the browser back.
    pub iss: Option<String>,
    /// What the browser kept meanwhile.
    pub browser: Option<String>,
}

/// Somebody is signed in.
pub struct Arrived {
    /// The value of the session's cookie.
    pub cookie: String,
    /// Whether a second factor is still to be proved, or made.
    pub stage: Stage,
    /// Where they wanted to go: a path of ours.
    pub next: String,
}

/// Ends a sign-in that [`start`](super::start) began: the state once, the code exchanged, the ID token proven, the
/// account found.
///
/// # Errors
/// `unavailable` when too many writes wait, `internal`.
pub async fn finish(
    services: &Arc<Services>,
    upstream: &Upstream,
    provider: &Provider,
    back: Back,
    request_id: &str,
) -> Step<Arrived> {
    let whole = |text: Option<String>| text.filter(|text| secret::is_one(text));
    let (Some(state), Some(browser)) = (whole(back.state), whole(back.browser)) else {
        return Ok(Err(Refusal::Lost));
    };
    let Some(next) = taken(services, provider, &state, &browser, request_id).await? else {
        return Ok(Err(Refusal::Lost));
    };
    // A code is asked for only at the provider that this sign-in began with (RFC 9207, section 2.4).
    if back.iss.as_ref().is_some_and(|iss| *iss != provider.issuer) {
        tracing::warn!(provider = provider.name, "another issuer sent somebody back");
        return Ok(Err(Refusal::Untrusted));
    }
    if let Some(error) = &back.error {
        let denied = matches!(error.as_str(), "access_denied" | "login_required" | "interaction_required");
        return Ok(Err(if denied { Refusal::Denied } else { Refusal::Away }));
    }
    let Some(code) = back.code.filter(|code| (1..=LONGEST_CODE).contains(&code.len())) else {
        return Ok(Err(Refusal::Untrusted));
    };
    let named = back.iss.is_some();
    let Proofs { nonce, verifier } = Proofs::of(&services.keyring, &state, &browser);
    let proven = async {
        let fetch = upstream.fetch(provider).ok_or(Refusal::Away)?;
        if !named && upstream.known(services, provider, &fetch).await?.names_itself() {
            tracing::warn!(provider = provider.name, "somebody came back without the issuer's name");
            return Err(Refusal::Untrusted);
        }
        token::proven(services, upstream, provider, code, verifier, &nonce).await
    };
    let Proven { subject, claims } = match Box::pin(proven).await {
        Ok(proven) => proven,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let arrived = link::signed_in(services, provider, subject, claims, request_id).await?;
    Ok(arrived.map(|(cookie, stage)| Arrived { cookie, stage, next }))
}

/// Takes the sign-in of this state, browser and provider, once: where it wanted to go.
async fn taken(
    services: &Arc<Services>,
    provider: &Provider,
    state: &str,
    browser: &str,
    request_id: &str,
) -> Result<Option<String>> {
    let row = (secret::hash(state), secret::hash(browser), provider.name.clone());
    let subject = format!("provider:{}", provider.name);
    protocol::write(services, "upstream.back", &subject, request_id, move |tx| {
        let row = row.clone();
        Box::pin(async move { take(tx, row).await })
    })
    .await
}

async fn take(tx: &Tx, (state, browser, provider): (String, String, String)) -> Result<Option<String>> {
    let found = upstream_sign_in::Entity::find_by_id(state.clone())
        .filter(upstream_sign_in::Column::BrowserHash.eq(browser))
        .filter(upstream_sign_in::Column::Provider.eq(provider))
        .filter(upstream_sign_in::Column::ExpiresAt.gt(tx.now()))
        .one(tx.db())
        .await?;
    let Some(found) = found else { return Ok(None) };
    // Of two that come at once one finds the row gone.
    let gone = upstream_sign_in::Entity::delete_by_id(state).exec(tx.db()).await?;
    Ok((gone.rows_affected == 1).then_some(found.next))
}
