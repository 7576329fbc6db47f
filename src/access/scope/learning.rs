//! Where queries about own learning start. There is no way in but the person's own: not by region, school or office, not
//! for the ministry, and not even if the table said so by mistake. Goals and reflections open to whom the person named.

use entity::{
    learning_evidence, learning_goal, learning_plan, learning_reflection, learning_share, membership,
    self_assessment,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use uuid::Uuid;

use super::community::joined_by;
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// What is the caller's own, by the column that says whose it is, and what `open` opens to them.
fn own(
    actor: &Actor,
    action: Action,
    person: impl ColumnTrait,
    open: impl Fn(Uuid) -> Option<Condition>,
) -> Result<Condition> {
    // Whoever never does this is told so here.
    actor.condition(action, |_| None)?;
    let mut seen = Condition::any().add(person.is_null());
    for held in actor.reaches(action) {
        if let Held::Own(id) = held {
            seen = seen.add(person.eq(id));
            if let Some(more) = open(id) {
                seen = seen.add(more);
            }
        }
    }
    Ok(seen)
}

/// What was shared with a person, or with a community of which both they and who shares it are members.
fn shared_with(person: Uuid) -> SelectStatement {
    use learning_share::Column;
    let is_still_in = membership::Entity::find()
        .select_only()
        .column(membership::Column::Id)
        .filter(
            Expr::col((membership::Entity, membership::Column::PersonId))
                .equals((learning_share::Entity, Column::OwnerId)),
        )
        .filter(
            Expr::col((membership::Entity, membership::Column::CommunityId))
                .equals((learning_share::Entity, Column::AudienceId)),
        )
        .filter(membership::Column::Status.eq("active"))
        .into_query();
    let with_person = Condition::all().add(Column::Audience.eq("person")).add(Column::AudienceId.eq(person));
    let with_community = Condition::all()
        .add(Column::Audience.eq("community"))
        .add(Column::AudienceId.in_subquery(joined_by(person).into_query()))
        .add(Expr::exists(is_still_in));
    learning_share::Entity::find()
        .select_only()
        .column(Column::SubjectId)
        .filter(Condition::any().add(with_person).add(with_community))
        .into_query()
}

/// One's own plans.
pub fn learning_plans(actor: &Actor) -> Result<Select<learning_plan::Entity>> {
    let condition = own(actor, Action::LearningPlanRead, learning_plan::Column::PersonId, |_| None)?;
    Ok(learning_plan::Entity::find().filter(condition))
}

/// One's own evidence.
pub fn learning_evidence(actor: &Actor) -> Result<Select<learning_evidence::Entity>> {
    let condition = own(actor, Action::LearningPlanRead, learning_evidence::Column::PersonId, |_| None)?;
    Ok(learning_evidence::Entity::find().filter(condition))
}

/// How one saw oneself; nobody else is ever among it.
pub fn self_assessments(actor: &Actor) -> Result<Select<self_assessment::Entity>> {
    let condition = own(actor, Action::SelfAssessmentRead, self_assessment::Column::PersonId, |_| None)?;
    Ok(self_assessment::Entity::find().filter(condition))
}

/// One's own goals, and those that others share with one.
pub fn learning_goals(actor: &Actor) -> Result<Select<learning_goal::Entity>> {
    let open =
        |person| Some(Condition::all().add(learning_goal::Column::Id.in_subquery(shared_with(person))));
    let condition = own(actor, Action::LearningGoalRead, learning_goal::Column::PersonId, open)?;
    Ok(learning_goal::Entity::find().filter(condition))
}

/// One's own reflections, and those that others share with one.
pub fn learning_reflections(actor: &Actor) -> Result<Select<learning_reflection::Entity>> {
    let open =
        |person| Some(Condition::all().add(learning_reflection::Column::Id.in_subquery(shared_with(person))));
    let condition = own(actor, Action::LearningReflectionRead, learning_reflection::Column::PersonId, open)?;
    Ok(learning_reflection::Entity::find().filter(condition))
}
