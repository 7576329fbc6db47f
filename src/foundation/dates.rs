//! Days and instants that come from outside. The types know years that neither calendars nor
//! databases do (PostgreSQL ends in 294276, SQLite compares text), so both faces take those of
//! the years 1900 to 9999 and refuse the others.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::error::Fault;

/// The first year that is taken.
const FIRST: i32 = 1900;
/// The last year that is taken.
const LAST: i32 = 9999;

/// A day of the years 1900 to 9999.
///
/// # Errors
/// `date_out_of_range` with `first` and `last` (years).
pub fn day(day: NaiveDate) -> Result<NaiveDate, Fault> {
    if (FIRST..=LAST).contains(&day.year()) { Ok(day) } else { Err(out_of_range()) }
}

/// An instant of the years 1900 to 9999, UTC.
///
/// # Errors
/// `date_out_of_range` with `first` and `last` (years).
pub fn instant(at: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    day(at.date_naive()).map(|_| at)
}

fn out_of_range() -> Fault {
    Fault::new("", "date_out_of_range").with("first", FIRST).with("last", LAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_instants_lie_between_1900_and_9999() {
        let told = |text: &str| day(text.parse().unwrap()).map_err(|f| f.code);
        for sound in ["1900-01-01", "2026-02-28", "9999-12-31"] {
            assert_eq!(told(sound), Ok(sound.parse().unwrap()));
        }
        for wild in ["1899-12-31", "+10000-01-01", "-0100-01-01", "-262143-01-01"] {
            assert_eq!(told(wild), Err("date_out_of_range"), "{wild}");
        }
        assert!(instant("9999-12-31T23:59:59Z".parse().unwrap()).is_ok());
        assert!(instant("+10000-01-01T00:00:00Z".parse().unwrap()).is_err());
        assert!(instant(DateTime::<Utc>::MIN_UTC).is_err());
    }
}
