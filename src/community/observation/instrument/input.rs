//! What callers may say about an instrument.

use async_graphql::{InputObject, MaybeUndefined};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{rule::Criterion, view::ObservationInstrumentId};
use crate::community::group::view::CommunityId;

/// What a new instrument, or a new edition of one, is.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateObservationInstrumentInput {
    /// Whose it is; leave out for a national one, which the ministry writes, and for a new edition.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// What it is called in short: 1 to 20 letters, digits and dashes. Leave out for a new edition.
    #[schema(example = "BERTANYA", max_length = 20)]
    pub code: Option<String>,
    /// The edition that this one supersedes: the latest of its code. Publishing the new one retires it.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub supersedes_id: Option<ObservationInstrumentId>,
    /// What it is called, at most 200 characters.
    #[schema(example = "Siapa yang bertanya di kelas", min_length = 1, max_length = 200)]
    pub title: String,
    /// What it is for and how it is used, at most 2,000 characters.
    #[schema(max_length = 2000)]
    pub description: Option<String>,
    /// What to look at, 1 to 30.
    #[schema(min_items = 1, max_items = 30)]
    pub criteria: Vec<Criterion>,
}

/// What may be changed about a draft; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateObservationInstrumentInput {
    /// What it is called, at most 200 characters. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    pub title: MaybeUndefined<String>,
    /// What it is for and how it is used, at most 2,000 characters; null for nothing.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 2000)]
    pub description: MaybeUndefined<String>,
    /// What to look at, 1 to 30, in place of all that was there. Never null.
    #[serde(default)]
    #[schema(value_type = Vec<Criterion>, required = false, min_items = 1, max_items = 30)]
    pub criteria: MaybeUndefined<Vec<Criterion>>,
}
