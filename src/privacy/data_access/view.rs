//! A look at somebody's data as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use entity::data_access::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::rule;
use crate::{
    access::{grant::Role, oauth_scope::OAuthScope},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        language::{self, Language},
    },
};

/// Who saw which fields of a person on one day, for which purpose, through which app, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DataAccess {
    /// Whose data it was.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// The day, where the issuer is.
    pub day: NaiveDate,
    /// Who saw it, as the audit trail names them: a person's or account's id, or a system's name.
    #[schema(example = "ministry", max_length = 200)]
    pub reader: String,
    /// The roles that they held when they last looked.
    #[schema(max_items = 10)]
    pub reader_roles: Vec<Role>,
    /// The app or system through which they came (`client_id`); null where there was none.
    #[schema(format = "uuid")]
    pub client: Option<String>,
    /// What that app or system is called; null where there was none.
    #[schema(example = "Dapodik", max_length = 200)]
    pub client_name: Option<String>,
    /// What it was shown for.
    pub purpose: OAuthScope,
    /// The same in words, in the caller's language.
    #[schema(example = "Mencari orang di direktori", max_length = 200)]
    pub purpose_text: String,
    /// What was shown, by the names of the fields, in alphabetical order.
    #[schema(max_items = 60)]
    pub fields: Vec<String>,
    /// How often on that day.
    #[schema(example = 2, minimum = 1)]
    pub times: i64,
    /// When first on that day.
    pub first_at: DateTime<Utc>,
    /// When last on that day.
    pub last_at: DateTime<Utc>,
    /// The last request, as in `X-Request-Id`; name it when you ask about it.
    #[schema(max_length = 64)]
    pub request_id: String,
    /// What tells it from others of the same day.
    #[serde(skip)]
    #[graphql(skip)]
    pub id: Uuid,
}

/// What a purpose is, as whoever reads what was seen of them understands it.
pub fn purpose_text(purpose: OAuthScope, language: Language) -> String {
    language::of_code(language, &format!("purpose_{}", purpose.as_str()), &[])
}

impl DataAccess {
    /// A row, with the name of its app.
    ///
    /// # Errors
    /// `internal` when the row holds a purpose that is none.
    pub fn of(row: Model, client_name: Option<String>, language: Language) -> Result<Self> {
        let purpose = OAuthScope::parse(&row.purpose)
            .map_err(|fault| Error::internal("data_access.purpose", fault.code))?;
        Ok(Self {
            person_id: row.person_id.into(),
            day: row.day,
            reader: row.reader,
            reader_roles: rule::names(&row.roles).iter().filter_map(|name| Role::parse(name)).collect(),
            client_name,
            client: Some(row.client).filter(|client| !client.is_empty()),
            purpose,
            purpose_text: purpose_text(purpose, language),
            fields: rule::names(&row.fields),
            times: row.times,
            first_at: row.first_at,
            last_at: row.last_at,
            request_id: row.request_id,
            id: row.id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_words_for_whoever_was_looked_at() {
        for language in [Language::Indonesian, Language::English] {
            for purpose in OAuthScope::ALL {
                let words = purpose_text(*purpose, language);
                assert!(words.len() > 10 && !words.contains("purpose"), "{purpose}: {words}");
            }
        }
    }
}
