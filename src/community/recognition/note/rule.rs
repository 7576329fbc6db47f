//! For which months notes are made.

use chrono::{Days, NaiveDate};

use crate::{
    community::recognition::facts::Span,
    foundation::error::{Fault, Faults},
};

/// Days after the end of a month in which reports of it still come in, from telephones that were offline too.
pub const GRACE_DAYS: u64 = 7;
/// Months that a note is made up for by itself: a service that was away for a while misses none.
pub const MONTHS_BACK: usize = 3;

/// The month of a note: one that is over, with the days in which late reports come in.
///
/// # Errors
/// `date_out_of_range`; `progress_month_open` with `until`, the day from which on it can be noted.
pub fn month(day: NaiveDate, today: NaiveDate) -> Result<Span, Fault> {
    let span = Span::month(day)?;
    let due = span.until.checked_add_days(Days::new(GRACE_DAYS)).unwrap_or(span.until);
    if today < due {
        return Err(Fault::new("", "progress_month_open").with("until", due));
    }
    Ok(span)
}

/// The latest months that can be noted on a day, the earliest first.
pub fn due(today: NaiveDate) -> Vec<NaiveDate> {
    let mut months = Vec::new();
    let mut day = today;
    while months.len() < MONTHS_BACK {
        let Ok(span) = Span::month_before(day) else { break };
        day = span.from;
        if month(day, today).is_ok() {
            months.push(day);
        }
    }
    months.reverse();
    months
}

/// That a community was there in a month: who was founded later has nothing to note.
///
/// # Errors
/// `progress_before_founding` under `/month`, with `foundedOn`.
pub fn check_there(founded_on: NaiveDate, span: Option<Span>, faults: &mut Faults) {
    if span.is_some_and(|span| span.until <= founded_on) {
        let fault = Fault::new("/month", "progress_before_founding");
        faults.push(fault.with("foundedOn", founded_on));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_noted_a_week_after_its_end() {
        assert_eq!(month(day("2026-03-31"), day("2026-04-07")).unwrap_err().code, "progress_month_open");
        assert_eq!(month(day("2026-03-31"), day("2026-04-08")).unwrap().from, day("2026-03-01"));
        assert_eq!(month(day("1800-01-01"), day("2026-04-08")).unwrap_err().code, "date_out_of_range");
    }

    #[test]
    fn three_months_are_made_up_for() {
        let due = |text: &str| due(day(text));
        assert_eq!(due("2026-04-07"), ["2025-12-01", "2026-01-01", "2026-02-01"].map(day));
        assert_eq!(due("2026-04-08"), ["2026-01-01", "2026-02-01", "2026-03-01"].map(day));
    }

    #[test]
    fn who_was_founded_after_a_month_has_nothing_to_note() {
        let span = Span::month(day("2026-03-01")).unwrap();
        let told = |founded: &str| {
            let mut faults = Faults::new();
            check_there(day(founded), Some(span), &mut faults);
            faults.is_empty()
        };
        assert!(told("2026-03-31") && !told("2026-04-01"));
    }

    proptest! {
        #[test]
        fn whatever_is_due_can_be_noted(after in 0u64..30_000) {
            let today = day("2001-01-01").checked_add_days(Days::new(after)).unwrap();
            let due = due(today);
            prop_assert_eq!(due.len(), MONTHS_BACK);
            for one in due {
                prop_assert!(month(one, today).is_ok());
            }
        }
    }
}
