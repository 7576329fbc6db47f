//! When the first meeting of a series may be: ahead, and not farther than a single activity. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use super::rule::{Rhythm, written};
use crate::{
    community::activity::rule::DAYS_AHEAD,
    foundation::error::{Error, Fault, Result},
};

/// That the first meeting is still to come, and not too far ahead.
///
/// # Errors
/// Under `/startsAt`: `series_start_past` with `now`; `series_start_too_far` with `last`.
pub fn require_ahead(rhythm: &Rhythm, now: DateTime<Utc>) -> Result<()> {
    let (starts, zone) = (rhythm.at(rhythm.starts()), rhythm.zone());
    if starts <= now {
        let fault = Fault::new("/startsAt", "series_start_past");
        return Err(Error::Invalid(vec![fault.with("now", written(zone.local(now)))]));
    }
    let last = now + TimeDelta::days(DAYS_AHEAD);
    if starts > last {
        let fault = Fault::new("/startsAt", "series_start_too_far");
        return Err(Error::Invalid(vec![fault.with("last", zone.local(last).date())]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{community::series::rule::Rule, training::session::rule::SessionZone};

    #[test]
    fn a_series_begins_ahead_and_within_four_hundred_days() {
        let zone = SessionZone::parse("Asia/Jakarta").unwrap();
        let now: DateTime<Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
        // Three in the afternoon by the clocks of the series.
        for (starts, code) in [
            ("2026-03-02T15:00:00", Some("series_start_past")),
            ("2026-03-02T15:00:01", None),
            ("2027-04-06T15:00:00", None),
            ("2027-04-06T15:00:01", Some("series_start_too_far")),
            ("9959-03-02T15:00:00", Some("series_start_too_far")),
        ] {
            let rhythm =
                Rhythm::new(Rule::parse("FREQ=DAILY").unwrap(), starts.parse().unwrap(), zone).unwrap();
            let told = match require_ahead(&rhythm, now) {
                Err(Error::Invalid(faults)) => faults.first().map(|fault| fault.code),
                other => other.map(|()| None).unwrap(),
            };
            assert_eq!(told, code, "{starts}");
        }
    }
}
