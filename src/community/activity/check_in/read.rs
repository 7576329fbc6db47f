//! The code to show in the room now.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::{activity::Column, community};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    code::{self, Window},
    rule::Meeting,
};
use crate::{
    access::{action::Action, context::Ctx, scope},
    community::{
        activity::{lock::status, view::ActivityId},
        group::lock::place,
    },
    foundation::error::{Error, Result},
};

/// What to show in the room, and when to ask again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActivityCheckInCode {
    /// Which activity.
    #[schema(value_type = String, format = "uuid")]
    pub activity_id: ActivityId,
    /// The code of this half minute, to be shown large and as a QR code of the same text; null while none is
    /// shown: too early, over, cancelled, or the report is in.
    #[schema(example = "K7Q2M-9XWTR-4FDJC", max_length = 17)]
    pub code: Option<String>,
    /// From when on this code proves presence; null without a code.
    pub valid_from: Option<DateTime<Utc>>,
    /// Until when it does; null without a code.
    pub valid_until: Option<DateTime<Utc>>,
    /// When to ask again; null when there will be no further code.
    pub next_at: Option<DateTime<Utc>>,
    /// When the first code is shown: half an hour before the start.
    pub opens_at: DateTime<Utc>,
    /// When the last one was: the end.
    pub closes_at: DateTime<Utc>,
}

/// The code to show at an activity now. Reading it changes nothing.
///
/// # Errors
/// `forbidden` for those who hold no office in its community, `not_found` for an activity out of reach.
pub async fn activity_check_in_code(ctx: &Ctx, id: ActivityId) -> Result<ActivityCheckInCode> {
    ctx.actor.require_role_for(Action::ActivityCheckInCode)?;
    let seen = scope::activities(&ctx.actor)?.filter(Column::Id.eq(id.uuid()));
    let row = seen.one(ctx.db()).await?.ok_or(Error::NotFound("activity"))?;
    let group = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(row.community_id));
    let group = group.one(ctx.db()).await?.ok_or(Error::NotFound("activity"))?;
    ctx.actor.permit(Action::ActivityCheckInCode, &place(ctx.db(), &ctx.actor, &group).await?)?;
    let (now, open) = (ctx.now(), status(&row)?.takes_attendance());
    let meeting = Meeting { starts_at: row.starts_at, ends_at: row.ends_at };
    let window = (open && meeting.shows(now)).then(|| Window::at(now));
    let next = match window {
        Some(window) => Some(window.until()).filter(|next| *next < meeting.ends_at),
        None => Some(meeting.opens_at()).filter(|opens| open && now < *opens),
    };
    Ok(ActivityCheckInCode {
        activity_id: id,
        code: window.map(|window| code::show(&ctx.services.keyring.check_in(), row.id, window)),
        valid_from: window.map(Window::from),
        valid_until: window.map(Window::until),
        next_at: next,
        opens_at: meeting.opens_at(),
        closes_at: meeting.ends_at,
    })
}
