//! When a region is in force, and what came after it.

use super::code::RegionCode;
use crate::foundation::chain;
use crate::foundation::error::{Error, Fault, Result};
use chrono::NaiveDate;

/// The days a code is in force, both included; an open end has no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    /// First day; none when no decree says so.
    pub from: Option<NaiveDate>,
    /// Last day; none while the code is current.
    pub until: Option<NaiveDate>,
}

impl Validity {
    /// A period that does not end before it starts.
    ///
    /// # Errors
    /// `region_validity_reversed`.
    pub fn new(from: Option<NaiveDate>, until: Option<NaiveDate>) -> std::result::Result<Self, Fault> {
        match (from, until) {
            (Some(from), Some(until)) if until < from => Err(Fault::new("", "region_validity_reversed")),
            _ => Ok(Self { from, until }),
        }
    }

    /// Whether the code is in force on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// The region that `code` has become: itself, or the last of its successors.
///
/// # Errors
/// `region_successor_cycle` when the chain has no end (damaged data).
pub fn resolve(
    code: RegionCode,
    successor: impl Fn(&RegionCode) -> Option<RegionCode>,
) -> Result<RegionCode> {
    chain::last_of(code, successor).map_err(|chain::Cycle(code)| cycle(&code))
}

/// Checks that `code`, no longer in force, may name `next` as its successor.
///
/// # Errors
/// `region_succeeds_itself`; `region_successor_level` when the two are not of one level;
/// `region_still_in_force` when `code` has no last day; `region_has_successor` when another
/// was named before; `region_successor_cycle` when `next` leads back to `code`.
pub fn succeed(
    code: &RegionCode,
    next: &RegionCode,
    validity: Validity,
    successor: impl Fn(&RegionCode) -> Option<RegionCode>,
) -> Result<()> {
    if code == next {
        return Err(Error::conflict("region_succeeds_itself"));
    }
    if code.level() != next.level() {
        return Err(Error::conflict("region_successor_level"));
    }
    if validity.until.is_none() {
        return Err(Error::conflict("region_still_in_force"));
    }
    match successor(code) {
        Some(named) if named != *next => {
            return Err(Error::conflict_with(
                Fault::new("", "region_has_successor").with("successor", named),
            ));
        }
        _ => {}
    }
    if resolve(next.clone(), successor)? == *code {
        return Err(cycle(code));
    }
    Ok(())
}

/// Refuses new work in a region that is not in force on `day`, naming its successor if it has one.
///
/// # Errors
/// `region_not_in_force` with `code` and `successor` (empty when none is known).
pub fn require_in_force(
    code: &RegionCode,
    validity: Validity,
    successor: Option<&RegionCode>,
    day: NaiveDate,
) -> Result<()> {
    if validity.holds_on(day) {
        return Ok(());
    }
    let successor = successor.map_or("", RegionCode::as_str);
    Err(Error::conflict_with(
        Fault::new("", "region_not_in_force").with("code", code).with("successor", successor),
    ))
}

fn cycle(code: &RegionCode) -> Error {
    Error::conflict_with(Fault::new("", "region_successor_cycle").with("code", code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 6, d).unwrap()
    }

    fn ended() -> Validity {
        Validity::new(None, Some(day(10))).unwrap()
    }

    #[test]
    fn both_ends_of_the_validity_are_in_force() {
        let validity = Validity::new(Some(day(2)), Some(day(10))).unwrap();
        let held: Vec<bool> = [1, 2, 10, 11].map(|d| validity.holds_on(day(d))).to_vec();
        assert_eq!(held, [false, true, true, false]);
        assert!(Validity::default().holds_on(day(1)));
        assert_eq!(Validity::new(Some(day(2)), Some(day(1))).unwrap_err().code, "region_validity_reversed");
    }

    #[test]
    fn a_successor_is_of_the_same_level_and_of_a_region_that_ended() {
        let refused = |next: &str, validity| {
            succeed(&code("91.03"), &code(next), validity, |_| None).unwrap_err().code()
        };
        assert_eq!(refused("91.03", ended()), "region_succeeds_itself");
        assert_eq!(refused("92", ended()), "region_successor_level");
        assert_eq!(refused("92.03", Validity::default()), "region_still_in_force");
        assert!(succeed(&code("91.03"), &code("92.03"), ended(), |_| None).is_ok());
    }

    #[test]
    fn another_successor_is_refused_and_the_same_one_is_not() {
        let named = |_: &RegionCode| Some(code("94.01"));
        let refused = succeed(&code("91.03"), &code("92.03"), ended(), |c| {
            if *c == code("91.03") { named(c) } else { None }
        });
        assert_eq!(refused.unwrap_err().code(), "region_has_successor");
    }

    #[test]
    fn new_work_goes_to_a_region_in_force() {
        let refused = require_in_force(&code("91.03"), ended(), Some(&code("92.03")), day(11)).unwrap_err();
        let Error::Conflict(fault) = refused else { panic!("not a rule") };
        assert_eq!(fault.code, "region_not_in_force");
        assert!(fault.args.contains(&("successor", "92.03".to_owned())));
        assert!(require_in_force(&code("91.03"), ended(), None, day(10)).is_ok());
    }

    proptest! {
        #[test]
        fn no_sequence_of_decrees_makes_a_cycle(
            decrees in proptest::collection::vec((10u8..18, 10u8..18), 0..40),
        ) {
            let mut links: HashMap<RegionCode, RegionCode> = HashMap::new();
            for (old, new) in decrees {
                let (old, new) = (code(&old.to_string()), code(&new.to_string()));
                if succeed(&old, &new, ended(), |c| links.get(c).cloned()).is_ok() {
                    links.insert(old, new);
                }
                for n in 10..18 {
                    let last = resolve(code(&n.to_string()), |c| links.get(c).cloned()).unwrap();
                    prop_assert!(!links.contains_key(&last));
                }
            }
        }
    }
}
