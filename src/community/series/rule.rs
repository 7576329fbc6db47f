//! When meetings recur: a recurrence rule (RFC 5545, section 3.3.10) and what it comes to.
//!
//! The `rrule` crate reads the values and works the dates out. What it writes is not used: it spells the first
//! Saturday (`1SA`) as every Saturday (`SA`).

use std::{collections::BTreeSet, fmt};

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, TimeZone, Utc, Weekday};
use rrule::{Frequency, NWeekday, RRule, RRuleSet, Unvalidated};

use crate::{
    bounded_number,
    foundation::{dates, error::Fault, text},
    training::session::rule::{SessionTimes, SessionZone},
};

bounded_number! {
    /// How long each meeting of a series is, in minutes: 1 to 720.
    pub struct SeriesMinutes(i32) in 1..=720, "series_minutes_out_of_range"
}

bounded_number! {
    /// Every how many days, weeks, months or years: 1 to 366.
    pub struct Interval(u16) in 1..=366, "rule_interval_out_of_range"
}

bounded_number! {
    /// How many meetings in all: 1 to 1,000.
    pub struct Count(u32) in 1..=1000, "rule_count_out_of_range"
}

/// How far ahead meetings stand in the plan, in days.
pub const HORIZON_DAYS: i64 = 180;
/// Characters of the longest rule.
pub const MAX_RULE_CHARS: usize = 300;
/// The parts a rule may have.
const PARTS: [&str; 9] =
    ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL"];
/// How many years ahead meetings are looked at before they are made.
const FORESEEABLE_YEARS: u32 = 10;
/// The latest year from which a first meeting is looked for: forty years before the end of the calendar.
const LAST_START: i32 = 9_960;
/// How often would be too often.
const SUB_DAILY: [&str; 3] = ["HOURLY", "MINUTELY", "SECONDLY"];
/// How local times are written (RFC 3339 without an offset).
const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";

/// A local date and time, `2026-07-04T09:00:00`, as the clocks of the series show it.
///
/// # Errors
/// `local_time_malformed`, `date_out_of_range`.
pub fn local(raw: &str) -> Result<NaiveDateTime, Fault> {
    let parsed = NaiveDateTime::parse_from_str(raw.trim(), LOCAL);
    let at = parsed.map_err(|_| Fault::new("", "local_time_malformed"))?;
    dates::day(at.date()).map(|_| at)
}

/// A local date and time as it is stored and shown; texts of one length, so that they sort as the times do.
pub fn written(at: NaiveDateTime) -> String {
    at.format(LOCAL).to_string()
}

/// A recurrence rule in its normal form.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    freq: Frequency,
    interval: u16,
    by_month: Vec<u8>,
    by_month_day: Vec<i8>,
    by_day: Vec<NWeekday>,
    by_set_pos: Vec<i32>,
    week_start: Weekday,
    count: Option<u32>,
    until: Option<DateTime<Utc>>,
}

impl Rule {
    /// The rule of a text such as `FREQ=MONTHLY;BYDAY=2SA`. Small letters and a leading `RRULE:` do not matter.
    ///
    /// # Errors
    /// Every fault: `rule_part_malformed`, `rule_part_unsupported`, `rule_part_repeated` (each with `part`),
    /// `rule_too_often` for less than a day, `rule_without_frequency`, `rule_until_not_utc`,
    /// `rule_count_and_until`, `rule_interval_out_of_range`, `rule_count_out_of_range`, and those of a line of text.
    pub fn parse(raw: &str) -> Result<Self, Vec<Fault>> {
        let text = text::line(raw, MAX_RULE_CHARS).map_err(|fault| vec![fault])?.to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let (mut faults, mut seen) = (Vec::new(), BTreeSet::new());
        for part in text.split(';') {
            let name = part.split_once('=').map_or(part, |(name, _)| name);
            if let Err(code) = check_part(part) {
                faults.push(Fault::new("", code).with("part", shortened(part)));
            } else if !seen.insert(name) {
                faults.push(Fault::new("", "rule_part_repeated").with("part", shortened(part)));
            }
        }
        if !text.contains("FREQ=") {
            faults.push(Fault::new("", "rule_without_frequency"));
        }
        if seen.contains("COUNT") && seen.contains("UNTIL") {
            faults.push(Fault::new("", "rule_count_and_until"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let read: RRule<Unvalidated> = text
            .parse()
            .map_err(|_| vec![Fault::new("", "rule_part_malformed").with("part", shortened(text))])?;
        Self::bounded(&read)
    }

    fn bounded(read: &RRule<Unvalidated>) -> Result<Self, Vec<Fault>> {
        let interval = Interval::parse(read.get_interval());
        let count = read.get_count().map(Count::parse).transpose();
        let faults: Vec<Fault> =
            [interval.as_ref().err(), count.as_ref().err()].into_iter().flatten().cloned().collect();
        let (Ok(interval), Ok(count)) = (interval, count) else { return Err(faults) };
        Ok(Self {
            freq: read.get_freq(),
            interval: interval.get(),
            by_month: sorted(read.get_by_month()),
            by_month_day: sorted(read.get_by_month_day()),
            by_day: sorted(read.get_by_weekday()),
            by_set_pos: sorted(read.get_by_set_pos()),
            week_start: read.get_week_start(),
            count: count.map(Count::get),
            until: read.get_until().map(|until| until.with_timezone(&Utc)),
        })
    }

    /// The same rule, with no meeting later than `last`.
    #[must_use]
    pub fn ending(&self, last: DateTime<Utc>) -> Self {
        let until = self.until.map_or(last, |until| Ord::min(until, last));
        Self { count: None, until: Some(until), ..self.clone() }
    }

    /// The same rule without its first `gone` meetings.
    #[must_use]
    pub fn after(&self, gone: usize) -> Self {
        let gone = u32::try_from(gone).unwrap_or(u32::MAX);
        Self { count: self.count.map(|count| count.saturating_sub(gone).max(1)), ..self.clone() }
    }

    /// The same rule on another day of the week; none where it names no single one.
    pub fn on(&self, day: Weekday) -> Option<Self> {
        let by_day = match self.by_day.as_slice() {
            [] if self.freq == Frequency::Weekly => Vec::new(),
            [NWeekday::Every(_)] => vec![NWeekday::Every(day)],
            [NWeekday::Nth(n, _)] => vec![NWeekday::Nth(*n, day)],
            _ => return None,
        };
        Some(Self { by_day, ..self.clone() })
    }

    /// What the crate lets pass: which of the days of a month or year is meant can be said of months and years
    /// only, and a place in a list needs a list.
    fn is_coherent(&self) -> bool {
        let nth = self.by_day.iter().any(|day| matches!(day, NWeekday::Nth(..)));
        let listed = !(self.by_day.is_empty() && self.by_month_day.is_empty() && self.by_month.is_empty());
        (!nth || matches!(self.freq, Frequency::Monthly | Frequency::Yearly))
            && (self.by_set_pos.is_empty() || listed)
    }

    fn made(&self) -> RRule<Unvalidated> {
        let months =
            self.by_month.iter().filter_map(|n| chrono::Month::try_from(*n).ok()).collect::<Vec<_>>();
        let mut made = RRule::new(self.freq)
            .interval(self.interval)
            .by_month(&months)
            .by_month_day(self.by_month_day.clone())
            .by_weekday(self.by_day.clone())
            .by_set_pos(self.by_set_pos.clone())
            .week_start(self.week_start);
        if let Some(count) = self.count {
            made = made.count(count);
        }
        if let Some(until) = self.until {
            made = made.until(until.with_timezone(&rrule::Tz::UTC));
        }
        made
    }
}

/// Whether one part of a rule is one we take, and what it holds can be read.
fn check_part(part: &str) -> Result<(), &'static str> {
    let (name, value) = part.split_once('=').ok_or("rule_part_malformed")?;
    if !PARTS.contains(&name) {
        return Err("rule_part_unsupported");
    }
    if name == "FREQ" {
        return match value {
            "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY" => Ok(()),
            value if SUB_DAILY.contains(&value) => Err("rule_too_often"),
            _ => Err("rule_part_malformed"),
        };
    }
    if name == "UNTIL" && NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%SZ").is_err() {
        // RFC 5545: in UTC wherever the first meeting has a time zone, as it does here.
        return Err("rule_until_not_utc");
    }
    if name == "BYDAY" && !value.split(',').all(is_day) {
        return Err("rule_part_malformed");
    }
    let alone: Result<RRule<Unvalidated>, _> = format!("FREQ=DAILY;{part}").parse();
    let read = alone.map_err(|_| "rule_part_malformed")?;
    let zero = read.get_by_month_day().contains(&0) || read.get_by_set_pos().contains(&0);
    if zero { Err("rule_part_malformed") } else { Ok(()) }
}

/// Whether a text is a day of the week, with which one of them it is or without: `SA`, `2SA`, `-1FR`. The crate
/// passes over what it cannot read before the day.
fn is_day(text: &str) -> bool {
    let Some((nth, day)) = text.len().checked_sub(2).and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    let known = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].contains(&day);
    known && (nth.is_empty() || nth.parse::<i16>().is_ok_and(|n| n != 0))
}

/// A part as it may be shown back.
fn shortened(part: &str) -> String {
    part.chars().take(40).collect()
}

fn sorted<T: Ord + Clone>(values: &[T]) -> Vec<T> {
    values.iter().cloned().collect::<BTreeSet<T>>().into_iter().collect()
}

const fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

fn listed<T>(values: &[T], written: impl Fn(&T) -> String) -> String {
    values.iter().map(written).collect::<Vec<_>>().join(",")
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ={}", self.freq)?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if !self.by_month.is_empty() {
            write!(f, ";BYMONTH={}", listed(&self.by_month, u8::to_string))?;
        }
        if !self.by_month_day.is_empty() {
            write!(f, ";BYMONTHDAY={}", listed(&self.by_month_day, i8::to_string))?;
        }
        if !self.by_day.is_empty() {
            let day = |day: &NWeekday| match day {
                NWeekday::Every(day) => day_name(*day).to_owned(),
                NWeekday::Nth(n, day) => format!("{n}{}", day_name(*day)),
            };
            write!(f, ";BYDAY={}", listed(&self.by_day, day))?;
        }
        if !self.by_set_pos.is_empty() {
            write!(f, ";BYSETPOS={}", listed(&self.by_set_pos, i32::to_string))?;
        }
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", day_name(self.week_start))?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(until) = self.until {
            write!(f, ";UNTIL={}", until.format("%Y%m%dT%H%M%SZ"))?;
        }
        Ok(())
    }
}

/// A rule with the meeting it begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Rhythm {
    rule: Rule,
    starts: NaiveDateTime,
    zone: SessionZone,
}

impl Rhythm {
    /// A rule whose first meeting is at `starts`, by the clocks of `zone`. It must be one that the rule itself
    /// has: what a rule means that begins elsewhere is undefined (RFC 5545, section 3.8.5.3), and calendars differ.
    ///
    /// # Errors
    /// Under `/rule`: `rule_contradicts_itself`, `rule_never_fires`, `rule_ends_before_start`; under `/startsAt`:
    /// `series_start_not_in_rule` with `first`, the first meeting the rule has from then on.
    pub fn new(rule: Rule, starts: NaiveDateTime, zone: SessionZone) -> Result<Self, Fault> {
        let this = Self::stored(rule, starts, zone);
        if this.rule.until.is_some_and(|until| until < this.at(starts)) {
            return Err(Fault::new("/rule", "rule_ends_before_start"));
        }
        if this.set().is_none() || !this.rule.is_coherent() {
            return Err(Fault::new("/rule", "rule_contradicts_itself"));
        }
        match this.first() {
            None => Err(Fault::new("/rule", "rule_never_fires")),
            Some(first) if first == starts => Ok(this),
            Some(first) => {
                Err(Fault::new("/startsAt", "series_start_not_in_rule").with("first", written(first)))
            }
        }
    }

    /// The first meeting the rule has from the start on, looked for on the same days of a later age: the calendar
    /// repeats itself every 400 years, days of the week included, and the walk ends with the year 10,000. A rule
    /// that never fires is found out within some hundred years of steps, not eight thousand.
    fn first(&self) -> Option<NaiveDateTime> {
        let ages = (LAST_START - self.starts.year()).div_euclid(400);
        let away = Months::new(u32::try_from(ages).unwrap_or_default() * 400 * 12);
        let endless = Rule { count: None, until: None, ..self.rule.clone() };
        let later = Self::stored(endless, self.starts.checked_add_months(away)?, self.zone);
        later.occurrences().next()?.checked_sub_months(away)
    }

    /// A rhythm that was checked when it was stored, or the rest of one.
    pub const fn stored(rule: Rule, starts: NaiveDateTime, zone: SessionZone) -> Self {
        Self { rule, starts, zone }
    }

    /// The first meeting that this rule has from a local time on, as a rhythm of its own.
    pub fn from(rule: &Rule, earliest: NaiveDateTime, zone: SessionZone) -> Option<Self> {
        let draft = Self::stored(rule.clone(), earliest, zone);
        let first = draft.first()?;
        let over = rule.until.is_some_and(|until| until < draft.at(first));
        (!over).then(|| Self::stored(rule.clone(), first, zone))
    }

    fn set(&self) -> Option<RRuleSet> {
        let tz = rrule::Tz::from(self.zone.tz());
        let starts = tz.from_local_datetime(&self.starts).earliest()?;
        let rule = self.rule.made().validate(starts).ok()?;
        Some(RRuleSet::new(starts).rrule(rule).limit())
    }

    /// Its meetings by their local starts, in order; at most one a day, as many as there are.
    pub fn occurrences(&self) -> impl Iterator<Item = NaiveDateTime> + use<> {
        let found = self.set().map(|set| (&set).into_iter());
        found.into_iter().flatten().map(|at| at.naive_local())
    }

    /// Its meetings of the first ten years: a rule that fires once in decades is not walked to the end of the calendar.
    pub fn foreseeable(&self) -> impl Iterator<Item = NaiveDateTime> + use<> {
        let until =
            self.starts.checked_add_months(Months::new(FORESEEABLE_YEARS * 12)).unwrap_or(self.starts);
        self.occurrences().take_while(move |at| *at <= until)
    }

    /// Its meetings from one local time, inclusive, until before another.
    pub fn within(&self, from: NaiveDateTime, until: NaiveDateTime) -> Vec<NaiveDateTime> {
        self.occurrences().take_while(|at| *at < until).filter(|at| *at >= from).collect()
    }

    /// Its first meeting.
    pub const fn starts(&self) -> NaiveDateTime {
        self.starts
    }

    /// The rule.
    pub const fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The zone of its clocks.
    pub const fn zone(&self) -> SessionZone {
        self.zone
    }

    /// The instant at which the clocks of its zone show a local time.
    pub fn at(&self, local: NaiveDateTime) -> DateTime<Utc> {
        self.zone.instant(local)
    }

    /// When a meeting of `minutes` takes place.
    pub fn times(&self, local: NaiveDateTime, minutes: i32) -> SessionTimes {
        let starts_at = self.at(local);
        SessionTimes {
            starts_at,
            ends_at: starts_at + chrono::TimeDelta::minutes(minutes.into()),
            zone: self.zone,
        }
    }

    /// The last instant before a day begins.
    pub fn end_of_day_before(&self, day: NaiveDate) -> DateTime<Utc> {
        self.at(day.and_time(chrono::NaiveTime::MIN)) - chrono::TimeDelta::seconds(1)
    }
}

#[cfg(test)]
mod tests;
