//! Where queries about accounts start.

use entity::{account, person};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::IntoCondition,
};

use super::region_within;
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// Accounts within reach: for a region, those of the persons who belong to it. An account of nobody in the directory is
/// the ministry's to look after.
pub fn accounts(actor: &Actor) -> Result<Select<account::Entity>> {
    let condition = actor.condition(Action::AccountRead, |held| match held {
        Held::Region(code) => {
            let within = person::Entity::find()
                .select_only()
                .column(person::Column::Id)
                .filter(region_within((person::Entity, person::Column::RegionCode), code))
                .into_query();
            Some(account::Column::PersonId.in_subquery(within).into_condition())
        }
        Held::Own(id) => Some(account::Column::PersonId.eq(id).into_condition()),
        _ => None,
    })?;
    Ok(account::Entity::find().filter(condition))
}
