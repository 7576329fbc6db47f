//! Letting the meetings of a series stand in the plan as far ahead as always. Nobody asks for it; time does.

use entity::meeting_series::{ActiveModel, Model};
use sea_orm::{ActiveModelTrait, Set};

use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        group::state::CommunityStatus,
        series::{
            input::Draft,
            lock::lock,
            settle::{self, Settling},
            state::MeetingSeriesStatus,
            view::MeetingSeriesId,
        },
    },
    foundation::error::Result,
};

/// Makes the meetings of a series that have come within the horizon. Answers how many there were.
pub struct ExtendMeetingSeries {
    /// Which one.
    pub id: MeetingSeriesId,
}

impl Command for ExtendMeetingSeries {
    type Output = usize;
    const ACTION: Action = Action::MeetingSeriesUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<usize> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        // Ended or closed since it was found: nothing is to be done any more.
        if held.status != MeetingSeriesStatus::Active || held.community.status == CommunityStatus::Closed {
            return Ok(0);
        }
        let draft = Draft::stored(&held.row)?;
        let region = &held.community.row.region_code;
        let settling = Settling { region, row: &held.row, old: &draft, new: &draft };
        let meetings = settling.run(work, &permit).await?;
        advance(work, &permit, &held.row).await?;
        let made = meetings.len();
        for event in meetings {
            work.emit(event).await?;
        }
        Ok(made)
    }
}

/// Notes how far the plan reaches. It is no change of the series: nobody's version becomes stale by it.
async fn advance(work: &Work<'_>, _: &Permit, row: &Model) -> Result<()> {
    let until = settle::horizon(work.now()).date_naive();
    let change = ActiveModel { id: Set(row.id), materialised_until: Set(until), ..Default::default() };
    change.update(work.db()).await?;
    Ok(())
}
