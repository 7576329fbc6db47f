//! Ending a series: from a day on it has no meetings.

use chrono::{NaiveDate, TimeDelta};
use entity::{activity, meeting_series::Model};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;

use super::{announce, happened};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        activity::state::ActivityStatus,
        series::{
            input::{Draft, EndMeetingSeriesInput},
            lock::lock,
            settle,
            state::MeetingSeriesStatus,
            view::{MeetingSeries, MeetingSeriesId},
        },
    },
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        event::Event,
        language::{self, Language},
        text::Reason,
    },
};

/// Ends a series of meetings.
pub struct EndMeetingSeries {
    /// Which one.
    pub id: MeetingSeriesId,
    /// From when on.
    pub input: EndMeetingSeriesInput,
}

impl Command for EndMeetingSeries {
    type Output = MeetingSeries;
    const ACTION: Action = Action::MeetingSeriesEnd;

    async fn run(&self, work: &Work<'_>) -> Result<MeetingSeries> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        work.expect(held.row.version)?;
        held.status.require_active()?;
        let draft = Draft::stored(&held.row)?;
        let today = draft.rhythm.zone().local(work.now()).date();
        let mut faults = Faults::new();
        let last = held.row.materialised_until + TimeDelta::days(1);
        let from = faults.take("/from", first_day(self.input.from, today, last));
        let reason = faults.take("/reason", self.input.reason.as_deref().map(Reason::parse).transpose());
        faults.done()?;
        let (Some(from), Some(reason)) = (from, reason) else { return Err(Error::invalid("", "invalid")) };
        let reason = reason.map_or_else(ended, |reason| reason.as_str().to_owned());
        let row = update(work, &permit, held.row, &draft, from).await?;
        let region = &held.community.row.region_code;
        let meetings = cancel(work, &permit, region, &row, &draft, from, &reason).await?;
        let more = json!({ "from": from, "meetings": meetings.len() });
        let told = happened("meeting_series.ended", region, &row, more);
        let view = MeetingSeries::try_from(row)?;
        announce(work, told, meetings).await?;
        Ok(view)
    }
}

/// Between today and the end of what stands in the plan: later meetings would stand in calendars alone.
fn first_day(from: NaiveDate, today: NaiveDate, last: NaiveDate) -> std::result::Result<NaiveDate, Fault> {
    let from = dates::day(from)?;
    if from < today {
        return Err(Fault::new("", "series_end_past").with("today", today));
    }
    if from > last { Err(Fault::new("", "series_end_too_far").with("until", last)) } else { Ok(from) }
}

/// What its meetings are told where nobody said why.
fn ended() -> String {
    // What is stored is read by people of the country; it has one language.
    language::of_fault(Language::default(), &Fault::new("", "meeting_series_ended"))
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    mut row: Model,
    draft: &Draft,
    from: NaiveDate,
) -> Result<Model> {
    let last = draft.rhythm.end_of_day_before(from);
    row.rule = draft.rhythm.rule().ending(last).to_string();
    MeetingSeriesStatus::Ended.as_str().clone_into(&mut row.status);
    row.version += 1;
    row.updated_at = work.now();
    row.clone().into_active_model().reset_all().update(work.db()).await?;
    Ok(row)
}

/// Cancels what is still planned from that day on, moved meetings included.
async fn cancel(
    work: &Work<'_>,
    _: &Permit,
    region: &str,
    row: &Model,
    draft: &Draft,
    from: NaiveDate,
    reason: &str,
) -> Result<Vec<Event>> {
    let begins = draft.rhythm.at(from.and_time(chrono::NaiveTime::MIN));
    let later = activity::Entity::find()
        .filter(activity::Column::SeriesId.eq(row.id))
        .filter(activity::Column::Status.eq(ActivityStatus::Planned))
        // Where somebody checked in already it begins.
        .filter(activity::Column::Attended.eq(0))
        .filter(activity::Column::StartsAt.gte(Ord::max(begins, work.now())))
        .order_by_asc(activity::Column::StartsAt)
        .all(work.db())
        .await?;
    let mut events = Vec::new();
    for mut meeting in later {
        ActivityStatus::Cancelled.as_str().clone_into(&mut meeting.status);
        meeting.status_reason = Some(reason.to_owned());
        settle::save(work, &mut meeting).await?;
        events.push(settle::happened("activity.cancelled", region, &meeting));
    }
    Ok(events)
}
