//! The states of a credit scheme: draft → published → retired; and which edition holds for a cycle.

use chrono::NaiveDate;

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where a credit scheme stands.
    pub enum CreditSchemeStatus {
        /// Being written; only its provider and the ministry see it.
        Draft = "draft",
        /// In force from its first day on; what it says never changes.
        Published = "published",
        /// No cycle begins by it any more; those that had begun are finished by it. Final.
        Retired = "retired",
    }
}

impl CreditSchemeStatus {
    /// That what it says may still be changed.
    ///
    /// # Errors
    /// `credit_scheme_not_draft` with `status`.
    pub fn require_draft(self) -> Result<()> {
        match self {
            Self::Draft => Ok(()),
            _ => Err(Error::conflict_with(Fault::new("", "credit_scheme_not_draft").with("status", self))),
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
    /// `credit_scheme_not_published` with `status`.
    pub fn retire(self) -> Result<Self> {
        match self {
            Self::Published => Ok(Self::Retired),
            _ => {
                Err(Error::conflict_with(Fault::new("", "credit_scheme_not_published").with("status", self)))
            }
        }
    }
}

/// When one edition of a scheme holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Which edition, counted from 1.
    pub edition: i32,
    /// Where it stands.
    pub status: CreditSchemeStatus,
    /// The first day on which a cycle by it may begin.
    pub effective_from: NaiveDate,
    /// The first day on which none begins any more.
    pub retired_on: Option<NaiveDate>,
}

/// The edition in force for a cycle that begins on `day`: the latest that was effective then, unless it was
/// retired by that day. Drafts are never in force, and an earlier edition never comes back.
pub fn in_force(terms: &[Term], day: NaiveDate) -> Option<i32> {
    let effective = |term: &&Term| term.status != CreditSchemeStatus::Draft && term.effective_from <= day;
    let latest = terms.iter().filter(effective).max_by_key(|term| term.edition)?;
    latest.retired_on.is_none_or(|end| day < end).then_some(latest.edition)
}

/// That an edition published on `today` may hold from `effective_from` on. The first edition may look back,
/// so that what groups did before there were rules is not lost; a later one never changes rules behind those
/// who began by the earlier ones.
///
/// # Errors
/// `credit_effective_from_past` with `today`.
pub fn require_forward(edition: i32, effective_from: NaiveDate, today: NaiveDate) -> Result<()> {
    if edition == 1 || effective_from >= today {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("/effectiveFrom", "credit_effective_from_past").with("today", today)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use CreditSchemeStatus::{Draft, Published, Retired};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term(edition: i32, status: CreditSchemeStatus, from: &str, until: Option<&str>) -> Term {
        Term { edition, status, effective_from: day(from), retired_on: until.map(day) }
    }

    #[test]
    fn states_are_told_alike_everywhere_and_none_goes_back() {
        assert_enum_travels(CreditSchemeStatus::ALL, CreditSchemeStatus::as_str);
        assert_eq!((Draft.publish().unwrap(), Published.retire().unwrap()), (Published, Retired));
        let refused = |outcome: Result<CreditSchemeStatus>| outcome.unwrap_err().code();
        assert_eq!(refused(Published.publish()), "credit_scheme_not_draft");
        assert_eq!(refused(Draft.retire()), "credit_scheme_not_published");
        assert_eq!(refused(Retired.retire()), "credit_scheme_not_published");
    }

    #[test]
    fn a_cycle_is_held_to_the_edition_that_was_in_force_when_it_began() {
        let terms = [
            term(1, Published, "2026-01-01", None),
            term(2, Published, "2026-07-01", Some("2027-01-01")),
            term(3, Draft, "2026-01-01", None),
        ];
        assert_eq!(in_force(&terms, day("2025-12-31")), None);
        assert_eq!(in_force(&terms, day("2026-06-30")), Some(1));
        assert_eq!(in_force(&terms, day("2026-07-01")), Some(2));
        assert_eq!(in_force(&terms, day("2026-12-31")), Some(2));
        assert_eq!(in_force(&terms, day("2027-01-01")), None, "the earlier one does not come back");
        assert_eq!(in_force(&[term(1, Retired, "2026-01-01", Some("2026-05-01"))], day("2026-05-01")), None);
    }

    #[test]
    fn only_the_first_edition_looks_back() {
        assert!(require_forward(1, day("2025-01-01"), day("2026-03-02")).is_ok());
        assert!(require_forward(2, day("2026-03-02"), day("2026-03-02")).is_ok());
        let refused = require_forward(2, day("2026-03-01"), day("2026-03-02")).unwrap_err();
        assert_eq!(refused.code(), "credit_effective_from_past");
    }
}
