//! Where queries about corrections start.

use entity::{correction, person};
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

/// Corrections of persons in the region `code` or below it.
pub fn corrections_within(code: &str) -> Condition {
    let there = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(region_within((person::Entity, person::Column::RegionCode), code))
        .into_query();
    correction::Column::PersonId.in_subquery(there).into_condition()
}

/// Corrections within reach: one's own, and those that one decides about.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn corrections(actor: &Actor) -> Result<Select<correction::Entity>> {
    let condition = actor.condition(Action::CorrectionRead, |held| match held {
        Held::Region(code) => Some(corrections_within(code)),
        Held::Own(person) => Some(correction::Column::PersonId.eq(person).into_condition()),
        _ => None,
    })?;
    Ok(correction::Entity::find().filter(condition))
}

/// Records whose correction the caller may ask for.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn correctable(actor: &Actor) -> Result<Select<person::Entity>> {
    let condition = actor.condition(Action::CorrectionRequest, |held| match held {
        Held::Own(person) => Some(person::Column::Id.eq(person).into_condition()),
        _ => None,
    })?;
    Ok(person::Entity::find().filter(condition))
}

/// The record that a correction within reach is about, for the permission table and for the change.
pub fn corrected(person: Uuid) -> Select<person::Entity> {
    person::Entity::find().filter(person::Column::Id.eq(person))
}
