//! A browser in which somebody signed in, or is about to.

use sea_orm::entity::prelude::*;

/// One row of `browser_session`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "browser_session")]
pub struct Model {
    /// SHA-256 of the cookie, hexadecimal: who reads the table cannot sign in with it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// Whose.
    pub account_id: Uuid,
    /// open; or what is still missing: second_factor, enrol.
    pub stage: String,
    /// What every form of this session sends back, so that no other page can send one.
    pub csrf: String,
    /// Whether a second factor was proved.
    pub second_factor: bool,
    /// The secret of a second factor that is being set up here, sealed. [personal: secret; purpose: sign in]
    pub totp_sealed: Option<String>,
    /// When it began.
    pub created_at: DateTimeUtc,
    /// When it was last used, within a few minutes. [personal: usage; purpose: end sessions that nobody uses]
    pub seen_at: DateTimeUtc,
    /// When it ends, whatever happens.
    pub expires_at: DateTimeUtc,
    /// When it was ended: signed out, password set anew, account blocked.
    pub ended_at: Option<DateTimeUtc>,
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
