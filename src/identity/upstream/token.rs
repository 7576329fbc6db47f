//! What a provider says of somebody: the code is exchanged, and the ID token that comes back is proven before anything
//! in it is read (OpenID Connect Core 1.0, section 3.1.3.7).

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields,
    IdTokenVerifier, Nonce, OAuth2TokenResponse, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Refusal, Upstream, back_url, discovery::Metadata, fetch::Fetch};
use crate::access::{context::Services, provider::Provider};

/// How far the provider's clock may be from ours.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);
/// How old an ID token may be: it was made for the exchange that brought it.
const OLDEST: TimeDelta = TimeDelta::minutes(10);

/// Claims that OpenID Connect does not name: `hd`, `nuptk`, whatever a provider adds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Others(BTreeMap<String, Value>);

impl AdditionalClaims for Others {}

type Fields = IdTokenFields<
    Others,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// What the token endpoint answers.
type Answer = StandardTokenResponse<Fields, CoreTokenType>;

/// A client of one provider.
pub(super) type Client = openidconnect::Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Who came: the provider's name for them, and all that it says of them, proven.
pub(super) struct Proven {
    pub(super) subject: String,
    pub(super) claims: Value,
}

/// The client as which we speak to `provider`; none where our own address is no URL.
pub(super) fn client(services: &Services, provider: &Provider, metadata: &Metadata) -> Option<Client> {
    let back = RedirectUrl::new(back_url(services, provider)).ok()?;
    let secret = ClientSecret::new(provider.client_secret.clone());
    let client = Client::from_provider_metadata(
        metadata.clone(),
        ClientId::new(provider.client_id.clone()),
        Some(secret),
    );
    Some(client.set_redirect_uri(back).set_auth_type(auth_type(metadata)))
}

/// Basic, unless the provider knows only the secret in the body (OpenID Connect Core 1.0, section 9).
fn auth_type(metadata: &Metadata) -> AuthType {
    let known = metadata.token_endpoint_auth_methods_supported();
    let takes = |method: &CoreClientAuthMethod| known.is_some_and(|all| all.contains(method));
    if takes(&CoreClientAuthMethod::ClientSecretPost) && !takes(&CoreClientAuthMethod::ClientSecretBasic) {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

/// Exchanges `code` and proves what comes back.
pub(super) async fn proven(
    services: &Services,
    upstream: &Upstream,
    provider: &Provider,
    code: String,
    verifier: PkceCodeVerifier,
    nonce: &Nonce,
) -> Result<Proven, Refusal> {
    let fetch = upstream.fetch(provider).ok_or(Refusal::Away)?;
    let known = upstream.known(services, provider, &fetch).await?;
    let client = client(services, provider, &known.metadata).ok_or(Refusal::Away)?;
    let answer = exchanged(provider, &client, &fetch, code, verifier).await?;
    let now = services.clock.now();
    let refused = |why: &str| {
        tracing::warn!(provider = provider.name, why, "an ID token was refused");
        Refusal::Untrusted
    };
    match checked(provider, &known.metadata, now, &answer, nonce) {
        Ok(proven) => Ok(proven),
        // The provider has a new key, of which we do not know yet.
        Err(UNKNOWN_KEY) => {
            let known = upstream.renewed(services, provider, &fetch, &known).await?;
            checked(provider, &known.metadata, now, &answer, nonce).map_err(refused)
        }
        Err(why) => Err(refused(why)),
    }
}

async fn exchanged(
    provider: &Provider,
    client: &Client,
    fetch: &Fetch,
    code: String,
    verifier: PkceCodeVerifier,
) -> Result<Answer, Refusal> {
    let refused = |refusal: Refusal, why: &str| {
        tracing::warn!(provider = provider.name, why, "a code could not be exchanged");
        refusal
    };
    let request = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|_| refused(Refusal::Away, "the provider has no token endpoint"))?
        .set_pkce_verifier(verifier);
    request.request_async(fetch).await.map_err(|error| match error {
        RequestTokenError::Request(error) => refused(Refusal::Away, &error.to_string()),
        // What the provider wrote may hold what we sent: only that it refused is told.
        RequestTokenError::ServerResponse(_) => refused(Refusal::Untrusted, "the provider refused it"),
        _ => refused(Refusal::Untrusted, "the answer cannot be read"),
    })
}

const UNKNOWN_KEY: &str = "signed with a key that the provider does not publish";

/// What the ID token says, once all of it is proven. The time is ours.
fn checked(
    provider: &Provider,
    metadata: &Metadata,
    now: DateTime<Utc>,
    answer: &Answer,
    nonce: &Nonce,
) -> Result<Proven, &'static str> {
    let token = answer.id_token().ok_or("there is none")?;
    let algorithms = provider.algorithms.iter().filter_map(|name| algorithm(name));
    let client = ClientId::new(provider.client_id.clone());
    // A verifier for public clients never takes what is signed with the secret.
    let keys = metadata.jwks().clone();
    let verifier = IdTokenVerifier::new_public_client(client, metadata.issuer().clone(), keys)
        .set_allowed_algs(algorithms)
        .set_time_fn(move || now - LEEWAY)
        .set_issue_time_verifier_fn(move |at| {
            let good = at <= now + LEEWAY && at >= now - OLDEST;
            if good { Ok(()) } else { Err("issued at another time".to_owned()) }
        });
    let claims = token.claims(&verifier, nonce).map_err(|error| why(&error))?;
    if claims.authorized_party().is_some_and(|party| party.as_str() != provider.client_id) {
        return Err("made for another party");
    }
    if let Some(hash) = claims.access_token_hash() {
        let (alg, key) = (token.signing_alg(), token.signing_key(&verifier));
        let (Ok(alg), Ok(key)) = (alg, key) else { return Err("not signed") };
        let own = AccessTokenHash::from_token(answer.access_token(), alg, key);
        if own.ok().as_ref() != Some(hash) {
            return Err("of another access token");
        }
    }
    let subject = claims.subject().as_str().to_owned();
    // At most 255 ASCII letters (OpenID Connect Core 1.0, section 2); it is kept as it is.
    if subject.is_empty() || subject.len() > 255 {
        return Err("without a sound subject");
    }
    let claims = serde_json::to_value(claims).map_err(|_| "its claims cannot be written")?;
    Ok(Proven { subject, claims })
}

fn algorithm(name: &str) -> Option<CoreJwsSigningAlgorithm> {
    serde_json::from_value(Value::from(name)).ok()
}

/// Why a token is refused, without anything of the token.
fn why(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired, or issued at another time",
        ClaimsVerificationError::InvalidAudience(_) => "made for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "made by another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "made for another sign-in",
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            UNKNOWN_KEY
        }
        ClaimsVerificationError::SignatureVerification(_) => "not signed as agreed",
        _ => "not as agreed",
    }
}
