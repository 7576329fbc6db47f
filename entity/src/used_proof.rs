//! A signed proof that was used (a client's assertion, RFC 7523; a DPoP proof, RFC 9449), so that none is taken twice.

use sea_orm::entity::prelude::*;

/// One row of `used_proof`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "used_proof")]
pub struct Model {
    /// Whose: `assertion:` and the client, or `dpop:` and the key's thumbprint.
    #[sea_orm(primary_key, auto_increment = false)]
    pub issuer: String,
    /// Its id, hashed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub jti: String,
    /// From then on it would be refused anyway; then the row may go.
    pub expires_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
