//! Finding one's addresses, and reading a calendar by one.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    activity, batch,
    calendar_feed::{self, Column, Entity},
    community, enrolment, meeting_series, membership, session,
};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationTrait,
};
use uuid::Uuid;

use super::{
    address,
    entries::Meetings,
    ics::{self, Entry},
    view::{CalendarFeed, CalendarFeedId},
};
use crate::{
    access::{context::Ctx, scope},
    directory::person::merged,
    foundation::{
        error::{Error, Fault, Result},
        language,
        page::{Keyset, Page, PageRequest},
    },
    training::{
        batch::state::BatchStatus,
        enrolment::rule::EnrolmentStatus,
        session::{read::times, rule::SessionTimes},
    },
};

/// How far back a calendar goes, in days.
const DAYS_BACK: i64 = 365;
/// The most communities in a calendar.
const MOST_COMMUNITIES: u64 = 50;
/// The most series in a calendar.
const MOST_SERIES: u64 = 200;
/// The most activities and the most sessions in a calendar, the latest ones.
const MOST_MEETINGS: u64 = 2000;

/// A page of the caller's addresses, oldest first.
///
/// # Errors
/// `forbidden` for those who are no persons of the directory.
pub async fn list(ctx: &Ctx, page: &PageRequest) -> Result<Page<CalendarFeed>> {
    let mut query = scope::calendar_feeds(&ctx.actor)?;
    let by_id = Keyset::new("calendar_feeds", [(Entity, Column::Id)], Order::Asc)?;
    let walk = by_id.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    Ok(walk.page(ctx.db(), rows, |row| (row.id,)).await?.map(CalendarFeed::from))
}

/// How many addresses the caller has.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx) -> Result<u64> {
    Ok(scope::calendar_feeds(&ctx.actor)?.count(ctx.db()).await?)
}

/// The caller's addresses with these ids, in no order; those of others are left out.
///
/// # Errors
/// As [`list`].
pub async fn by_ids(ctx: &Ctx, ids: &[CalendarFeedId]) -> Result<Vec<CalendarFeed>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::calendar_feeds(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    Ok(rows.into_iter().map(CalendarFeed::from).collect())
}

/// The calendar behind a secret, as text. Whoever knows the secret reads it; it holds nobody's name.
///
/// # Errors
/// `not_found` when the secret is unknown or revoked, or its owner is no longer in the community.
pub async fn calendar(ctx: &Ctx, secret: &str) -> Result<String> {
    let absent = || Error::NotFound("calendar-feed");
    let feed = calendar_feed::Entity::find()
        .filter(Column::TokenHash.eq(address::hash(secret)))
        .filter(Column::RevokedAt.is_null())
        .one(ctx.db())
        .await?
        .ok_or_else(absent)?;
    let person = merged::resolve(ctx.db(), feed.person_id).await?;
    let communities = communities(ctx, person, feed.community_id).await?;
    if feed.community_id.is_some() && communities.is_empty() {
        return Err(absent());
    }
    let since = ctx.now() - TimeDelta::days(DAYS_BACK);
    let own = feed.community_id.is_none();
    let mut entries = meetings(ctx, &communities, since, own).await?;
    if own {
        entries.extend(trainings(ctx, person, since).await?);
    }
    let of_all = Fault::new("", "calendar_of_all");
    let name = match communities.first() {
        Some(only) if !own => only.name.clone(),
        _ => language::of_fault(ctx.language, &of_all),
    };
    Ok(ics::calendar(&name, &entries))
}

/// The communities a person is a member of now.
async fn communities(ctx: &Ctx, person: Uuid, only: Option<Uuid>) -> Result<Vec<community::Model>> {
    let joined = membership::Entity::find()
        .select_only()
        .column(membership::Column::CommunityId)
        .filter(membership::Column::PersonId.eq(person))
        .filter(membership::Column::Status.eq("active"));
    let mut query = community::Entity::find().filter(community::Column::Id.in_subquery(joined.into_query()));
    if let Some(id) = only {
        query = query.filter(community::Column::Id.eq(id));
    }
    Ok(query.order_by_asc(community::Column::Id).limit(MOST_COMMUNITIES).all(ctx.db()).await?)
}

async fn meetings(
    ctx: &Ctx,
    communities: &[community::Model],
    since: DateTime<Utc>,
    named: bool,
) -> Result<Vec<Entry>> {
    let ids: Vec<Uuid> = communities.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let series = meeting_series::Entity::find()
        .filter(meeting_series::Column::CommunityId.is_in(ids.clone()))
        .order_by_desc(meeting_series::Column::Id)
        .limit(MOST_SERIES)
        .all(ctx.db())
        .await?;
    let activities = activity::Entity::find()
        .filter(activity::Column::CommunityId.is_in(ids))
        .filter(activity::Column::StartsAt.gte(since))
        .order_by_desc(activity::Column::StartsAt)
        .order_by_desc(activity::Column::Id)
        .limit(MOST_MEETINGS)
        .all(ctx.db())
        .await?;
    let mut of: HashMap<Uuid, Meetings<'_>> = HashMap::new();
    for row in communities {
        let category = named.then_some(row.name.as_str());
        of.insert(row.id, Meetings { category, series: Vec::new(), activities: Vec::new() });
    }
    for row in &series {
        of.entry(row.community_id).and_modify(|its| its.series.push(row));
    }
    for row in &activities {
        of.entry(row.community_id).and_modify(|its| its.activities.push(row));
    }
    let mut entries = Vec::new();
    for row in communities {
        if let Some(its) = of.get(&row.id) {
            entries.extend(its.entries(since)?);
        }
    }
    Ok(entries)
}

/// The sessions of the trainings in which a person has a seat, or had one to the end.
async fn trainings(ctx: &Ctx, person: Uuid, since: DateTime<Utc>) -> Result<Vec<Entry>> {
    let seats = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::BatchId)
        .filter(enrolment::Column::PersonId.eq(person))
        .filter(enrolment::Column::Status.is_in([EnrolmentStatus::Accepted, EnrolmentStatus::Completed]));
    let rows = session::Entity::find()
        .filter(session::Column::BatchId.in_subquery(seats.into_query()))
        .filter(session::Column::StartsAt.gte(since))
        .join(JoinType::InnerJoin, session::Relation::Batch.def())
        .select_also(batch::Entity)
        .filter(batch::Column::Status.ne(BatchStatus::Cancelled))
        .order_by_desc(session::Column::StartsAt)
        .order_by_desc(session::Column::Id)
        .limit(MOST_MEETINGS)
        .all(ctx.db())
        .await?;
    let entry = |(row, batch): (session::Model, Option<batch::Model>)| {
        let at: SessionTimes = times(&row)?;
        Ok(Entry {
            uid: row.id.to_string(),
            stamp: row.updated_at,
            sequence: row.version - 1,
            cancelled: false,
            starts: at.zone.local(at.starts_at),
            zone: at.zone,
            minutes: at.minutes(),
            summary: row.title,
            description: None,
            location: row.place.or_else(|| batch.as_ref().map(|batch| batch.place.clone())),
            category: batch.map(|batch| batch.name),
            rule: None,
            except: Vec::new(),
            instead_of: None,
        })
    };
    rows.into_iter().map(entry).collect()
}
