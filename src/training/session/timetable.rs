//! Teaching time is protected: which part of a session falls into a school's
//! teaching hours. Hours outside the timetable, days without lessons and Sundays
//! are free, and so is one weekly learning day. A clash is reported, not refused.

use super::rule::{SessionTimes, SessionZone};
use crate::foundation::error::{Error, Fault};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

/// Minutes of a day.
const DAY_MINUTES: i32 = 24 * 60;

/// Days on which lessons are given, as a set of bits: Monday 1, Tuesday 2, Wednesday 4,
/// Thursday 8, Friday 16, Saturday 32. Sunday is always free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TeachingDays(u8);

impl TeachingDays {
    /// Monday to Friday.
    pub const FIVE: Self = Self(0b01_1111);
    /// Monday to Saturday.
    pub const SIX: Self = Self(0b11_1111);

    /// The days of a set of bits, 1 to 63.
    ///
    /// # Errors
    /// `teaching_days_out_of_range`.
    pub fn parse(bits: i32) -> Result<Self, Fault> {
        match u8::try_from(bits) {
            Ok(bits @ 1..=63) => Ok(Self(bits)),
            _ => Err(Fault::new("", "teaching_days_out_of_range").with("min", 1).with("max", 63)),
        }
    }

    /// The bits.
    pub fn bits(self) -> i32 {
        i32::from(self.0)
    }

    /// Whether lessons are given on that day of the week.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }
}

/// A school's teaching hours, in its own zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timetable {
    days: TeachingDays,
    from: i32,
    until: i32,
    zone: SessionZone,
}

impl Timetable {
    /// A timetable: the days, the first minute of the first lesson and the first minute
    /// after the last one (minutes after midnight, 0 to 1,440), in the school's zone.
    ///
    /// # Errors
    /// `timetable_hours_reversed` unless 0 ≤ from < until ≤ 1,440.
    pub fn new(days: TeachingDays, from: i32, until: i32, zone: SessionZone) -> Result<Self, Fault> {
        if 0 <= from && from < until && until <= DAY_MINUTES {
            Ok(Self { days, from, until, zone })
        } else {
            Err(Fault::new("", "timetable_hours_reversed"))
        }
    }

    /// The timetable of a school's columns.
    ///
    /// # Errors
    /// `internal` when they hold what no rule knows.
    pub fn stored(timezone: &str, days: i32, from: i32, until: i32) -> Result<Self, Error> {
        let zone = SessionZone::parse(timezone);
        let made = zone.and_then(|zone| Self::new(TeachingDays::parse(days)?, from, until, zone));
        made.map_err(|f| Error::internal("the teaching hours of a school", f.code))
    }

    /// When the last lesson of a day of the week ends, in minutes after midnight; none on a day without lessons.
    pub fn ends(&self, day: Weekday) -> Option<i32> {
        self.days.has(day).then_some(self.until)
    }

    /// The parts of a session that fall into teaching hours; none on `learning_day`, the one day
    /// of the week on which the group is excused from lessons.
    pub fn clashes(&self, session: &SessionTimes, learning_day: Option<Weekday>) -> Vec<Clash> {
        let (starts, ends) = (self.zone.local(session.starts_at), self.zone.local(session.ends_at));
        starts
            .date()
            .iter_days()
            .take_while(|day| *day <= ends.date())
            .filter(|day| self.days.has(day.weekday()) && learning_day != Some(day.weekday()))
            .filter_map(|day| self.overlap(day, starts, ends))
            .collect()
    }

    fn overlap(&self, day: NaiveDate, starts: NaiveDateTime, ends: NaiveDateTime) -> Option<Clash> {
        let midnight = day.and_time(NaiveTime::MIN);
        let from = starts.max(midnight + TimeDelta::minutes(self.from.into()));
        let until = ends.min(midnight + TimeDelta::minutes(self.until.into()));
        (from < until).then_some(Clash { from, until })
    }
}

/// A part of a session that falls into teaching hours; local times of the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// First minute.
    pub from: NaiveDateTime,
    /// First minute after it; midnight belongs to the next day.
    pub until: NaiveDateTime,
}

impl Clash {
    /// How long, in whole minutes begun.
    pub fn minutes(&self) -> i64 {
        ((self.until - self.from).num_seconds() + 59) / 60
    }

    /// The warning to show before anything is published: `session_clashes_with_teaching`, with
    /// `day`, `from`, `until` and `minutes`.
    pub fn warning(&self) -> Fault {
        Fault::new("", "session_clashes_with_teaching")
            .with("day", self.from.date())
            .with("from", self.from.format("%H:%M"))
            .with("until", self.until.format("%H:%M"))
            .with("minutes", self.minutes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    fn zone(name: &str) -> SessionZone {
        SessionZone::parse(name).unwrap()
    }

    /// A session by Jakarta clocks; 2027-01-11 is a Monday.
    fn session(starts: &str, ends: &str) -> SessionTimes {
        let at = |text: &str| -> DateTime<Utc> { format!("{text}:00+07:00").parse().unwrap() };
        SessionTimes { starts_at: at(starts), ends_at: at(ends), zone: zone("Asia/Jakarta") }
    }

    fn school(days: TeachingDays) -> Timetable {
        Timetable::new(days, 7 * 60, 14 * 60, zone("Asia/Jakarta")).unwrap()
    }

    #[test]
    fn the_overlapping_part_is_told() {
        let clashes =
            school(TeachingDays::FIVE).clashes(&session("2027-01-11T13:00", "2027-01-11T16:00"), None);
        assert_eq!(clashes.len(), 1);
        let warning = clashes[0].warning();
        assert_eq!(warning.code, "session_clashes_with_teaching");
        let told: Vec<_> = warning.args.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(told, ["2027-01-11", "13:00", "14:00", "60"]);
    }

    #[test]
    fn weekends_and_hours_after_school_are_free() {
        let free = |days, starts, ends| school(days).clashes(&session(starts, ends), None).is_empty();
        assert!(free(TeachingDays::FIVE, "2027-01-11T14:00", "2027-01-11T17:00"), "after school");
        assert!(free(TeachingDays::FIVE, "2027-01-11T05:00", "2027-01-11T07:00"), "before school");
        assert!(free(TeachingDays::FIVE, "2027-01-16T08:00", "2027-01-16T12:00"), "Saturday, five days");
        assert!(free(TeachingDays::SIX, "2027-01-17T08:00", "2027-01-17T12:00"), "Sunday");
        assert!(!free(TeachingDays::SIX, "2027-01-16T08:00", "2027-01-16T12:00"), "Saturday, six days");
    }

    #[test]
    fn the_weekly_learning_day_is_free_and_the_others_are_not() {
        let morning = session("2027-01-13T08:00", "2027-01-13T10:00");
        let clashes = |learning| school(TeachingDays::FIVE).clashes(&morning, learning).len();
        assert_eq!(clashes(Some(Weekday::Wed)), 0);
        assert_eq!(clashes(Some(Weekday::Thu)), 1);
    }

    #[test]
    fn the_schools_own_clock_counts() {
        let east = Timetable::new(TeachingDays::FIVE, 7 * 60, 14 * 60, zone("Asia/Jayapura")).unwrap();
        // 12:30 in Jakarta is 14:30 in Jayapura.
        assert!(east.clashes(&session("2027-01-11T12:30", "2027-01-11T14:00"), None).is_empty());
        assert_eq!(east.clashes(&session("2027-01-11T05:30", "2027-01-11T06:30"), None)[0].minutes(), 60);
    }

    #[test]
    fn a_session_over_midnight_can_clash_twice() {
        let night = Timetable::new(TeachingDays::SIX, 0, DAY_MINUTES, zone("Asia/Jakarta")).unwrap();
        let clashes = night.clashes(&session("2027-01-11T22:00", "2027-01-12T02:00"), None);
        assert_eq!(clashes.iter().map(Clash::minutes).collect::<Vec<_>>(), [120, 120]);
        let sunday = night.clashes(&session("2027-01-16T22:00", "2027-01-17T02:00"), None);
        assert_eq!(sunday.iter().map(Clash::minutes).collect::<Vec<_>>(), [120]);
    }

    #[test]
    fn a_timetable_that_cannot_be_is_refused() {
        for (from, until) in [(420, 420), (840, 420), (-1, 60), (0, 1441)] {
            let refused = Timetable::new(TeachingDays::SIX, from, until, zone("Asia/Jakarta")).unwrap_err();
            assert_eq!(refused.code, "timetable_hours_reversed");
        }
        for bits in [0, 64, -1, 127] {
            assert_eq!(TeachingDays::parse(bits).unwrap_err().code, "teaching_days_out_of_range");
        }
        assert_eq!(TeachingDays::parse(63).unwrap(), TeachingDays::SIX);
    }

    proptest! {
        #[test]
        fn clashing_minutes_are_exactly_those_that_are_taught(
            start in 0i64..20_160, length in 1i64..=720, bits in 1i32..64,
            from in 0i32..1440, hours in 1i32..1440,
        ) {
            let monday = DateTime::from_timestamp(0, 0).unwrap() + TimeDelta::days(4) - TimeDelta::hours(7);
            let days = TeachingDays::parse(bits).unwrap();
            let until = (from + hours).min(DAY_MINUTES);
            let table = Timetable::new(days, from, until, zone("Asia/Jakarta")).unwrap();
            let starts_at = monday + TimeDelta::minutes(start);
            let ends_at = starts_at + TimeDelta::minutes(length);
            let session = SessionTimes { starts_at, ends_at, zone: zone("Asia/Makassar") };
            let taught = (start..start + length).filter(|minute| {
                let (day, of_day) = (minute / 1440 % 7, (minute % 1440) as i32);
                bits >> day & 1 == 1 && (from..until).contains(&of_day)
            });
            let told: i64 = table.clashes(&session, None).iter().map(Clash::minutes).sum();
            prop_assert_eq!(told, taught.count() as i64);
        }
    }
}
