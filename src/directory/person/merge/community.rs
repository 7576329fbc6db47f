//! What becomes of a retired record's part in communities: memberships, offices and attendance follow to the
//! survivor. One human is in a community once, holds an office once, and was at a meeting once.

use std::collections::{BTreeSet, HashMap};

use entity::{activity, activity_attendance, activity_removal, community, community_office, membership};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    access::context::Work,
    foundation::{error::Result, event::Event},
};

/// What followed, and what is to be told of it.
#[derive(Default)]
pub(super) struct Followed {
    pub memberships: usize,
    pub offices: usize,
    pub attendances: usize,
    pub told: Vec<Event>,
}

/// Lets everything of `from` in communities follow to `into`. The communities are locked first, as every
/// command on one of them does.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<Followed> {
    let regions = lock(work, from).await?;
    let mut followed = Followed::default();
    memberships(work, from, into, &regions, &mut followed).await?;
    offices(work, from, into, &regions, &mut followed).await?;
    attendances(work, from, into, &mut followed).await?;
    removals(work, from, into).await?;
    Ok(followed)
}

/// The regions of the communities that `from` has a part in, each locked in one order.
async fn lock(work: &Work<'_>, from: Uuid) -> Result<HashMap<Uuid, String>> {
    let mut ids: BTreeSet<Uuid> = BTreeSet::new();
    let in_groups = membership::Entity::find()
        .select_only()
        .column(membership::Column::CommunityId)
        .filter(membership::Column::PersonId.eq(from));
    ids.extend(in_groups.into_tuple::<Uuid>().all(work.db()).await?);
    let in_office = community_office::Entity::find()
        .select_only()
        .column(community_office::Column::CommunityId)
        .filter(community_office::Column::PersonId.eq(from));
    ids.extend(in_office.into_tuple::<Uuid>().all(work.db()).await?);
    let at_meetings = activity_attendance::Entity::find()
        .select_only()
        .column(activity::Column::CommunityId)
        .join(JoinType::InnerJoin, activity_attendance::Relation::Activity.def())
        .filter(activity_attendance::Column::PersonId.eq(from));
    ids.extend(at_meetings.into_tuple::<Uuid>().all(work.db()).await?);
    let taken_off = activity_removal::Entity::find()
        .select_only()
        .column(activity::Column::CommunityId)
        .join(JoinType::InnerJoin, activity_removal::Relation::Activity.def())
        .filter(activity_removal::Column::PersonId.eq(from));
    ids.extend(taken_off.into_tuple::<Uuid>().all(work.db()).await?);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = community::Entity::find()
        .filter(community::Column::Id.is_in(ids))
        .order_by_asc(community::Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.region_code)).collect())
}

const LIVE: [&str; 3] = ["requested", "invited", "active"];

fn memberships_of(person: Uuid) -> Select<membership::Entity> {
    membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person))
        .order_by_asc(membership::Column::Id)
}

/// Where both are live in one community, the survivor's membership stays: active if either was, since the
/// earlier of the two days. The other one ends.
async fn memberships(
    work: &Work<'_>,
    from: Uuid,
    into: Uuid,
    regions: &HashMap<Uuid, String>,
    followed: &mut Followed,
) -> Result<()> {
    let live = memberships_of(into).filter(membership::Column::Status.is_in(LIVE)).all(work.db()).await?;
    let mut kept: HashMap<Uuid, membership::Model> =
        live.into_iter().map(|row| (row.community_id, row)).collect();
    for row in memberships_of(from).all(work.db()).await? {
        followed.memberships += 1;
        let region = regions.get(&row.community_id).cloned();
        let twin = if LIVE.contains(&row.status.as_str()) { kept.remove(&row.community_id) } else { None };
        let mut change = row.clone().into_active_model();
        change.person_id = Set(into);
        change.version = Set(row.version + 1);
        change.updated_at = Set(work.now());
        if twin.is_some() {
            change.status = Set("left".to_owned());
            change.ended_at = Set(Some(work.now()));
        }
        let kind = if twin.is_some() { "membership.merged" } else { "membership.moved" };
        let moved = change.update(work.db()).await?;
        let kept_id = twin.as_ref().map(|twin| twin.id);
        followed.told.push(
            Event::new(kind, "membership", moved.id, moved.version).in_region(region.clone()).with(json!({
                "communityId": moved.community_id, "status": moved.status, "from": from, "into": into, "kept": kept_id,
            })),
        );
        if let Some(twin) = twin.filter(|_| row.status == "active") {
            followed.told.extend(strengthen(work, twin, &row, region).await?);
        }
    }
    Ok(())
}

/// The survivor's membership takes over that the human was active, and since when.
async fn strengthen(
    work: &Work<'_>,
    twin: membership::Model,
    other: &membership::Model,
    region: Option<String>,
) -> Result<Option<Event>> {
    let since = [twin.joined_at, other.joined_at].into_iter().flatten().min();
    if twin.status == "active" && twin.joined_at == since {
        return Ok(None);
    }
    let mut change = twin.clone().into_active_model();
    change.status = Set("active".to_owned());
    change.joined_at = Set(since);
    change.version = Set(twin.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    let event = Event::new("membership.admitted", "membership", row.id, row.version);
    Ok(Some(event.in_region(region).with(json!({
        "communityId": row.community_id, "personId": row.person_id, "status": row.status,
    }))))
}

/// Where both hold the same office of the same scope, the survivor's stays and the other one ends.
async fn offices(
    work: &Work<'_>,
    from: Uuid,
    into: Uuid,
    regions: &HashMap<Uuid, String>,
    followed: &mut Followed,
) -> Result<()> {
    let of = |person: Uuid| {
        community_office::Entity::find()
            .filter(community_office::Column::PersonId.eq(person))
            .order_by_asc(community_office::Column::Id)
    };
    let own = of(into).filter(community_office::Column::EndedAt.is_null()).all(work.db()).await?;
    for row in of(from).all(work.db()).await? {
        followed.offices += 1;
        let same = |mine: &&community_office::Model| {
            (mine.community_id, &mine.office, &mine.scope) == (row.community_id, &row.office, &row.scope)
        };
        let twin = own.iter().find(same).filter(|_| row.ended_at.is_none());
        let mut change = row.clone().into_active_model();
        change.person_id = Set(into);
        change.version = Set(row.version + 1);
        change.updated_at = Set(work.now());
        if twin.is_some() {
            change.ended_at = Set(Some(work.now()));
        }
        let kind = if twin.is_some() { "office.merged" } else { "office.moved" };
        let moved = change.update(work.db()).await?;
        followed.told.push(
            Event::new(kind, "office", moved.id, moved.version)
                .in_region(regions.get(&moved.community_id).cloned())
                .with(json!({
                    "communityId": moved.community_id, "office": moved.office, "from": from, "into": into,
                    "kept": twin.map(|twin| twin.id),
                })),
        );
    }
    Ok(())
}

/// Where both were at one activity, one human was there: the survivor's record stays.
async fn attendances(work: &Work<'_>, from: Uuid, into: Uuid, followed: &mut Followed) -> Result<()> {
    let of = |person: Uuid| {
        activity_attendance::Entity::find()
            .filter(activity_attendance::Column::PersonId.eq(person))
            .order_by_asc(activity_attendance::Column::ActivityId)
    };
    let theirs = of(from).all(work.db()).await?;
    if theirs.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = theirs.iter().map(|row| row.activity_id).collect();
    let own = of(into).filter(activity_attendance::Column::ActivityId.is_in(ids.iter().copied()));
    let own: BTreeSet<Uuid> = own.all(work.db()).await?.into_iter().map(|row| row.activity_id).collect();
    activity_attendance::Entity::delete_many()
        .filter(activity_attendance::Column::PersonId.eq(from))
        .filter(activity_attendance::Column::ActivityId.is_in(own.iter().copied()))
        .exec(work.db())
        .await?;
    activity_attendance::Entity::update_many()
        .col_expr(activity_attendance::Column::PersonId, Expr::value(into))
        .filter(activity_attendance::Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    // Who was there is part of what an activity shows: each has a new version.
    activity::Entity::update_many()
        .col_expr(activity::Column::Version, Expr::col(activity::Column::Version).add(1))
        .col_expr(activity::Column::UpdatedAt, Expr::value(work.now()))
        .filter(activity::Column::Id.is_in(ids.iter().copied()))
        .exec(work.db())
        .await?;
    let rows = activity::Entity::find()
        .filter(activity::Column::Id.is_in(ids))
        .order_by_asc(activity::Column::Id)
        .all(work.db())
        .await?;
    for row in rows {
        followed.attendances += 1;
        let twice = own.contains(&row.id);
        let attended = if twice { recount(work, row.id).await? } else { row.attended };
        let kind = if twice { "activity_attendance.merged" } else { "activity_attendance.moved" };
        followed.told.push(
            Event::new(kind, "activity", row.id, row.version).in_region(Some(row.region_code)).with(json!({
                "communityId": row.community_id, "from": from, "into": into, "attended": attended,
            })),
        );
    }
    Ok(())
}

/// Whom an officer took off the list stays off it under the other number too; where both were, once is enough.
async fn removals(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let both = activity_removal::Entity::find()
        .select_only()
        .column(activity_removal::Column::ActivityId)
        .filter(activity_removal::Column::PersonId.eq(into))
        .into_tuple::<Uuid>()
        .all(work.db())
        .await?;
    activity_removal::Entity::delete_many()
        .filter(activity_removal::Column::PersonId.eq(from))
        .filter(activity_removal::Column::ActivityId.is_in(both))
        .exec(work.db())
        .await?;
    activity_removal::Entity::update_many()
        .col_expr(activity_removal::Column::PersonId, Expr::value(into))
        .filter(activity_removal::Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    // Who stood on a list twice and was taken off once was there.
    let there = activity_attendance::Entity::find()
        .select_only()
        .column(activity_attendance::Column::ActivityId)
        .filter(activity_attendance::Column::PersonId.eq(into))
        .into_query();
    activity_removal::Entity::delete_many()
        .filter(activity_removal::Column::PersonId.eq(into))
        .filter(activity_removal::Column::ActivityId.in_subquery(there))
        .exec(work.db())
        .await?;
    Ok(())
}

/// How many were at an activity, told anew in its row.
async fn recount(work: &Work<'_>, id: Uuid) -> Result<i32> {
    let there = activity_attendance::Entity::find().filter(activity_attendance::Column::ActivityId.eq(id));
    let attended = i32::try_from(there.count(work.db()).await?).unwrap_or(i32::MAX);
    activity::Entity::update_many()
        .col_expr(activity::Column::Attended, Expr::value(attended))
        .filter(activity::Column::Id.eq(id))
        .exec(work.db())
        .await?;
    Ok(attended)
}
