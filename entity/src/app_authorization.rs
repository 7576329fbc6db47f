//! What one account lets one app do (consent); a row for each pair, changed when they agree anew.

use sea_orm::entity::prelude::*;

/// One row of `app_authorization`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "app_authorization")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who agreed. [personal: usage; purpose: show and withdraw what apps may do]
    pub account_id: Uuid,
    /// To which app.
    pub client_id: Uuid,
    /// What it may do.
    pub scopes: Json,
    /// The version of the words they agreed to.
    pub text_version: i32,
    /// When they last agreed.
    pub given_at: DateTimeUtc,
    /// When they withdrew it.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// When a token was last made from it.
    pub used_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
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
    /// By `client_id`.
    #[sea_orm(
        belongs_to = "super::oauth_client::Entity",
        from = "Column::ClientId",
        to = "super::oauth_client::Column::Id"
    )]
    OauthClient,
}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl Related<super::oauth_client::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::OauthClient.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
