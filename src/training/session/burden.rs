//! The trainer-burden ledger: hours that a serving teacher spends as a resource
//! person, per person and term. Past the cap there is a warning; past twice the
//! cap it takes somebody's name and reason. Who is a serving teacher is said by
//! [`crate::directory::person::rule::is_serving_teacher`].

use crate::bounded_number;
use crate::foundation::error::{Error, Fault, Result};
use crate::foundation::text::Reason;
use chrono::{Datelike, NaiveDate};

bounded_number! {
    /// Minutes per term that a serving teacher may teach others without a warning (a setting): 1 to 100,000.
    pub struct BurdenCap(i64) in 1..=100_000, "burden_cap_out_of_range"
}

/// A school term: semester 1 is July to December, semester 2 January to June of the
/// following year. Written `2026-1`: the year in which the school year began, the semester.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    school_year: i32,
    semester: u8,
}

impl Term {
    /// The term a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        if day.month() >= 7 {
            Self { school_year: day.year(), semester: 1 }
        } else {
            Self { school_year: day.year() - 1, semester: 2 }
        }
    }

    /// The term of a text.
    ///
    /// # Errors
    /// `term_malformed`.
    pub fn parse(text: &str) -> std::result::Result<Self, Fault> {
        let malformed = || Fault::new("", "term_malformed");
        let (year, semester) = text.split_once('-').ok_or_else(malformed)?;
        let school_year = year.parse().map_err(|_| malformed())?;
        let semester = match semester {
            "1" => 1,
            "2" => 2,
            _ => return Err(malformed()),
        };
        let sound = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        if sound { Ok(Self { school_year, semester }) } else { Err(malformed()) }
    }

    /// The year in which the school year began: 2026 for 2026/2027.
    pub const fn school_year(self) -> i32 {
        self.school_year
    }

    /// 1 or 2.
    pub const fn semester(self) -> u8 {
        self.semester
    }
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{}", self.school_year, self.semester)
    }
}

/// Somebody's decision to let a teacher teach more than twice the cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BurdenOverride {
    /// Who decided; never empty.
    pub by: String,
    /// Why.
    pub reason: Reason,
}

impl BurdenOverride {
    /// An override with a name and a reason.
    ///
    /// # Errors
    /// `override_without_name`.
    pub fn new(by: &str, reason: Reason) -> std::result::Result<Self, Fault> {
        match by.trim() {
            "" => Err(Fault::new("", "override_without_name")),
            by => Ok(Self { by: by.to_owned(), reason }),
        }
    }
}

/// What one more session means for a serving teacher's ledger of the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burden {
    /// Minutes of the term with the new session.
    pub total_minutes: i64,
    /// The cap, in minutes per term.
    pub cap: BurdenCap,
    /// Whether it took an override.
    pub overridden: bool,
}

impl Burden {
    /// The warning past the cap: `trainer_burden_past_cap`, with `total` and `cap` in minutes.
    pub fn warning(&self) -> Option<Fault> {
        (self.total_minutes > self.cap.get()).then(|| fault("trainer_burden_past_cap", *self))
    }
}

/// Adds a session of `added` minutes to the `so_far` minutes of the term. Exactly the cap is
/// no warning, exactly twice the cap is not refused.
///
/// # Errors
/// `trainer_burden_exceeded` past twice the cap without an override.
pub fn add(so_far: i64, added: i64, cap: BurdenCap, named: Option<&BurdenOverride>) -> Result<Burden> {
    let total_minutes = so_far.saturating_add(added);
    let exceeded = total_minutes > cap.get().saturating_mul(2);
    let burden = Burden { total_minutes, cap, overridden: exceeded && named.is_some() };
    if exceeded && named.is_none() {
        return Err(Error::conflict_with(fault("trainer_burden_exceeded", burden)));
    }
    Ok(burden)
}

/// Whether an override for `allowed` minutes of a term still covers what is `wanted`: no more minutes, of
/// the same term. Whoever gave it looked at that ledger and no other.
pub fn covers(allowed: (Term, i64), wanted: (Term, i64)) -> bool {
    allowed.0 == wanted.0 && wanted.1 <= allowed.1
}

fn fault(code: &'static str, burden: Burden) -> Fault {
    Fault::new("", code).with("total", burden.total_minutes).with("cap", burden.cap.get())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cap(minutes: i64) -> BurdenCap {
        BurdenCap::parse(minutes).unwrap()
    }

    fn named() -> BurdenOverride {
        BurdenOverride::new(" Kepala Dinas ", Reason::parse("tidak ada pengganti").unwrap()).unwrap()
    }

    #[test]
    fn the_school_year_begins_in_july() {
        let term = |day: &str| Term::of(day.parse().unwrap()).to_string();
        assert_eq!(term("2026-07-01"), "2026-1");
        assert_eq!(term("2026-12-31"), "2026-1");
        assert_eq!(term("2027-01-01"), "2026-2");
        assert_eq!(term("2027-06-30"), "2026-2");
        for wrong in ["", "2026", "2026-3", "26-1", "2026-01", "-026-1", "+026-1"] {
            assert_eq!(Term::parse(wrong).unwrap_err().code, "term_malformed", "{wrong}");
        }
    }

    #[test]
    fn past_the_cap_is_a_warning_and_past_twice_the_cap_a_refusal() {
        let told = |so_far| add(so_far, 60, cap(600), None).map(|b| b.warning().map(|w| w.code));
        assert_eq!(told(540).unwrap(), None);
        assert_eq!(told(541).unwrap(), Some("trainer_burden_past_cap"));
        assert_eq!(told(1140).unwrap(), Some("trainer_burden_past_cap"));
        assert_eq!(told(1141).unwrap_err().code(), "trainer_burden_exceeded");
    }

    #[test]
    fn a_named_override_allows_it_and_still_warns() {
        assert_eq!(named().by, "Kepala Dinas");
        let allowed = add(1141, 60, cap(600), Some(&named())).unwrap();
        assert!(allowed.overridden && allowed.warning().is_some());
        assert!(!add(0, 60, cap(600), Some(&named())).unwrap().overridden);
        let nameless = BurdenOverride::new("  ", Reason::parse("x").unwrap()).unwrap_err();
        assert_eq!(nameless.code, "override_without_name");
    }

    #[test]
    fn an_override_covers_no_more_minutes_and_no_other_term() {
        let term = |text| Term::parse(text).unwrap();
        assert!(covers((term("2026-1"), 60), (term("2026-1"), 60)));
        assert!(covers((term("2026-1"), 60), (term("2026-1"), 59)));
        assert!(!covers((term("2026-1"), 60), (term("2026-1"), 61)));
        assert!(!covers((term("2026-1"), 60), (term("2026-2"), 60)));
    }

    proptest! {
        #[test]
        fn every_day_has_one_term_and_terms_follow_the_days(offset in 0i64..40_000, later in 0i64..40_000) {
            let day = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::TimeDelta::days(offset);
            let term = Term::of(day);
            prop_assert_eq!(Term::parse(&term.to_string()).unwrap(), term);
            prop_assert!(term <= Term::of(day + chrono::TimeDelta::days(later)));
            let first_half = day.month() <= 6;
            prop_assert_eq!(term.semester() == 2, first_half);
            prop_assert_eq!(term.school_year(), day.year() - i32::from(first_half));
        }

        #[test]
        fn more_minutes_never_soften_the_verdict(so_far in 0i64..9_999, added in 0i64..999, more in 0i64..999) {
            let rank = |added| match add(so_far, added, cap(2_000), None) {
                Ok(burden) => i32::from(burden.warning().is_some()),
                Err(_) => 2,
            };
            prop_assert!(rank(added) <= rank(added + more));
        }
    }
}
