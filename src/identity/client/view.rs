//! A client, its secrets and its use as both faces show them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use entity::{client_use, oauth_client, oauth_client_secret};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::{
    metadata::Metadata,
    rule::{ClientAuthMethod, ClientGrantType, OAuthClientKind, OAuthClientStatus},
};
use crate::{
    access::{client_use::OAuthClientUseKind, oauth_scope::OAuthScope},
    foundation::{
        error::{Error, Fault, Result},
        id::{Id, Kind},
    },
};

/// The id of a client; also its `client_id` at the token endpoint.
pub type OAuthClientId = Id<OAuthClient>;
/// The id of a client's secret.
pub type OAuthClientSecretId = Id<OAuthClientSecret>;

impl Kind for OAuthClient {
    const NAME: &'static str = "OAuthClient";
}

impl Kind for OAuthClientSecret {
    const NAME: &'static str = "OAuthClientSecret";
}

/// An app or a system that may ask for tokens (OAuth 2.1, section 2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(name = "OAuthClient", complex)]
pub struct OAuthClient {
    /// Its id; as a UUID it is the `client_id` of OAuth.
    #[schema(value_type = String, format = "uuid")]
    pub id: OAuthClientId,
    /// What people are asked to trust.
    #[schema(example = "Aplikasi Guru", max_length = 80)]
    pub name: String,
    /// Whether it can keep a secret.
    pub kind: OAuthClientKind,
    /// Where it stands.
    pub status: OAuthClientStatus,
    /// Why it was refused or suspended; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// Where codes may be sent, exactly; on the device itself (`127.0.0.1`, `[::1]`) at any port.
    #[schema(max_items = 10)]
    pub redirect_uris: Vec<String>,
    /// What it turns into tokens.
    pub grant_types: Vec<ClientGrantType>,
    /// What it may ask for.
    pub scopes: Vec<OAuthScope>,
    /// How it proves to be who it says.
    pub auth_method: ClientAuthMethod,
    /// Its public keys, a JWK Set (RFC 7517) as JSON text; null where it signs nothing.
    #[schema(max_length = 16384)]
    pub jwks: Option<String>,
    /// Whom to write to about it.
    #[schema(example = "tim.aplikasi@contoh.id", max_length = 200)]
    pub contact: String,
    /// Its page.
    #[schema(example = "https://aplikasi.contoh.id", max_length = 500)]
    pub homepage: Option<String>,
    /// What it does with data.
    #[schema(example = "https://aplikasi.contoh.id/privasi", max_length = 500)]
    pub policy_uri: Option<String>,
    /// Whether its tokens must be bound to a key of the device (DPoP, RFC 9449).
    pub dpop_required: bool,
    /// Whether it only runs GraphQL documents that are known already.
    pub persisted_only: bool,
    /// Who brought it; `self` where it registered itself (RFC 7591).
    #[schema(max_length = 200)]
    pub registered_by: String,
    /// Who approved, refused, suspended or let it in again last; null while nobody did.
    #[schema(max_length = 200)]
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A secret of a system. It is shown once, when it is made; the service keeps only its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(name = "OAuthClientSecret")]
pub struct OAuthClientSecret {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: OAuthClientSecretId,
    /// The secret itself. Shown once, when it is made; null in reads.
    #[schema(max_length = 100)]
    pub secret: Option<String>,
    /// From then on it is no longer good.
    pub expires_at: DateTime<Utc>,
    /// When it was withdrawn before its end; null where it was not.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// 1, and 2 once it is withdrawn; what `If-Match` refers to.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// How often a client did something on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(name = "OAuthClientUse")]
pub struct OAuthClientUse {
    /// The day, where the issuer is.
    pub day: NaiveDate,
    /// What it did.
    pub kind: OAuthClientUseKind,
    /// How often. A crash may lose the last seconds.
    #[schema(minimum = 0)]
    pub count: i64,
}

/// A list in a JSON column.
pub(super) fn listed<T: DeserializeOwned>(what: &str, column: &serde_json::Value) -> Result<Vec<T>> {
    serde_json::from_value(column.clone()).map_err(|e| Error::internal(what, e))
}

/// What a row says of its client.
pub(super) fn metadata(row: &oauth_client::Model) -> Result<Metadata> {
    let known = |fault: Fault| Error::internal("an oauth_client", fault.code);
    Ok(Metadata {
        name: row.name.clone(),
        kind: OAuthClientKind::parse(&row.kind).map_err(known)?,
        redirect_uris: listed("oauth_client.redirect_uris", &row.redirect_uris)?,
        grant_types: listed("oauth_client.grant_types", &row.grant_types)?.into_iter().collect(),
        scopes: listed("oauth_client.scopes", &row.scopes)?.into_iter().collect(),
        auth_method: ClientAuthMethod::parse(&row.auth_method).map_err(known)?,
        jwks: row.jwks.clone(),
        contact: row.contact.clone(),
        homepage: row.homepage.clone(),
        policy_uri: row.policy_uri.clone(),
    })
}

impl TryFrom<oauth_client::Model> for OAuthClient {
    type Error = Error;

    fn try_from(row: oauth_client::Model) -> Result<Self> {
        let said = metadata(&row)?;
        let status = OAuthClientStatus::parse(&row.status);
        Ok(Self {
            id: row.id.into(),
            name: said.name,
            kind: said.kind,
            status: status.map_err(|f| Error::internal("oauth_client.status", f.code))?,
            status_reason: row.status_reason,
            redirect_uris: said.redirect_uris,
            grant_types: said.grant_types.into_iter().collect(),
            scopes: said.scopes.into_iter().collect(),
            auth_method: said.auth_method,
            jwks: said.jwks.map(|set| set.to_string()),
            contact: said.contact,
            homepage: said.homepage,
            policy_uri: said.policy_uri,
            dpop_required: row.dpop_required,
            persisted_only: row.persisted_only,
            registered_by: row.registered_by,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

impl From<oauth_client_secret::Model> for OAuthClientSecret {
    fn from(row: oauth_client_secret::Model) -> Self {
        Self {
            id: row.id.into(),
            secret: None,
            expires_at: row.expires_at,
            withdrawn_at: row.withdrawn_at,
            version: if row.withdrawn_at.is_some() { 2 } else { 1 },
            created_at: row.created_at,
        }
    }
}

impl TryFrom<client_use::Model> for OAuthClientUse {
    type Error = Error;

    fn try_from(row: client_use::Model) -> Result<Self> {
        let kind = OAuthClientUseKind::parse(&row.kind);
        let kind = kind.map_err(|f| Error::internal("client_use.kind", f.code))?;
        Ok(Self { day: row.day, kind, count: row.count })
    }
}
