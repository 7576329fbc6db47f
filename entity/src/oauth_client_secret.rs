//! A secret of a confidential client, hashed; two may be good at once, so that one can be changed without a pause.

use sea_orm::entity::prelude::*;

/// One row of `oauth_client_secret`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "oauth_client_secret")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub client_id: Uuid,
    /// SHA-256 of the secret, hex: it has 256 random bits, so it needs no slow hash.
    pub hash: String,
    /// From then on it is no longer good.
    pub expires_at: DateTimeUtc,
    /// When it was withdrawn before its end.
    pub withdrawn_at: Option<DateTimeUtc>,
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
}

impl Related<super::oauth_client::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::OauthClient.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
