//! What of a person's record a caller is shown, and why not the rest: each field by its class, each class for one purpose
//! (`access::purpose`). Nobody makes a [`Person`] but here.

use std::collections::HashSet;

use async_graphql::SimpleObject;
use entity::{
    person::Model,
    personal::{self, Class},
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{view::Person, write::place};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
        context::{Ctx, Work},
        purpose, scope,
    },
    domain_enum,
    foundation::error::{Error, Result},
};

domain_enum! {
    /// Why a field is not shown.
    pub enum WithheldReason {
        /// The app was not allowed this purpose, though whoever it acts for may see it.
        PurposeNotGranted = "purpose_not_granted",
        /// What the caller does here needs no such data of this person.
        NoPurpose = "no_purpose",
        /// The person had the use of their data restricted.
        Restricted = "restricted",
        /// What was held on the person was erased.
        Erased = "erased",
    }
}

/// A field that is not shown, whether or not there is anything in it, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
pub struct Withheld {
    /// Which field, as both faces call it.
    #[schema(example = "phone", max_length = 30)]
    pub field: String,
    /// Why.
    pub reason: WithheldReason,
}

/// A personal field of the record.
struct Field {
    name: &'static str,
    column: &'static str,
    clear: fn(&mut Model),
    is_shown: fn(&Person) -> bool,
}

/// All of them, in the order in which the record shows them.
#[rustfmt::skip] // One a line.
const FIELDS: &[Field] = &[
    Field { name: "name", column: "name", clear: |row| row.name.clear(), is_shown: |p| !p.name.is_empty() },
    Field { name: "nuptk", column: "nuptk", clear: |row| row.nuptk = None, is_shown: |p| p.nuptk.is_some() },
    Field { name: "nip", column: "nip", clear: |row| row.nip = None, is_shown: |p| p.nip.is_some() },
    Field { name: "sex", column: "sex", clear: |row| row.sex = None, is_shown: |p| p.sex.is_some() },
    Field { name: "birthDate", column: "birth_date", clear: |row| row.birth_date = None, is_shown: |p| p.birth_date.is_some() },
    Field { name: "employment", column: "employment", clear: |row| row.employment.clear(), is_shown: |p| p.employment.is_some() },
    Field { name: "subject", column: "subject", clear: |row| row.subject = None, is_shown: |p| p.subject.is_some() },
    Field { name: "schoolId", column: "school_id", clear: |row| row.school_id = None, is_shown: |p| p.school_id.is_some() },
    Field { name: "regionCode", column: "region_code", clear: |row| row.region_code = None, is_shown: |p| p.region_code.is_some() },
    Field { name: "phone", column: "phone", clear: |row| row.phone = None, is_shown: |p| p.phone.is_some() },
    Field { name: "email", column: "email", clear: |row| row.email = None, is_shown: |p| p.email.is_some() },
];

impl Field {
    fn class(&self) -> Option<Class> {
        personal::class("person", self.column)
    }

    fn action(&self) -> Option<Action> {
        self.class().and_then(purpose::action)
    }
}

/// The actions that show a part of a person beyond what finding them shows.
const PARTS: [Action; 3] = [Action::PersonIdentifiers, Action::PersonDemographics, Action::PersonContacts];

/// How far a caller sees one part of persons.
struct Part<'a> {
    action: Action,
    granted: bool,
    held: Vec<Held<'a>>,
    /// How the caller finds persons by what stands in their rows, where whom it finds otherwise it sees in this part
    /// too: by an enrolment, which no row says.
    else_enrolled: Option<Vec<Held<'a>>>,
    /// Whom it was looked up to reach by an enrolment.
    enrolled: HashSet<Uuid>,
}

impl<'a> Part<'a> {
    fn of(actor: &'a Actor, action: Action, found: bool) -> Self {
        let held = actor.holds(action);
        let (by_enrolment, by_row): (Vec<_>, Vec<_>) =
            actor.holds(Action::PersonRead).into_iter().partition(|held| held.by_enrolment());
        let same = !by_enrolment.is_empty() && by_enrolment.iter().all(|one| held.contains(one));
        let else_enrolled = (found && same).then_some(by_row);
        Self { action, granted: actor.app_covers(action), held, else_enrolled, enrolled: HashSet::new() }
    }

    fn reaches(&self, row: &Model) -> bool {
        let place = place(row);
        let covered = |held: &[Held<'_>]| held.iter().any(|held| held.covers(&place));
        covered(&self.held)
            || self.enrolled.contains(&row.id)
            || self.else_enrolled.as_ref().is_some_and(|by_row| !covered(by_row))
    }
}

/// How a caller sees the persons of one page.
pub struct Lens<'a> {
    actor: &'a Actor,
    parts: Vec<Part<'a>>,
    keeps: Vec<Held<'a>>,
}

impl<'a> Lens<'a> {
    /// How `actor` sees `rows`, which were found through its scope. Nothing is looked up but for who reaches some by
    /// what they teach and others by what their organisation runs, and then in one statement for all.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn over(
        actor: &'a Actor,
        db: &impl ConnectionTrait,
        rows: impl Iterator<Item = &Model> + Clone + Send,
    ) -> Result<Self> {
        Self::new(actor, true).looking_up(db, rows).await
    }

    fn new(actor: &'a Actor, found: bool) -> Self {
        let parts = PARTS.into_iter().map(|action| Part::of(actor, action, found)).collect();
        Self { actor, parts, keeps: actor.holds(Action::PersonUpdate) }
    }

    async fn looking_up(
        mut self,
        db: &impl ConnectionTrait,
        rows: impl Iterator<Item = &Model> + Clone + Send,
    ) -> Result<Self> {
        let open: Vec<Vec<Uuid>> = self.parts.iter().map(|part| self.undecided(part, rows.clone())).collect();
        for (part, ids) in self.parts.iter_mut().zip(open) {
            if let Some(some) = scope::persons_by_enrolment(self.actor, part.action, &ids) {
                part.enrolled = some.into_tuple::<Uuid>().all(db).await?.into_iter().collect();
            }
        }
        Ok(self)
    }

    /// Those whose row alone does not say whether the caller reaches the part.
    fn undecided<'r>(&self, part: &Part<'_>, rows: impl Iterator<Item = &'r Model>) -> Vec<Uuid> {
        let open = rows.filter(|row| self.state(row).is_none() && !part.reaches(row));
        open.map(|row| row.id).collect()
    }

    /// What a person's state withholds but for the name.
    fn state(&self, row: &Model) -> Option<WithheldReason> {
        if row.erased_at.is_some() {
            return Some(WithheldReason::Erased);
        }
        let place = place(row);
        let open = row.restricted_at.is_none()
            || self.actor.person() == Some(row.id)
            || self.keeps.iter().any(|held| held.covers(&place));
        (!open).then_some(WithheldReason::Restricted)
    }

    /// Why what belongs to `action` is not shown of a person who is as usual; none where it is.
    fn refused(&self, action: Action, row: &Model) -> Option<WithheldReason> {
        let (granted, reached) = match self.parts.iter().find(|part| part.action == action) {
            Some(part) => (part.granted, part.reaches(row)),
            // Who comes to see a record at all reaches it.
            None => (self.actor.app_covers(action), !self.actor.holds(action).is_empty()),
        };
        match (reached, granted) {
            (true, true) => None,
            (true, false) => Some(WithheldReason::PurposeNotGranted),
            (false, _) => Some(WithheldReason::NoPurpose),
        }
    }

    fn withheld(&self, field: &Field, row: &Model) -> Option<WithheldReason> {
        let state = self.state(row);
        let by_name = field.class() == Some(Class::Identity) && state == Some(WithheldReason::Restricted);
        match state {
            Some(reason) if !by_name => Some(reason),
            _ => field.action().map_or(Some(WithheldReason::NoPurpose), |action| self.refused(action, row)),
        }
    }

    /// The person of a row, as the caller sees them.
    ///
    /// # Errors
    /// `Internal` when the row holds a value that is in no list.
    pub fn person(&self, mut row: Model) -> Result<Person> {
        let mut withheld = Vec::new();
        for field in FIELDS {
            if let Some(reason) = self.withheld(field, &row) {
                withheld.push((field, reason));
            }
        }
        // Only now: where somebody belongs decides about the other fields too.
        for (field, _) in &withheld {
            (field.clear)(&mut row);
        }
        let named = |(field, reason): (&Field, _)| Withheld { field: field.name.to_owned(), reason };
        let person = Person::of(row)?;
        Ok(Person { withheld: withheld.into_iter().map(named).collect(), ..person })
    }
}

/// What a command answers with: the record as whoever asked sees it.
///
/// # Errors
/// Whatever the database answers; `Internal` when the row holds a value that is in no list.
pub async fn answer(work: &Work<'_>, row: Model) -> Result<Person> {
    // Whoever registers somebody did not find them.
    Lens::new(work.actor, false).looking_up(work.db(), std::iter::once(&row)).await?.person(row)
}

/// Notes what of somebody else is shown with a record, by purpose. What is left of a retired record is about who survives.
pub fn note(ctx: &Ctx, person: &Person) {
    let id = person.merged_into.unwrap_or(person.id).uuid();
    if ctx.actor.person() == Some(id) {
        return;
    }
    for field in FIELDS.iter().filter(|field| (field.is_shown)(person)) {
        if let Some(action) = field.action() {
            ctx.looks.note(id, action.scope(), [field.name]);
        }
    }
}

/// That the caller may find persons by a field of this class.
///
/// # Errors
/// `forbidden`, `insufficient_scope`: what is not shown is not found by either.
pub fn findable(actor: &Actor, class: Class) -> Result<sea_orm::Condition> {
    let action = purpose::action(class).ok_or(Error::Forbidden(Action::PersonRead.name()))?;
    scope::persons_for(actor, action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::grant::Grant, foundation::domain_enum::tests::assert_enum_travels};

    /// Somebody in Bandung, of whom everything is known or next to nothing.
    fn row(everything: bool) -> Model {
        let known = |text: &str| everything.then(|| text.to_owned());
        Model {
            id: Uuid::from_u128(1),
            kind: "teacher".to_owned(),
            name: "Siti Aminah".to_owned(),
            nuptk: known("4738779680130042"),
            nip: known("198709152021212003"),
            nik_sealed: None,
            nik_index: None,
            sex: known("female"),
            birth_date: chrono::NaiveDate::from_ymd_opt(1987, 9, 15).filter(|_| everything),
            employment: "pppk".to_owned(),
            subject: known("IPA"),
            school_id: everything.then(|| Uuid::from_u128(2)),
            region_code: Some("32.73".to_owned()),
            phone: known("+6281234567890"),
            email: known("siti@contoh.sch.id"),
            merged_into: None,
            restricted_at: None,
            restricted_by: None,
            erased_at: None,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_is_withheld_does_not_tell_what_is_known() {
        let now = Some(chrono::DateTime::UNIX_EPOCH);
        let states = [(None, None), (now, None), (None, now), (now, now)];
        let grants = [
            Grant::ministry(),
            Grant::regional_officer("32"),
            Grant::regional_officer("35"),
            Grant::provider_staff(Uuid::from_u128(3)),
            Grant::resource_person(Uuid::from_u128(4)),
            Grant::teacher(Uuid::from_u128(1)),
        ];
        for grant in grants {
            let actor = Actor::new("somebody", vec![grant]);
            let lens = Lens::new(&actor, true);
            for (restricted_at, erased_at) in states {
                let of = |everything| Model { restricted_at, erased_at, ..row(everything) };
                let (full, bare) = (lens.person(of(true)).unwrap(), lens.person(of(false)).unwrap());
                assert_eq!(full.withheld, bare.withheld, "{actor:?}");
                for field in FIELDS {
                    let withheld = full.withheld.iter().any(|one| one.field == field.name);
                    assert_eq!((field.is_shown)(&full), !withheld, "{actor:?} {}", field.name);
                }
            }
        }
    }

    #[test]
    fn every_reason_travels() {
        assert_enum_travels(WithheldReason::ALL, WithheldReason::as_str);
    }

    #[test]
    fn every_personal_column_of_a_person_is_a_field_or_a_secret() {
        for (_, column, class) in personal::CLASSES.iter().filter(|row| row.0 == "person") {
            let field = FIELDS.iter().find(|field| field.column == *column);
            assert_eq!(field.is_none(), *class == Class::Secret, "{column}");
            assert!(field.is_none_or(|field| field.action().is_some()), "{column} is for nothing");
        }
    }
}
