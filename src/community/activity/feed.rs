//! The feed of a community: what it did, the newest first, who was there, what is particular to it, and the newest
//! comment with how many there are. A page is three statements at most beside the one that tells who asks, however
//! long it is and however old the community: activities with what was said about them, first names, details.

use std::collections::HashMap;

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::activity::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, Order, PaginatorTrait, QueryFilter, QueryResult, Select,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    attendance::read::first_of,
    detail::{self, view::ActivityDetail},
    read::require_community,
    view::{Activity, ActivityId, SeriesKey},
};
use crate::{
    access::{context::Ctx, scope},
    community::{
        discussion::latest::{self, NewestComment, Talk},
        group::view::CommunityId,
    },
    directory::person::view::PersonId,
    foundation::{
        dates,
        error::{Faults, Result},
        id::Id,
        page::{Keyset, Page, PageRequest},
    },
};

/// Names that an item shows.
const NAMES: u64 = 3;

/// What to narrow a feed by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "CommunityFeedFilter")]
#[into_params(parameter_in = Query)]
pub struct FeedFilter {
    /// Only what starts before this instant; what has begun by now unless said. Name one that lies ahead to
    /// see the plan too.
    #[param(example = "2027-07-01T00:00:00Z")]
    pub until: Option<DateTime<Utc>>,
}

/// One activity as a feed shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedItem {
    /// The activity's id.
    #[schema(value_type = String, format = "uuid")]
    pub activity_id: ActivityId,
    /// The activity.
    pub activity: Activity,
    /// The series of meetings it is one of; null where it stands alone.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub series_id: Option<Id<SeriesKey>>,
    /// How many persons attended, as recorded so far.
    #[schema(minimum = 0)]
    pub attended: i32,
    /// What is particular to it; null while nobody has said it.
    pub detail: Option<ActivityDetail>,
    /// The first three of them, in the order in which they were recorded.
    #[schema(max_items = 3)]
    pub first_attendees: Vec<FeedAttendee>,
    /// How many comments on it there are to be read; null for whom the discussion is not.
    #[schema(minimum = 0)]
    pub comments: Option<i32>,
    /// The newest of them; null where there is none.
    pub newest_comment: Option<NewestComment>,
}

/// Somebody who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedAttendee {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
}

fn select(ctx: &Ctx, community: CommunityId, filter: &FeedFilter) -> Result<Select<Entity>> {
    let mut faults = Faults::new();
    let until = filter.until.and_then(|at| faults.take("/until", dates::instant(at)));
    faults.done()?;
    let of_community = scope::activities(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid()));
    Ok(match until {
        Some(until) => of_community.filter(Column::StartsAt.lt(until)),
        None => of_community.filter(Column::StartsAt.lte(ctx.now())),
    })
}

/// A page of a community's feed, the newest first by start. Whoever is neither a member nor looks after it
/// finds nothing in it.
///
/// # Errors
/// `not_found` when there is no such community, `forbidden` when no role of the caller reads activities.
pub async fn list(
    ctx: &Ctx,
    community: CommunityId,
    filter: &FeedFilter,
    page: &PageRequest,
) -> Result<Page<FeedItem>> {
    ctx.actor.require_token()?;
    let columns = [(Entity, Column::StartsAt), (Entity, Column::Id)];
    let newest = Keyset::new("community feed", columns, Order::Desc)?.over(&(community, filter))?;
    let mut query = select(ctx, community, filter)?;
    // A cursor is of an activity, which nobody deletes: what lies before it need not be asked for.
    let page = &PageRequest { exact: false, ..page.clone() };
    let walk = newest.walk::<(DateTime<Utc>, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = ctx.db().query_all(&latest::beside(ctx, query)?).await?;
    let shown = |row: &QueryResult| Ok((Model::from_query_result(row, "")?, Talk::of(row)?));
    let rows = rows.iter().map(shown).collect::<Result<Vec<_>>>()?;
    if rows.is_empty() {
        require_community(ctx, community).await?;
    }
    let page = walk.page(ctx.db(), rows, |(row, _)| (row.starts_at, row.id)).await?;
    let attended = page.rows.iter().filter(|(_, (row, _))| row.attended > 0);
    let attended: Vec<ActivityId> = attended.map(|(_, (row, _))| row.id.into()).collect();
    let mut first =
        if attended.is_empty() { Default::default() } else { first_of(ctx, &attended, NAMES).await? };
    let rows: Vec<_> = page.rows.iter().map(|(_, (row, _))| row.clone()).collect();
    let details = detail::read::shown(ctx.db(), &ctx.actor, &rows).await?;
    let mut details: HashMap<_, _> = details.into_iter().map(|one| (one.activity_id, one.detail)).collect();
    page.try_map(|(row, talk)| {
        let activity = Activity::try_from(row)?;
        let there = first.remove(&activity.id).unwrap_or_default();
        let name = |one: super::attendance::view::ActivityAttendance| FeedAttendee {
            person_id: one.person_id,
            person_name: one.person_name,
        };
        Ok(FeedItem {
            activity_id: activity.id,
            series_id: activity.series_id,
            attended: activity.attended,
            detail: details.remove(&activity.id).flatten(),
            first_attendees: there.into_iter().map(name).collect(),
            comments: talk.comments,
            newest_comment: talk.newest,
            activity,
        })
    })
}

/// How many the feed has.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, community: CommunityId, filter: &FeedFilter) -> Result<u64> {
    Ok(select(ctx, community, filter)?.count(ctx.db()).await?)
}
