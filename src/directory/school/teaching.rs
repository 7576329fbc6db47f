//! When a school gives lessons. Trainings and meetings keep out of these hours.

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain_enum,
    foundation::error::{Fault, Faults},
};

/// The zones schools' clocks may show (reference data of the installation): west, middle and east.
pub const TIME_ZONES: [&str; 3] = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"];

/// The time zone of a region, by its province: western, central or eastern Indonesian time.
pub fn zone_of(region: &str) -> &'static str {
    match region.get(..2) {
        Some("51" | "52" | "53" | "63" | "64" | "65" | "71" | "72" | "73" | "74" | "75" | "76") => {
            "Asia/Makassar"
        }
        Some("81" | "82" | "91" | "92" | "93" | "94" | "95" | "96") => "Asia/Jayapura",
        _ => "Asia/Jakarta",
    }
}

domain_enum! {
    /// A day on which lessons may be given; Sunday is always free.
    pub enum TeachingDay {
        /// Senin.
        Monday = "monday",
        /// Selasa.
        Tuesday = "tuesday",
        /// Rabu.
        Wednesday = "wednesday",
        /// Kamis.
        Thursday = "thursday",
        /// Jumat.
        Friday = "friday",
        /// Sabtu.
        Saturday = "saturday",
    }
}

impl TeachingDay {
    /// Its place in the table's set of bits: Monday 1, Tuesday 2 … Saturday 32.
    const fn bit(self) -> i32 {
        1 << (self as i32)
    }
}

/// The hours in which a school gives lessons, by its own clocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject, ToSchema)]
#[graphql(input_name = "TeachingWindowInput")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeachingWindow {
    /// IANA time zone of its clocks.
    #[schema(example = "Asia/Jakarta", max_length = 40)]
    pub timezone: String,
    /// The days with lessons, at least one.
    #[schema(min_items = 1, max_items = 6, example = json!(["monday", "tuesday", "wednesday", "thursday", "friday"]))]
    pub days: Vec<TeachingDay>,
    /// When the first lesson starts, local time.
    #[schema(example = "07:00", pattern = "^[0-2][0-9]:[0-5][0-9]$")]
    pub from: String,
    /// When the last lesson ends, local time, later than `from`; `24:00` at most.
    #[schema(example = "14:00", pattern = "^[0-2][0-9]:[0-5][0-9]$")]
    pub until: String,
}

/// A teaching window as the table keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeachingColumns {
    /// IANA zone.
    pub timezone: String,
    /// Set of bits, Monday 1 … Saturday 32.
    pub days: i32,
    /// Minutes after midnight.
    pub from: i32,
    /// Minutes after midnight.
    pub until: i32,
}

impl TeachingWindow {
    /// The window of a row.
    pub fn of(columns: &TeachingColumns) -> Self {
        let days = TeachingDay::ALL.iter().copied().filter(|day| columns.days & day.bit() != 0).collect();
        Self {
            timezone: columns.timezone.clone(),
            days,
            from: clock(columns.from),
            until: clock(columns.until),
        }
    }

    /// The columns of a window, its faults noted under `pointer`: `time_zone_unknown`,
    /// `teaching_days_missing`, `clock_time_malformed`, `timetable_hours_reversed`.
    pub fn columns(&self, pointer: &str, faults: &mut Faults) -> Option<TeachingColumns> {
        let known = TIME_ZONES.contains(&self.timezone.as_str());
        if !known {
            let fault = Fault::new(format!("{pointer}/timezone"), "time_zone_unknown");
            faults.push(fault.with("allowed", TIME_ZONES.join(", ")));
        }
        faults.require(!self.days.is_empty(), &format!("{pointer}/days"), "teaching_days_missing");
        let from = faults.take(&format!("{pointer}/from"), minutes(&self.from));
        let until = faults.take(&format!("{pointer}/until"), minutes(&self.until));
        let (from, until) = (from?, until?);
        faults.require(from < until, &format!("{pointer}/until"), "timetable_hours_reversed");
        let days = self.days.iter().fold(0, |set, day| set | day.bit());
        (known && days != 0 && from < until).then(|| TeachingColumns {
            timezone: self.timezone.clone(),
            days,
            from,
            until,
        })
    }
}

fn clock(minutes: i32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Minutes after midnight of `07:30`; at most 1,440.
fn minutes(text: &str) -> Result<i32, Fault> {
    let malformed = || Fault::new("", "clock_time_malformed");
    let (hours, rest) = text.split_once(':').ok_or_else(malformed)?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(rest) {
        return Err(malformed());
    }
    let part = |text: &str| text.parse::<i32>().map_err(|_| malformed());
    let (hours, rest) = (part(hours)?, part(rest)?);
    let all = hours * 60 + rest;
    if rest < 60 && all <= 24 * 60 { Ok(all) } else { Err(malformed()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    fn window(timezone: &str, days: &[TeachingDay], from: &str, until: &str) -> TeachingWindow {
        TeachingWindow {
            timezone: timezone.to_owned(),
            days: days.to_vec(),
            from: from.to_owned(),
            until: until.to_owned(),
        }
    }

    #[test]
    fn days_are_told_alike_everywhere() {
        assert_enum_travels(TeachingDay::ALL, TeachingDay::as_str);
    }

    #[test]
    fn a_window_survives_the_table() {
        let kept = window("Asia/Makassar", &[TeachingDay::Monday, TeachingDay::Saturday], "07:15", "24:00");
        let mut faults = Faults::new();
        let columns = kept.columns("/teachingWindow", &mut faults).unwrap();
        assert_eq!((columns.days, columns.from, columns.until), (33, 435, 1440));
        assert_eq!(TeachingWindow::of(&columns), kept);
    }

    #[test]
    fn all_that_is_wrong_with_a_window_is_told_at_once() {
        let mut faults = Faults::new();
        assert!(window("Mars/Base", &[], "7:00", "25:00").columns("/w", &mut faults).is_none());
        let crate::foundation::error::Error::Invalid(all) = faults.done().unwrap_err() else {
            panic!("not invalid")
        };
        let told: Vec<_> = all.iter().map(|f| (f.pointer.as_str(), f.code)).collect();
        assert_eq!(
            told,
            [
                ("/w/timezone", "time_zone_unknown"),
                ("/w/days", "teaching_days_missing"),
                ("/w/from", "clock_time_malformed"),
                ("/w/until", "clock_time_malformed"),
            ]
        );
        let mut faults = Faults::new();
        window("Asia/Jakarta", &[TeachingDay::Friday], "14:00", "07:00").columns("", &mut faults);
        assert_eq!(faults.done().unwrap_err().to_string(), "invalid: /until timetable_hours_reversed");
    }
}
