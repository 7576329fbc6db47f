//! Independent parsers read our calendars as we mean them: `ical.js` (npm) and `icalendar` with
//! `recurring-ical-events` (PyPI), both run by `tests/clients/calendar/run`. Without them this looks at what the
//! calendar itself says, and tells so.

use std::{collections::BTreeSet, path::Path, process::Command};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use entity::{activity, meeting_series};
use sanggar::community::series::{input::Draft, pause};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use crate::{
    rhythm::{Group, input},
    support::{
        Face, TestApp,
        app::{URL, start},
        rows::activity_row,
    },
};

/// Rules teachers use, in the three zones, with pauses.
const SERIES: [(&str, &str, &str); 9] = [
    ("FREQ=MONTHLY;BYDAY=2SA", "2026-03-14T09:00:00", "Asia/Jakarta"),
    ("FREQ=MONTHLY;BYDAY=1TU,3TU", "2026-03-03T17:30:00", "Asia/Makassar"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "2026-03-07T06:15:00", "Asia/Jayapura"),
    ("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TU;WKST=SU", "2026-03-03T15:00:00", "Asia/Jakarta"),
    ("FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27T16:00:00", "Asia/Makassar"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03-31T19:00:00", "Asia/Jayapura"),
    ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15,-1", "2026-03-15T23:30:00", "Asia/Jakarta"),
    ("FREQ=DAILY;INTERVAL=9;COUNT=25", "2026-03-04T15:00:00", "Asia/Makassar"),
    ("FREQ=YEARLY;BYMONTH=5,11;BYDAY=1SA;UNTIL=20291231T000000Z", "2026-05-02T00:30:00", "Asia/Jayapura"),
];

/// The year that is looked at.
fn year() -> (DateTime<Utc>, DateTime<Utc>) {
    (start(), start() + TimeDelta::days(365))
}

/// What should be found: what stands in the plan, and beyond it what the rules say.
async fn expected(app: &TestApp) -> BTreeSet<String> {
    let reader = app.services.store.reader();
    let (from, until) = year();
    let mut lines = BTreeSet::new();
    let line = |at: DateTime<Utc>, uid: Uuid| format!("{} {uid}", at.format("%Y-%m-%dT%H:%M:%SZ"));
    for row in activity::Entity::find().all(reader).await.unwrap() {
        if row.status != "cancelled" && (from..until).contains(&row.starts_at) {
            lines.insert(line(row.starts_at, row.series_id.unwrap_or(row.id)));
        }
    }
    for row in meeting_series::Entity::find().all(reader).await.unwrap() {
        let draft = Draft::stored(&row).unwrap();
        let zone = draft.rhythm.zone();
        let planned = zone.local(row.materialised_until.and_time(NaiveTime::MIN).and_utc());
        for at in draft.rhythm.within(planned, zone.local(until)) {
            if pause::covering(&draft.pauses, at.date()).is_none() {
                lines.insert(line(draft.rhythm.at(at), row.id));
            }
        }
    }
    lines
}

async fn full_calendar(group: &Group<'_>) -> String {
    let app = group.app();
    for (nth, (rule, starts, zone)) in SERIES.into_iter().enumerate() {
        let mut input = input(rule, starts);
        input["timezone"] = json!(zone);
        input["title"] =
            json!(format!("Pertemuan rutin dengan judul yang cukup panjang; nomor {nth}, ruang α–ω"));
        input["despiteClashes"] = json!("Uji kalender");
        input["pauses"] = json!([
            { "from": "2026-06-20", "until": "2026-07-12", "reason": "Libur kenaikan kelas" },
            { "from": "2026-12-19", "until": "2027-01-03", "reason": "Libur semester" },
        ]);
        let made = group.create(Face::Rest, input).await.ok();
        let rows = group.meetings(&made).await;
        if let Some(moved) = rows.get(1) {
            group
                .touch(moved, |row| {
                    row.starts_at += TimeDelta::hours(50);
                    row.ends_at += TimeDelta::hours(50);
                    "Asia/Makassar".clone_into(&mut row.timezone);
                })
                .await;
        }
        if let Some(cancelled) = rows.get(2) {
            group.touch(cancelled, |row| "cancelled".clone_into(&mut row.status)).await;
        }
        if nth == 1 {
            let change = json!({ "id": made["id"], "version": 1, "input": { "place": "Aula", "despiteClashes": "Uji" } });
            group.call(Face::Rest, "update_meeting_series", change).await.ok();
        }
        if nth == 4 {
            let end = json!({ "id": made["id"], "input": { "from": "2026-08-01" } });
            group.call(Face::Rest, "end_meeting_series", end).await.ok();
        }
    }
    for (days, status) in [(2, "planned"), (9, "cancelled"), (30, "planned")] {
        let row = activity_row(Uuid::now_v7(), group.id, start() + TimeDelta::days(days));
        group.world.insert(activity::Model { status: status.to_owned(), ..row }).await;
    }
    let feed = group.call(Face::Rest, "create_calendar_feed", json!({ "input": {} })).await.ok();
    let path = feed["url"].as_str().unwrap().strip_prefix(URL).unwrap().to_owned();
    let answer = app.request(reqwest::Method::GET, &path, None).send().await.unwrap();
    answer.text().await.unwrap()
}

/// What a parser prints about a calendar.
fn read_by(program: &str, script: &Path, file: &Path) -> BTreeSet<String> {
    let (from, until) = year();
    let written = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let output =
        Command::new(program).arg(script).arg(file).args([written(from), written(until)]).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn independent_parsers_find_the_meetings_we_mean() {
    let app = TestApp::sqlite().await;
    let group = Group::new(&app).await;
    let text = full_calendar(&group).await;
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 3);
    assert_eq!(text.matches("RRULE:").count(), SERIES.len());
    assert!(text.matches("RECURRENCE-ID").count() >= 6 && text.matches("EXDATE").count() >= 9, "{text}");
    let expected = expected(&app).await;
    assert!(expected.len() > 100, "only {} meetings in a year", expected.len());
    let Ok(tools) = std::env::var("SANGGAR_CALENDAR_CLIENTS") else {
        println!("tests/clients/calendar/run lets independent parsers read it; not asked to");
        return;
    };
    let tools = Path::new(&tools);
    let file = tools.join("calendar.ics");
    std::fs::write(&file, &text).unwrap();
    let python = tools.join("venv/bin/python");
    for (program, script) in [("node", "expand.mjs"), (python.to_str().unwrap(), "expand.py")] {
        let found = read_by(program, &tools.join(script), &file);
        let (missing, odd): (Vec<_>, Vec<_>) =
            (expected.difference(&found).collect(), found.difference(&expected).collect());
        println!("{script}: {} of {} meetings, {} octets", found.len(), expected.len(), text.len());
        assert!(missing.is_empty() && odd.is_empty(), "{script}: missing {missing:#?}, odd {odd:#?}");
    }
}
