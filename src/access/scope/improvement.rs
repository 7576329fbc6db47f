//! Where queries about what communities improve start.

use entity::improvement;
use sea_orm::{EntityTrait, QueryFilter, Select};

use super::community::within_communities;
use crate::{
    access::{action::Action, actor::Actor},
    foundation::error::Result,
};

/// Items of improvement within reach.
pub fn improvements(actor: &Actor) -> Result<Select<improvement::Entity>> {
    let column = improvement::Column::CommunityId;
    let condition = within_communities(actor, Action::ImprovementRead, column, |_| None)?;
    Ok(improvement::Entity::find().filter(condition))
}
