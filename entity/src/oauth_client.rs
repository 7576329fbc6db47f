//! An app or a system that asks for tokens (RFC 6749, section 2).

use sea_orm::entity::prelude::*;

/// One row of `oauth_client`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "oauth_client")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What people are asked to trust.
    pub name: String,
    /// public (an app, keeps no secret) or confidential (a system).
    pub kind: String,
    /// pending, approved, refused, suspended.
    pub status: String,
    /// Why it was refused or suspended.
    pub status_reason: Option<String>,
    /// Where codes may be sent, exactly.
    pub redirect_uris: Json,
    /// authorization_code, refresh_token, client_credentials.
    pub grant_types: Json,
    /// The scopes it may ask for.
    pub scopes: Json,
    /// none, client_secret_basic, private_key_jwt.
    pub auth_method: String,
    /// Its public keys (RFC 7517), for private_key_jwt.
    pub jwks: Option<Json>,
    /// Whom to write to about it. [personal: contact; purpose: reach whoever runs the app]
    pub contact: String,
    /// Its page.
    pub homepage: Option<String>,
    /// What it does with data.
    pub policy_uri: Option<String>,
    /// Whether its tokens must be bound to a key (RFC 9449).
    pub dpop_required: bool,
    /// Whether it only runs GraphQL documents that are known.
    pub persisted_only: bool,
    /// Who brought it: `sub` of the token, or `self` for RFC 7591.
    pub registered_by: String,
    /// Who approved, refused or suspended it.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
