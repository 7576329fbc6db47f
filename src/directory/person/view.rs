//! A person as both faces show it. The identity number (NIK) is not among the fields, for anyone.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use entity::person::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::{Employment, PersonKind, Sex};
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

/// A teacher, pre-service teacher, principal, supervisor, administrator or external expert (PTK, calon guru).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Person {
    /// Their id.
    #[schema(value_type = String, format = "uuid")]
    pub id: PersonId,
    /// What they are to the school system.
    pub kind: PersonKind,
    /// Full name.
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
    /// How they are employed.
    pub employment: Employment,
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

impl TryFrom<Model> for Person {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let sex = row.sex.as_deref().map(Sex::parse).transpose();
        Ok(Self {
            id: row.id.into(),
            kind: PersonKind::parse(&row.kind).map_err(|f| Error::internal("person.kind", f.code))?,
            name: row.name,
            nuptk: row.nuptk,
            nip: row.nip,
            sex: sex.map_err(|f| Error::internal("person.sex", f.code))?,
            birth_date: row.birth_date,
            employment: Employment::parse(&row.employment)
                .map_err(|f| Error::internal("person.employment", f.code))?,
            subject: row.subject,
            school_id: row.school_id.map(Into::into),
            region_code: row.region_code,
            phone: row.phone,
            email: row.email,
            merged_into: row.merged_into.map(Into::into),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            joined_school: None,
            joined_region: None,
        })
    }
}
