//! The states of a breach: open → contained → closed. One step back, for a reason, from each but the first: what was
//! thought to be stopped may go on, and what was closed may turn out to be more. Telling the authority and the persons
//! is no state: it is due whether or not the breach could be stopped.

use super::clock::Told;
use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where a breach stands.
    pub enum BreachStatus {
        /// Known, and not stopped yet.
        Open = "open",
        /// No more data comes out.
        Contained = "contained",
        /// Stopped, told, and learnt from.
        Closed = "closed",
    }
}

use BreachStatus::{Closed, Contained, Open};

/// What is known of a breach that is to be closed.
#[derive(Debug, Clone, Copy)]
pub struct Ending {
    /// Whether the authority was told.
    pub authority: Told,
    /// Whether the persons were told.
    pub persons: Told,
    /// Whether something was said about what was learnt.
    pub learnt: bool,
}

impl BreachStatus {
    /// open → contained.
    ///
    /// # Errors
    /// `breach_contained`, `breach_closed`.
    pub fn contain(self) -> Result<Self> {
        match self {
            Open => Ok(Contained),
            Contained => Err(Error::conflict("breach_contained")),
            Closed => Err(Error::conflict("breach_closed")),
        }
    }

    /// contained → closed.
    ///
    /// # Errors
    /// `breach_closed`; else everything that is missing at once: `breach_not_contained`, `breach_authority_not_told`,
    /// `breach_persons_not_told`, `breach_lessons_missing`.
    pub fn close(self, ending: Ending) -> Result<Self> {
        self.require_open()?;
        let missing = [
            (self == Contained, "", "breach_not_contained"),
            (ending.authority.is_settled(), "", "breach_authority_not_told"),
            (ending.persons.is_settled(), "", "breach_persons_not_told"),
            (ending.learnt, "/lessons", "breach_lessons_missing"),
        ];
        let faults = missing.into_iter().filter(|part| !part.0).map(|part| Fault::new(part.1, part.2));
        Error::conflicts(faults.collect())?;
        Ok(Closed)
    }

    /// One step back: closed → contained, contained → open.
    ///
    /// # Errors
    /// `breach_open`.
    pub fn reopen(self) -> Result<Self> {
        match self {
            Closed => Ok(Contained),
            Contained => Ok(Open),
            Open => Err(Error::conflict("breach_open")),
        }
    }

    /// That what is known of it may still be written down.
    ///
    /// # Errors
    /// `breach_closed`.
    pub fn require_open(self) -> Result<()> {
        if self == Closed { Err(Error::conflict("breach_closed")) } else { Ok(()) }
    }

    /// That somebody may still be told: a reason why not gives way to a notice after all, a notice to nothing.
    ///
    /// # Errors
    /// `breach_closed`; `told` where it was done already.
    pub fn tell(self, already: Told, told: &'static str) -> Result<()> {
        self.require_open()?;
        if matches!(already, Told::At(_)) { Err(Error::conflict(told)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    fn codes(of: Result<BreachStatus>) -> Vec<&'static str> {
        match of {
            Ok(_) => Vec::new(),
            Err(Error::Conflict(fault)) => vec![fault.code],
            Err(Error::Conflicts(faults)) => faults.iter().map(|fault| fault.code).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(BreachStatus::ALL, BreachStatus::as_str);
    }

    #[test]
    fn each_step_starts_where_the_domain_says_and_nowhere_else() {
        let whole = Ending { authority: Told::NotNeeded, persons: Told::NotNeeded, learnt: true };
        assert_eq!(Open.contain().unwrap(), Contained);
        assert_eq!(codes(Contained.contain()), ["breach_contained"]);
        assert_eq!(codes(Closed.contain()), ["breach_closed"]);
        assert_eq!(Contained.close(whole).unwrap(), Closed);
        assert_eq!(codes(Open.close(whole)), ["breach_not_contained"]);
        assert_eq!(codes(Closed.close(whole)), ["breach_closed"]);
        assert_eq!(Closed.reopen().unwrap(), Contained);
        assert_eq!(Contained.reopen().unwrap(), Open);
        assert_eq!(codes(Open.reopen()), ["breach_open"]);
    }

    #[test]
    fn whoever_was_told_is_told_once_and_a_reason_gives_way_to_a_notice() {
        let at = Told::At("2026-03-02T01:00:00Z".parse().unwrap());
        for status in [Open, Contained] {
            assert!(
                status.tell(Told::NotYet, "told").is_ok() && status.tell(Told::NotNeeded, "told").is_ok()
            );
            assert!(status.tell(at, "told").is_err());
        }
        assert!(Closed.tell(Told::NotYet, "told").is_err());
    }

    proptest! {
        #[test]
        fn closing_names_every_missing_part_and_no_other(contained: bool, authority: bool, persons: bool, learnt: bool) {
            let told = |settled| if settled { Told::NotNeeded } else { Told::NotYet };
            let status = if contained { Contained } else { Open };
            let ending = Ending { authority: told(authority), persons: told(persons), learnt };
            let parts = [
                (contained, "breach_not_contained"),
                (authority, "breach_authority_not_told"),
                (persons, "breach_persons_not_told"),
                (learnt, "breach_lessons_missing"),
            ];
            let missing: Vec<_> = parts.into_iter().filter(|part| !part.0).map(|part| part.1).collect();
            prop_assert_eq!(codes(status.close(ending)), missing);
        }
    }
}
