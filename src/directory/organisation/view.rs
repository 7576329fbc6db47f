//! An organisation as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::OrganisationKind;
use crate::foundation::{
    error::{Error, Result},
    id::{Id, Kind},
};

/// The id of an organisation.
pub type OrganisationId = Id<Organisation>;

impl Kind for Organisation {
    const NAME: &'static str = "Organisation";
}

/// Whoever offers trainings, verifies competence or looks after a region (lembaga).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Organisation {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: OrganisationId,
    /// Short code, part of certificate numbers: 2 to 20 capitals, digits and dashes.
    #[schema(example = "BGTK-JABAR", max_length = 20)]
    pub code: String,
    /// What sort of organisation it is.
    pub kind: OrganisationKind,
    /// Official name.
    #[schema(example = "Balai Guru dan Tenaga Kependidikan Provinsi Jawa Barat", max_length = 200)]
    pub name: String,
    /// The region it works in; absent for a national one.
    #[schema(example = "32")]
    pub region_code: Option<String>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<entity::organisation::Model> for Organisation {
    type Error = Error;

    fn try_from(row: entity::organisation::Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            code: row.code,
            kind: OrganisationKind::parse(&row.kind)
                .map_err(|f| Error::internal("organisation.kind", f.code))?,
            name: row.name,
            region_code: row.region_code,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
