//! What somebody asked to have erased follows a merge of records. One request is open at most: where both records have
//! one, the survivor's stays.

use entity::erasure::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Moves all of `from` to `into`.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let open = |id| Entity::find().filter(Column::PersonId.eq(id)).filter(Column::Status.eq("requested"));
    let moved = || {
        Entity::update_many()
            .col_expr(Column::PersonId, Expr::value(into))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .col_expr(Column::UpdatedAt, Expr::value(work.now()))
            .filter(Column::PersonId.eq(from))
    };
    if open(into).count(work.db()).await? > 0 {
        moved()
            .col_expr(Column::Status, Expr::value("withdrawn"))
            .col_expr(Column::DecidedBy, Expr::value(work.actor.subject.clone()))
            .col_expr(Column::DecidedAt, Expr::value(work.now()))
            .filter(Column::Status.eq("requested"))
            .exec(work.db())
            .await?;
    }
    moved().exec(work.db()).await?;
    Ok(())
}
