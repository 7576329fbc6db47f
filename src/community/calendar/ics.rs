//! Writes calendars as text (iCalendar, RFC 5545). Pure.
//!
//! Written here because the `icalendar` crate (0.17) leaves out what a series needs: it has no VTIMEZONE, makes
//! up DTSTAMP and UID from the clock and chance where they are missing, and orders properties by name.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::training::session::rule::{SessionZone, TIME_ZONES};

/// Octets of the longest line, its break not counted (section 3.1).
const MOST_OCTETS: usize = 75;
/// How dates with times are written (section 3.3.5).
const DATE_TIME: &str = "%Y%m%dT%H%M%S";

/// One meeting, or a rule of meetings.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Stays the same for the same meeting or series (section 3.8.4.7).
    pub uid: String,
    /// When what is said here last changed (section 3.8.7.2).
    pub stamp: DateTime<Utc>,
    /// How often it changed (section 3.8.7.4).
    pub sequence: i64,
    /// Whether it does not take place (section 3.8.1.11).
    pub cancelled: bool,
    /// Start, by the clocks of `zone`.
    pub starts: NaiveDateTime,
    /// The zone of its clocks.
    pub zone: SessionZone,
    /// How long it is, in minutes.
    pub minutes: i64,
    /// What it is called.
    pub summary: String,
    /// What it is about.
    pub description: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// Whose: the name of a community or program.
    pub category: Option<String>,
    /// When it recurs: an RRULE value (section 3.8.5.3).
    pub rule: Option<String>,
    /// Meetings that the rule has and that do not take place, by the same clocks (section 3.8.5.1).
    pub except: Vec<NaiveDateTime>,
    /// The meeting of the rule that this one stands for, with the zone of the rule (section 3.8.4.4).
    pub instead_of: Option<(NaiveDateTime, SessionZone)>,
}

/// A whole calendar (section 3.4).
pub fn calendar(name: &str, entries: &[Entry]) -> String {
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Sanggar//Calendar//EN");
    out.line("CALSCALE:GREGORIAN");
    // RFC 7986, section 5.1, and what came before it.
    out.line(&format!("NAME:{}", escaped(name)));
    out.line(&format!("X-WR-CALNAME:{}", escaped(name)));
    // RFC 7986, section 5.7, and what came before it.
    out.line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    out.line("X-PUBLISHED-TTL:PT6H");
    for zone in TIME_ZONES.iter().filter_map(|tz| SessionZone::parse(tz.name()).ok()) {
        let named = |entry: &Entry| entry.zone == zone || entry.instead_of.is_some_and(|(_, of)| of == zone);
        if entries.iter().any(named) {
            time_zone(&mut out, zone);
        }
    }
    for entry in entries {
        event(&mut out, entry);
    }
    out.line("END:VCALENDAR");
    out.0
}

/// A zone whose clocks are never put forward or back: one observance for ever (section 3.6.5).
fn time_zone(out: &mut Lines, zone: SessionZone) {
    let (offset, name) = match zone.as_str() {
        "Asia/Makassar" => ("+0800", "WITA"),
        "Asia/Jayapura" => ("+0900", "WIT"),
        _ => ("+0700", "WIB"),
    };
    out.line("BEGIN:VTIMEZONE");
    out.line(&format!("TZID:{}", zone.as_str()));
    out.line("BEGIN:STANDARD");
    out.line("DTSTART:19700101T000000");
    out.line(&format!("TZOFFSETFROM:{offset}"));
    out.line(&format!("TZOFFSETTO:{offset}"));
    out.line(&format!("TZNAME:{name}"));
    out.line("END:STANDARD");
    out.line("END:VTIMEZONE");
}

/// One VEVENT (section 3.6.1).
fn event(out: &mut Lines, entry: &Entry) {
    let ends = entry.starts + TimeDelta::minutes(entry.minutes);
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}", escaped(&entry.uid)));
    out.line(&format!("DTSTAMP:{}Z", entry.stamp.format(DATE_TIME)));
    out.line(&format!("SEQUENCE:{}", entry.sequence));
    if let Some((at, zone)) = entry.instead_of {
        out.line(&format!("RECURRENCE-ID;{}", local(at, zone)));
    }
    out.line(&format!("DTSTART;{}", local(entry.starts, entry.zone)));
    out.line(&format!("DTEND;{}", local(ends, entry.zone)));
    if let Some(rule) = &entry.rule {
        out.line(&format!("RRULE:{rule}"));
    }
    for at in &entry.except {
        out.line(&format!("EXDATE;{}", local(*at, entry.zone)));
    }
    out.line(&format!("SUMMARY:{}", escaped(&entry.summary)));
    for (name, value) in
        [("DESCRIPTION", &entry.description), ("LOCATION", &entry.location), ("CATEGORIES", &entry.category)]
    {
        if let Some(value) = value {
            out.line(&format!("{name}:{}", escaped(value)));
        }
    }
    out.line(if entry.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    out.line("END:VEVENT");
}

/// A local time with its zone (section 3.3.5, form 3).
fn local(at: NaiveDateTime, zone: SessionZone) -> String {
    format!("TZID={}:{}", zone.as_str(), at.format(DATE_TIME))
}

/// Text, with what has a meaning of its own set apart (section 3.3.11). Control characters but line breaks
/// are none of a text's and are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Lines as they are sent: ended by CRLF, none longer than 75 octets (section 3.1).
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, text: &str) {
        let mut octets = 0;
        for c in text.chars() {
            // A character is never cut: some programs unfold before they decode, others after.
            if octets + c.len_utf8() > MOST_OCTETS {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            octets += c.len_utf8();
            let _ = self.0.write_char(c);
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a text value back, as section 3.3.11 says.
    fn unescaped(text: &str) -> String {
        let mut out = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(other) => out.push(other),
                    None => {}
                },
                c => out.push(c),
            }
        }
        out
    }

    fn entry(summary: &str) -> Entry {
        Entry {
            uid: "018f".to_owned(),
            stamp: "2026-03-02T08:00:00Z".parse().unwrap(),
            sequence: 2,
            cancelled: false,
            starts: "2026-07-04T09:00:00".parse().unwrap(),
            zone: SessionZone::parse("Asia/Makassar").unwrap(),
            minutes: 150,
            summary: summary.to_owned(),
            description: None,
            location: Some("SDN 1, Ruang Guru".to_owned()),
            category: None,
            rule: Some("FREQ=MONTHLY;BYDAY=1SA".to_owned()),
            except: vec!["2026-08-01T09:00:00".parse().unwrap()],
            instead_of: None,
        }
    }

    #[test]
    fn a_rule_is_written_as_calendars_read_it() {
        let text = calendar("KKG Gugus Cengkeh", &[entry("Rapat; bulanan")]);
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "NAME:KKG Gugus Cengkeh",
            "TZID:Asia/Makassar",
            "TZOFFSETTO:+0800",
            "UID:018f",
            "DTSTAMP:20260302T080000Z",
            "SEQUENCE:2",
            "DTSTART;TZID=Asia/Makassar:20260704T090000",
            "DTEND;TZID=Asia/Makassar:20260704T113000",
            "RRULE:FREQ=MONTHLY;BYDAY=1SA",
            "EXDATE;TZID=Asia/Makassar:20260801T090000",
            "SUMMARY:Rapat\\; bulanan",
            "LOCATION:SDN 1\\, Ruang Guru",
            "STATUS:CONFIRMED",
            "END:VCALENDAR",
        ] {
            assert!(text.split("\r\n").any(|found| found == line), "{line} is not in\n{text}");
        }
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1, "only the zones that are named");
    }

    proptest! {
        #[test]
        fn whatever_a_title_holds_comes_back_and_no_line_is_too_long(title in "[\\PC\\n;,:\\\\\"]{0,200}") {
            let text = calendar("K", &[entry(&title)]);
            prop_assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= MOST_OCTETS, "{} octets", line.len());
            }
            let unfolded = text.replace("\r\n ", "");
            let value = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
            let kept: String = title.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            prop_assert_eq!(unescaped(value), kept);
        }
    }
}
