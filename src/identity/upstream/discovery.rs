//! What a provider says of itself (OpenID Connect Discovery 1.0), kept for an hour, and for a day where the provider does
//! not answer. Of many who want it at once one asks; after a failure nobody asks for a while.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AdditionalProviderMetadata, DiscoveryError, IssuerUrl, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
        CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};

use super::{Refusal, Upstream, fetch::Fetch};
use crate::access::{context::Services, provider::Provider};

/// How long what a provider says of itself is believed without asking again.
const KEPT: TimeDelta = TimeDelta::hours(1);
/// How long it is still believed where asking again failed.
const OLDEST: TimeDelta = TimeDelta::hours(24);
/// How long a provider that failed is not asked again.
const RESTS: TimeDelta = TimeDelta::seconds(15);

/// What we read of a provider besides what OpenID Connect names.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Further {
    /// That it names itself when it sends people back (RFC 9207, section 3).
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: Option<bool>,
}

impl AdditionalProviderMetadata for Further {}

/// A provider's own description, with its keys.
pub(super) type Metadata = ProviderMetadata<
    Further,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A description and when it was read.
pub(super) struct Known {
    pub(super) metadata: Metadata,
    read_at: DateTime<Utc>,
}

impl Known {
    /// Whether the provider says that it names itself when it sends people back.
    pub(super) fn names_itself(&self) -> bool {
        self.metadata.additional_metadata().authorization_response_iss_parameter_supported == Some(true)
    }
}

/// What is kept of one provider.
#[derive(Default)]
pub(super) struct Kept {
    /// Held by whoever asks the provider.
    asking: tokio::sync::Mutex<()>,
    last: Mutex<Last>,
}

/// What the last answers were.
#[derive(Default)]
struct Last {
    known: Option<Arc<Known>>,
    failed_at: Option<DateTime<Utc>>,
}

impl Last {
    /// What was read less than `age` ago.
    fn younger(&self, now: DateTime<Utc>, age: TimeDelta) -> Option<Arc<Known>> {
        self.known.clone().filter(|known| now.signed_duration_since(known.read_at) < age)
    }

    /// Whether the provider failed just now. A clock that was set back makes nobody wait for longer.
    fn rests(&self, now: DateTime<Utc>) -> bool {
        self.failed_at.is_some_and(|at| now.signed_duration_since(at).abs() < RESTS)
    }
}

impl Kept {
    fn last(&self) -> std::sync::MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Upstream {
    /// What `provider` says of itself; asked anew where that is older than an hour.
    pub(super) async fn known(
        &self,
        services: &Services,
        provider: &Provider,
        fetch: &Fetch,
    ) -> Result<Arc<Known>, Refusal> {
        let kept = self.kept(provider);
        let fresh = || kept.last().younger(services.clock.now(), KEPT);
        if let Some(known) = fresh() {
            return Ok(known);
        }
        let _turn = kept.asking.lock().await;
        // Somebody else may have asked while we waited.
        if let Some(known) = fresh() {
            return Ok(known);
        }
        let asked = ask(&kept, services, provider, fetch).await;
        asked.or_else(|refusal| kept.last().younger(services.clock.now(), OLDEST).ok_or(refusal))
    }

    /// What `provider` says of itself now, when it signed with a key that is not in `before`.
    pub(super) async fn renewed(
        &self,
        services: &Services,
        provider: &Provider,
        fetch: &Fetch,
        before: &Arc<Known>,
    ) -> Result<Arc<Known>, Refusal> {
        let kept = self.kept(provider);
        let _turn = kept.asking.lock().await;
        let known = kept.last().known.clone();
        match known.filter(|known| !Arc::ptr_eq(known, before)) {
            Some(newer) => Ok(newer),
            None => ask(&kept, services, provider, fetch).await,
        }
    }

    fn kept(&self, provider: &Provider) -> Arc<Kept> {
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(provider.name.clone()).or_default().clone()
    }
}

/// Asks, unless it failed just now, and keeps what came of it. The caller holds `asking`.
async fn ask(
    kept: &Kept,
    services: &Services,
    provider: &Provider,
    fetch: &Fetch,
) -> Result<Arc<Known>, Refusal> {
    if kept.last().rests(services.clock.now()) {
        return Err(Refusal::Away);
    }
    let answer = Box::pin(described(provider, fetch)).await;
    let now = services.clock.now();
    match answer {
        Ok(metadata) => {
            let known = Arc::new(Known { metadata, read_at: now });
            *kept.last() = Last { known: Some(known.clone()), failed_at: None };
            Ok(known)
        }
        Err(why) => {
            tracing::warn!(provider = provider.name, why, "a provider does not say what it is");
            kept.last().failed_at = Some(now);
            Err(Refusal::Away)
        }
    }
}

/// What it says of itself, or what is wrong with that.
async fn described(provider: &Provider, fetch: &Fetch) -> Result<Metadata, String> {
    let issuer =
        IssuerUrl::new(provider.issuer.clone()).map_err(|_| "its issuer is no address".to_owned())?;
    let metadata = Metadata::discover_async(issuer, fetch).await.map_err(|error| told(&error))?;
    if !fetch.may_ask(metadata.authorization_endpoint().url()) {
        return Err("its page for signing in is not reached over TLS".to_owned());
    }
    Ok(metadata)
}

/// What went wrong, without what was answered.
fn told(error: &DiscoveryError<super::fetch::FetchError>) -> String {
    match error {
        DiscoveryError::Request(error) => error.to_string(),
        DiscoveryError::Response(status, ..) => format!("it answered {status} where it describes itself"),
        DiscoveryError::Parse(error) => format!("what it says of itself cannot be read at {}", error.path()),
        DiscoveryError::Validation(_) => "it says to be another issuer".to_owned(),
        _ => "what it says of itself cannot be read".to_owned(),
    }
}
