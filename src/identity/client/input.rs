//! What callers may say about a client.

use async_graphql::{InputObject, MaybeUndefined};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    jwks,
    metadata::Metadata,
    rule::{ClientAuthMethod, ClientGrantType, OAuthClientKind, OAuthClientStatus},
};
use crate::{
    access::oauth_scope::OAuthScope,
    foundation::error::{Faults, Result},
};

/// What to narrow a list of clients by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "OAuthClientFilter")]
#[into_params(parameter_in = Query)]
pub struct OAuthClientFilter {
    /// Only those that stand there.
    pub status: Option<OAuthClientStatus>,
}

/// What a new client is.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "RegisterOAuthClientInput")]
pub struct RegisterOAuthClientInput {
    /// What people are asked to trust, at most 80 characters.
    #[schema(example = "Aplikasi Guru", min_length = 1, max_length = 80)]
    pub name: String,
    /// Whether it can keep a secret.
    pub kind: OAuthClientKind,
    /// Where codes may be sent, exactly: `https` with a host name, `http` on `127.0.0.1` or `[::1]` (at any port), or a
    /// scheme of the app's own, its domain turned round (`id.contoh.aplikasi:/callback`). At most 10, of 512 bytes.
    #[serde(default)]
    #[graphql(default)]
    #[schema(max_items = 10)]
    pub redirect_uris: Vec<String>,
    /// What it turns into tokens. Public clients may not act for themselves (`client_credentials`).
    #[schema(min_items = 1, max_items = 3)]
    pub grant_types: Vec<ClientGrantType>,
    /// What it may ask for.
    #[schema(min_items = 1, max_items = 50)]
    pub scopes: Vec<OAuthScope>,
    /// How it proves to be who it says: `none` for public clients, one of the others for systems.
    pub auth_method: ClientAuthMethod,
    /// Its public keys for `private_key_jwt`: a JWK Set (RFC 7517) as JSON text, at most 10 keys, for ES256, EdDSA,
    /// RS256 or PS256. Never a private key.
    #[schema(max_length = 16384)]
    pub jwks: Option<String>,
    /// Whom to write to about it, at most 200 characters.
    #[schema(example = "tim.aplikasi@contoh.id", min_length = 1, max_length = 200)]
    pub contact: String,
    /// Its page, by `https`.
    #[schema(example = "https://aplikasi.contoh.id", max_length = 500)]
    pub homepage: Option<String>,
    /// The page that says what it does with data, by `https`.
    #[schema(example = "https://aplikasi.contoh.id/privasi", max_length = 500)]
    pub policy_uri: Option<String>,
    /// Whether its tokens must be bound to a key of the device (DPoP, RFC 9449).
    #[serde(default)]
    #[graphql(default)]
    pub dpop_required: bool,
    /// Whether it only runs GraphQL documents that are known already.
    #[serde(default)]
    #[graphql(default)]
    pub persisted_only: bool,
    /// Whether it still waits for a decision; else it is approved at once.
    #[serde(default)]
    #[graphql(default)]
    pub pending: bool,
}

impl RegisterOAuthClientInput {
    /// What it says, checked.
    pub(super) fn metadata(&self) -> Result<Metadata> {
        let mut faults = Faults::new();
        let jwks = self.jwks.as_deref().and_then(|text| faults.take("/jwks", jwks::parse(text)));
        faults.done()?;
        Metadata {
            name: self.name.clone(),
            kind: self.kind,
            redirect_uris: self.redirect_uris.clone(),
            grant_types: self.grant_types.iter().copied().collect(),
            scopes: self.scopes.iter().copied().collect(),
            auth_method: self.auth_method,
            jwks,
            contact: self.contact.clone(),
            homepage: self.homepage.clone(),
            policy_uri: self.policy_uri.clone(),
        }
        .checked()
    }
}

/// What may be changed about a client; what is left out stays (JSON merge patch, RFC 7396). Kind, grant types and the
/// way it proves itself stay: whoever needs others registers another client.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "UpdateOAuthClientInput")]
pub struct UpdateOAuthClientInput {
    /// What people are asked to trust, at most 80 characters. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 80)]
    pub name: MaybeUndefined<String>,
    /// Where codes may be sent, all of them. Never null.
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false, max_items = 10)]
    pub redirect_uris: MaybeUndefined<Vec<String>>,
    /// What it may ask for, all of it. Never null.
    #[serde(default)]
    #[schema(value_type = Vec<OAuthScope>, required = false, min_items = 1, max_items = 50)]
    pub scopes: MaybeUndefined<Vec<OAuthScope>>,
    /// Its public keys, all of them: a JWK Set as JSON text.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, max_length = 16384)]
    pub jwks: MaybeUndefined<String>,
    /// Whom to write to about it, at most 200 characters. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    pub contact: MaybeUndefined<String>,
    /// Its page, by `https`; null when there is none.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, max_length = 500)]
    pub homepage: MaybeUndefined<String>,
    /// The page that says what it does with data, by `https`; null when there is none.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, max_length = 500)]
    pub policy_uri: MaybeUndefined<String>,
    /// Whether its tokens must be bound to a key of the device. Never null.
    #[serde(default)]
    #[schema(value_type = bool, required = false)]
    pub dpop_required: MaybeUndefined<bool>,
    /// Whether it only runs GraphQL documents that are known already. Never null.
    #[serde(default)]
    #[schema(value_type = bool, required = false)]
    pub persisted_only: MaybeUndefined<bool>,
}

/// Why a client is refused or suspended.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "OAuthClientReasonInput")]
pub struct OAuthClientReasonInput {
    /// In your words; its developers are told. At most 500 characters.
    #[schema(example = "Kebijakan privasinya belum dapat dibaca.", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What a new secret is.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "CreateOAuthClientSecretInput")]
pub struct CreateOAuthClientSecretInput {
    /// For how many days it shall be good, 1 to 366; 180 unless said.
    #[schema(example = 180, minimum = 1, maximum = 366)]
    pub days: Option<i64>,
}
