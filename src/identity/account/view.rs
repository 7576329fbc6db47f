//! An account as both faces show it: nothing with which somebody could sign in.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::{AccountLanguage, AccountStatus};
use crate::{
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of an account.
pub type AccountId = Id<Account>;

impl Kind for Account {
    const NAME: &'static str = "Account";
}

/// Who can sign in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Account {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AccountId,
    /// What they sign in with, in lower case.
    #[schema(example = "siti.aminah", max_length = 100)]
    pub login: String,
    /// What they are called on pages and in mail.
    #[schema(example = "Siti Aminah", max_length = 200)]
    pub name: String,
    /// Where mail goes.
    #[schema(format = "email", max_length = 254)]
    pub email: Option<String>,
    /// Who that is in the directory, where they are in it.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
    /// The language in which they are written to.
    pub language: AccountLanguage,
    /// Whether they can sign in.
    pub status: AccountStatus,
    /// Why it is blocked.
    pub status_reason: Option<String>,
    /// Whether a password was set.
    pub has_password: bool,
    /// Whether signing in asks for a second factor.
    pub second_factor: bool,
    /// When they last signed in.
    pub signed_in_at: Option<DateTime<Utc>>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the account came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<entity::account::Model> for Account {
    type Error = Error;

    fn try_from(row: entity::account::Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            login: row.login,
            name: row.name,
            email: row.email,
            person_id: row.person_id.map(Into::into),
            language: AccountLanguage::parse(&row.language)
                .map_err(|f| Error::internal("account.language", f.code))?,
            status: AccountStatus::parse(&row.status)
                .map_err(|f| Error::internal("account.status", f.code))?,
            status_reason: row.status_reason,
            has_password: row.password_hash.is_some(),
            second_factor: row.totp_confirmed_at.is_some(),
            signed_in_at: row.signed_in_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
