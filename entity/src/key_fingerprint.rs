//! Which keys the database depends on, by public name; never a key or a secret.

use sea_orm::entity::prelude::*;

/// One row of `key_fingerprint`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_fingerprint")]
pub struct Model {
    /// What the key is for: `token`, `certificate`, `cursor`, …
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: String,
    /// 1 for the first key of the purpose, 2 for the one that followed it. Of two nodes that
    /// add one at once the database lets one through.
    #[sea_orm(primary_key, auto_increment = false)]
    pub generation: i32,
    /// The kid of a signing key; the truncated hash of a secret.
    pub fingerprint: String,
    /// When it was first used here.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
