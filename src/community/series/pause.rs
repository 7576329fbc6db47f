//! Days without meetings: school holidays, examination weeks.

use async_graphql::{InputObject, SimpleObject};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::foundation::{
    dates,
    error::{Error, Fault, Faults, Result},
    text::Reason,
};

/// The most pauses a series may have.
pub const MAX_PAUSES: usize = 60;
/// The most days a pause may last.
pub const MAX_PAUSE_DAYS: i64 = 366;

/// Days on which a series has no meetings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject, ToSchema)]
#[graphql(input_name = "MeetingPauseInput")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MeetingPause {
    /// The first day without meetings, by the clocks of the series.
    #[schema(example = "2026-12-21")]
    pub from: NaiveDate,
    /// The last one; at most 366 days in all.
    #[schema(example = "2027-01-02")]
    pub until: NaiveDate,
    /// Why, in a few words that members read; at most 500 characters.
    #[schema(example = "Libur semester ganjil", min_length = 1, max_length = 500)]
    pub reason: String,
}

impl MeetingPause {
    /// Whether a day is one of them.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// Pauses in their normal form: by first day, each once.
///
/// # Errors
/// Every fault: `pauses_too_many` with `max`; under each pause `pause_reversed`, `pause_too_long` with `max`,
/// `date_out_of_range`, and those of a reason.
pub fn parse(raw: &[MeetingPause]) -> std::result::Result<Vec<MeetingPause>, Faults> {
    let mut faults = Faults::new();
    if raw.len() > MAX_PAUSES {
        faults.push(Fault::new("", "pauses_too_many").with("max", MAX_PAUSES));
        return Err(faults);
    }
    let mut found = Vec::new();
    for (at, pause) in raw.iter().enumerate() {
        let under = |field: &str| format!("/{at}/{field}");
        let from = faults.take(&under("from"), dates::day(pause.from));
        let until = faults.take(&under("until"), dates::day(pause.until));
        let reason = faults.take(&under("reason"), Reason::parse(&pause.reason));
        let (Some(from), Some(until), Some(reason)) = (from, until, reason) else { continue };
        if until < from {
            faults.push(Fault::new(under("until"), "pause_reversed"));
        } else if (until - from).num_days() >= MAX_PAUSE_DAYS {
            faults.push(Fault::new(under("until"), "pause_too_long").with("max", MAX_PAUSE_DAYS));
        }
        found.push(MeetingPause { from, until, reason: reason.as_str().to_owned() });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    found.sort_by(|a, b| (a.from, a.until, &a.reason).cmp(&(b.from, b.until, &b.reason)));
    found.dedup();
    Ok(found)
}

/// The pauses of a column.
///
/// # Errors
/// `internal` when it holds what no rule knows.
pub fn stored(column: &serde_json::Value) -> Result<Vec<MeetingPause>> {
    serde_json::from_value(column.clone()).map_err(|e| Error::internal("meeting_series.pauses", e))
}

/// The pause that a day falls into, the first of them.
pub fn covering(pauses: &[MeetingPause], day: NaiveDate) -> Option<&MeetingPause> {
    pauses.iter().find(|pause| pause.covers(day))
}
