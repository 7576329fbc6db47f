//! A cost of an activity as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::CostPayer;
use crate::{
    community::activity::view::ActivityId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a cost.
pub type ActivityCostId = Id<ActivityCost>;

impl Kind for ActivityCost {
    const NAME: &'static str = "ActivityCost";
}

/// What an activity cost (biaya kegiatan).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActivityCost {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ActivityCostId,
    /// Of which activity.
    #[schema(value_type = String, format = "uuid")]
    pub activity_id: ActivityId,
    /// What was paid for.
    #[schema(example = "Fotokopi soal", max_length = 200)]
    pub what: String,
    /// Whole rupiah.
    #[schema(example = 45000, minimum = 0, maximum = 2000000000)]
    pub amount_rupiah: i64,
    /// Who paid.
    pub paid_by: CostPayer,
    /// 1; what `If-Match` and `version` of its deletion refer to. A cost is deleted and recorded anew, never changed.
    pub version: i64,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

impl TryFrom<entity::activity_cost::Model> for ActivityCost {
    type Error = Error;

    fn try_from(row: entity::activity_cost::Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            activity_id: row.activity_id.into(),
            what: row.what,
            amount_rupiah: row.amount_rupiah,
            paid_by: CostPayer::parse(&row.paid_by)
                .map_err(|f| Error::internal("activity_cost.paid_by", f.code))?,
            version: row.version,
            created_at: row.created_at,
        })
    }
}
