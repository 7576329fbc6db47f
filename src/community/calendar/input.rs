//! What callers may say about the address of a calendar.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::community::group::view::CommunityId;

/// What a calendar shall hold.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCalendarFeedInput {
    /// The community whose meetings it holds, one you are a member of; without it, all your communities'
    /// meetings and the sessions of trainings in which you have a seat.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// What you call it, to know it again when you revoke it; at most 100 characters.
    #[schema(example = "Ponsel", min_length = 1, max_length = 100)]
    pub label: Option<String>,
}
