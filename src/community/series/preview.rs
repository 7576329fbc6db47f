//! What a series would come to, before it is made: its first meetings, who could not come, and better slots.

use async_graphql::SimpleObject;
use chrono::{DateTime, TimeDelta, Utc};
use entity::community;
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    clash::MeetingClashes,
    engagements::Engagements,
    input::{CreateMeetingSeriesInput, Draft},
    pause,
    proposals::{self, MeetingProposal},
    start,
};
use crate::{
    access::{action::Action, context::Ctx, scope},
    community::group::{lock::place, view::CommunityId},
    foundation::error::{Error, Result},
};

/// The most meetings shown.
const MOST_MEETINGS: usize = 60;
/// How far ahead the engagements of members are looked at, in days; hardly anybody plans further.
const LOOK_AHEAD_DAYS: i64 = 400;

/// What a series of meetings would come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingSeriesPreview {
    /// The rule in its normal form.
    #[schema(example = "FREQ=MONTHLY;BYDAY=2SA", max_length = 300)]
    pub rule: String,
    /// Its first meetings, at most 60 within ten years, each with how many members could not come.
    #[schema(max_items = 60)]
    pub meetings: Vec<MeetingClashes>,
    /// Other slots for the same rule, at most 5: those first that keep the fewest members from coming.
    #[schema(max_items = 5)]
    pub proposals: Vec<MeetingProposal>,
}

/// What a series would come to. Changes nothing.
///
/// # Errors
/// `not_found`, `forbidden`, `invalid` with every fault of the input; `series_start_past`, `series_start_too_far`.
pub async fn preview(
    ctx: &Ctx,
    id: CommunityId,
    input: &CreateMeetingSeriesInput,
) -> Result<MeetingSeriesPreview> {
    ctx.actor.require_role_for(Action::MeetingSeriesCreate)?;
    let found =
        scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(id.uuid())).one(ctx.db()).await?;
    let row = found.ok_or(Error::NotFound("community"))?;
    ctx.actor.permit(Action::MeetingSeriesCreate, &place(ctx.db(), &ctx.actor, &row).await?)?;
    let draft = input.parse()?;
    start::require_ahead(&draft.rhythm, ctx.now())?;
    let from = draft.rhythm.at(draft.rhythm.starts());
    let engagements = Engagements::of(ctx.db(), &row, look_ahead(from)).await?;
    let proposals = proposals::propose(&draft, &engagements);
    Ok(MeetingSeriesPreview {
        rule: draft.rhythm.rule().to_string(),
        meetings: first_meetings(&draft, &engagements),
        proposals,
    })
}

fn look_ahead(from: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    // A day either way: a slot may lie on another day of the week.
    (from - TimeDelta::days(1), from + TimeDelta::days(LOOK_AHEAD_DAYS))
}

fn first_meetings(draft: &Draft, engagements: &Engagements) -> Vec<MeetingClashes> {
    let meetings = draft.rhythm.foreseeable();
    let kept = meetings.filter(|at| pause::covering(&draft.pauses, at.date()).is_none());
    kept.take(MOST_MEETINGS).map(|at| engagements.clashes(&draft.rhythm.times(at, draft.minutes))).collect()
}
