//! The caller as both faces show them.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::{
        actor::Held,
        grant::{Grant, Role},
        oauth_scope::OAuthScope,
    },
    directory::{
        organisation::view::OrganisationId, person::view::Person, person::view::PersonId,
        school::view::SchoolId,
    },
    domain_enum,
    foundation::id::{Id, Kind},
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
    #[schema(max_items = 8)]
    pub roles: Vec<Role>,
    /// Each role with where it is held, those that do not count for want of a second factor too.
    pub grants: Vec<HeldGrant>,
    /// The account behind the token; absent for a token that an operator made, and for a system.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub account_id: Option<MyAccountId>,
    /// The app or system you came through; absent for a token that an operator made.
    pub client: Option<MyClient>,
    /// What the app may do for you; absent where there is none, and your roles alone decide.
    #[schema(max_items = 24)]
    pub scopes: Option<Vec<OAuthScope>>,
    /// Whether some of your roles do not count because you did not prove a second factor when you signed in.
    pub second_factor_missing: bool,
    /// Everything you may do, and how far: the permission table for your roles, within what the app may do.
    pub actions: Vec<AllowedAction>,
    /// The caller's own record in the directory, where the grants name one; the surviving one after a merge.
    pub person: Option<Person>,
}

/// An account, as the one behind a token.
pub struct MyAccount;

impl Kind for MyAccount {
    const NAME: &'static str = "Account";
}

/// The id of an account.
pub type MyAccountId = Id<MyAccount>;

impl Kind for MyClient {
    const NAME: &'static str = "OAuthClient";
}

/// The app or system through which a caller came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyClient {
    /// Its id: the `client_id` of OAuth.
    #[schema(value_type = String, format = "uuid")]
    pub id: Id<MyClient>,
    /// What it is called.
    #[schema(max_length = 200)]
    pub name: String,
}

/// Something the caller may do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AllowedAction {
    /// What, as `noun.verb`: `certificate.revoke` is `revoke_certificate` in REST, `revokeCertificate` in GraphQL.
    #[schema(example = "certificate.read", max_length = 60)]
    pub action: String,
    /// How far, at least one; to any of them it may be done.
    pub reaches: Vec<AllowedReach>,
}

domain_enum! {
    /// To what something may be done.
    pub enum ReachKind {
        /// To all there is.
        Everywhere = "everywhere",
        /// To what belongs to a region or one below it.
        Region = "region",
        /// To what an organisation runs.
        Organisation = "organisation",
        /// To what belongs to a school.
        School = "school",
        /// To what is about oneself.
        Own = "own",
        /// To what one teaches.
        Taught = "taught",
        /// To what belongs to the communities of which one is a member.
        Member = "member",
        /// To what belongs to the communities in which one holds an office.
        Officer = "officer",
        /// To what belongs to one's account.
        Account = "account",
    }
}

/// One part of what something may be done to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AllowedReach {
    /// How it is measured.
    pub kind: ReachKind,
    /// Of which region.
    #[schema(example = "32", max_length = 13)]
    pub region_code: Option<String>,
    /// Of which organisation.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub organisation_id: Option<OrganisationId>,
    /// Of which school.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// Of which person: the caller.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
}

impl From<Held<'_>> for AllowedReach {
    fn from(held: Held<'_>) -> Self {
        let of =
            |kind| Self { kind, region_code: None, organisation_id: None, school_id: None, person_id: None };
        let person = |kind, id: uuid::Uuid| Self { person_id: Some(id.into()), ..of(kind) };
        match held {
            Held::Everywhere => of(ReachKind::Everywhere),
            Held::Region(code) => Self { region_code: Some(code.to_owned()), ..of(ReachKind::Region) },
            Held::Organisation(id) => {
                Self { organisation_id: Some(id.into()), ..of(ReachKind::Organisation) }
            }
            Held::School(id) => Self { school_id: Some(id.into()), ..of(ReachKind::School) },
            Held::Own(id) => person(ReachKind::Own, id),
            Held::Taught(id) => person(ReachKind::Taught, id),
            Held::Member(id) => person(ReachKind::Member, id),
            Held::Officer(id) => person(ReachKind::Officer, id),
            Held::Account(_) => of(ReachKind::Account),
        }
    }
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
    /// From then on it no longer counts; absent without an end.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it counts now; false for want of a second factor.
    pub in_force: bool,
}

impl From<&Grant> for HeldGrant {
    fn from(grant: &Grant) -> Self {
        Self {
            role: grant.role,
            region_code: grant.region.clone(),
            organisation_id: grant.organisation.map(Into::into),
            school_id: grant.school.map(Into::into),
            person_id: grant.person.map(Into::into),
            expires_at: None,
            in_force: true,
        }
    }
}
