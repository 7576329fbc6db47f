//! What an officer may record of an activity: all faults of a list at once.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::{
    community::activity::rule::AttendanceMethod,
    foundation::error::{Error, Fault, Result},
};

/// Most rows of one call.
pub const MAX_ENTRIES: usize = 300;

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub person_id: Uuid,
    /// Minutes present; 0 takes the person off the list.
    pub minutes: i32,
}

/// What is recorded of somebody already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// Minutes present.
    pub minutes: i32,
    /// How it is known.
    pub method: AttendanceMethod,
}

/// Checks a whole list: `members` are those named who are or were members, with whether they were on the day of
/// the activity; `noted` is what is recorded. Whoever is on the list may be taken off it, member or not.
///
/// # Errors
/// `invalid` with every fault there is: `activity_attendance_empty` and `activity_attendance_too_long` under
/// `/entries`, `person_listed_twice`, `person_not_member` and `person_not_member_then` under
/// `/entries/{i}/personId`, `minutes_out_of_range` under `/entries/{i}/minutes`.
pub fn check(
    entries: &[Entry],
    members: &HashMap<Uuid, bool>,
    noted: &HashMap<Uuid, Noted>,
    planned_minutes: i32,
) -> Result<()> {
    if entries.is_empty() {
        return Err(Error::invalid("/entries", "activity_attendance_empty"));
    }
    if entries.len() > MAX_ENTRIES {
        let fault = Fault::new("/entries", "activity_attendance_too_long").with("max", MAX_ENTRIES);
        return Err(Error::Invalid(vec![fault]));
    }
    let (mut faults, mut met) = (Vec::new(), HashSet::with_capacity(entries.len()));
    for (i, entry) in entries.iter().enumerate() {
        let about_person = |code| Fault::new(format!("/entries/{i}/personId"), code);
        if !met.insert(entry.person_id) {
            faults.push(about_person("person_listed_twice"));
        }
        let taken_off = entry.minutes == 0 && noted.contains_key(&entry.person_id);
        match members.get(&entry.person_id) {
            Some(true) => {}
            _ if taken_off => {}
            Some(false) => faults.push(about_person("person_not_member_then")),
            None => faults.push(about_person("person_not_member")),
        }
        if !(0..=planned_minutes).contains(&entry.minutes) {
            let fault = Fault::new(format!("/entries/{i}/minutes"), "minutes_out_of_range");
            faults.push(fault.with("min", 0).with("max", planned_minutes));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// What a list says that is new.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Persons with the minutes they have from now on.
    pub changed: Vec<(Uuid, i32)>,
    /// How many of those were recorded otherwise before.
    pub corrected: usize,
    /// Persons who are taken off.
    pub removed: Vec<Uuid>,
}

/// What of the list is new. The same minutes change nothing where a code proved them; where only the person
/// said so, they are now the officer's word.
pub fn sort(entries: &[Entry], noted: &HashMap<Uuid, Noted>) -> Told {
    let mut told = Told::default();
    for Entry { person_id, minutes } in entries {
        match (noted.get(person_id), minutes) {
            (None, 0) => {}
            (Some(_), 0) => told.removed.push(*person_id),
            (Some(now), minutes)
                if now.minutes == *minutes && now.method != AttendanceMethod::Confirmation => {}
            (earlier, minutes) => {
                told.corrected += usize::from(earlier.is_some());
                told.changed.push((*person_id, *minutes));
            }
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u8) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    fn list(entries: &[(u8, i32)]) -> Vec<Entry> {
        entries.iter().map(|(n, minutes)| Entry { person_id: id(*n), minutes: *minutes }).collect()
    }

    fn noted() -> HashMap<Uuid, Noted> {
        let of = |minutes, method| Noted { minutes, method };
        HashMap::from([
            (id(1), of(90, AttendanceMethod::Code)),
            (id(2), of(90, AttendanceMethod::Confirmation)),
            (id(9), of(90, AttendanceMethod::Organiser)),
        ])
    }

    fn told(entries: &[(u8, i32)]) -> Vec<(String, &'static str)> {
        let members = HashMap::from([(id(1), true), (id(2), true), (id(3), true), (id(6), false)]);
        match check(&list(entries), &members, &noted(), 120) {
            Ok(()) => Vec::new(),
            Err(Error::Invalid(faults)) => faults.into_iter().map(|f| (f.pointer, f.code)).collect(),
            Err(other) => vec![(String::new(), other.code())],
        }
    }

    #[test]
    fn every_fault_of_the_whole_list_is_told_at_once() {
        assert!(told(&[(1, 120), (2, 0), (3, 5), (9, 0)]).is_empty());
        let expected = [
            ("/entries/1/personId", "person_listed_twice"),
            ("/entries/1/minutes", "minutes_out_of_range"),
            ("/entries/2/personId", "person_not_member"),
            ("/entries/3/personId", "person_not_member"),
            ("/entries/3/minutes", "minutes_out_of_range"),
            ("/entries/4/personId", "person_not_member"),
            ("/entries/5/personId", "person_not_member_then"),
        ];
        let faults = told(&[(1, 9), (1, 121), (9, 10), (4, -1), (5, 0), (6, 9)]);
        assert_eq!(faults, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
        assert_eq!(told(&[]), [("/entries".to_owned(), "activity_attendance_empty")]);
        let endless = vec![(1, 1); MAX_ENTRIES + 1];
        assert_eq!(told(&endless), [("/entries".to_owned(), "activity_attendance_too_long")]);
    }

    #[test]
    fn a_code_is_not_downgraded_by_the_same_minutes_and_a_confirmation_becomes_the_officers_word() {
        let told = sort(&list(&[(1, 90), (2, 90), (3, 45), (9, 0), (4, 0)]), &noted());
        let changed = vec![(id(2), 90), (id(3), 45)];
        assert_eq!(told, Told { changed, corrected: 1, removed: vec![id(9)] });
        assert_eq!(sort(&list(&[(1, 60)]), &noted()).corrected, 1, "an officer overrules");
    }

    proptest! {
        #[test]
        fn a_list_said_twice_changes_nothing_the_second_time(
            entries in proptest::collection::hash_map(0u8..20, 0i32..120, 0..20),
        ) {
            let entries: Vec<(u8, i32)> = entries.into_iter().collect();
            let mut noted = noted();
            let told = sort(&list(&entries), &noted);
            for (person, minutes) in told.changed {
                noted.insert(person, Noted { minutes, method: AttendanceMethod::Organiser });
            }
            for person in told.removed {
                noted.remove(&person);
            }
            prop_assert_eq!(sort(&list(&entries), &noted), Told::default());
        }
    }
}
