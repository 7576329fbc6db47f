//! What a calendar holds: series as rules with their exceptions, single meetings, sessions of trainings. Pure.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use entity::{activity, meeting_series};

use super::ics::Entry;
use crate::{
    community::{
        activity::state::ActivityStatus,
        series::{
            input::Draft,
            pause,
            rule::{Rhythm, written},
        },
    },
    foundation::error::{Error, Result},
    training::session::rule::SessionZone,
};

/// How far ahead pauses are written out, in days from the start of the window.
const PAUSES_AHEAD: i64 = 3 * 366;

/// The meetings of one community, and its name.
pub struct Meetings<'a> {
    /// What the community is called; none where the calendar is its own.
    pub category: Option<&'a str>,
    /// Its series.
    pub series: Vec<&'a meeting_series::Model>,
    /// Its activities from the start of the window on.
    pub activities: Vec<&'a activity::Model>,
}

impl Meetings<'_> {
    /// Its entries, from `since` on.
    ///
    /// # Errors
    /// `internal` when a row holds what no rule knows.
    pub fn entries(&self, since: DateTime<Utc>) -> Result<Vec<Entry>> {
        let mut found = Vec::new();
        let mut told = HashSet::new();
        for series in &self.series {
            let rows: HashMap<&str, &activity::Model> = self
                .activities
                .iter()
                .filter(|row| row.series_id == Some(series.id))
                .filter_map(|row| Some((row.occurrence.as_deref()?, *row)))
                .collect();
            let draft = Draft::stored(series)?;
            if let Some(of) = Series::new(series, &draft, since) {
                found.extend(of.entries(self, &rows, &mut told)?);
            }
        }
        for row in &self.activities {
            // What a rule does not tell stands by itself; what a series took back was in no calendar for long.
            if told.contains(&row.id) || (row.series_id.is_some() && is_cancelled(row)) {
                continue;
            }
            found.push(self.single(row)?);
        }
        Ok(found)
    }

    fn single(&self, row: &activity::Model) -> Result<Entry> {
        let zone = zone(&row.timezone)?;
        Ok(Entry {
            uid: row.id.to_string(),
            stamp: row.updated_at,
            sequence: row.revision.into(),
            cancelled: is_cancelled(row),
            starts: zone.local(row.starts_at),
            zone,
            minutes: (row.ends_at - row.starts_at).num_minutes(),
            summary: row.title.clone(),
            description: row.description.clone(),
            location: row.place.clone(),
            category: self.category.map(str::to_owned),
            rule: None,
            except: Vec::new(),
            instead_of: None,
        })
    }
}

fn is_cancelled(row: &activity::Model) -> bool {
    row.status == ActivityStatus::Cancelled.as_str()
}

fn zone(name: &str) -> Result<SessionZone> {
    SessionZone::parse(name).map_err(|f| Error::internal("a time zone", f.code))
}

/// A series from the start of the window on.
struct Series<'a> {
    row: &'a meeting_series::Model,
    draft: &'a Draft,
    /// Its rule from its first meeting in the window on. What recurs from one of its meetings on recurs as before.
    rest: Rhythm,
    /// Until before when its meetings stand in the plan, by its clocks.
    planned: NaiveDateTime,
    /// Until before when its exceptions are written out.
    until: NaiveDateTime,
}

impl<'a> Series<'a> {
    fn new(row: &'a meeting_series::Model, draft: &'a Draft, since: DateTime<Utc>) -> Option<Self> {
        let zone = draft.rhythm.zone();
        let from = zone.local(since);
        let (mut gone, mut first) = (0, None);
        for at in draft.rhythm.occurrences() {
            if at >= from {
                first = Some(at);
                break;
            }
            gone += 1;
        }
        let planned = zone.local(row.materialised_until.and_time(chrono::NaiveTime::MIN).and_utc());
        let paused = draft.pauses.iter().map(|pause| pause.until + TimeDelta::days(1)).max();
        let paused = paused.map_or(planned, |day| day.and_time(chrono::NaiveTime::MIN));
        let until = Ord::max(planned, Ord::min(paused, from + TimeDelta::days(PAUSES_AHEAD)));
        let rest = Rhythm::stored(draft.rhythm.rule().after(gone), first?, zone);
        Some(Self { row, draft, rest, planned, until })
    }

    /// The rule with its exceptions, then each meeting that is not as the rule says.
    fn entries(
        &self,
        of: &Meetings<'_>,
        rows: &HashMap<&str, &activity::Model>,
        told: &mut HashSet<uuid::Uuid>,
    ) -> Result<Vec<Entry>> {
        let (mut except, mut instead) = (Vec::new(), Vec::new());
        for at in self.rest.occurrences().take_while(|at| *at < self.until) {
            match rows.get(written(at).as_str()) {
                Some(row) if is_cancelled(row) => {
                    told.insert(row.id);
                    except.push(at);
                }
                Some(row) => {
                    told.insert(row.id);
                    if !self.as_the_rule_says(row, at) {
                        let uid = self.row.id.to_string();
                        let instead_of = Some((at, self.rest.zone()));
                        instead.push(Entry { uid, instead_of, ..of.single(row)? });
                    }
                }
                None if at < self.planned || pause::covering(&self.draft.pauses, at.date()).is_some() => {
                    except.push(at);
                }
                None => {}
            }
        }
        let mut all = vec![Entry {
            uid: self.row.id.to_string(),
            stamp: self.row.updated_at,
            sequence: self.row.version - 1,
            cancelled: false,
            starts: self.rest.starts(),
            zone: self.rest.zone(),
            minutes: self.row.minutes.into(),
            summary: self.row.title.clone(),
            description: self.row.description.clone(),
            location: self.row.place.clone(),
            category: of.category.map(str::to_owned),
            rule: Some(self.rest.rule().to_string()),
            except,
            instead_of: None,
        }];
        all.append(&mut instead);
        Ok(all)
    }

    fn as_the_rule_says(&self, row: &activity::Model, at: NaiveDateTime) -> bool {
        let times = self.rest.times(at, self.row.minutes);
        (row.starts_at, row.ends_at) == (times.starts_at, times.ends_at)
            && row.timezone == self.row.timezone
            && (&row.title, &row.description, &row.place)
                == (&self.row.title, &self.row.description, &self.row.place)
    }
}
