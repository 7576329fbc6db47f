//! Who somebody's account at an upstream provider is here: linked once, found again by the provider's own name for them.

use sea_orm::entity::prelude::*;

/// One row of `account_identity`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_identity")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose account here. [personal: identity; purpose: sign in]
    pub account_id: Uuid,
    /// Name of the provider in the settings.
    pub provider: String,
    /// The provider's issuer: a subject of another issuer is somebody else.
    pub issuer: String,
    /// What the provider calls them, for ever. [personal: identifier; purpose: sign in]
    pub subject: String,
    /// When the two were linked.
    pub linked_at: DateTimeUtc,
    /// When somebody last signed in with it. [personal: usage; purpose: notice sign-ins that nobody uses]
    pub used_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `account_id`.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::AccountId",
        to = "super::account::Column::Id"
    )]
    Account,
}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
