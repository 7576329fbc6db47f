//! Keeps the meetings of every active series in the plan half a year ahead.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::{
    community,
    meeting_series::{Column, Entity},
};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};
use uuid::Uuid;

use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
        grant::Grant,
    },
    community::{
        group::state::CommunityStatus,
        series::{settle, state::MeetingSeriesStatus, write::ExtendMeetingSeries},
    },
    foundation::error::Result,
};

/// Series looked at with one statement.
const PAGE: u64 = 100;
/// Days that may be missing before a series is looked at again: once a week each, not once a day.
const SLACK_DAYS: i64 = 7;

/// Extends every series whose plan has become short, one transaction each. Answers how many meetings were made.
/// A series that fails is told of in the log and tried again the next time; it keeps no other from its turn.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn run_once(services: &Arc<Services>) -> Result<usize> {
    let actor = Actor::new("worker:rhythm", vec![Grant::ministry()]);
    let ctx = Ctx::internal(services.clone(), actor);
    let (mut made, mut after) = (0, Uuid::nil());
    loop {
        let due = due(&ctx, after).await?;
        let Some(last) = due.last() else { return Ok(made) };
        after = *last;
        for id in due {
            match ctx.write(ExtendMeetingSeries { id: id.into() }).await {
                Ok(meetings) => made += meetings,
                Err(error) => tracing::error!(series = %id, %error, "a series of meetings was not extended"),
            }
        }
    }
}

/// The next series by id whose plan has become short.
async fn due(ctx: &Ctx, after: Uuid) -> Result<Vec<Uuid>> {
    let reaches = (settle::horizon(ctx.now()) - TimeDelta::days(SLACK_DAYS)).date_naive();
    let rows = Entity::find()
        .select_only()
        .column(Column::Id)
        .join(JoinType::InnerJoin, entity::meeting_series::Relation::Community.def())
        .filter(Column::Status.eq(MeetingSeriesStatus::Active))
        .filter(Column::MaterialisedUntil.lte(reaches))
        .filter(Column::Id.gt(after))
        .filter(community::Column::Status.ne(CommunityStatus::Closed))
        .order_by_asc(Column::Id)
        .limit(PAGE)
        .into_tuple();
    Ok(rows.all(ctx.db()).await?)
}
