//! Changing series of meetings. Each command locks the community, then the series.

mod create;
mod end;
mod extend;
mod update;

pub use create::CreateMeetingSeries;
pub use end::EndMeetingSeries;
pub use extend::ExtendMeetingSeries;
pub use update::UpdateMeetingSeries;

use chrono::TimeDelta;
use entity::{community, meeting_series::Model};
use serde_json::{Value, json};

use super::{
    clash::{self, MeetingClashes},
    engagements::Engagements,
    input::Draft,
    plan, settle,
};
use crate::{
    access::context::Work,
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

/// The most series of a community that may be active at once.
pub const MAX_SERIES: u64 = 20;

/// Who could not come to the meetings of a series that are about to stand in the plan.
///
/// # Errors
/// `meetings_clash_with_teaching` when members teach then and no reason was given in spite of it.
async fn checked_clashes(
    work: &Work<'_>,
    row: &community::Model,
    draft: &Draft,
) -> Result<Vec<MeetingClashes>> {
    let window = settle::window(draft, work.now());
    let meetings = plan::upcoming(&draft.rhythm, &draft.pauses, window, usize::MAX);
    let (Some(first), Some(last)) = (meetings.first(), meetings.last()) else { return Ok(Vec::new()) };
    let until = draft.rhythm.at(*last) + TimeDelta::minutes(draft.minutes.into());
    let engagements = Engagements::of(work.db(), row, (draft.rhythm.at(*first), until)).await?;
    let clashes: Vec<MeetingClashes> =
        meetings.iter().map(|at| engagements.clashes(&draft.rhythm.times(*at, draft.minutes))).collect();
    match clash::refusal(&clashes, draft.rhythm.zone()) {
        Some(fault) if draft.despite.is_none() => Err(Error::conflict_with(fault)),
        _ => Ok(clashes),
    }
}

/// What is told of a series.
fn happened(kind: &'static str, region: &str, row: &Model, more: Value) -> Event {
    let mut payload = json!({
        "communityId": row.community_id,
        "title": row.title,
        "rule": row.rule,
        "startsAt": row.starts_at_local,
        "timezone": row.timezone,
        "minutes": row.minutes,
        "status": row.status,
    });
    if let (Some(payload), Value::Object(more)) = (payload.as_object_mut(), more) {
        payload.extend(more);
    }
    Event::new(kind, "meeting_series", row.id, row.version).in_region(Some(region)).with(payload)
}

/// Tells of a series, then of its meetings.
async fn announce(work: &Work<'_>, of_series: Event, of_meetings: Vec<Event>) -> Result<()> {
    work.emit(of_series).await?;
    for event in of_meetings {
        work.emit(event).await?;
    }
    Ok(())
}
