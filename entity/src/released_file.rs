//! Files of which a row was taken away: they go for good once no other row needs them.

use sea_orm::entity::prelude::*;

/// One row of `released_file`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "released_file")]
pub struct Model {
    /// The SHA-256 of its bytes, under which it is kept.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha256: String,
    /// When a row of it was last taken away.
    pub released_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
