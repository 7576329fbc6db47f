//! What callers may say about a series of meetings, and what is made of it.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::{NaiveDate, NaiveDateTime};
use entity::meeting_series::Model;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    pause::{self, MeetingPause},
    rule::{self, Rhythm, Rule, SeriesMinutes, written},
};
use crate::{
    community::activity::{
        detail::rule::guard,
        rule::{ActivityKind, MeetingMode},
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        patch, text,
        text::Reason,
    },
    training::session::rule::SessionZone,
};

/// What a new series of meetings is.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateMeetingSeriesInput {
    /// What its meetings are called, at most 200 characters.
    #[schema(example = "Pertemuan rutin KKG", min_length = 1, max_length = 200)]
    pub title: String,
    /// What they are about, at most 2,000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub description: Option<String>,
    /// What kind of activity they are.
    pub kind: ActivityKind,
    /// How people come together.
    pub mode: MeetingMode,
    /// Where, at most 200 characters.
    #[schema(example = "SD Negeri 1 Kembangsari", min_length = 1, max_length = 200)]
    pub place: Option<String>,
    /// Start of the first meeting, as the clocks of `timezone` show it; one that the rule has, and still to come.
    #[schema(example = "2026-07-11T09:00:00", max_length = 19)]
    pub starts_at: String,
    /// IANA zone of the rule: `Asia/Jakarta`, `Asia/Makassar` or `Asia/Jayapura`.
    #[schema(example = "Asia/Jakarta", max_length = 40)]
    pub timezone: String,
    /// How long each meeting is, in minutes.
    #[schema(example = 150, minimum = 1, maximum = 720)]
    pub minutes: i32,
    /// When they recur: an RRULE value (RFC 5545, section 3.3.10) with FREQ of DAILY, WEEKLY, MONTHLY or YEARLY and,
    /// where wanted, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST and one of COUNT and UNTIL (in UTC).
    #[schema(example = "FREQ=MONTHLY;BYDAY=2SA", min_length = 1, max_length = 300)]
    pub rule: String,
    /// Days without meetings, at most 60 stretches; none unless said.
    #[graphql(default)]
    #[serde(default)]
    #[schema(max_items = 60)]
    pub pauses: Vec<MeetingPause>,
    /// Why the meetings take place although members teach then, where they do; kept with the event.
    #[schema(example = "Semua kepala sekolah menyetujui", min_length = 1, max_length = 500)]
    pub despite_clashes: Option<String>,
}

/// What may be changed about a series; what is left out stays (JSON merge patch, RFC 7396). Its meetings to
/// come follow, but for those that were moved, renamed or cancelled by hand. Another rule, zone or start
/// begins anew: `startsAt` is then its first meeting to come.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateMeetingSeriesInput {
    /// What its meetings are called, at most 200 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    pub title: MaybeUndefined<String>,
    /// What they are about; null for nothing.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 2000)]
    pub description: MaybeUndefined<String>,
    /// What kind of activity they are.
    #[serde(default)]
    #[schema(value_type = Option<ActivityKind>)]
    pub kind: MaybeUndefined<ActivityKind>,
    /// How people come together.
    #[serde(default)]
    #[schema(value_type = Option<MeetingMode>)]
    pub mode: MaybeUndefined<MeetingMode>,
    /// Where; null for nowhere said.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 200)]
    pub place: MaybeUndefined<String>,
    /// Start of the first meeting, as the clocks of `timezone` show it.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 19)]
    pub starts_at: MaybeUndefined<String>,
    /// IANA zone of the rule.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub timezone: MaybeUndefined<String>,
    /// How long each meeting is, in minutes.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 720)]
    pub minutes: MaybeUndefined<i32>,
    /// When they recur.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 300)]
    pub rule: MaybeUndefined<String>,
    /// Days without meetings, all of them; null for none. Meetings in a new pause are cancelled, those in one
    /// that is left out come back.
    #[serde(default)]
    #[schema(value_type = Option<Vec<MeetingPause>>, max_items = 60)]
    pub pauses: MaybeUndefined<Vec<MeetingPause>>,
    /// Why the meetings take place although members teach then, where they do; kept with the event.
    #[schema(example = "Semua kepala sekolah menyetujui", min_length = 1, max_length = 500)]
    pub despite_clashes: Option<String>,
}

/// From when on a series has no meetings.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndMeetingSeriesInput {
    /// The first day without meetings, by the clocks of the series; today or later.
    #[schema(example = "2027-07-01")]
    pub from: NaiveDate,
    /// Why; the meetings that are cancelled tell it. At most 500 characters.
    #[schema(example = "Diganti pertemuan per mata pelajaran", min_length = 1, max_length = 500)]
    pub reason: Option<String>,
}

/// A series as it shall be, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What its meetings are called.
    pub title: String,
    /// What they are about.
    pub description: Option<String>,
    /// What kind of activity they are.
    pub kind: ActivityKind,
    /// How people come together.
    pub mode: MeetingMode,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub rhythm: Rhythm,
    /// How long each is, in minutes.
    pub minutes: i32,
    /// Days without meetings.
    pub pauses: Vec<MeetingPause>,
    /// Why in spite of clashes.
    pub despite: Option<Reason>,
}

impl Draft {
    /// What a stored series says.
    ///
    /// # Errors
    /// `internal` when a column holds what no rule knows.
    pub fn stored(row: &Model) -> Result<Self> {
        let odd = |column: &'static str| move |f: Fault| Error::internal(column, f.code);
        let rule = Rule::parse(&row.rule)
            .map_err(Error::Invalid)
            .map_err(|e| Error::internal("meeting_series.rule", e))?;
        let starts = rule::local(&row.starts_at_local).map_err(odd("meeting_series.starts_at_local"))?;
        let zone = SessionZone::parse(&row.timezone).map_err(odd("meeting_series.timezone"))?;
        Ok(Self {
            title: row.title.clone(),
            description: row.description.clone(),
            kind: ActivityKind::parse(&row.kind).map_err(odd("meeting_series.kind"))?,
            mode: MeetingMode::parse(&row.mode).map_err(odd("meeting_series.mode"))?,
            place: row.place.clone(),
            rhythm: Rhythm::stored(rule, starts, zone),
            minutes: row.minutes,
            pauses: pause::stored(&row.pauses)?,
            despite: None,
        })
    }

    /// Puts it into a row.
    ///
    /// # Errors
    /// `internal` when the pauses cannot be written.
    pub fn write(&self, row: &mut Model) -> Result<()> {
        row.title.clone_from(&self.title);
        row.description.clone_from(&self.description);
        self.kind.as_str().clone_into(&mut row.kind);
        self.mode.as_str().clone_into(&mut row.mode);
        row.place.clone_from(&self.place);
        row.starts_at_local = written(self.rhythm.starts());
        self.rhythm.zone().as_str().clone_into(&mut row.timezone);
        row.rule = self.rhythm.rule().to_string();
        row.minutes = self.minutes;
        row.pauses = serde_json::to_value(&self.pauses).map_err(|e| Error::internal("write pauses", e))?;
        Ok(())
    }
}

fn title(raw: &str) -> std::result::Result<String, Fault> {
    text::line(raw, 200)
}

fn description(raw: &str) -> std::result::Result<String, Fault> {
    text::line(raw, 2000)
}

fn minutes(raw: i32) -> std::result::Result<i32, Fault> {
    SeriesMinutes::parse(raw).map(SeriesMinutes::get)
}

/// Takes a rule, with all its faults under `/rule`.
fn rule_of(raw: &str, faults: &mut Faults) -> Option<Rule> {
    match Rule::parse(raw) {
        Ok(rule) => Some(rule),
        Err(found) => {
            for fault in found {
                faults.push(Fault { pointer: "/rule".to_owned(), ..fault });
            }
            None
        }
    }
}

/// Takes pauses, with all their faults under `/pauses`.
fn pauses_of(raw: &[MeetingPause], faults: &mut Faults) -> Option<Vec<MeetingPause>> {
    match pause::parse(raw) {
        Ok(pauses) => Some(pauses),
        Err(found) => {
            faults.extend(found.under("/pauses"));
            None
        }
    }
}

/// The rhythm of its parts, where they are known; what does not fit is among the faults.
fn rhythm_of(
    (rule, starts, zone): (Option<Rule>, Option<NaiveDateTime>, Option<SessionZone>),
    faults: &mut Faults,
) -> Option<Rhythm> {
    let rhythm = Rhythm::new(rule?, starts?, zone?);
    faults.take("", rhythm)
}

impl CreateMeetingSeriesInput {
    /// The series it describes.
    ///
    /// # Errors
    /// `invalid`, with every fault.
    pub fn parse(&self) -> Result<Draft> {
        let mut faults = Faults::new();
        let name = faults.take("/title", title(&self.title));
        let words = self.description.as_deref().map(|raw| faults.take("/description", description(raw)));
        let place = self.place.as_deref().map(|raw| faults.take("/place", title(raw)));
        let starts = faults.take("/startsAt", rule::local(&self.starts_at));
        let zone = faults.take("/timezone", SessionZone::parse(&self.timezone));
        let minutes = faults.take("/minutes", minutes(self.minutes));
        let rule = rule_of(&self.rule, &mut faults);
        let rhythm = rhythm_of((rule, starts, zone), &mut faults);
        let pauses = pauses_of(&self.pauses, &mut faults);
        let despite = despite(self.despite_clashes.as_deref(), &mut faults);
        guard(
            self.kind,
            &[
                ("/title", Some(self.title.as_str())),
                ("/description", self.description.as_deref()),
                ("/place", self.place.as_deref()),
            ],
            &mut faults,
        );
        faults.done()?;
        let (Some(title), Some(minutes), Some(rhythm), Some(pauses)) = (name, minutes, rhythm, pauses) else {
            return Err(Error::invalid("", "invalid"));
        };
        Ok(Draft {
            title,
            description: words.flatten(),
            kind: self.kind,
            mode: self.mode,
            place: place.flatten(),
            rhythm,
            minutes,
            pauses,
            despite,
        })
    }
}

fn despite(raw: Option<&str>, faults: &mut Faults) -> Option<Reason> {
    faults.take("/despiteClashes", raw.map(Reason::parse).transpose()).flatten()
}

impl UpdateMeetingSeriesInput {
    /// What becomes of a series by it.
    ///
    /// # Errors
    /// `invalid`, with every fault.
    pub fn parse(&self, old: &Draft) -> Result<Draft> {
        let mut faults = Faults::new();
        let mut new = old.clone();
        let name = patch::required(&mut faults, "/title", &self.title, |raw| title(raw));
        let words = patch::optional(&mut faults, "/description", &self.description, |raw| description(raw));
        let kind = patch::required(&mut faults, "/kind", &self.kind, |kind| Ok(*kind));
        let mode = patch::required(&mut faults, "/mode", &self.mode, |mode| Ok(*mode));
        let place = patch::optional(&mut faults, "/place", &self.place, |raw| title(raw));
        let length = patch::required(&mut faults, "/minutes", &self.minutes, |raw| minutes(*raw));
        new.title = name.unwrap_or(new.title);
        new.description = words.unwrap_or(new.description);
        new.kind = kind.unwrap_or(new.kind);
        new.mode = mode.unwrap_or(new.mode);
        new.place = place.unwrap_or(new.place);
        new.minutes = length.unwrap_or(new.minutes);
        new.rhythm = self.rhythm(&old.rhythm, &mut faults).unwrap_or(new.rhythm);
        match &self.pauses {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => new.pauses = Vec::new(),
            MaybeUndefined::Value(raw) => new.pauses = pauses_of(raw, &mut faults).unwrap_or_default(),
        }
        new.despite = despite(self.despite_clashes.as_deref(), &mut faults);
        guard(
            new.kind,
            &[
                ("/title", Some(new.title.as_str())),
                ("/description", new.description.as_deref()),
                ("/place", new.place.as_deref()),
            ],
            &mut faults,
        );
        faults.done()?;
        Ok(new)
    }

    fn rhythm(&self, old: &Rhythm, faults: &mut Faults) -> Option<Rhythm> {
        let starts = patch::required(faults, "/startsAt", &self.starts_at, |raw| rule::local(raw));
        let zone = patch::required(faults, "/timezone", &self.timezone, |raw| SessionZone::parse(raw));
        let rule = match &self.rule {
            MaybeUndefined::Undefined => Some(old.rule().clone()),
            MaybeUndefined::Null => {
                faults.push(Fault::new("/rule", "field_missing"));
                None
            }
            MaybeUndefined::Value(raw) => rule_of(raw, faults),
        };
        let whole = (rule, Some(starts.unwrap_or(old.starts())), Some(zone.unwrap_or(old.zone())));
        let untouched = whole == (Some(old.rule().clone()), Some(old.starts()), Some(old.zone()));
        if untouched { None } else { rhythm_of(whole, faults) }
    }
}
