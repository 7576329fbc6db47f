//! A partner as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::Contribution;
use crate::{
    community::group::view::CommunityId,
    directory::organisation::view::OrganisationId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a partner.
pub type PartnerId = Id<Partner>;

impl Kind for Partner {
    const NAME: &'static str = "Partner";
}

/// An organisation that stands by a community, and with what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Partner {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: PartnerId,
    /// Of which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// Which organisation.
    #[schema(value_type = String, format = "uuid")]
    pub organisation_id: OrganisationId,
    /// What that organisation is called.
    #[schema(example = "Universitas Pendidikan Indonesia", max_length = 200)]
    pub organisation_name: String,
    /// What it gives.
    pub contribution: Contribution,
    /// What that is, in words.
    #[schema(example = "Dosen pendamping sekali sebulan", max_length = 500)]
    pub description: String,
    /// What it is worth in rupiah; null where nobody said.
    #[schema(example = 2_500_000, minimum = 0, maximum = 2_000_000_000_i64)]
    pub value_rupiah: Option<i64>,
    /// From which day.
    pub since: NaiveDate,
    /// Until which day; null where no end is set.
    pub until: Option<NaiveDate>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Partner {
    /// What a row shows, with the name of its organisation.
    ///
    /// # Errors
    /// `internal` when the row holds what no rule knows.
    pub fn of(row: entity::community_partner::Model, organisation_name: String) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            community_id: row.community_id.into(),
            organisation_id: row.organisation_id.into(),
            organisation_name,
            contribution: Contribution::parse(&row.contribution)
                .map_err(|f| Error::internal("community_partner.contribution", f.code))?,
            description: row.description,
            value_rupiah: row.value_rupiah,
            since: row.since,
            until: row.until,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
