//! A sign-in that is under way at an upstream provider: one row from the way there until the way back, once.

use sea_orm::entity::prelude::*;

/// One row of `upstream_sign_in`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upstream_sign_in")]
pub struct Model {
    /// SHA-256 of the state that travels through the provider, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub state_hash: String,
    /// SHA-256 of the secret that the browser keeps meanwhile, hexadecimal.
    pub browser_hash: String,
    /// Name of the provider in the settings.
    pub provider: String,
    /// Where to go afterwards: a path of ours.
    pub next: String,
    /// From then on it is too late.
    pub expires_at: DateTimeUtc,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
