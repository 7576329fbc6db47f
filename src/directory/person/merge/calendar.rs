//! The addresses of calendars go along with the person: they keep working, and their owner can still revoke them.

use entity::calendar_feed::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Gives the addresses of one record to the other.
pub(super) async fn carry(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::PersonId, Expr::value(into))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}
