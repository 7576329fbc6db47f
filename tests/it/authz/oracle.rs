//! What each call must come to, worked out from a permission table and where things belong, without
//! any of the service's own code for it.

use sanggar::access::{
    action::Action,
    grant::{Grant, Role},
    policy::Reach,
};
use uuid::Uuid;

use super::land::Side;

/// A permission table: the service's, or one with a hole.
pub type Table<'a> = &'a [(Role, Action, Reach)];

/// What is called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Organisation,
    School,
    Person,
    Trainer,
    Speaker,
    Competence,
    Program,
    DraftProgram,
    Batch,
    DraftBatch,
    Session,
    Enrolment,
    Learning,
    Certificate,
    Import,
    /// Something that is not there yet.
    Nothing,
}

/// Where a thing belongs.
#[derive(Clone, Copy, Default)]
pub struct Place {
    pub region: Option<&'static str>,
    pub organisation: Option<Uuid>,
    pub school: Option<Uuid>,
    pub person: Option<Uuid>,
    pub taught_by: Option<Uuid>,
}

/// What a call comes to, as far as permission goes: a state or a value may still be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Allowed,
    Forbidden,
    NotFound,
}

use Verdict::{Allowed, Forbidden, NotFound};

/// Whether `grant` reaches `place` for `action`; `None` when its role does not have the action at all.
fn reaches(table: Table<'_>, grant: &Grant, action: Action, place: &Place) -> Option<bool> {
    let rows: Vec<Reach> =
        table.iter().filter(|row| (row.0, row.1) == (grant.role, action)).map(|row| row.2).collect();
    let same = |mine: Option<Uuid>, its: Option<Uuid>| mine.is_some() && mine == its;
    let one = |reach: &Reach| match reach {
        Reach::Everywhere => true,
        Reach::Region => {
            let (mine, its) = (grant.region.as_deref().unwrap(), place.region);
            its.is_some_and(|its| its == mine || its.starts_with(&format!("{mine}.")))
        }
        Reach::Organisation => same(grant.organisation, place.organisation),
        Reach::School => same(grant.school, place.school),
        Reach::Own => same(grant.person, place.person),
        Reach::Taught => same(grant.person, place.taught_by),
    };
    (!rows.is_empty()).then(|| rows.iter().any(one))
}

/// The action with which a thing is found; none for what every signed-in caller may know.
fn found_by(thing: Thing) -> Option<Action> {
    match thing {
        Thing::Person => Some(Action::PersonRead),
        Thing::Trainer => Some(Action::BurdenRead),
        Thing::Enrolment | Thing::Learning => Some(Action::EnrolmentRead),
        Thing::Certificate => Some(Action::CertificateRead),
        Thing::Import => Some(Action::ImportRead),
        Thing::Speaker | Thing::Competence => Some(Action::ResourcePersonRead),
        _ => None,
    }
}

/// Whether the caller comes to see the thing.
pub fn seen(table: Table<'_>, grant: &Grant, thing: Thing, side: &Side) -> Verdict {
    let place = side.place(thing);
    if matches!(thing, Thing::DraftProgram | Thing::DraftBatch) {
        // Drafts are the ministry's and the provider's own.
        let own = match grant.role {
            Role::Ministry | Role::MinistrySystem => true,
            Role::ProviderStaff => grant.organisation == place.organisation,
            _ => false,
        };
        return if own { Allowed } else { NotFound };
    }
    match found_by(thing).map(|action| reaches(table, grant, action, &place)) {
        None | Some(Some(true)) => Allowed,
        Some(Some(false)) => NotFound,
        Some(None) => Forbidden,
    }
}

/// What doing `action` to the thing must come to.
pub fn verdict(
    table: Table<'_>,
    grant: &Grant,
    action: Option<Action>,
    thing: Thing,
    side: &Side,
) -> Verdict {
    // Who never does this anywhere is told so, whatever there is: nothing is looked for.
    let never = |action| reaches(table, grant, action, &Place::default()).is_none();
    if action.is_some_and(never) {
        return Forbidden;
    }
    let seen = seen(table, grant, thing, side);
    match action {
        _ if seen != Allowed => seen,
        None => Allowed,
        Some(action) => may(table, grant, action, &side.place(thing)),
    }
}

/// What doing `action` at a place must come to, for what need not be found first.
pub fn may(table: Table<'_>, grant: &Grant, action: Action, place: &Place) -> Verdict {
    if reaches(table, grant, action, place) == Some(true) { Allowed } else { Forbidden }
}
