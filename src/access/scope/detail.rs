//! Where queries about what is particular to activities start.

use entity::{activity, article, coaching, membership};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::community::{joined_by, within_communities};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// Articles of the communities within reach.
pub fn articles(actor: &Actor) -> Result<Select<article::Entity>> {
    let column = article::Column::CommunityId;
    let condition = within_communities(actor, Action::ArticleRead, column, |_| None)?;
    Ok(article::Entity::find().filter(condition))
}

/// Coachings of the caller's communities: their own, and those that both of the two share. This is the one place that
/// says who sees into a coaching. There is no other way to one: not by region, school or office, not for the ministry,
/// and not for whoever left, in whatever way they still find its activity. Whoever writes none down finds none: that
/// one took place is told by its activity.
pub fn coachings(actor: &Actor) -> Result<Select<coaching::Entity>> {
    let mut seen = Condition::any().add(coaching::Column::ActivityId.is_null());
    for held in actor.reaches(Action::CoachingRecord) {
        let Held::Member(person) = held else { continue };
        let ours = activity::Entity::find()
            .select_only()
            .column(activity::Column::Id)
            .filter(activity::Column::CommunityId.in_subquery(joined_by(person).into_query()))
            .into_query();
        let shared = Condition::all()
            .add(coaching::Column::CoachSharedAt.is_not_null())
            .add(coaching::Column::CoacheeSharedAt.is_not_null())
            .add(Expr::exists(still_there(coaching::Column::CoachId)))
            .add(Expr::exists(still_there(coaching::Column::CoacheeId)));
        let open = Condition::any()
            .add(coaching::Column::CoachId.eq(person))
            .add(coaching::Column::CoacheeId.eq(person))
            .add(shared);
        seen = seen.add(Condition::all().add(coaching::Column::ActivityId.in_subquery(ours)).add(open));
    }
    Ok(coaching::Entity::find().filter(seen))
}

/// The membership that this one of the two still has where the coaching took place: whoever leaves takes what they
/// shared along, for they could not take it back.
fn still_there(who: coaching::Column) -> SelectStatement {
    let column = |column: membership::Column| Expr::col((membership::Entity, column));
    membership::Entity::find()
        .select_only()
        .column(membership::Column::Id)
        .join(
            JoinType::InnerJoin,
            membership::Entity::belongs_to(activity::Entity)
                .from(membership::Column::CommunityId)
                .to(activity::Column::CommunityId)
                .into(),
        )
        .filter(
            Expr::col((activity::Entity, activity::Column::Id))
                .equals((coaching::Entity, coaching::Column::ActivityId)),
        )
        .filter(column(membership::Column::PersonId).equals((coaching::Entity, who)))
        .filter(membership::Column::Status.eq("active"))
        .into_query()
}
