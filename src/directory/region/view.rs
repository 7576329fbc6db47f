//! A region as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::code::RegionLevel;
use crate::foundation::error::{Error, Result};

/// The name of the kind in global ids; the key is the code.
pub const KIND: &str = "Region";

/// A province, regency or district, by its official code (wilayah).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Region {
    /// Official code: two digits per level; a prefix names what it lies in.
    #[schema(example = "32.73", min_length = 2, max_length = 8, pattern = "^[0-9]{2}(\\.[0-9]{2}){0,2}$")]
    pub code: String,
    /// How far down it lies.
    pub level: RegionLevel,
    /// Official name.
    #[schema(example = "Kota Bandung", max_length = 150)]
    pub name: String,
    /// The region one level up; null for a province.
    #[schema(example = "32", max_length = 8)]
    pub parent_code: Option<String>,
    /// First day the code was in force, where a decree says so.
    pub valid_from: Option<NaiveDate>,
    /// Last day the code was in force; null while it is current.
    pub valid_until: Option<NaiveDate>,
    /// The code that replaced this one.
    #[schema(max_length = 8)]
    pub successor_code: Option<String>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<entity::region::Model> for Region {
    type Error = Error;

    fn try_from(row: entity::region::Model) -> Result<Self> {
        Ok(Self {
            code: row.code,
            level: RegionLevel::parse(&row.level).map_err(|f| Error::internal("region.level", f.code))?,
            name: row.name,
            parent_code: row.parent_code,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            successor_code: row.successor_code,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
