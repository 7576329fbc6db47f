//! The refresh tokens that follow from one consent at one device: only the newest is good.

use sea_orm::entity::prelude::*;

/// One row of `token_family`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "token_family")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which app.
    pub client_id: Uuid,
    /// From which consent.
    pub authorization_id: Uuid,
    /// What they may be used for.
    pub scopes: Json,
    /// Which one is the newest; 1 is the first.
    pub generation: i64,
    /// The newest generation whose access token was used; 0 where none was.
    pub confirmed: i64,
    /// Thumbprint of the key that they are bound to (RFC 9449).
    pub dpop_jkt: Option<String>,
    /// Whether whoever agreed had proved a second factor.
    pub second_factor: bool,
    /// When the newest was made.
    pub refreshed_at: DateTimeUtc,
    /// From then on none is good.
    pub expires_at: DateTimeUtc,
    /// When all were revoked.
    pub revoked_at: Option<DateTimeUtc>,
    /// signed_out, withdrawn, reused, code_reused, client, account.
    pub revoked_reason: Option<String>,
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
