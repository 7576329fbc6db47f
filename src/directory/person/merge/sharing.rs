//! Consent to sharing at a merge. Its history goes along with the person, but what was agreed to for the one record was
//! not agreed to for the other: what the retired one shared ends, and what the surviving one agreed to stands.

use entity::sharing_consent::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    access::context::Work, directory::sharing_consent::rule::ConsentEnding, foundation::error::Result,
};

/// Ends what the retired record agreed to, and gives its history to the other.
pub(super) async fn carry(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(Some(work.now())))
        .col_expr(Column::Ending, Expr::value(Some(ConsentEnding::Merged.as_str())))
        .filter(Column::PersonId.eq(from))
        .filter(Column::EndedAt.is_null())
        .exec(work.db())
        .await?;
    Entity::update_many()
        .col_expr(Column::PersonId, Expr::value(into))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}
