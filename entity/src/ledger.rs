//! The one row that orders commits: holding its lock to the end of a transaction makes positions appear in commit order.

use sea_orm::entity::prelude::*;

/// One row of `ledger`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Position of the last committed event.
    pub pos: i64,
    /// When the last event was recorded; never goes back, whatever the nodes' clocks say.
    pub last_at: DateTimeUtc,
    /// Number of the last audit entry.
    pub audit_seq: i64,
    /// Hash of the last audit entry.
    pub audit_hash: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
