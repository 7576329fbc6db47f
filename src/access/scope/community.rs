//! Where queries about communities start.
//!
//! That a community exists, and what it is for, every signed-in caller may know: a teacher finds one by
//! it. Who is in it and what it does is for its members and for those who look after the region or school.

use entity::{
    activity, activity_attendance, activity_cost, calendar_feed, community, community_office,
    community_partner, meeting_series, membership,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::IntoCondition,
};
use uuid::Uuid;

use super::region_within;
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// Communities are known to every signed-in caller.
pub fn communities(actor: &Actor) -> Result<Select<community::Entity>> {
    let condition = actor.condition(Action::CommunityRead, |_| None)?;
    Ok(community::Entity::find().filter(condition))
}

/// The ids of the communities within reach of `action`.
pub(super) fn reached(held: Held<'_>) -> Option<Select<community::Entity>> {
    let found = community::Entity::find().select_only().column(community::Column::Id);
    match held {
        Held::Everywhere | Held::Taught(_) | Held::Own(_) | Held::Organisation(_) | Held::Account(_) => None,
        Held::Region(code) => {
            Some(found.filter(region_within((community::Entity, community::Column::RegionCode), code)))
        }
        Held::School(id) => Some(found.filter(community::Column::SchoolId.eq(id))),
        Held::Member(person) => {
            Some(found.filter(community::Column::Id.in_subquery(joined_by(person).into_query())))
        }
        Held::Officer(person) => {
            Some(found.filter(community::Column::Id.in_subquery(led_by(person).into_query())))
        }
    }
}

/// The communities a person is an active member of.
pub(super) fn joined_by(person: Uuid) -> Select<membership::Entity> {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::CommunityId)
        .filter(membership::Column::PersonId.eq(person))
        .filter(membership::Column::Status.eq("active"))
}

/// The communities that a person leads, as chair, secretary or treasurer.
pub(super) fn led_by(person: Uuid) -> Select<community_office::Entity> {
    community_office::Entity::find()
        .select_only()
        .column(community_office::Column::CommunityId)
        .filter(community_office::Column::PersonId.eq(person))
        .filter(community_office::Column::Office.is_in(["chair", "secretary", "treasurer"]))
        .filter(community_office::Column::EndedAt.is_null())
}

/// The condition that keeps rows, which belong to a community by `column`, within reach of `action`.
/// `own` names what is the caller's own among them.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn within_communities(
    actor: &Actor,
    action: Action,
    column: impl ColumnTrait,
    own: impl Fn(Uuid) -> Option<Condition>,
) -> Result<Condition> {
    actor.condition(action, |held| match held {
        Held::Own(person) => own(person),
        held => reached(held).map(|ids| column.in_subquery(ids.into_query()).into_condition()),
    })
}

/// Memberships within reach: one's own, all of the communities one is an officer of or looks after, and the
/// active ones of those one is a member of.
pub fn memberships(actor: &Actor) -> Result<Select<membership::Entity>> {
    let column = membership::Column::CommunityId;
    let condition = actor.condition(Action::MembershipRead, |held| match held {
        Held::Own(person) => Some(membership::Column::PersonId.eq(person).into_condition()),
        Held::Member(_) => reached(held).map(|ids| {
            Condition::all()
                .add(membership::Column::Status.eq("active"))
                .add(column.in_subquery(ids.into_query()))
        }),
        held => reached(held).map(|ids| column.in_subquery(ids.into_query()).into_condition()),
    })?;
    Ok(membership::Entity::find().filter(condition))
}

/// The offices of the communities whose members are within reach, and one's own.
pub fn offices(actor: &Actor) -> Result<Select<community_office::Entity>> {
    let own = |person| Some(community_office::Column::PersonId.eq(person).into_condition());
    let column = community_office::Column::CommunityId;
    let condition = within_communities(actor, Action::MembershipRead, column, own)?;
    Ok(community_office::Entity::find().filter(condition))
}

/// Partners are as known as the communities they stand by.
pub fn partners(actor: &Actor) -> Result<Select<community_partner::Entity>> {
    let condition = actor.condition(Action::CommunityRead, |_| None)?;
    Ok(community_partner::Entity::find().filter(condition))
}

/// Series of meetings within reach of `activity.read`.
pub fn meeting_series(actor: &Actor) -> Result<Select<meeting_series::Entity>> {
    let column = meeting_series::Column::CommunityId;
    let condition = within_communities(actor, Action::ActivityRead, column, |_| None)?;
    Ok(meeting_series::Entity::find().filter(condition))
}

/// Activities within reach.
pub fn activities(actor: &Actor) -> Result<Select<activity::Entity>> {
    let condition = within_communities(actor, Action::ActivityRead, activity::Column::CommunityId, |_| None)?;
    Ok(activity::Entity::find().filter(condition))
}

/// Who was at the activities within reach. Who was at a coaching, members see of themselves only: that it took place
/// is all that others learn of it. Its officers, who keep the record, and those who look after the community see it.
pub fn activity_attendances(actor: &Actor) -> Result<Select<activity_attendance::Entity>> {
    use activity_attendance::Column::{ActivityId, PersonId};
    let of = |activities: Condition| {
        let ids = activity::Entity::find().filter(activities).select_only().column(activity::Column::Id);
        ActivityId.in_subquery(ids.into_query())
    };
    let within = |ids: Select<community::Entity>| activity::Column::CommunityId.in_subquery(ids.into_query());
    let condition = actor.condition(Action::ActivityAttendanceRead, |held| match held {
        Held::Own(_) => None,
        Held::Member(person) => reached(held).map(|ids| {
            let led = activity::Column::CommunityId.in_subquery(led_by(person).into_query());
            let open = Condition::any().add(activity::Column::Kind.ne("coaching")).add(led);
            let ours = Condition::all().add(within(ids));
            let own = Condition::all().add(PersonId.eq(person)).add(of(ours.clone()));
            Condition::any().add(of(ours.add(open))).add(own)
        }),
        held => reached(held).map(|ids| of(within(ids).into_condition()).into_condition()),
    })?;
    Ok(activity_attendance::Entity::find().filter(condition))
}

/// What the activities within reach cost.
pub fn activity_costs(actor: &Actor) -> Result<Select<activity_cost::Entity>> {
    let seen = activities(actor)?.select_only().column(activity::Column::Id).into_query();
    Ok(activity_cost::Entity::find().filter(activity_cost::Column::ActivityId.in_subquery(seen)))
}

/// One's own addresses of calendars.
pub fn calendar_feeds(actor: &Actor) -> Result<Select<calendar_feed::Entity>> {
    let condition = actor.condition(Action::CalendarFeedRead, |held| match held {
        Held::Own(person) => Some(calendar_feed::Column::PersonId.eq(person).into_condition()),
        _ => None,
    })?;
    Ok(calendar_feed::Entity::find().filter(condition))
}
