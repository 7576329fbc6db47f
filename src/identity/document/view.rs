//! A registered document as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::foundation::id::{Id, Kind};
use crate::identity::client::view::OAuthClientId;

/// The id of a registered document.
pub type ClientDocumentId = Id<ClientDocument>;

impl Kind for ClientDocument {
    const NAME: &'static str = "ClientDocument";
}

/// A GraphQL document that an app may send which sends no others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct ClientDocument {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ClientDocumentId,
    /// The app's id.
    #[schema(value_type = String, format = "uuid")]
    pub client_id: OAuthClientId,
    /// SHA-256 of the text in lower-case hexadecimal: what the app may send instead of it.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", max_length = 64)]
    pub sha256: String,
    /// What its makers call it.
    #[schema(example = "MyCertificates", max_length = 100)]
    pub name: String,
    /// The text.
    pub document: String,
    /// Always one: another text is another document.
    pub version: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

impl From<entity::client_document::Model> for ClientDocument {
    fn from(row: entity::client_document::Model) -> Self {
        Self {
            id: row.id.into(),
            client_id: row.client_id.into(),
            sha256: row.sha256,
            name: row.name,
            document: row.document,
            version: row.version,
            created_at: row.created_at,
        }
    }
}
