use std::time::{Duration, Instant};

use chrono::Days;
use proptest::prelude::*;

use super::*;

fn zone() -> SessionZone {
    SessionZone::parse("Asia/Makassar").unwrap()
}

fn at(text: &str) -> NaiveDateTime {
    local(text).unwrap()
}

fn rhythm(rule: &str, starts: &str) -> Result<Rhythm, Fault> {
    Rhythm::new(Rule::parse(rule).unwrap(), at(starts), zone())
}

fn days(rule: &str, starts: &str, n: usize) -> Vec<String> {
    rhythm(rule, starts).unwrap().occurrences().take(n).map(|at| at.date().to_string()).collect()
}

fn codes(rule: &str) -> Vec<&'static str> {
    Rule::parse(rule).err().into_iter().flatten().map(|fault| fault.code).collect()
}

#[test]
fn the_rules_teachers_use_come_to_the_days_they_mean() {
    assert_eq!(
        days("FREQ=MONTHLY;BYDAY=2SA", "2026-07-11T09:00:00", 3),
        ["2026-07-11", "2026-08-08", "2026-09-12"]
    );
    assert_eq!(
        days("FREQ=MONTHLY;BYDAY=1TU,3TU", "2026-07-07T14:00:00", 3),
        ["2026-07-07", "2026-07-21", "2026-08-04"]
    );
    assert_eq!(
        days("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "2026-07-11T09:00:00", 3),
        ["2026-07-11", "2026-07-25", "2026-08-08"]
    );
    assert_eq!(days("FREQ=MONTHLY;BYDAY=-1FR", "2026-07-31T13:30:00", 2), ["2026-07-31", "2026-08-28"]);
    assert_eq!(
        days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-07-31T13:30:00", 2),
        ["2026-07-31", "2026-08-31"]
    );
    assert_eq!(
        days("FREQ=YEARLY;BYMONTH=1,7;BYDAY=1MO", "2026-07-06T08:00:00", 3),
        ["2026-07-06", "2027-01-04", "2027-07-05"]
    );
    assert_eq!(
        days("FREQ=DAILY;COUNT=3", "2026-07-06T08:00:00", 9),
        ["2026-07-06", "2026-07-07", "2026-07-08"]
    );
    // 01:00 UTC is 09:00 in Makassar: the last day counts.
    assert_eq!(
        days("FREQ=DAILY;UNTIL=20260707T010000Z", "2026-07-06T09:00:00", 9),
        ["2026-07-06", "2026-07-07"]
    );
}

#[test]
fn a_rule_is_kept_in_one_form() {
    for (given, kept) in [
        ("rrule:byday=sa,1sa;freq=monthly;interval=1", "FREQ=MONTHLY;BYDAY=SA,1SA"),
        ("FREQ=MONTHLY;BYDAY=+1SA", "FREQ=MONTHLY;BYDAY=1SA"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15,15", "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
        ("WKST=MO;FREQ=WEEKLY;COUNT=12", "FREQ=WEEKLY;COUNT=12"),
        ("FREQ=WEEKLY;WKST=SU;UNTIL=20270630T165959Z", "FREQ=WEEKLY;WKST=SU;UNTIL=20270630T165959Z"),
    ] {
        assert_eq!(Rule::parse(given).unwrap().to_string(), kept, "{given}");
    }
}

#[test]
fn the_crate_itself_would_write_the_first_saturday_as_every_saturday() {
    // Why `Rule` writes itself. When this fails the crate was mended.
    let read: RRule<Unvalidated> = "FREQ=MONTHLY;BYDAY=1SA".parse().unwrap();
    assert_eq!(read.to_string(), "FREQ=MONTHLY;BYDAY=SA");
}

#[test]
fn every_fault_of_a_rule_is_told_at_once() {
    assert_eq!(
        codes("FREQ=HOURLY;BYHOUR=9;BYDAY=XX"),
        ["rule_too_often", "rule_part_unsupported", "rule_part_malformed"]
    );
    assert_eq!(codes("BYDAY=SA"), ["rule_without_frequency"]);
    assert_eq!(codes("FREQ=WEEKLY;FREQ=DAILY"), ["rule_part_repeated"]);
    assert_eq!(codes("FREQ=WEEKLY;UNTIL=20270630"), ["rule_until_not_utc"]);
    assert_eq!(codes("FREQ=WEEKLY;UNTIL=20270630T160000"), ["rule_until_not_utc"]);
    assert_eq!(codes("FREQ=WEEKLY;COUNT=3;UNTIL=20270630T160000Z"), ["rule_count_and_until"]);
    assert_eq!(
        codes("FREQ=WEEKLY;INTERVAL=0;COUNT=0"),
        ["rule_interval_out_of_range", "rule_count_out_of_range"]
    );
    assert_eq!(codes("FREQ=FORTNIGHTLY"), ["rule_part_malformed"]);
    for wrong in [
        "FREQ=MONTHLY;BYDAY=0SA",
        "FREQ=MONTHLY;BYDAY=X2SA",
        "FREQ=MONTHLY;BYDAY=SA,",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=13",
    ] {
        assert_eq!(codes(wrong), ["rule_part_malformed"], "{wrong}");
    }
    assert_eq!(codes(""), ["text_missing"]);
    assert_eq!(codes(&"X".repeat(301)), ["text_too_long"]);
}

#[test]
fn what_does_not_go_together_is_refused() {
    let code = |rule: &str| rhythm(rule, "2026-07-11T09:00:00").unwrap_err().code;
    assert_eq!(code("FREQ=WEEKLY;BYDAY=2SA"), "rule_contradicts_itself");
    // The crate (0.14) takes no fifth-last day of a month, which few months have.
    assert_eq!(code("FREQ=MONTHLY;BYDAY=-5SA"), "rule_contradicts_itself");
    assert_eq!(code("FREQ=WEEKLY;BYMONTHDAY=11"), "rule_contradicts_itself");
    assert_eq!(code("FREQ=WEEKLY;BYSETPOS=1"), "rule_contradicts_itself");
    assert_eq!(code("FREQ=WEEKLY;UNTIL=20260711T005959Z"), "rule_ends_before_start");
    let elsewhere = rhythm("FREQ=MONTHLY;BYDAY=1SA", "2026-07-11T09:00:00").unwrap_err();
    assert_eq!((elsewhere.code, elsewhere.pointer.as_str()), ("series_start_not_in_rule", "/startsAt"));
    let leap = rhythm("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA", "2026-07-11T09:00:00").unwrap_err();
    assert_eq!(leap.args, [("first", "2048-02-29T09:00:00".to_owned())]);
    assert_eq!(elsewhere.args, [("first", "2026-08-01T09:00:00".to_owned())]);
}

#[test]
fn a_rule_that_never_fires_is_refused_in_bounded_time() {
    for never in [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=1SA;BYMONTHDAY=20",
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=31;BYDAY=MO,TU",
        "FREQ=WEEKLY;BYMONTH=2;INTERVAL=366;BYDAY=SA;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
    ] {
        let begun = Instant::now();
        assert_eq!(rhythm(never, "2026-07-11T09:00:00").unwrap_err().code, "rule_never_fires", "{never}");
        println!("{:>6} ms  {never}", begun.elapsed().as_millis());
        assert!(begun.elapsed() < Duration::from_secs(5), "{never}");
    }
}

#[test]
fn the_rest_of_a_rhythm_recurs_as_the_whole_does() {
    for (rule, starts) in [
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SA;WKST=SU", "2026-07-07T09:00:00"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", "2026-07-01T09:00:00"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=1,8;BYDAY=2SA", "2026-08-08T09:00:00"),
        ("FREQ=DAILY;INTERVAL=10;COUNT=40", "2026-07-07T09:00:00"),
    ] {
        let whole = rhythm(rule, starts).unwrap();
        let all: Vec<_> = whole.occurrences().take(40).collect();
        for gone in [1, 2, 5, 11] {
            let rest = Rhythm::stored(whole.rule().after(gone), all[gone], zone());
            assert_eq!(
                rest.occurrences().take(40 - gone).collect::<Vec<_>>(),
                all[gone..],
                "{rule} after {gone}"
            );
        }
    }
}

/// What a rule of the family below comes to, worked out day by day.
#[derive(Debug)]
struct Naive {
    freq: &'static str,
    interval: i64,
    days: Vec<(i64, Weekday)>,
    month_days: Vec<i64>,
    set_pos: Option<i64>,
}

impl Naive {
    fn text(&self) -> String {
        let mut text = format!("FREQ={};INTERVAL={}", self.freq, self.interval);
        if !self.days.is_empty() {
            let one = |(n, day): &(i64, Weekday)| {
                if *n == 0 { day_name(*day).to_owned() } else { format!("{n}{}", day_name(*day)) }
            };
            text += &format!(";BYDAY={}", self.days.iter().map(one).collect::<Vec<_>>().join(","));
        }
        if !self.month_days.is_empty() {
            text += &format!(
                ";BYMONTHDAY={}",
                self.month_days.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
            );
        }
        text + &self.set_pos.map_or_else(String::new, |n| format!(";BYSETPOS={n}"))
    }

    fn period(&self, day: NaiveDate, start: NaiveDate) -> i64 {
        let monday = |day: NaiveDate| day - Days::new(day.weekday().num_days_from_monday().into());
        match self.freq {
            "DAILY" => (day - start).num_days(),
            "WEEKLY" => (monday(day) - monday(start)).num_days() / 7,
            _ => i64::from(
                (day.year() - start.year()) * 12 + day.month0().cast_signed() - start.month0().cast_signed(),
            ),
        }
    }

    fn fits(&self, day: NaiveDate, start: NaiveDate) -> bool {
        let first = day.with_day(1).unwrap();
        let length = (first.checked_add_months(Months::new(1)).unwrap() - first).num_days();
        let (dom, weekday) = (i64::from(day.day()), day.weekday());
        let nth = |n: i64| if n > 0 { (dom - 1) / 7 + 1 == n } else { (length - dom) / 7 + 1 == -n };
        let of_week = self.days.iter().any(|(n, wanted)| *wanted == weekday && (*n == 0 || nth(*n)));
        let of_month = self.month_days.iter().any(|n| *n == dom || *n == dom - length - 1);
        match (self.days.is_empty(), self.month_days.is_empty()) {
            (false, true) => of_week,
            (true, false) => of_month,
            (false, false) => of_week && of_month,
            (true, true) => match self.freq {
                "DAILY" => true,
                "WEEKLY" => weekday == start.weekday(),
                _ => day.day() == start.day(),
            },
        }
    }

    fn expand(&self, start: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
        let mut periods: Vec<(i64, Vec<NaiveDate>)> = Vec::new();
        let begin = if self.set_pos.is_some() { start - Days::new(31) } else { start };
        for day in begin.iter_days().take_while(|day| *day < until + Days::new(31)) {
            let period = self.period(day, start);
            if period % self.interval == 0 && self.fits(day, start) {
                match periods.last_mut() {
                    Some((last, days)) if *last == period => days.push(day),
                    _ => periods.push((period, vec![day])),
                }
            }
        }
        let chosen = |(_, days): (i64, Vec<NaiveDate>)| match self.set_pos {
            None => days,
            Some(n) => {
                let len = i64::try_from(days.len()).unwrap();
                let place = if n > 0 { n - 1 } else { len + n };
                usize::try_from(place).ok().and_then(|place| days.get(place).copied()).into_iter().collect()
            }
        };
        periods.into_iter().flat_map(chosen).filter(|day| *day >= start && *day < until).collect()
    }
}

fn weekdays() -> impl Strategy<Value = Weekday> {
    (0u8..7).prop_map(|n| Weekday::try_from(n).unwrap())
}

fn family() -> impl Strategy<Value = Naive> {
    let daily = (1i64..20, prop::collection::vec(weekdays(), 0..3)).prop_map(|(interval, days)| {
        ("DAILY", interval, days.into_iter().map(|d| (0, d)).collect(), vec![], None)
    });
    let weekly = (1i64..6, prop::collection::vec(weekdays(), 0..4)).prop_map(|(interval, days)| {
        ("WEEKLY", interval, days.into_iter().map(|d| (0, d)).collect(), vec![], None)
    });
    let nth = prop_oneof![1i64..=5, -4i64..=-1];
    let monthly = (1i64..5, prop::collection::vec((nth.clone(), weekdays()), 0..3))
        .prop_map(|(interval, days)| ("MONTHLY", interval, days, vec![], None));
    let dated = (1i64..5, prop::collection::vec(prop_oneof![1i64..=31, -31i64..=-1], 1..4))
        .prop_map(|(interval, days)| ("MONTHLY", interval, vec![], days, None));
    let placed = (1i64..3, prop::collection::vec(weekdays(), 1..5), nth).prop_map(|(interval, days, n)| {
        ("MONTHLY", interval, days.into_iter().map(|d| (0, d)).collect(), vec![], Some(n))
    });
    prop_oneof![daily, weekly, monthly, dated, placed].prop_map(
        |(freq, interval, days, month_days, set_pos)| Naive { freq, interval, days, month_days, set_pos },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_rule_comes_to_what_walking_day_by_day_finds(naive in family(), offset in 0u64..800) {
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(offset);
        let until = start + Days::new(900);
        let expected = naive.expand(start, until);
        let rule = Rule::parse(&naive.text()).unwrap();
        let time = chrono::NaiveTime::from_hms_opt(9, 30, 0).unwrap();
        // A rule that begins on another day begins on its first one, as a caller is told to.
        let found = match Rhythm::from(&rule, start.and_time(time), zone()) {
            Some(rhythm) => rhythm.within(start.and_time(time), until.and_time(chrono::NaiveTime::MIN)),
            None => Vec::new(),
        };
        prop_assert!(found.windows(2).all(|pair| pair[0].date() < pair[1].date()), "in order, at most one a day");
        prop_assert!(found.iter().all(|at| at.time() == time));
        prop_assert_eq!(found.iter().map(NaiveDateTime::date).collect::<Vec<_>>(), expected, "{}", naive.text());
        let again = Rule::parse(&rule.to_string()).unwrap();
        prop_assert_eq!(&again, &rule, "the normal form reads as itself");
    }

    #[test]
    fn no_text_makes_the_reading_fail_otherwise_than_by_a_code(raw in "(FREQ|INTERVAL|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|WKST|COUNT|UNTIL)=[A-Z0-9,+-]{0,12}(;(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[0-9]{1,6}|BYDAY=[0-9A-Z,+-]{1,8}|BYSETPOS=[0-9,-]{1,5})){0,3}") {
        if let Ok(rule) = Rule::parse(&raw)
            && let Some(rhythm) = Rhythm::from(&rule, at("2026-07-11T09:00:00"), zone())
        {
            prop_assert!(rhythm.occurrences().take(50).count() <= 50);
        }
    }
}
