//! What became of community work when the records of one human became one.

use entity::{credit_claim, credit_use};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Lets what `from` claimed follow to `into`. An activity that counted for both counts for the survivor: of one
/// human it counts once.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    credit_claim::Entity::update_many()
        .col_expr(credit_claim::Column::PersonId, Expr::value(into))
        .filter(credit_claim::Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    let theirs: Vec<Uuid> = credit_use::Entity::find()
        .select_only()
        .column(credit_use::Column::ActivityId)
        .filter(credit_use::Column::PersonId.eq(into))
        .into_tuple()
        .all(work.db())
        .await?;
    credit_use::Entity::delete_many()
        .filter(credit_use::Column::PersonId.eq(from))
        .filter(credit_use::Column::ActivityId.is_in(theirs))
        .exec(work.db())
        .await?;
    credit_use::Entity::update_many()
        .col_expr(credit_use::Column::PersonId, Expr::value(into))
        .filter(credit_use::Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}
