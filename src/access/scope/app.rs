//! Where queries about what apps may do start: the caller's own account, and not even the ministry's hands reach further.

use entity::app_authorization::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select, sea_query::IntoCondition};

use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// What the caller's account agreed to, withdrawn or not.
pub fn app_authorizations(actor: &Actor) -> Result<Select<Entity>> {
    let condition = actor.condition(Action::AppAuthorizationRead, |held| match held {
        Held::Account(account) => Some(Column::AccountId.eq(account).into_condition()),
        _ => None,
    })?;
    Ok(Entity::find().filter(condition))
}
