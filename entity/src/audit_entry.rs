//! The append-only, hash-chained trail of every write.

use sea_orm::entity::prelude::*;

/// One row of `audit_entry`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// 1, 2, 3 … without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When.
    pub at: DateTimeUtc,
    /// Who.
    pub actor: String,
    /// Which command.
    pub action: String,
    /// What it did: of each event its kind, its subject's kind, id and version, and the hash of the whole event.
    pub subjects: Json,
    /// The request it came with.
    pub request_id: String,
    /// Hash of the entry before.
    pub previous_hash: String,
    /// Seal over this entry and previous_hash: HMAC-SHA-256 with the audit secret, hex.
    pub hash: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
