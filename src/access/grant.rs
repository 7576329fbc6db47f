//! A grant: one role that a caller holds, and where it holds it. A caller may hold
//! several (a principal who is also a resource person); the policy looks at each.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::foundation::error::Fault;

/// What a caller acts as. Callers without a token are the public and hold no role.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The ministry's own administrators: the whole country, all commands.
    Ministry,
    /// An officer of a regional office (dinas): one region and everything below it.
    RegionalOfficer,
    /// Staff of a training provider: what their organisation runs.
    ProviderStaff,
    /// A school principal (kepala sekolah): the people of one school.
    Principal,
    /// A resource person (narasumber): the sessions they teach.
    ResourcePerson,
    /// A teacher: their own data.
    Teacher,
    /// Another system of the ministry: reads everything, changes nothing.
    MinistrySystem,
    /// Looks after what is said in the communities of one region: hides what hurts, and alone may, for a
    /// stated reason, learn who wrote an anonymous proposal.
    Moderator,
}

impl Role {
    /// Every role, in the order the policy is printed.
    pub const ALL: [Self; 8] = [
        Self::Ministry,
        Self::RegionalOfficer,
        Self::ProviderStaff,
        Self::Principal,
        Self::ResourcePerson,
        Self::Teacher,
        Self::MinistrySystem,
        Self::Moderator,
    ];

    /// The name in tokens, configuration and REST, e.g. `regional_officer`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ministry => "ministry",
            Self::RegionalOfficer => "regional_officer",
            Self::ProviderStaff => "provider_staff",
            Self::Principal => "principal",
            Self::ResourcePerson => "resource_person",
            Self::Teacher => "teacher",
            Self::MinistrySystem => "ministry_system",
            Self::Moderator => "moderator",
        }
    }

    /// The role of that [`name`](Self::name), if there is one. Also takes dashes for underscores.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.replace('-', "_");
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// One role and where it is held. Unknown fields are refused: one we do not know
/// could be a restriction, and ignoring it would widen the grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// What the caller acts as.
    pub role: Role,
    /// Region code (`32`, `32.73`), for a regional officer or a moderator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Organisation id, for provider staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Uuid>,
    /// School id, for a principal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<Uuid>,
    /// The person the caller is: needed for a teacher and a resource person, and
    /// possible for a principal (who then also reads their own data).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Uuid>,
}

impl Grant {
    /// Whom a token of this one grant stands for, where nobody is named: the person, else the role
    /// with the place it is held at, so that the audit trail tells two organisations apart.
    pub fn subject(&self) -> String {
        let place =
            self.region.clone().or_else(|| self.organisation.or(self.school).map(|id| id.to_string()));
        match (self.person, place) {
            (Some(person), _) => person.to_string(),
            (None, Some(place)) => format!("{}:{place}", self.role),
            (None, None) => self.role.to_string(),
        }
    }

    fn bare(role: Role) -> Self {
        Self { role, region: None, organisation: None, school: None, person: None }
    }

    /// The whole country, all commands.
    pub fn ministry() -> Self {
        Self::bare(Role::Ministry)
    }

    /// A system of the ministry: reads everything.
    pub fn ministry_system() -> Self {
        Self::bare(Role::MinistrySystem)
    }

    /// An officer of the region with this code.
    pub fn regional_officer(region: impl Into<String>) -> Self {
        Self { region: Some(region.into()), ..Self::bare(Role::RegionalOfficer) }
    }

    /// The moderator of the region with this code.
    pub fn moderator(region: impl Into<String>) -> Self {
        Self { region: Some(region.into()), ..Self::bare(Role::Moderator) }
    }

    /// Staff of this organisation.
    pub fn provider_staff(organisation: Uuid) -> Self {
        Self { organisation: Some(organisation), ..Self::bare(Role::ProviderStaff) }
    }

    /// The principal of this school, and which person that is where known.
    pub fn principal(school: Uuid, person: Option<Uuid>) -> Self {
        Self { school: Some(school), person, ..Self::bare(Role::Principal) }
    }

    /// This person as a resource person.
    pub fn resource_person(person: Uuid) -> Self {
        Self { person: Some(person), ..Self::bare(Role::ResourcePerson) }
    }

    /// This person as a teacher.
    pub fn teacher(person: Uuid) -> Self {
        Self { person: Some(person), ..Self::bare(Role::Teacher) }
    }

    /// That the grant says exactly where its role is held: a regional officer without
    /// a region, or a teacher with an organisation, is refused, never guessed at.
    ///
    /// # Errors
    /// `grant_place_missing` or `grant_place_unexpected`, with the role and the field.
    pub fn check(&self) -> Result<(), Fault> {
        let held = [
            ("region", self.region.as_deref().is_some_and(|code| !code.is_empty())),
            ("organisation", self.organisation.is_some()),
            ("school", self.school.is_some()),
            ("person", self.person.is_some()),
        ];
        let (needed, possible) = match self.role {
            Role::Ministry | Role::MinistrySystem => ("", ""),
            Role::RegionalOfficer | Role::Moderator => ("region", ""),
            Role::ProviderStaff => ("organisation", ""),
            Role::Principal => ("school", "person"),
            Role::ResourcePerson | Role::Teacher => ("person", ""),
        };
        for (field, given) in held {
            let code = match (given, field == needed) {
                (false, true) => "grant_place_missing",
                (true, false) if field != possible => "grant_place_unexpected",
                _ => continue,
            };
            return Err(Fault::new(format!("/{field}"), code).with("role", self.role).with("field", field));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_the_same_name_in_json_and_in_text() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
            assert_eq!(Role::parse(role.name()), Some(role));
        }
        assert_eq!(Role::parse("provider-staff"), Some(Role::ProviderStaff));
        assert_eq!(Role::parse("admin"), None);
    }

    #[test]
    fn a_token_of_nobody_in_particular_stands_for_the_role_where_it_is_held() {
        let (here, siti) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(Grant::provider_staff(here).subject(), format!("provider_staff:{here}"));
        assert_eq!(Grant::principal(here, None).subject(), format!("principal:{here}"));
        assert_eq!(Grant::regional_officer("32.73").subject(), "regional_officer:32.73");
        assert_eq!(Grant::principal(here, Some(siti)).subject(), siti.to_string());
        assert_eq!(Grant::teacher(siti).subject(), siti.to_string());
        assert_eq!(Grant::ministry().subject(), "ministry");
    }

    #[test]
    fn a_grant_names_exactly_the_place_of_its_role() {
        let id = Uuid::from_u128(1);
        for good in [
            Grant::ministry(),
            Grant::ministry_system(),
            Grant::regional_officer("32.73"),
            Grant::moderator("32.73"),
            Grant::provider_staff(id),
            Grant::principal(id, None),
            Grant::principal(id, Some(id)),
            Grant::resource_person(id),
            Grant::teacher(id),
        ] {
            assert_eq!(good.check(), Ok(()), "{good:?}");
        }
        let missing = Grant::bare(Role::RegionalOfficer).check().unwrap_err();
        assert_eq!((missing.code, missing.pointer.as_str()), ("grant_place_missing", "/region"));
        assert_eq!(Grant::regional_officer("").check().unwrap_err().code, "grant_place_missing");
        let wide = Grant { organisation: Some(id), ..Grant::teacher(id) };
        assert_eq!(wide.check().unwrap_err().code, "grant_place_unexpected");
        let narrowed = Grant { region: Some("32".into()), ..Grant::ministry() };
        assert_eq!(narrowed.check().unwrap_err().pointer, "/region");
    }

    #[test]
    fn an_unknown_field_in_a_grant_is_refused() {
        let json = r#"{"role":"ministry","only":"training"}"#;
        assert!(serde_json::from_str::<Grant>(json).is_err());
    }
}
