//! Where queries about breaches of personal data start.

use entity::breach::{self, Column};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

use crate::{
    access::{action::Action, actor::Actor},
    foundation::error::Result,
};

/// The register within reach: all of it, or a refusal.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn breaches(actor: &Actor) -> Result<Select<breach::Entity>> {
    let condition = actor.condition(Action::BreachRead, |_| None)?;
    Ok(breach::Entity::find().filter(condition))
}

/// Breaches of which somebody is still to be told, and none says why not: their clock runs.
pub fn untold_breaches() -> Condition {
    let untold =
        |at: Column, not_needed: Column| Condition::all().add(at.is_null()).add(not_needed.is_null());
    Condition::any()
        .add(untold(Column::AuthorityNotifiedAt, Column::AuthorityNotNeeded))
        .add(untold(Column::PersonsNotifiedAt, Column::PersonsNotNeeded))
}
