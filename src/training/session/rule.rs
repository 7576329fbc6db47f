//! When a session takes place: its instants, its time zone, its minutes.

use crate::bounded_number;
use crate::foundation::error::{Error, Fault, Result as Answer};
use crate::foundation::text;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The time zones sessions and timetables may use (reference data of the installation).
pub const TIME_ZONES: [Tz; 3] =
    [chrono_tz::Asia::Jakarta, chrono_tz::Asia::Makassar, chrono_tz::Asia::Jayapura];

bounded_number! {
    /// Planned minutes of a session: 1 to 720.
    pub struct SessionMinutes(i32) in 1..=720, "session_length_out_of_range"
}

/// One of [`TIME_ZONES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionZone(Tz);

impl SessionZone {
    /// The zone of an IANA name, `Asia/Jakarta`.
    ///
    /// # Errors
    /// `time_zone_unknown`, with those there are in `allowed`.
    pub fn parse(name: &str) -> Result<Self, Fault> {
        TIME_ZONES.into_iter().find(|zone| zone.name() == name).map(Self).ok_or_else(|| {
            Fault::new("", "time_zone_unknown").with("allowed", TIME_ZONES.map(|z| z.name()).join(", "))
        })
    }

    /// The IANA name.
    pub fn as_str(&self) -> &'static str {
        self.0.name()
    }

    /// The zone itself.
    pub const fn tz(&self) -> Tz {
        self.0
    }

    /// The instant at which clocks in the zone show `local`. None of them is ever put back, so there is one.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        self.0
            .from_local_datetime(&local)
            .earliest()
            .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }

    /// What clocks in the zone show at `at`.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }
}

/// When a session starts and ends, in which zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// What people on the spot call the time.
    pub zone: SessionZone,
}

impl SessionTimes {
    /// Times of a sensible length: a minute to 12 hours.
    ///
    /// # Errors
    /// Under `/endsAt`: `session_times_reversed` (also for less than a minute), `session_too_long`
    /// beyond 12 hours.
    pub fn lasting(
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        zone: SessionZone,
    ) -> Result<Self, Fault> {
        let length = ends_at - starts_at;
        if length < TimeDelta::minutes(1) {
            return Err(Fault::new("/endsAt", "session_times_reversed"));
        }
        if length > TimeDelta::minutes(SessionMinutes::MAX.get().into()) {
            return Err(Fault::new("/endsAt", "session_too_long").with("hours", 12));
        }
        Ok(Self { starts_at, ends_at, zone })
    }

    /// Times that make sense within the dates of the batch (both days included, in the session's zone).
    ///
    /// # Errors
    /// Every fault: as [`lasting`](Self::lasting), and `session_outside_batch_dates` under `/startsAt` and
    /// `/endsAt`.
    pub fn within(
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        zone: SessionZone,
        batch_days: (NaiveDate, NaiveDate),
    ) -> Result<Self, Vec<Fault>> {
        let times = Self { starts_at, ends_at, zone };
        let mut faults: Vec<Fault> = Self::lasting(starts_at, ends_at, zone).err().into_iter().collect();
        let (first, last) = batch_days;
        // A session that ends at midnight ends on the day before.
        let ends = zone.local(ends_at - TimeDelta::nanoseconds(1)).date();
        for (pointer, day) in [("/startsAt", times.day()), ("/endsAt", ends)] {
            if day < first || day > last {
                let fault = Fault::new(pointer, "session_outside_batch_dates");
                faults.push(fault.with("first", first).with("last", last).with("day", day));
            }
        }
        if faults.is_empty() { Ok(times) } else { Err(faults) }
    }

    /// The day it starts on, in its zone; its hours count into this day's term.
    pub fn day(&self) -> NaiveDate {
        self.zone.local(self.starts_at).date()
    }

    /// Whole minutes it is planned for.
    pub fn minutes(&self) -> i64 {
        (self.ends_at - self.starts_at).num_minutes()
    }
}

/// Refuses to change which minutes a batch has once completions were decided by them (`decided`
/// counts these): what was signed as met could no longer be.
///
/// # Errors
/// `batch_has_completions` with `decided`.
pub fn require_undecided(decided: u64) -> Answer<()> {
    if decided == 0 {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "batch_has_completions").with("decided", decided)))
}

/// A session's title, 1 to 200 characters.
///
/// # Errors
/// As [`text::line`].
pub fn title(raw: &str) -> Result<String, Fault> {
    text::line(raw, 200)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn days() -> (NaiveDate, NaiveDate) {
        ("2027-01-10".parse().unwrap(), "2027-01-12".parse().unwrap())
    }

    fn codes(starts: &str, ends: &str, zone: &str) -> Vec<&'static str> {
        let zone = SessionZone::parse(zone).unwrap();
        match SessionTimes::within(at(starts), at(ends), zone, days()) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(|f| f.code).collect(),
        }
    }

    #[test]
    fn only_the_countrys_zones_are_known() {
        for name in ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"] {
            assert_eq!(SessionZone::parse(name).unwrap().as_str(), name);
        }
        for wrong in ["", "WIB", "asia/jakarta", "UTC", "Asia/Singapore"] {
            assert_eq!(SessionZone::parse(wrong).unwrap_err().code, "time_zone_unknown", "{wrong}");
        }
    }

    #[test]
    fn the_zone_decides_which_day_it_is() {
        // 23:30 UTC on the 9th is 06:30 on the 10th in Jakarta.
        assert!(codes("2027-01-09T23:30:00Z", "2027-01-10T01:00:00Z", "Asia/Jakarta").is_empty());
        // 16:00 UTC on the 12th is 23:00 on the 12th in Jakarta, 01:00 on the 13th in Jayapura.
        assert!(codes("2027-01-12T15:00:00Z", "2027-01-12T16:00:00Z", "Asia/Jakarta").is_empty());
        let outside = codes("2027-01-12T15:00:00Z", "2027-01-12T16:00:00Z", "Asia/Jayapura");
        assert_eq!(outside, ["session_outside_batch_dates", "session_outside_batch_dates"]);
    }

    #[test]
    fn a_session_may_end_at_midnight_of_the_last_day() {
        assert!(codes("2027-01-12T15:00:00Z", "2027-01-12T17:00:00Z", "Asia/Jakarta").is_empty());
        assert_eq!(
            codes("2027-01-12T15:00:00Z", "2027-01-12T17:01:00Z", "Asia/Jakarta"),
            ["session_outside_batch_dates"]
        );
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let reversed = codes("2027-01-20T05:00:00Z", "2027-01-11T05:00:00Z", "Asia/Jakarta");
        assert_eq!(reversed, ["session_times_reversed", "session_outside_batch_dates"]);
        assert_eq!(
            codes("2027-01-11T00:00:00Z", "2027-01-11T12:01:00Z", "Asia/Jakarta"),
            ["session_too_long"]
        );
        assert_eq!(
            codes("2027-01-11T00:00:00Z", "2027-01-11T00:00:59Z", "Asia/Jakarta"),
            ["session_times_reversed"]
        );
    }

    proptest! {
        #[test]
        fn accepted_times_have_between_a_minute_and_twelve_hours(
            start in 0i64..200_000, length in -60i64..60_000, zone in 0usize..3,
        ) {
            let starts_at = at("2027-01-10T00:00:00Z") + TimeDelta::seconds(start);
            let zone = SessionZone(TIME_ZONES[zone]);
            if let Ok(times) = SessionTimes::within(starts_at, starts_at + TimeDelta::seconds(length), zone, days()) {
                prop_assert!(SessionMinutes::parse(times.minutes()).is_ok());
                prop_assert!(times.day() >= days().0 && times.day() <= days().1);
            } else {
                prop_assert!(!(60..=43_200).contains(&length) || start + length > 140_000);
            }
        }
    }
}
