//! A code on its way from consent to token (RFC 6749, section 4.1.2): short-lived, used once.

use sea_orm::entity::prelude::*;

/// One row of `authorization_code`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authorization_code")]
pub struct Model {
    /// SHA-256 of the code, hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// For which app.
    pub client_id: Uuid,
    /// From which consent.
    pub authorization_id: Uuid,
    /// Where it was sent.
    pub redirect_uri: String,
    /// What the token may be used for.
    pub scopes: Json,
    /// PKCE, S256 (RFC 7636).
    pub code_challenge: String,
    /// Thumbprint of the key that the token must be bound to (RFC 9449, section 10).
    pub dpop_jkt: Option<String>,
    /// Whether whoever agreed had proved a second factor.
    pub second_factor: bool,
    /// The tokens that came of it; using it again revokes them.
    pub family_id: Option<Uuid>,
    /// When it was used.
    pub used_at: Option<DateTimeUtc>,
    /// From then on it is no longer good.
    pub expires_at: DateTimeUtc,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `client_id`.
    #[sea_orm(
        belongs_to = "super::oauth_client::Entity",
        from = "Column::ClientId",
        to = "super::oauth_client::Column::Id"
    )]
    OauthClient,
    /// By `authorization_id`.
    #[sea_orm(
        belongs_to = "super::app_authorization::Entity",
        from = "Column::AuthorizationId",
        to = "super::app_authorization::Column::Id"
    )]
    AppAuthorization,
}

impl Related<super::oauth_client::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::OauthClient.def()
    }
}

impl Related<super::app_authorization::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::AppAuthorization.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
