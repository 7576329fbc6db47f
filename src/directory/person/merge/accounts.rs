//! Accounts at a merge. A human signs in as before: where the surviving record has no account, that of the retired one
//! goes along. Where both have one, both stay as they are, for neither password is the other's: that of the retired
//! record acts, at each use, for the surviving one, as every grant does that names a retired record.

use entity::account::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Gives the account of one record to the other, where that has none.
pub(super) async fn carry(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    if Entity::find().filter(Column::PersonId.eq(into)).count(work.db()).await? > 0 {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::PersonId, Expr::value(into))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}
