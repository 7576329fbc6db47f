//! Last number given per number scope. Gaps are allowed, reuse is not.

use sea_orm::entity::prelude::*;

/// One row of `certificate_counter`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_counter")]
pub struct Model {
    /// The number scheme rendered without its sequence.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: String,
    /// Last number given.
    pub last_number: i64,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
