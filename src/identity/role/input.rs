//! What giving and withdrawing a role asks for.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::identity::account::view::AccountId;
use crate::identity::client::view::OAuthClientId;
use crate::{
    access::grant::Role,
    directory::{organisation::view::OrganisationId, school::view::SchoolId},
};

/// Which role whom is given, where, why and until when.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiveRoleGrantInput {
    /// The account that is to hold it; else a client is named.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub account_id: Option<AccountId>,
    /// The client that is to hold it for itself; else an account is named.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub client_id: Option<OAuthClientId>,
    /// Which role. A teacher's comes with the account of a person and is not given.
    pub role: Role,
    /// Where, for a regional officer or a moderator: this region and everything below it.
    #[schema(example = "32.73", max_length = 13)]
    pub region_code: Option<String>,
    /// Where, for the staff of a provider.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub organisation_id: Option<OrganisationId>,
    /// Where, for a principal.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// Why, in words that can be read years later; at most 500 characters.
    #[schema(example = "SK Kepala Dinas 800/123/2026", max_length = 500)]
    pub reason: String,
    /// From then on it no longer counts; left out, it counts until it is withdrawn.
    #[schema(example = "2027-12-31T17:00:00Z")]
    pub expires_at: Option<DateTime<Utc>>,
}

impl GiveRoleGrantInput {
    /// A role of the whole country for an account, as an operator gives the first one.
    pub fn national(account: AccountId, role: Role, reason: impl Into<String>) -> Self {
        Self {
            account_id: Some(account),
            client_id: None,
            role,
            region_code: None,
            organisation_id: None,
            school_id: None,
            reason: reason.into(),
            expires_at: None,
        }
    }
}

/// Why a role is taken back.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WithdrawRoleGrantInput {
    /// The reason, in words that its holder understands; at most 500 characters.
    #[schema(example = "Pindah tugas ke kabupaten lain.", max_length = 500)]
    pub reason: String,
}
