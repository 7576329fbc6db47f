//! Where queries about what members say and propose start.

use entity::{comment, proposal};
use sea_orm::{EntityTrait, QueryFilter, Select};

use super::community::within_communities;
use crate::{
    access::{action::Action, actor::Actor},
    foundation::error::Result,
};

/// What is said in the communities the caller is a member of, or whose moderator they are.
pub fn comments(actor: &Actor) -> Result<Select<comment::Entity>> {
    comments_for(actor, Action::CommentRead)
}

/// The comments with which the caller may do `action` by where they belong; what is one's own is not among them.
pub fn comments_for(actor: &Actor, action: Action) -> Result<Select<comment::Entity>> {
    let condition = within_communities(actor, action, comment::Column::CommunityId, |_| None)?;
    Ok(comment::Entity::find().filter(condition))
}

/// Proposals to the communities within reach.
pub fn proposals(actor: &Actor) -> Result<Select<proposal::Entity>> {
    let column = proposal::Column::CommunityId;
    let condition = within_communities(actor, Action::ProposalRead, column, |_| None)?;
    Ok(proposal::Entity::find().filter(condition))
}
