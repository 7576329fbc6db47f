//! How often signing in failed lately, for one account, address or device.

use sea_orm::entity::prelude::*;

/// One row of `sign_in_attempt`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_attempt")]
pub struct Model {
    /// `login:`, `device:` and a hash, or `address:` and an address. [personal: usage; purpose: slow down guessing]
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Attempts since `begun_at` that did not succeed.
    pub count: i64,
    /// When the first of them was.
    pub begun_at: DateTimeUtc,
    /// Until then no further one is looked at.
    pub until: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
