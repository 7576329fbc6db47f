//! The way to a provider.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use entity::upstream_sign_in;
use openidconnect::{
    AuthenticationFlow, CsrfToken, LanguageTag, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope,
    core::CoreResponseType,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{Refusal, Step, Upstream, token};
use crate::{
    access::{context::Services, keys::Keyring, provider::Provider},
    foundation::{error::Result, language::Language, transaction::Tx},
    identity::{protocol, sign_in::secret},
};

/// How long somebody may take over signing in at the provider.
const LASTS: TimeDelta = TimeDelta::minutes(10);
/// How long the browser keeps its half of a sign-in that is under way.
pub const COOKIE_SECONDS: i64 = 600;

/// A sign-in that has begun.
pub struct Started {
    /// The provider's page to send the browser to.
    pub location: String,
    /// What the browser keeps until it comes back, and tells nobody: without it nobody ends this sign-in.
    pub browser: String,
}

/// What proves to the provider, and to us, that a way back belongs to a way there. It follows from what travels, what
/// the browser keeps and what only the service knows: neither the database nor the browser alone leads to it.
pub(super) struct Proofs {
    /// Comes back inside the ID token (OpenID Connect Core 1.0, section 15.5.2).
    pub(super) nonce: Nonce,
    /// What only we can tell the provider with the code (RFC 7636).
    pub(super) verifier: PkceCodeVerifier,
}

impl Proofs {
    /// Of this state and this browser; both have the form of a secret, so they cannot run into each other.
    pub(super) fn of(keyring: &Keyring, state: &str, browser: &str) -> Self {
        let key = keyring.upstream();
        let made = |label: &[u8]| BASE64.encode(key.mac(&[label, state.as_bytes(), browser.as_bytes()]));
        Self { nonce: Nonce::new(made(b"nonce ")), verifier: PkceCodeVerifier::new(made(b"verifier ")) }
    }
}

/// Begins to sign somebody in with `provider`; afterwards they go to `next`, a path of ours that the face has checked.
///
/// # Errors
/// `unavailable` when too many writes wait.
pub async fn start(
    services: &Arc<Services>,
    upstream: &Upstream,
    provider: &Provider,
    next: &str,
    language: Language,
    request_id: &str,
) -> Step<Started> {
    let Some(fetch) = upstream.fetch(provider) else { return Ok(Err(Refusal::Away)) };
    let known = match Box::pin(upstream.known(services, provider, &fetch)).await {
        Ok(known) => known,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(client) = token::client(services, provider, &known.metadata) else {
        return Ok(Err(Refusal::Away));
    };
    let (state, browser) = (secret::fresh(&services.ids), secret::fresh(&services.ids));
    let Proofs { nonce, verifier } = Proofs::of(&services.keyring, &state, &browser);
    let row = (secret::hash(&state), secret::hash(&browser), provider.name.clone(), next.to_owned());
    let subject = format!("provider:{}", provider.name);
    protocol::write(services, "upstream.start", &subject, request_id, move |tx| {
        let row = row.clone();
        Box::pin(async move { keep(tx, row).await })
    })
    .await?;
    let state = CsrfToken::new(state);
    let language = provider.language.clone().unwrap_or_else(|| language.tag().to_owned());
    let (location, ..) = client
        .authorize_url(AuthenticationFlow::<CoreResponseType>::AuthorizationCode, || state, || nonce)
        .add_scopes(provider.scopes.iter().filter(|s| *s != "openid").cloned().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_ui_locale(LanguageTag::new(language))
        .url();
    Ok(Ok(Started { location: location.into(), browser }))
}

/// Keeps what belongs to the way back, and lets go of those whose time is up.
async fn keep(
    tx: &Tx,
    (state_hash, browser_hash, provider, next): (String, String, String, String),
) -> Result<()> {
    upstream_sign_in::Entity::delete_many()
        .filter(upstream_sign_in::Column::ExpiresAt.lt(tx.now()))
        .exec(tx.db())
        .await?;
    let row = upstream_sign_in::ActiveModel {
        state_hash: Set(state_hash),
        browser_hash: Set(browser_hash),
        provider: Set(provider),
        next: Set(next),
        expires_at: Set(tx.now() + LASTS),
        created_at: Set(tx.now()),
    };
    upstream_sign_in::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}
