//! Persons, and what of them.

use entity::{
    enrolment,
    person::{Column, Entity},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, IntoCondition},
};
use uuid::Uuid;

use super::{region_within, run_by, taught_by};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// Persons within reach. Retired (merged) records are included: their id answers for ever.
///
/// # Errors
/// `unauthenticated`, `forbidden`, `insufficient_scope`.
pub fn persons(actor: &Actor) -> Result<Select<Entity>> {
    Ok(Entity::find().filter(persons_for(actor, Action::PersonRead)?))
}

/// Keeps a query over persons inside what the caller reaches for `action`: one of those that show a part of them.
///
/// # Errors
/// `unauthenticated`, `forbidden`, `insufficient_scope`.
pub fn persons_for(actor: &Actor, action: Action) -> Result<Condition> {
    actor.condition(action, reached)
}

fn reached(held: Held<'_>) -> Option<Condition> {
    match held {
        Held::Everywhere => None,
        Held::Region(code) => Some(region_within((Entity, Column::RegionCode), code)),
        Held::School(id) => Some(Column::SchoolId.eq(id).into_condition()),
        Held::Own(id) => Some(Column::Id.eq(id).into_condition()),
        Held::Organisation(id) => {
            Some(Column::Id.in_subquery(enrolled_with(id).into_query()).into_condition())
        }
        Held::Taught(id) => Some(Column::Id.in_subquery(enrolled_under(id).into_query()).into_condition()),
        Held::Member(_) | Held::Officer(_) | Held::Account(_) => None,
    }
}

/// Keeps a query over persons to those of whom the caller may see more than the name: who is not erased, and whose data
/// is in use, or theirs, or kept right by them. By what it found, a query would tell what it asked for of the others.
pub fn persons_in_use(actor: &Actor) -> Condition {
    let used = Condition::any().add(Column::RestrictedAt.is_null());
    let used = actor.person().into_iter().fold(used, |used, id| used.add(Column::Id.eq(id)));
    let used = actor.holds(Action::PersonUpdate).into_iter().fold(used, |used, held| match held {
        Held::Everywhere => used.add(Expr::value(1).eq(1)),
        held => reached(held).into_iter().fold(used, Condition::add),
    });
    Condition::all().add(Column::ErasedAt.is_null()).add(used)
}

/// Those of `ids` whom the caller's roles reach for `action` by where somebody is enrolled, which no row of a person
/// says; none where no role reaches anybody so.
pub fn persons_by_enrolment(actor: &Actor, action: Action, ids: &[Uuid]) -> Option<Select<Entity>> {
    let held = actor.holds(action).into_iter().filter(|held| held.by_enrolment());
    let any = held.filter_map(reached).fold(Condition::any(), Condition::add);
    // An empty `any` would be true.
    if any.is_empty() || ids.is_empty() {
        return None;
    }
    let some = Entity::find().select_only().column(Column::Id);
    Some(some.filter(Column::Id.is_in(ids.iter().copied())).filter(any))
}

fn enrolled_with(organisation: Uuid) -> Select<enrolment::Entity> {
    enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::PersonId)
        .filter(enrolment::Column::BatchId.in_subquery(run_by(organisation).into_query()))
}

fn enrolled_under(teacher: Uuid) -> Select<enrolment::Entity> {
    enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::PersonId)
        .filter(enrolment::Column::BatchId.in_subquery(taught_by(teacher).into_query()))
}
