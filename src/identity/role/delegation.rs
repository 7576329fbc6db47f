//! Who gives which role where. Pure: what is given never reaches further than whoever gives it, also not through a chain
//! of givers. It need not be a role that the giver could play: an officer appoints a principal without being one. So
//! nobody appoints themselves (the command sees to that), and what goes beyond the giver's own work stays within the
//! place that the giver looks after. What cannot be undone is not handed on that way: only who does it themselves,
//! there, gives a role that issues or revokes certificates or unseals proposals. The ministry gives every role, for
//! somebody must give the first one.

use uuid::Uuid;

use crate::access::{
    action::Action::{self, CertificateIssue, CertificateRevoke, ProposalUnseal},
    actor::within,
    grant::{
        Grant,
        Role::{
            self, Ministry, MinistrySystem, Moderator, Principal, ProviderStaff, RegionalOfficer,
            ResourcePerson,
        },
    },
    policy::{POLICY, Reach},
};

/// How far from the giver's own place a role may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// In the whole country.
    Anywhere,
    /// In the giver's region or below it.
    Within,
    /// Below the giver's region, and not in it.
    Below,
    /// In the giver's organisation.
    Inside,
}

use Where::{Anywhere, Below, Inside, Within};

/// Who gives what, as far as they do what is grave in it, and takes it back. A teacher's role comes with the account of
/// a person, and nobody gives it.
const APPOINTS: &[(Role, Role, Where)] = &[
    (Ministry, Ministry, Anywhere),
    (Ministry, MinistrySystem, Anywhere),
    (Ministry, RegionalOfficer, Anywhere),
    (Ministry, ProviderStaff, Anywhere),
    (Ministry, Principal, Anywhere),
    (Ministry, ResourcePerson, Anywhere),
    (Ministry, Moderator, Anywhere),
    (RegionalOfficer, RegionalOfficer, Below),
    (RegionalOfficer, Moderator, Within),
    (RegionalOfficer, Principal, Within),
    (RegionalOfficer, ProviderStaff, Within),
    (ProviderStaff, ProviderStaff, Inside),
];

/// A role and where it is, or is to be, held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Which.
    pub role: Role,
    /// The region in which its place lies: its own, or that of its school or organisation; none for a national place.
    pub region: Option<String>,
    /// The organisation, for a role that is held in one.
    pub organisation: Option<Uuid>,
}

/// Whether whoever holds `giver` may give `to`.
pub fn may_give(giver: &Grant, to: &Appointment) -> bool {
    may_withdraw(giver, to) && does_the_grave(giver, to)
}

/// Whether whoever holds `giver` may take `to` back. Somebody near must be able to stop who does wrong, also where they
/// could not have given what they stop.
pub fn may_withdraw(giver: &Grant, to: &Appointment) -> bool {
    let listed = |row: &&(Role, Role, Where)| (row.0, row.1) == (giver.role, to.role);
    APPOINTS.iter().find(listed).is_some_and(|row| covers(giver, row.2, to))
        && everywhere_alike(giver.role, to.role)
}

/// What nobody hands on without doing it: what others are to believe, and what was promised to stay closed.
const GRAVE: &[Action] = &[CertificateIssue, CertificateRevoke, ProposalUnseal];

/// Whatever grave thing a role does, whoever gives it does too, where it is to be done.
fn does_the_grave(giver: &Grant, to: &Appointment) -> bool {
    let grave = |row: &&(Role, Action, Reach)| row.0 == to.role && GRAVE.contains(&row.1);
    giver.role == Ministry || POLICY.iter().filter(grave).all(|row| does_there(giver, row.1, to))
}

fn does_there(giver: &Grant, action: Action, to: &Appointment) -> bool {
    let (own, there) = (giver.region.as_deref(), to.region.as_deref());
    let at = |reach| match reach {
        Reach::Everywhere => true,
        Reach::Region => own.zip(there).is_some_and(|(own, there)| within(there, own)),
        Reach::Organisation => giver.organisation.is_some() && giver.organisation == to.organisation,
        _ => false,
    };
    POLICY.iter().any(|row| (row.0, row.1) == (giver.role, action) && at(row.2))
}

fn covers(giver: &Grant, far: Where, to: &Appointment) -> bool {
    let (own, there) = (giver.region.as_deref(), to.region.as_deref());
    let inside = own.zip(there).is_some_and(|(own, there)| within(there, own));
    match far {
        Anywhere => true,
        Within => inside,
        Below => inside && own != there,
        Inside => giver.organisation.is_some() && giver.organisation == to.organisation,
    }
}

/// What a role does in the whole country, whoever gives it does too: no place keeps it small.
fn everywhere_alike(giver: Role, to: Role) -> bool {
    POLICY
        .iter()
        .filter(|row| row.0 == to && row.2 == Reach::Everywhere)
        .all(|row| POLICY.contains(&(giver, row.1, Reach::Everywhere)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::access::policy::needs_second_factor;

    const REGIONS: [&str; 6] = ["32", "32.73", "32.73.01", "32.74", "35", "35.78"];

    fn somewhere() -> impl Strategy<Value = Option<String>> {
        proptest::option::of(proptest::sample::select(REGIONS.to_vec()).prop_map(str::to_owned))
    }

    /// A holder with the region in which its place lies.
    fn holder() -> impl Strategy<Value = (Grant, Option<String>)> {
        let region = proptest::sample::select(REGIONS.to_vec());
        prop_oneof![
            Just((Grant::ministry(), None)),
            Just((Grant::ministry_system(), None)),
            region.clone().prop_map(|code| (Grant::regional_officer(code), Some(code.to_owned()))),
            region.clone().prop_map(|code| (Grant::moderator(code), Some(code.to_owned()))),
            (0_u128..4, somewhere()).prop_map(|(id, at)| (Grant::provider_staff(Uuid::from_u128(id)), at)),
            (0_u128..4, somewhere()).prop_map(|(id, at)| (Grant::principal(Uuid::from_u128(id), None), at)),
            (0_u128..4).prop_map(|id| (Grant::resource_person(Uuid::from_u128(id)), None)),
            (0_u128..4).prop_map(|id| (Grant::teacher(Uuid::from_u128(id)), None)),
        ]
    }

    fn as_given((grant, at): &(Grant, Option<String>)) -> Appointment {
        Appointment { role: grant.role, region: at.clone(), organisation: grant.organisation }
    }

    fn does_where(role: Role, reaches: &[Reach]) -> BTreeSet<Action> {
        POLICY.iter().filter(|row| row.0 == role && reaches.contains(&row.2)).map(|row| row.1).collect()
    }

    proptest! {
        #[test]
        fn what_is_given_lies_within_the_givers_place(giver in holder(), given in holder()) {
            if may_give(&giver.0, &as_given(&given)) {
                match giver.0.role {
                    Ministry => {}
                    RegionalOfficer => {
                        prop_assert!(within(given.1.as_deref().unwrap(), giver.0.region.as_deref().unwrap()));
                    }
                    ProviderStaff => prop_assert_eq!(giver.0.organisation, given.0.organisation),
                    other => prop_assert!(false, "{} gave a role", other),
                }
            }
        }

        #[test]
        fn no_chain_of_givers_reaches_what_its_first_does_not(
            first in holder(), second in holder(), third in holder(), last in holder()
        ) {
            // An organisation stands in one region, whoever names it.
            let chain = [&first, &second, &third, &last];
            let alike = chain.iter().all(|one| chain.iter().all(|other| {
                one.0.organisation.is_none() || one.0.organisation != other.0.organisation || one.1 == other.1
            }));
            prop_assume!(alike);
            if chain.windows(2).all(|pair| may_give(&pair[0].0, &as_given(pair[1]))) {
                prop_assert!(may_give(&first.0, &as_given(&last)));
            }
        }

        #[test]
        fn an_officer_gives_no_office_of_their_own_height(code in proptest::sample::select(REGIONS.to_vec())) {
            let own = Grant::regional_officer(code);
            prop_assert!(!may_give(&own, &as_given(&(own.clone(), Some(code.to_owned())))));
            let school = Grant::principal(Uuid::from_u128(1), None);
            prop_assert!(may_give(&own, &as_given(&(school, Some(code.to_owned())))));
        }

        #[test]
        fn nobody_but_the_ministry_hands_on_what_is_grave_without_doing_it_there(
            giver in holder(), given in holder()
        ) {
            let to = as_given(&given);
            if giver.0.role != Ministry && may_give(&giver.0, &to) {
                prop_assert!(!needs_second_factor(to.role) || needs_second_factor(giver.0.role));
                for row in POLICY.iter().filter(|row| row.0 == to.role && GRAVE.contains(&row.1)) {
                    prop_assert!(does_there(&giver.0, row.1, &to), "{} gives {}", giver.0.role, to.role);
                }
            }
        }
    }

    #[test]
    fn only_the_ministry_gives_roles_of_the_whole_country_and_nobody_a_teachers() {
        for giver in Role::ALL {
            let grant = Grant { role: giver, region: Some("32".into()), ..Grant::ministry() };
            for to in [Ministry, MinistrySystem, ResourcePerson] {
                let to = Appointment { role: to, region: None, organisation: None };
                assert_eq!(may_give(&grant, &to), giver == Ministry, "{giver} {to:?}");
            }
            let teacher = Appointment { role: Role::Teacher, region: Some("32".into()), organisation: None };
            assert!(!may_give(&grant, &teacher), "{giver}");
        }
    }

    #[test]
    fn an_officer_hands_on_neither_certificates_nor_what_is_sealed() {
        let (officer, at) = (Grant::regional_officer("32"), Some("32.73".to_owned()));
        for given in [Grant::provider_staff(Uuid::from_u128(1)), Grant::moderator("32.73")] {
            assert!(!may_give(&officer, &as_given(&(given.clone(), at.clone()))), "{}", given.role);
            assert!(may_withdraw(&officer, &as_given(&(given.clone(), at.clone()))), "{}", given.role);
            assert!(may_give(&Grant::ministry(), &as_given(&(given, at.clone()))));
        }
    }

    #[test]
    fn nobody_gives_what_is_done_everywhere_without_doing_it_everywhere() {
        for (giver, to, _) in APPOINTS {
            let all = [Reach::Everywhere];
            assert!(does_where(*to, &all).is_subset(&does_where(*giver, &all)), "{giver} gives {to}");
        }
    }

    #[test]
    fn whoever_gives_their_own_role_gives_nothing_that_they_do_not_do() {
        let placed = [Reach::Region, Reach::Organisation, Reach::School, Reach::Everywhere];
        for (giver, to, _) in APPOINTS.iter().filter(|row| row.0 == row.1) {
            assert_eq!(does_where(*to, &placed), does_where(*giver, &placed));
        }
    }

    #[test]
    fn the_permission_table_lets_exactly_those_give_who_appoint() {
        let appoint: BTreeSet<Role> = APPOINTS.iter().map(|row| row.0).collect();
        for action in [Action::RoleGrantGive, Action::RoleGrantWithdraw] {
            let listed: BTreeSet<Role> = POLICY
                .iter()
                .filter(|row| row.1 == action && !matches!(row.2, Reach::Own | Reach::Account))
                .map(|row| row.0)
                .collect();
            assert_eq!(listed, appoint, "{}", action.name());
        }
    }
}
