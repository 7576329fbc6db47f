//! What a repeated request is answered with.

use sea_orm::entity::prelude::*;

/// One row of `idempotency_key`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Whose key: the subject, and a hash of the grants it came with.
    #[sea_orm(primary_key, auto_increment = false)]
    pub caller: String,
    /// As the client chose it, with the command.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the request it was first used for.
    pub request_hash: String,
    /// The command's answer. [personal: as the answer; purpose: the same answer to the same request]
    pub response: Json,
    /// When.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
