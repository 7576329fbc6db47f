//! The copy as REST shows it. It is written piece by piece ([`super::copy`]); this is what the pieces add up to.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::directory::person::view::PersonId;

/// Everything that is held on a person, as it is stored. Rows may change while it is being read: each section is as it was
/// at some moment between `readAt` and `finishedAt`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonalData {
    /// Whose it is.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// When reading began.
    pub read_at: DateTime<Utc>,
    /// What this is and what is not in it, in your language.
    pub note: String,
    /// Every section, those without rows too.
    pub sections: Vec<PersonalDataSection>,
    /// When reading ended. A copy without it was broken off.
    pub finished_at: DateTime<Utc>,
}

/// One kind of thing that is held on a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonalDataSection {
    /// Its name; the same in every language.
    #[schema(example = "comments")]
    pub name: String,
    /// What it is, in your language.
    pub explanation: String,
    /// The rows as they are stored: each column but secrets by its name.
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<serde_json::Map<String, serde_json::Value>>,
}
