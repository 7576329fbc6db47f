//! What a provider says of itself (OpenID Connect Discovery 1.0), kept for an hour.

use std::sync::Arc;

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

impl Upstream {
    /// What `provider` says of itself; asked anew where that is older than an hour.
    pub(super) async fn known(
        &self,
        services: &Services,
        provider: &Provider,
        fetch: &Fetch,
    ) -> Result<Arc<Known>, Refusal> {
        let now = services.clock.now();
        let kept = self.kept().get(&provider.name).cloned();
        match kept {
            Some(known) if now.signed_duration_since(known.read_at) < KEPT => Ok(known),
            _ => self.asked(services, provider, fetch).await,
        }
    }

    /// What `provider` says of itself now: for when it signed with a key that nobody knows yet.
    pub(super) async fn asked(
        &self,
        services: &Services,
        provider: &Provider,
        fetch: &Fetch,
    ) -> Result<Arc<Known>, Refusal> {
        let away = |why: &str| {
            tracing::warn!(provider = provider.name, why, "a provider cannot be used");
            Refusal::Away
        };
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|_| away("its issuer is no address"))?;
        let metadata = Metadata::discover_async(issuer, fetch).await.map_err(|error| away(&told(&error)))?;
        if !fetch.may_ask(metadata.authorization_endpoint().url()) {
            return Err(away("its page for signing in is not reached over TLS"));
        }
        let known = Arc::new(Known { metadata, read_at: services.clock.now() });
        self.kept().insert(provider.name.clone(), known.clone());
        Ok(known)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, std::collections::HashMap<String, Arc<Known>>> {
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
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
