//! What an operation must come to by the permission table, and by the rules that narrow it.

use sanggar::access::{
    action::Action as A,
    grant::{Grant, Role},
};

use super::{
    land::Side,
    operations::{Listing, Operation},
    oracle::{Place, Table, Thing as T, Verdict, may, seen, verdict},
};

/// What an operation must come to.
pub fn expected(table: Table<'_>, grant: &Grant, operation: &Operation, side: &Side) -> Verdict {
    let (name, action, thing) = *operation;
    let (region, organisation) = (Some(side.region), Some(side.organisation));
    let school = Some(side.school);
    let new = |place: Place| action.map_or(Verdict::Allowed, |action| may(table, grant, action, &place));
    match name {
        "create_person" => new(Place { region, school, ..Place::default() }),
        "create_resource_person" => {
            let somebody = side.place(T::Trainer);
            match new(somebody) {
                // An organisation registers only whom it comes to see.
                Verdict::Allowed if may(table, grant, A::PersonRead, &somebody) != Verdict::Allowed => {
                    Verdict::NotFound
                }
                other => other,
            }
        }
        "create_program" => new(Place { organisation, ..Place::default() }),
        // An officer gives no staff, who issue certificates: the rule of giving narrows the table.
        "give_role_grant" if grant.role == Role::RegionalOfficer => Verdict::Forbidden,
        // The account is staff, who reach as far as their organisation does: nobody's but the ministry's.
        "send_account_reset" | "block_account" | "unblock_account" if grant.role == Role::RegionalOfficer => {
            match verdict(table, grant, action, thing, side) {
                Verdict::Allowed => Verdict::Forbidden,
                other => other,
            }
        }
        "give_role_grant" => new(Place { region, organisation, ..Place::default() }),
        "create_calendar_feed" => new(Place { person: grant.person, ..Place::default() }),
        "create_organisation" | "start_import" | "compute_award_round" => {
            new(Place { region, ..Place::default() })
        }
        // About a person: whoever is out of reach of the action is not found.
        "get_credit_statement"
        | "claim_credit"
        | "invite_account"
        | "get_personal_data"
        | "request_correction"
        | "get_restriction"
        | "set_restriction"
        | "lift_restriction"
        | "give_sharing_consent"
        | "request_erasure" => match new(side.place(T::Person)) {
            Verdict::Forbidden if table.iter().any(|row| (row.0, Some(row.1)) == (grant.role, action)) => {
                Verdict::NotFound
            }
            other => other,
        },
        "create_community" => new(Place { region, school, person: Some(side.person), ..Place::default() }),
        // For oneself, wherever there is a community.
        "request_membership" => new(Place { person: grant.person, ..Place::default() }),
        // Who can apply for nobody is told so before a person is looked for.
        "apply_enrolment" if !table.iter().any(|row| (row.0, Some(row.1)) == (grant.role, action)) => {
            Verdict::Forbidden
        }
        _ => verdict(table, grant, action, thing, side),
    }
}

/// Whether a list shows the thing of this side.
pub fn listed(table: Table<'_>, grant: &Grant, listing: &Listing, side: &Side) -> Verdict {
    let (name, thing, action, of) = *listing;
    let alone = match action {
        None => seen(table, grant, thing, side),
        // A list of its own action shows what that action reaches.
        Some(action) => match may(table, grant, action, &side.place(thing)) {
            Verdict::Forbidden if table.iter().any(|row| (row.0, row.1) == (grant.role, action)) => {
                Verdict::NotFound
            }
            other => other,
        },
    };
    // Of a person whom the caller comes to see.
    match of.map(|of| seen(table, grant, of, side)) {
        Some(Verdict::NotFound) if name == "list_person_memberships" && alone == Verdict::Allowed => {
            Verdict::NotFound
        }
        _ => alone,
    }
}
