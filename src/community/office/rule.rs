//! What an office needs: a scope where it is about one subject or grade, and a term that ends after it begins.

use chrono::NaiveDate;

use crate::{
    community::group::rule::Office,
    foundation::{
        error::{Fault, Faults},
        text,
    },
};

/// Most offices held in a community at one time.
pub const MAX_OFFICES: u64 = 100;

impl Office {
    /// Whether it is about one subject or one grade, which its scope names.
    pub const fn has_scope(self) -> bool {
        matches!(self, Self::SubjectGuide | Self::GradeCoordinator)
    }

    /// Whether only members hold it; a patron stands over the group.
    pub const fn is_for_members(self) -> bool {
        !matches!(self, Self::Patron)
    }
}

/// The subject or grade an office is there for, its faults noted under `/scope`: `field_missing` where the
/// office needs one, `office_without_scope` where it has none, else as [`text::line`].
pub fn scope(office: Office, raw: Option<&str>, faults: &mut Faults) -> Option<String> {
    let Some(raw) = raw else {
        faults.require(!office.has_scope(), "/scope", "field_missing");
        return None;
    };
    if !office.has_scope() {
        faults.push(Fault::new("/scope", "office_without_scope").with("office", office));
        return None;
    }
    faults.take("/scope", text::line(raw, 60))
}

/// Whether a term ran out before `today`.
pub fn term_over(ends_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    ends_on.is_some_and(|last| last < today)
}

/// That a term ends after its first day.
///
/// # Errors
/// `office_term_reversed`.
pub fn term(starts_on: NaiveDate, ends_on: NaiveDate) -> Result<(), Fault> {
    if ends_on > starts_on { Ok(()) } else { Err(Fault::new("", "office_term_reversed")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(offset)
    }

    #[test]
    fn guides_and_coordinators_say_of_what_and_nobody_else_does() {
        let told = |office, raw: Option<&str>| {
            let mut faults = Faults::new();
            let scope = scope(office, raw, &mut faults);
            (scope, faults.done().err().map(|e| e.to_string()))
        };
        assert_eq!(told(Office::SubjectGuide, Some(" IPA ")), (Some("IPA".to_owned()), None));
        assert_eq!(told(Office::Chair, None), (None, None));
        let missing = Some("invalid: /scope field_missing".to_owned());
        assert_eq!(told(Office::GradeCoordinator, None), (None, missing));
        let idle = Some("invalid: /scope office_without_scope".to_owned());
        assert_eq!(told(Office::Treasurer, Some("IPA")), (None, idle));
    }

    proptest! {
        #[test]
        fn a_term_has_more_than_one_day_and_is_over_the_day_after_its_last(start in 0u64..900, end in 0u64..900, today in 0u64..900) {
            prop_assert_eq!(term(day(start), day(end)).is_ok(), end > start);
            prop_assert_eq!(term_over(Some(day(end)), day(today)), today > end);
            prop_assert!(!term_over(None, day(today)));
        }
    }
}
