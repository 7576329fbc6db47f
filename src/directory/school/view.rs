//! A school as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::school::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::{Ownership, SchoolLevel},
    teaching::{TeachingColumns, TeachingWindow},
};
use crate::{
    access::{action::Action, actor::Actor},
    directory::region::view::Region,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a school.
pub type SchoolId = Id<School>;

impl Kind for School {
    const NAME: &'static str = "School";
}

/// A school (satuan pendidikan).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct School {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: SchoolId,
    /// National school number: 8 digits, letters possible.
    #[schema(example = "20219180", min_length = 8, max_length = 8)]
    pub npsn: String,
    /// Official name.
    #[schema(example = "SMP Negeri 2 Bandung", max_length = 150)]
    pub name: String,
    /// What sort of school it is.
    pub level: SchoolLevel,
    /// Who owns it.
    pub ownership: Ownership,
    /// Street address as its source gives it.
    #[schema(max_length = 250)]
    pub address: Option<String>,
    /// Its district, or its regency where the district is unknown.
    #[schema(example = "32.73.01", max_length = 8)]
    pub region_code: String,
    /// Degrees north of the Equator (WGS 84).
    #[schema(minimum = -90, maximum = 90)]
    pub latitude: Option<f64>,
    /// Degrees east of Greenwich (WGS 84).
    #[schema(minimum = -180, maximum = 180)]
    pub longitude: Option<f64>,
    /// Whether the number is a provisional one (`NP…`).
    pub provisional: bool,
    /// Telephone in international form; null for callers who may not see contacts.
    #[schema(example = "+62224203520", max_length = 16)]
    pub phone: Option<String>,
    /// E-mail address; null for callers who may not see contacts.
    #[schema(format = "email", max_length = 254)]
    pub email: Option<String>,
    /// When it gives lessons: trainings keep out of these hours.
    pub teaching_window: TeachingWindow,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Its region, where the read brought it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_region: Option<Box<Region>>,
}

impl School {
    /// The school of a row, as `actor` may see it.
    ///
    /// # Errors
    /// `Internal` when the row holds a value that is in no list.
    pub fn seen_by(actor: &Actor, row: Model) -> Result<Self> {
        let contacts = actor.may(Action::SchoolContacts);
        let window = TeachingColumns {
            timezone: row.timezone,
            days: row.teaching_days,
            from: row.teaching_from,
            until: row.teaching_until,
        };
        Ok(Self {
            id: row.id.into(),
            npsn: row.npsn,
            name: row.name,
            level: SchoolLevel::parse(&row.level).map_err(|f| Error::internal("school.level", f.code))?,
            ownership: Ownership::parse(&row.ownership)
                .map_err(|f| Error::internal("school.ownership", f.code))?,
            address: row.address,
            region_code: row.region_code,
            latitude: row.latitude,
            longitude: row.longitude,
            provisional: row.provisional,
            phone: row.phone.filter(|_| contacts),
            email: row.email.filter(|_| contacts),
            teaching_window: TeachingWindow::of(&window),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            joined_region: None,
        })
    }
}
