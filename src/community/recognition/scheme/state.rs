//! The states of an edition of the criteria: draft → published → retired; and which edition holds for a year.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where an edition of the criteria stands.
    pub enum RecognitionSchemeStatus {
        /// Being written; only the ministry sees it.
        Draft = "draft",
        /// In force from its first year on; what it says never changes.
        Published = "published",
        /// No year that begins after that day is looked at by it. Final.
        Retired = "retired",
    }
}

impl RecognitionSchemeStatus {
    /// That what it says may still be changed.
    ///
    /// # Errors
    /// `recognition_scheme_not_draft` with `status`.
    pub fn require_draft(self) -> Result<()> {
        match self {
            Self::Draft => Ok(()),
            _ => Err(self.refused("recognition_scheme_not_draft")),
        }
    }

    /// draft → published.
    ///
    /// # Errors
    /// As [`Self::require_draft`].
    pub fn publish(self) -> Result<Self> {
        self.require_draft().map(|()| Self::Published)
    }

    /// published → retired.
    ///
    /// # Errors
    /// `recognition_scheme_not_published` with `status`.
    pub fn retire(self) -> Result<Self> {
        match self {
            Self::Published => Ok(Self::Retired),
            _ => Err(self.refused("recognition_scheme_not_published")),
        }
    }

    fn refused(self, code: &'static str) -> Error {
        Error::conflict_with(Fault::new("", code).with("status", self))
    }
}

/// When one edition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Which edition, counted from 1.
    pub edition: i32,
    /// Where it stands.
    pub status: RecognitionSchemeStatus,
    /// The first year that is looked at by it.
    pub from_year: i32,
    /// The year in which it was retired: the last one that is looked at by it.
    pub retired_year: Option<i32>,
}

/// The edition in force for a year: the latest that had begun then. Drafts are never in force; one that was retired holds
/// for the years that had begun by then, and leaves no earlier one in its place.
pub fn in_force(terms: &[Term], year: i32) -> Option<i32> {
    let begun = |term: &&Term| term.status != RecognitionSchemeStatus::Draft && term.from_year <= year;
    let latest = terms.iter().filter(begun).max_by_key(|term| term.edition)?;
    latest.retired_year.is_none_or(|last| year <= last).then_some(latest.edition)
}

/// That an edition published in `this_year` may hold from `from_year` on. The first may look back; a later one begins
/// with a year that has not begun, so that nobody is held to what they could not know.
///
/// # Errors
/// `recognition_scheme_from_past` with `year`.
pub fn require_forward(edition: i32, from_year: i32, this_year: i32) -> Result<()> {
    if edition == 1 || from_year > this_year {
        return Ok(());
    }
    let fault = Fault::new("/fromYear", "recognition_scheme_from_past");
    Err(Error::conflict_with(fault.with("year", this_year)))
}

#[cfg(test)]
mod tests {
    use super::{
        RecognitionSchemeStatus::{Draft, Published, Retired},
        *,
    };
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere_and_none_goes_back() {
        assert_enum_travels(RecognitionSchemeStatus::ALL, RecognitionSchemeStatus::as_str);
        assert_eq!((Draft.publish().unwrap(), Published.retire().unwrap()), (Published, Retired));
        let refused = |outcome: Result<RecognitionSchemeStatus>| outcome.unwrap_err().code();
        assert_eq!(refused(Published.publish()), "recognition_scheme_not_draft");
        assert_eq!(refused(Retired.publish()), "recognition_scheme_not_draft");
        assert_eq!(refused(Draft.retire()), "recognition_scheme_not_published");
        assert_eq!(refused(Retired.retire()), "recognition_scheme_not_published");
    }

    #[test]
    fn a_year_is_looked_at_by_the_latest_edition_that_had_begun() {
        let term = |edition, status, from_year| Term { edition, status, from_year, retired_year: None };
        let terms = [term(1, Published, 2024), term(2, Published, 2026), term(3, Draft, 2024)];
        assert_eq!(
            [2023, 2024, 2025, 2026, 2030].map(|year| in_force(&terms, year)),
            [None, Some(1), Some(1), Some(2), Some(2)]
        );
        let retired = [term(1, Published, 2024), Term { retired_year: Some(2027), ..term(2, Retired, 2026) }];
        assert_eq!(
            [2025, 2026, 2027, 2028].map(|year| in_force(&retired, year)),
            [Some(1), Some(2), Some(2), None]
        );
    }

    #[test]
    fn only_the_first_edition_looks_back() {
        assert!(require_forward(1, 2024, 2026).is_ok() && require_forward(2, 2027, 2026).is_ok());
        let refused = require_forward(2, 2026, 2026).unwrap_err();
        assert_eq!(refused.code(), "recognition_scheme_from_past");
    }
}
