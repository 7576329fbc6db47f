//! Who can sign in: a person of the directory, or somebody who works for the registry.

use sea_orm::entity::prelude::*;

/// One row of `account`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who that is in the directory, where they are in it. [personal: identity; purpose: act for oneself]
    pub person_id: Option<Uuid>,
    /// What they sign in with, in lower case, once in the country. [personal: identifier; purpose: sign in]
    pub login: String,
    /// What they are called on pages and in mail. [personal: identity; purpose: greet whoever signs in]
    pub name: String,
    /// Where mail goes. [personal: contact; purpose: invitations, resets and warnings about the account]
    pub email: Option<String>,
    /// `id` or `en`: in which language mail is written.
    pub language: String,
    /// invited, active, blocked.
    pub status: String,
    /// Why it is blocked.
    pub status_reason: Option<String>,
    /// Argon2id in PHC form; none before the first sign-in, or where only a provider signs them in. [personal: secret; purpose: sign in]
    pub password_hash: Option<String>,
    /// When the password was last set.
    pub password_changed_at: Option<DateTimeUtc>,
    /// Secret of the second factor, sealed. [personal: secret; purpose: sign in]
    pub totp_sealed: Option<String>,
    /// When the first code of it was right; none = not in force.
    pub totp_confirmed_at: Option<DateTimeUtc>,
    /// The last time step of which a code was taken, so that none is taken twice.
    pub totp_last_step: Option<i64>,
    /// When they last signed in. [personal: usage; purpose: notice accounts that nobody uses]
    pub signed_in_at: Option<DateTimeUtc>,
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
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
