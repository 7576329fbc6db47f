//! Suggestions as both faces show them.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::ReasonCode;
use crate::{
    community::group::view::CommunityId,
    training::{batch::view::BatchId, program::view::ProgramId},
};

/// Why something is suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SuggestionReason {
    /// As a stable code.
    pub code: ReasonCode,
    /// The competency it is about; null for reasons that are about none.
    #[schema(example = "K1", max_length = 20)]
    pub competency: Option<String>,
    /// In Indonesian.
    #[schema(max_length = 300)]
    pub text_id: String,
    /// In English.
    #[schema(max_length = 300)]
    pub text_en: String,
}

/// A program that fits, with the batch of it that closes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SuggestedProgram {
    /// Which program.
    #[schema(value_type = String, format = "uuid")]
    pub program_id: ProgramId,
    /// What it is called.
    #[schema(max_length = 200)]
    pub title: String,
    /// A batch that takes applications now, in your province.
    #[schema(value_type = String, format = "uuid")]
    pub batch_id: BatchId,
    /// Until when it does.
    pub registration_closes_at: DateTime<Utc>,
    /// Why; at least one.
    #[schema(min_items = 1)]
    pub reasons: Vec<SuggestionReason>,
}

/// A community that fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SuggestedCommunity {
    /// Which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// What it is called.
    #[schema(max_length = 200)]
    pub name: String,
    /// Why; at least one.
    #[schema(min_items = 1)]
    pub reasons: Vec<SuggestionReason>,
}

/// What you could do next. Made anew each time, from your own plan, your school and what is offered; kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningSuggestions {
    /// Programs that serve a competency of an open goal, or one in which you see yourself on the first two levels.
    #[schema(max_items = 10)]
    pub programs: Vec<SuggestedProgram>,
    /// Communities that somebody of your school could join.
    #[schema(max_items = 10)]
    pub communities: Vec<SuggestedCommunity>,
}
