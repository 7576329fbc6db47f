//! How far one caller has used up its minute, for all nodes together.

use sea_orm::entity::prelude::*;

/// One row of `rate_window`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rate_window")]
pub struct Model {
    /// Who and what, as a keyed hash: no address and no name stands here.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// When everything that was taken is made good again (the theoretical arrival time of GCRA), microseconds since
    /// 1970. Once it is past, the row says nothing and may go.
    pub tat: i64,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
