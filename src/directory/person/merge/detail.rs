//! What is particular to activities follows a merge of records: practices told, articles shared and read, coaching.
//! A coaching between the two merged records was of one human alone: nobody but they see it any more.

use entity::{activity_role, article, article_read, coaching};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, ModelTrait,
    QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Moves everything of `from` to `into`. No event tells of it: whose it is stands in none.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    move_roles(work, from, into).await?;
    article::Entity::update_many()
        .col_expr(article::Column::SharedById, Expr::value(into))
        .filter(article::Column::SharedById.eq(from))
        .exec(work.db())
        .await?;
    move_marks(work, from, into).await?;
    move_coachings(work, from, into).await
}

async fn move_roles(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let of = |person: Uuid| activity_role::Entity::find().filter(activity_role::Column::PersonId.eq(person));
    let kept = of(into).all(work.db()).await?;
    for row in of(from).all(work.db()).await? {
        row.clone().delete(work.db()).await?;
        if !kept.iter().any(|one| one.activity_id == row.activity_id) {
            let moved = activity_role::Model { person_id: into, ..row };
            activity_role::Entity::insert(moved.into_active_model())
                .exec_without_returning(work.db())
                .await?;
        }
    }
    Ok(())
}

async fn move_marks(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let of = |person: Uuid| article_read::Entity::find().filter(article_read::Column::PersonId.eq(person));
    let kept = of(into).all(work.db()).await?;
    for row in of(from).all(work.db()).await? {
        row.clone().delete(work.db()).await?;
        if !kept.iter().any(|one| one.article_id == row.article_id) {
            let moved = article_read::Model { person_id: into, ..row };
            article_read::Entity::insert(moved.into_active_model()).exec_without_returning(work.db()).await?;
        }
    }
    Ok(())
}

async fn move_coachings(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let of = coaching::Column::CoachId.eq(from).or(coaching::Column::CoacheeId.eq(from));
    for row in coaching::Entity::find().filter(of).all(work.db()).await? {
        let moved = |id: Uuid| if id == from { into } else { id };
        let (coach, coachee, next) = (moved(row.coach_id), moved(row.coachee_id), row.version + 1);
        let mut change = row.into_active_model();
        change.coach_id = Set(coach);
        change.coachee_id = Set(coachee);
        if coach == coachee {
            change.coach_shared_at = Set(None);
            change.coachee_shared_at = Set(None);
        }
        change.version = Set(next);
        change.updated_at = Set(work.now());
        change.update(work.db()).await?;
    }
    Ok(())
}
