//! Where queries about requests to be erased start.

use entity::{erasure, person};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::IntoCondition,
};

use super::region_within;
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// Requests within reach: those about persons of the region, and about the caller. Nobody who was erased has a region,
/// so whoever asked for somebody goes on seeing what came of it.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn erasures(actor: &Actor) -> Result<Select<erasure::Entity>> {
    let within = actor.condition(Action::ErasureRead, |held| match held {
        Held::Region(code) => Some(
            Condition::any()
                .add(of_region(code))
                .add(erasure::Column::RequestedBy.eq(actor.subject.as_str())),
        ),
        Held::Own(id) => Some(erasure::Column::PersonId.eq(id).into_condition()),
        _ => None,
    })?;
    Ok(erasure::Entity::find().filter(within))
}

fn of_region(code: &str) -> Condition {
    let persons = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(region_within((person::Entity, person::Column::RegionCode), code))
        .into_query();
    erasure::Column::PersonId.in_subquery(persons).into_condition()
}

/// Persons for whom the caller may ask that they be erased.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn persons_to_erase(actor: &Actor) -> Result<Select<person::Entity>> {
    let within = actor.condition(Action::ErasureRequest, |held| match held {
        Held::Region(code) => Some(region_within((person::Entity, person::Column::RegionCode), code)),
        Held::Own(id) => Some(person::Column::Id.eq(id).into_condition()),
        _ => None,
    })?;
    Ok(person::Entity::find().filter(within))
}
