//! Planning a series of meetings.

use entity::meeting_series::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{MAX_SERIES, announce, checked_clashes, happened};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        group::{lock::lock, view::CommunityId},
        series::{
            clash,
            input::{CreateMeetingSeriesInput, Draft},
            settle::{self, Settling},
            start,
            state::MeetingSeriesStatus,
            view::MeetingSeries,
        },
    },
    foundation::{
        error::{Error, Fault, Result},
        language::Language,
    },
};

/// Lets a community meet by a rule.
pub struct CreateMeetingSeries {
    /// Which community.
    pub community: CommunityId,
    /// What it is.
    pub input: CreateMeetingSeriesInput,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for CreateMeetingSeries {
    type Output = MeetingSeries;
    const ACTION: Action = Action::MeetingSeriesCreate;

    async fn run(&self, work: &Work<'_>) -> Result<MeetingSeries> {
        let held = lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let draft = self.input.parse()?;
        start::require_ahead(&draft.rhythm, work.now())?;
        require_room(work, held.row.id).await?;
        let clashes = checked_clashes(work, &held.row, &draft).await?;
        let row = insert(work, &permit, held.row.id, &draft).await?;
        let settling = Settling { region: &held.row.region_code, row: &row, old: &draft, new: &draft };
        let meetings = settling.run(work, &permit).await?;
        let more = json!({ "meetings": meetings.len(), "despiteClashes": draft.despite });
        let told = happened("meeting_series.created", &held.row.region_code, &row, more);
        let mut view = MeetingSeries::try_from(row)?;
        view.warnings = clash::warnings(&clashes, draft.rhythm.zone(), self.language);
        announce(work, told, meetings).await?;
        Ok(view)
    }
}

async fn require_room(work: &Work<'_>, community: Uuid) -> Result<()> {
    let active = Entity::find()
        .filter(Column::CommunityId.eq(community))
        .filter(Column::Status.eq(MeetingSeriesStatus::Active));
    if active.count(work.db()).await? < MAX_SERIES {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "meeting_series_too_many").with("max", MAX_SERIES)))
}

async fn insert(work: &Work<'_>, _: &Permit, community: Uuid, draft: &Draft) -> Result<Model> {
    let mut row = Model {
        id: work.new_id(),
        community_id: community,
        title: String::new(),
        description: None,
        kind: String::new(),
        place: None,
        mode: String::new(),
        starts_at_local: String::new(),
        timezone: String::new(),
        minutes: 0,
        rule: String::new(),
        pauses: json!([]),
        status: MeetingSeriesStatus::Active.as_str().to_owned(),
        materialised_until: settle::horizon(work.now()).date_naive(),
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    draft.write(&mut row)?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    Ok(row)
}
