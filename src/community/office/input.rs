//! What callers may say about an office.

use async_graphql::InputObject;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{community::group::rule::Office, directory::person::view::PersonId};

/// Who shall hold which office.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointOfficeInput {
    /// Who: a member, but for a patron.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Which office. Of chair, secretary and treasurer there is one: whoever held it gives it up.
    pub office: Office,
    /// The subject of a subject guide, the grade of a grade coordinator; leave out for the others.
    #[schema(example = "Matematika", max_length = 60)]
    pub scope: Option<String>,
    /// First day of the term.
    #[schema(example = "2026-07-13")]
    pub starts_on: NaiveDate,
    /// Last day of the term, later than the first; leave out where none is set.
    #[schema(example = "2029-07-12")]
    pub ends_on: Option<NaiveDate>,
}
