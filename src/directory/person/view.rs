//! A person as both faces show it. The identity number (NIK) is not among the fields, for anyone.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use entity::person::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::{Employment, PersonKind, Sex},
    shown::Withheld,
};
use crate::{
    directory::{
        region::view::Region,
        school::view::{School, SchoolId},
    },
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a person.
pub type PersonId = Id<Person>;

impl Kind for Person {
    const NAME: &'static str = "Person";
}

/// A teacher, pre-service teacher, principal, supervisor, administrator or external expert (PTK, calon guru). What you have
/// no purpose for is null whether or not it is known; `withheld` says which fields, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Person {
    /// Their id.
    #[schema(value_type = String, format = "uuid")]
    pub id: PersonId,
    /// What they are to the school system.
    pub kind: PersonKind,
    /// Full name; empty where it is withheld.
    #[schema(example = "Siti Aminah", max_length = 150)]
    pub name: String,
    /// Teacher number (NUPTK), 16 digits, kept for life.
    #[schema(example = "4738779680130042", min_length = 16, max_length = 16)]
    pub nuptk: Option<String>,
    /// Civil servant number (NIP), 18 digits.
    #[schema(example = "198503152010012003", min_length = 18, max_length = 18)]
    pub nip: Option<String>,
    /// Sex, where recorded.
    pub sex: Option<Sex>,
    /// Date of birth, where recorded.
    pub birth_date: Option<NaiveDate>,
    /// How they are employed; null where it is withheld.
    pub employment: Option<Employment>,
    /// The subject they teach.
    #[schema(example = "Matematika", max_length = 100)]
    pub subject: Option<String>,
    /// Their home school.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// Region of the home school, or of residence for those without one.
    #[schema(example = "32.73.01", max_length = 8)]
    pub region_code: Option<String>,
    /// Mobile number in international form.
    #[schema(example = "+6281234567890", max_length = 16)]
    pub phone: Option<String>,
    /// E-mail address.
    #[schema(format = "email", max_length = 254)]
    pub email: Option<String>,
    /// The record this one became part of. Null: the record is current, as every record of a list is.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub merged_into: Option<PersonId>,
    /// Since when the use of their data is restricted, at their wish. Null: it is not.
    pub restricted_at: Option<DateTime<Utc>>,
    /// When what says who they are was erased. Null: it was not.
    pub erased_at: Option<DateTime<Utc>>,
    /// The fields that you are not shown, and why; null or empty in the record, whether or not there is anything in them.
    #[serde(default)]
    #[schema(required = true, max_items = 11)]
    pub withheld: Vec<Withheld>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// The home school, where the read brought it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_school: Option<Box<School>>,
    /// The region, where the read brought it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_region: Option<Box<Region>>,
}

/// Where a retired record leads.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Merged {
    /// The id to use from now on.
    #[schema(value_type = String, format = "uuid")]
    pub merged_into: PersonId,
}

impl Person {
    /// The record of a row of which everything is taken that its reader is not shown.
    pub(super) fn of(row: Model) -> Result<Self> {
        let sex = row.sex.as_deref().map(Sex::parse).transpose();
        let employment = Some(row.employment.as_str()).filter(|text| !text.is_empty());
        Ok(Self {
            id: row.id.into(),
            kind: PersonKind::parse(&row.kind).map_err(|f| Error::internal("person.kind", f.code))?,
            name: row.name,
            nuptk: row.nuptk,
            nip: row.nip,
            sex: sex.map_err(|f| Error::internal("person.sex", f.code))?,
            birth_date: row.birth_date,
            employment: employment
                .map(Employment::parse)
                .transpose()
                .map_err(|f| Error::internal("person.employment", f.code))?,
            subject: row.subject,
            school_id: row.school_id.map(Into::into),
            region_code: row.region_code,
            phone: row.phone,
            email: row.email,
            merged_into: row.merged_into.map(Into::into),
            restricted_at: row.restricted_at,
            erased_at: row.erased_at,
            withheld: Vec::new(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            joined_school: None,
            joined_region: None,
        })
    }
}
