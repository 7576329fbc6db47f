//! Where queries about what members say and propose start.

use entity::{appeal, comment, proposal, report};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::IntoCondition,
};

use super::community::{reached, within_communities};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
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

/// Appeals in the communities whose moderator the caller is.
pub fn appeals(actor: &Actor) -> Result<Select<appeal::Entity>> {
    let column = appeal::Column::CommunityId;
    let condition = within_communities(actor, Action::AppealRead, column, |_| None)?;
    Ok(appeal::Entity::find().filter(condition))
}

/// Reports in the communities whose moderator the caller is, and those of comments in the communities that the caller
/// leads; none of what the caller said, or proposed by name. Whose an anonymous proposal is no query can tell.
pub fn reports(actor: &Actor) -> Result<Select<report::Entity>> {
    use report::Column;
    let condition = actor.condition(Action::ReportRead, |held| {
        let within = Column::CommunityId.in_subquery(reached(held)?.into_query());
        Some(match held {
            Held::Officer(_) => Condition::all().add(within).add(Column::SubjectKind.eq("comment")),
            _ => within.into_condition(),
        })
    })?;
    let seen = report::Entity::find().filter(condition);
    let Some(person) = actor.person() else { return Ok(seen) };
    let own = comment::Entity::find().select_only().column(comment::Column::Id);
    let own = own.filter(comment::Column::AuthorId.eq(person)).into_query();
    let by_name = proposal::Entity::find().select_only().column(proposal::Column::Id);
    let by_name = by_name.filter(proposal::Column::AuthorId.eq(person)).into_query();
    let seen = seen.filter(Column::SubjectId.not_in_subquery(own));
    Ok(seen.filter(Column::SubjectId.not_in_subquery(by_name)))
}
