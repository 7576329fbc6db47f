//! The caller as both faces show them.

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::grant::{Grant, Role},
    directory::{
        organisation::view::OrganisationId, person::view::Person, person::view::PersonId,
        school::view::SchoolId,
    },
};

/// The caller: what the token grants, and the person behind it. Without a token: nobody in particular.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Me {
    /// Whom the token stands for, as the audit trail names them; `public` without a token.
    #[schema(example = "ministry", max_length = 255)]
    pub subject: String,
    /// The language the service answers in: the best of `Accept-Language`.
    #[schema(example = "id", min_length = 2, max_length = 2)]
    pub language: String,
    /// The roles held, each once. None without a token: then what is public can be read.
    #[schema(max_items = 7)]
    pub roles: Vec<Role>,
    /// Each role with where it is held.
    pub grants: Vec<HeldGrant>,
    /// The caller's own record in the directory, where the grants name one; the surviving one after a merge.
    pub person: Option<Person>,
}

/// One role and where it is held; the field that the role does not need is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct HeldGrant {
    /// What the caller acts as.
    pub role: Role,
    /// A regional officer's region: it and everything below.
    #[schema(example = "32", max_length = 8)]
    pub region_code: Option<String>,
    /// A provider's staff: the organisation.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub organisation_id: Option<OrganisationId>,
    /// A principal's school.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// The person the caller is: a teacher, a resource person, a principal.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
}

impl From<&Grant> for HeldGrant {
    fn from(grant: &Grant) -> Self {
        Self {
            role: grant.role,
            region_code: grant.region.clone(),
            organisation_id: grant.organisation.map(Into::into),
            school_id: grant.school.map(Into::into),
            person_id: grant.person.map(Into::into),
        }
    }
}
