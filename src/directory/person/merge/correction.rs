//! What somebody asked to have corrected follows a merge of records, open or answered.

use entity::correction::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Moves all of `from` to `into`.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::PersonId, Expr::value(into))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}
