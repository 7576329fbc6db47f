//! Own learning follows a merge of records: it stays one human's, and as private as it was. Two plans for one period
//! become one. What the two records shared with one another needs no sharing any more.

use std::collections::HashMap;

use entity::{
    learning_evidence, learning_goal, learning_plan, learning_reflection, learning_share, self_assessment,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, ModelTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Moves everything of `from` to `into`. No event tells of it.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    // Held as by every command on a plan: what is being written into one is there before it moves.
    let of = |person: Uuid| {
        learning_plan::Entity::find()
            .filter(learning_plan::Column::PersonId.eq(person))
            .order_by_asc(learning_plan::Column::Id)
            .lock_exclusive()
    };
    let kept: HashMap<String, Uuid> =
        of(into).all(work.db()).await?.into_iter().map(|plan| (plan.period, plan.id)).collect();
    for plan in of(from).all(work.db()).await? {
        let to = kept.get(&plan.period).copied();
        contents(work, plan.id, to.unwrap_or(plan.id), into).await?;
        if to.is_some() {
            plan.delete(work.db()).await?;
        } else {
            let mut change = plan.into_active_model();
            change.person_id = Set(into);
            change.update(work.db()).await?;
        }
    }
    shares(work, from, into).await
}

/// Everything in the plan `from` stands in the plan `to` and belongs to `person`.
async fn contents(work: &Work<'_>, from: Uuid, to: Uuid, person: Uuid) -> Result<()> {
    macro_rules! moved {
        ($($noun:ident),+) => {$(
            $noun::Entity::update_many()
                .col_expr($noun::Column::PlanId, Expr::value(to))
                .col_expr($noun::Column::PersonId, Expr::value(person))
                .filter($noun::Column::PlanId.eq(from))
                .exec(work.db())
                .await?;
        )+};
    }
    moved!(learning_goal, learning_evidence, self_assessment, learning_reflection);
    Ok(())
}

async fn shares(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    use learning_share::{Column, Entity, Model};
    let theirs = Entity::find().filter(Column::OwnerId.eq(from).or(Column::AudienceId.eq(from)));
    for row in theirs.all(work.db()).await? {
        row.clone().delete(work.db()).await?;
        let moved = |id: Uuid| if id == from { into } else { id };
        let row = Model { owner_id: moved(row.owner_id), audience_id: moved(row.audience_id), ..row };
        let is_there = Entity::find_by_id((row.subject_id, row.audience_id)).one(work.db()).await?.is_some();
        if row.owner_id != row.audience_id && !is_there {
            Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
        }
    }
    let own = Entity::delete_many().filter(Column::OwnerId.eq(into)).filter(Column::AudienceId.eq(into));
    own.exec(work.db()).await?;
    Ok(())
}
