//! A consent as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::{app_authorization, oauth_client};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::oauth_scope::OAuthScope,
    foundation::id::{Id, Kind},
    identity::oauth::scopes,
};

/// The id of a consent.
pub type AppAuthorizationId = Id<AppAuthorization>;

impl Kind for AppAuthorization {
    const NAME: &'static str = "AppAuthorization";
}

/// What you agreed that one app may do for you.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppAuthorization {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AppAuthorizationId,
    /// The app's `client_id`.
    #[schema(format = "uuid", example = "01a200fb-5100-7d74-b291-baff8d6b0109")]
    pub client_id: String,
    /// What the app is called.
    #[schema(example = "Buku Guru", max_length = 200)]
    pub client_name: String,
    /// The app's page; null where it has none.
    #[schema(example = "https://bukuguru.example", format = "uri", max_length = 2000)]
    pub client_homepage: Option<String>,
    /// What it may do for you.
    #[schema(max_items = 40)]
    pub scopes: Vec<OAuthScope>,
    /// When you last agreed.
    pub given_at: DateTime<Utc>,
    /// When you withdrew it; null while it is in force.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When the app last asked for a token; null where it never did.
    pub used_at: Option<DateTime<Utc>>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When you first agreed.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl AppAuthorization {
    /// A consent to an app.
    pub fn new(row: app_authorization::Model, client: oauth_client::Model) -> Self {
        Self {
            id: row.id.into(),
            client_id: row.client_id.to_string(),
            client_name: client.name,
            client_homepage: client.homepage,
            scopes: scopes(&row.scopes).into_iter().collect(),
            given_at: row.given_at,
            withdrawn_at: row.withdrawn_at,
            used_at: row.used_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
