//! An office as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule;
use crate::{
    community::group::{rule::Office, view::CommunityId},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of an office that somebody holds or held.
pub type CommunityOfficeId = Id<CommunityOffice>;

impl Kind for CommunityOffice {
    const NAME: &'static str = "CommunityOffice";
}

/// An office that somebody holds or held in a community.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct CommunityOffice {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CommunityOfficeId,
    /// In which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// Who holds or held it.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 150)]
    pub name: String,
    /// Which office.
    pub office: Office,
    /// The subject of a subject guide, the grade of a grade coordinator; null for the others.
    #[schema(example = "Matematika", max_length = 60)]
    pub scope: Option<String>,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term; null where none was set.
    pub ends_on: Option<NaiveDate>,
    /// Whether the last day of the term has passed. The office is held until it is passed on all the same.
    pub term_over: bool,
    /// When it was passed on or given up; null while it is held.
    pub ended_at: Option<DateTime<Utc>>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl CommunityOffice {
    /// What a row shows on `today`, with the name of its person.
    ///
    /// # Errors
    /// `internal` when the row holds an office no rule knows.
    pub fn of(row: entity::community_office::Model, name: String, today: NaiveDate) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            community_id: row.community_id.into(),
            person_id: row.person_id.into(),
            name,
            office: Office::parse(&row.office)
                .map_err(|f| Error::internal("community_office.office", f.code))?,
            scope: row.scope,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            term_over: rule::term_over(row.ends_on, today),
            ended_at: row.ended_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
