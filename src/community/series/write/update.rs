//! Changing a series; its meetings to come follow.

use entity::meeting_series::Model;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;

use super::{announce, checked_clashes, happened};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::series::{
        clash,
        input::{Draft, UpdateMeetingSeriesInput},
        lock::lock,
        settle::{self, Settling},
        start,
        view::{MeetingSeries, MeetingSeriesId},
    },
    foundation::{error::Result, language::Language, version},
};

/// Changes a series of meetings.
pub struct UpdateMeetingSeries {
    /// Which one.
    pub id: MeetingSeriesId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateMeetingSeriesInput,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for UpdateMeetingSeries {
    type Output = MeetingSeries;
    const ACTION: Action = Action::MeetingSeriesUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<MeetingSeries> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        version::check(self.version, held.row.version)?;
        held.community.status.require_alive()?;
        held.status.require_active()?;
        let old = Draft::stored(&held.row)?;
        let new = self.input.parse(&old)?;
        if (Draft { despite: None, ..new.clone() }) == old {
            return MeetingSeries::try_from(held.row);
        }
        if new.rhythm != old.rhythm {
            start::require_ahead(&new.rhythm, work.now())?;
        }
        let moved = (&new.rhythm, new.minutes, &new.pauses) != (&old.rhythm, old.minutes, &old.pauses);
        let clashes =
            if moved { checked_clashes(work, &held.community.row, &new).await? } else { Vec::new() };
        let row = update(work, &permit, held.row, &new).await?;
        let region = &held.community.row.region_code;
        let meetings = Settling { region, row: &row, old: &old, new: &new }.run(work, &permit).await?;
        let more = json!({ "meetings": meetings.len(), "despiteClashes": new.despite });
        let told = happened("meeting_series.updated", region, &row, more);
        let mut view = MeetingSeries::try_from(row)?;
        view.warnings = clash::warnings(&clashes, new.rhythm.zone(), self.language);
        announce(work, told, meetings).await?;
        Ok(view)
    }
}

async fn update(work: &Work<'_>, _: &Permit, mut row: Model, draft: &Draft) -> Result<Model> {
    draft.write(&mut row)?;
    row.materialised_until = settle::horizon(work.now()).date_naive();
    row.version += 1;
    row.updated_at = work.now();
    row.clone().into_active_model().reset_all().update(work.db()).await?;
    Ok(row)
}
