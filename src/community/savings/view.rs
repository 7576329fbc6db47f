//! Savings as both faces show them: every term of the rule.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::community::{activity::cost::rule::CostPayer, group::view::CommunityId};

/// A whole number that may outgrow 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Long(pub i64);

async_graphql::scalar!(
    Long,
    "Long",
    "A whole number of up to 64 bits, written as a number: sums of money and minutes outgrow `Int`."
);

/// What a community saved against outside trainings of the same hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommunitySavings {
    /// Which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// Start of the period.
    pub from: DateTime<Utc>,
    /// End of the period, exclusive.
    pub until: DateTime<Utc>,
    /// Activities that started in it and were reported.
    #[schema(minimum = 0)]
    pub activities: i64,
    /// Minutes of everybody who was there, added up.
    #[schema(value_type = i64, example = 21600, minimum = 0)]
    pub participant_minutes: Long,
    /// The trainings it is compared with; null where there are none.
    pub comparison: Option<SavingsComparison>,
    /// What the same minutes would have cost there, whole rupiah, rounded down; null without a comparison.
    #[schema(value_type = Option<i64>, example = 7200000)]
    pub comparable_rupiah: Option<Long>,
    /// What the activities cost as recorded, whoever paid.
    pub costs: Vec<SavingsCost>,
    /// Those added up, whole rupiah.
    #[schema(value_type = i64, example = 600000, minimum = 0)]
    pub costs_rupiah: Long,
    /// The first less the second, whole rupiah; below zero where meeting cost more. Null without a comparison.
    #[schema(value_type = Option<i64>, example = 6600000)]
    pub saved_rupiah: Option<Long>,
    /// Why nothing can be compared: `savings_incomparable`; null where it can.
    #[schema(max_length = 100)]
    pub reason: Option<String>,
    /// The rule in words, in the language of the request.
    #[schema(max_length = 1000)]
    pub rule: String,
}

/// The registry's own finished direct batches that are compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavingsComparison {
    /// The province they were held in, that of the community; null for the whole country, where the province
    /// has none.
    #[schema(example = "33", max_length = 13)]
    pub region_code: Option<String>,
    /// They ended on this day or later: three years back from today.
    pub ended_from: NaiveDate,
    /// And on this day or earlier: today.
    pub ended_until: NaiveDate,
    /// How many batches.
    #[schema(minimum = 1)]
    pub batches: i64,
    /// Seats taken in them, added up.
    #[schema(minimum = 1)]
    pub participants: i64,
    /// What their participants paid, added up, whole rupiah. Trainings that were free count with 0.
    #[schema(value_type = i64, minimum = 0)]
    pub paid_rupiah: Long,
    /// Minutes of their programs, for each participant, added up.
    #[schema(value_type = i64, minimum = 1)]
    pub participant_minutes: Long,
    /// What an hour of one participant cost, whole rupiah, rounded down; savings are worked out from minutes.
    #[schema(value_type = i64, example = 20000, minimum = 0)]
    pub rupiah_per_hour: Long,
}

/// What one payer paid for the activities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavingsCost {
    /// Who paid.
    pub paid_by: CostPayer,
    /// Added up, whole rupiah.
    #[schema(value_type = i64, example = 600000, minimum = 0)]
    pub amount_rupiah: Long,
}
