//! Free slots for meetings: the same rule at other hours and on other days of the week, those first that keep
//! the fewest members from coming. Pure.

use async_graphql::SimpleObject;
use chrono::{Datelike, NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    engagements::Engagements,
    input::Draft,
    pause,
    rule::{Rhythm, written},
};

/// The most slots proposed.
pub const MOST_PROPOSALS: usize = 5;
/// How many meetings of a slot are looked at.
const LOOKED_AT: usize = 26;
/// The days of the week a slot may lie on. Sunday is nobody's working day.
const DAYS: [Weekday; 6] =
    [Weekday::Sat, Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// The hours at which a slot may begin.
const HOURS: [u32; 8] = [8, 9, 10, 13, 14, 15, 16, 19];

/// Another slot for the meetings of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingProposal {
    /// Start of its first meeting, as the clocks of the series show it.
    #[schema(example = "2026-07-11T09:00:00", max_length = 19)]
    pub starts_at: String,
    /// Its rule.
    #[schema(example = "FREQ=MONTHLY;BYDAY=2SA", max_length = 300)]
    pub rule: String,
    /// Members who would miss lessons, added up over its first 26 meetings.
    #[schema(minimum = 0)]
    pub teaching: i64,
    /// Members with a meeting of another community, likewise.
    #[schema(minimum = 0)]
    pub in_meetings: i64,
    /// Members with a session of a training, likewise.
    #[schema(minimum = 0)]
    pub in_trainings: i64,
}

/// Up to five slots other than the one asked for.
pub fn propose(draft: &Draft, engagements: &Engagements) -> Vec<MeetingProposal> {
    let asked = (draft.rhythm.starts().weekday(), draft.rhythm.starts().time());
    let mut found: Vec<(Rank, MeetingProposal)> = Vec::new();
    for (nth, day) in DAYS.into_iter().enumerate() {
        for hour in HOURS {
            let Some(time) = NaiveTime::from_hms_opt(hour, 0, 0) else { continue };
            if (day, time) == asked {
                continue;
            }
            if let Some(rhythm) = moved(&draft.rhythm, day, time) {
                let proposal = weighed(draft, &rhythm, engagements);
                let late = hour >= 18;
                let preferred = day == Weekday::Sat || after_school(engagements, day, time);
                let rank = (proposal.total(), late || !preferred, day != asked.0, nth, hour);
                found.push((rank, proposal));
            }
        }
    }
    found.sort_by_key(|one| one.0);
    found.into_iter().map(|(_, proposal)| proposal).take(MOST_PROPOSALS).collect()
}

/// Fewest clashes; after school or on a Saturday before others; the day asked for before others; then by day and hour.
type Rank = (i64, bool, bool, usize, u32);

impl MeetingProposal {
    const fn total(&self) -> i64 {
        self.teaching + self.in_meetings + self.in_trainings
    }
}

/// The rhythm on another day and hour; none where its rule names no single day of the week, unless the day is its own.
fn moved(rhythm: &Rhythm, day: Weekday, time: NaiveTime) -> Option<Rhythm> {
    let starts = rhythm.starts();
    let same_day = day == starts.weekday();
    let rule = match rhythm.rule().on(day) {
        Some(rule) => rule,
        None if same_day => rhythm.rule().clone(),
        None => return None,
    };
    let earliest =
        if same_day { starts.date().and_time(time) } else { first_on(starts, day)?.date().and_time(time) };
    Rhythm::from(&rule, earliest, rhythm.zone())
}

/// The first such day of the week from a day on.
fn first_on(from: NaiveDateTime, day: Weekday) -> Option<NaiveDateTime> {
    let away = (7 + day.num_days_from_monday() - from.weekday().num_days_from_monday()) % 7;
    from.checked_add_days(chrono::Days::new(away.into()))
}

/// Whether lessons of every member's school are over by then.
fn after_school(engagements: &Engagements, day: Weekday, time: NaiveTime) -> bool {
    use chrono::Timelike;
    let minute = (time.hour() * 60 + time.minute()).cast_signed();
    engagements.schools.iter().filter_map(|school| school.timetable.ends(day)).all(|ends| ends <= minute)
}

fn weighed(draft: &Draft, rhythm: &Rhythm, engagements: &Engagements) -> MeetingProposal {
    let meetings = rhythm.foreseeable().filter(|at| pause::covering(&draft.pauses, at.date()).is_none());
    let mut proposal = MeetingProposal {
        starts_at: written(rhythm.starts()),
        rule: rhythm.rule().to_string(),
        teaching: 0,
        in_meetings: 0,
        in_trainings: 0,
    };
    for at in meetings.take(LOOKED_AT) {
        let found = engagements.clashes(&rhythm.times(at, draft.minutes));
        proposal.teaching += found.teaching;
        proposal.in_meetings += found.in_meetings;
        proposal.in_trainings += found.in_trainings;
    }
    proposal
}
