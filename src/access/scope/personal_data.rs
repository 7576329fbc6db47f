//! Where the copy of what is held on a person starts. There is no way in but the person's own, not even if the table
//! said so by mistake.

use entity::person;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// The caller's own record.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn own_records(actor: &Actor) -> Result<Select<person::Entity>> {
    // Whoever never does this is told so here.
    actor.condition(Action::PersonalDataRead, |_| None)?;
    let nobody = Condition::any().add(person::Column::Id.is_null());
    let own = actor.reaches(Action::PersonalDataRead).into_iter().fold(nobody, |seen, held| match held {
        Held::Own(id) => seen.add(person::Column::Id.eq(id)),
        _ => seen,
    });
    Ok(person::Entity::find().filter(own))
}
