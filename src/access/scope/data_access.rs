//! Where queries about who saw what begin: a person's own, and the ministry's for whoever complains to it.

use entity::{data_access, person};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select, sea_query::IntoCondition};
use uuid::Uuid;

use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// Who saw what of whom, within reach.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn data_accesses(actor: &Actor) -> Result<Select<data_access::Entity>> {
    let condition = actor.condition(Action::DataAccessRead, |held| match held {
        Held::Own(id) => Some(data_access::Column::PersonId.eq(id).into_condition()),
        _ => None,
    })?;
    Ok(data_access::Entity::find().filter(condition))
}

/// The record of `person`, where the caller may read who saw it.
///
/// # Errors
/// As [`data_accesses`].
pub fn data_subject(actor: &Actor, person: Uuid) -> Result<Select<person::Entity>> {
    let condition = actor.condition(Action::DataAccessRead, |held| match held {
        Held::Own(id) => Some(person::Column::Id.eq(id).into_condition()),
        _ => None,
    })?;
    Ok(person::Entity::find().filter(condition).filter(person::Column::Id.eq(person)))
}
