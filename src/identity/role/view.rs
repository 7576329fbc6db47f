//! A given role as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::role_grant::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::identity::account::view::AccountId;
use crate::identity::client::view::OAuthClientId;
use crate::{
    access::{
        grant::{Grant, Role},
        policy::needs_second_factor,
    },
    directory::{organisation::view::OrganisationId, person::view::PersonId, school::view::SchoolId},
    domain_enum,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a given role.
pub type RoleGrantId = Id<RoleGrant>;

impl Kind for RoleGrant {
    const NAME: &'static str = "RoleGrant";
}

domain_enum! {
    /// Whether a given role counts.
    pub enum RoleGrantState {
        /// It counts.
        Live = "live",
        /// Its time ran out.
        Expired = "expired",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

/// One role that an account or a client holds or held, where, since when and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct RoleGrant {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: RoleGrantId,
    /// The account that holds it; absent for a client's.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub account_id: Option<AccountId>,
    /// The client that holds it for itself; absent for an account's.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub client_id: Option<OAuthClientId>,
    /// Which role.
    pub role: Role,
    /// Where: this region and everything below it.
    #[schema(example = "32.73", max_length = 13)]
    pub region_code: Option<String>,
    /// Where: this organisation.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub organisation_id: Option<OrganisationId>,
    /// Where: this school.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// The person as whom it is held, as the record was named then; what became of it, `Person.mergedInto` says.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
    /// Whether it counts.
    pub state: RoleGrantState,
    /// Whether it counts only for who proved a second factor when they signed in.
    pub second_factor_needed: bool,
    /// Why it was given.
    #[schema(max_length = 500)]
    pub reason: String,
    /// Who gave it, as the audit trail names them.
    #[schema(max_length = 255)]
    pub given_by: String,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// From then on it no longer counts; absent without an end.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Who took it back.
    #[schema(max_length = 255)]
    pub withdrawn_by: Option<String>,
    /// Why it was taken back.
    #[schema(max_length = 500)]
    pub withdrawn_reason: Option<String>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// The state of a row at `now`.
pub fn state(row: &Model, now: DateTime<Utc>) -> RoleGrantState {
    if row.withdrawn_at.is_some() {
        RoleGrantState::Withdrawn
    } else if row.expires_at.is_some_and(|end| end <= now) {
        RoleGrantState::Expired
    } else {
        RoleGrantState::Live
    }
}

/// What a row gives; nothing where its role is none any more, or no longer fits its place.
pub fn grant(row: &Model) -> Option<Grant> {
    let grant = Grant {
        role: Role::parse(&row.role)?,
        region: row.region_code.clone(),
        organisation: row.organisation_id,
        school: row.school_id,
        person: row.person_id,
    };
    grant.check().is_ok().then_some(grant)
}

impl RoleGrant {
    /// The view of a row at `now`.
    ///
    /// # Errors
    /// `internal` for a role that there is no more.
    pub fn at(row: Model, now: DateTime<Utc>) -> Result<Self> {
        let role = Role::parse(&row.role).ok_or_else(|| Error::internal("role_grant.role", &row.role))?;
        Ok(Self {
            state: state(&row, now),
            second_factor_needed: row.account_id.is_some() && needs_second_factor(role),
            id: row.id.into(),
            account_id: row.account_id.map(Into::into),
            client_id: row.client_id.map(Into::into),
            role,
            region_code: row.region_code,
            organisation_id: row.organisation_id.map(Into::into),
            school_id: row.school_id.map(Into::into),
            person_id: row.person_id.map(Into::into),
            reason: row.reason,
            given_by: row.given_by,
            given_at: row.given_at,
            expires_at: row.expires_at,
            withdrawn_at: row.withdrawn_at,
            withdrawn_by: row.withdrawn_by,
            withdrawn_reason: row.withdrawn_reason,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
