//! The seats of a batch. They are taken and freed by one conditional update each,
//! never by counting first: of any number of callers at the last seat, one gets it.
//!
//! A seat changes what readers see (`taken`, `seatsLeft`), so it is a new version of the batch.

use entity::batch::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    access::context::Work,
    foundation::error::{Error, Result},
};

/// Takes one seat of `batch`, if one is left. Answers whether it did.
pub async fn take_seat(work: &Work<'_>, batch: impl Into<Uuid>) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::Taken, Expr::col(Column::Taken).add(1))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::Id.eq(batch.into()))
        .filter(Expr::col(Column::Taken).lt(Expr::col(Column::Capacity)))
        .exec(work.db())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Takes `seats` seats of `batch`, if so many are left: all of them or none. Answers whether it did.
pub async fn take_seats(work: &Work<'_>, batch: impl Into<Uuid>, seats: i32) -> Result<bool> {
    if seats == 0 {
        return Ok(true);
    }
    let done = Entity::update_many()
        .col_expr(Column::Taken, Expr::col(Column::Taken).add(seats))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::Id.eq(batch.into()))
        .filter(Expr::col(Column::Taken).add(seats).lte(Expr::col(Column::Capacity)))
        .exec(work.db())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Gives one seat of `batch` back.
///
/// # Errors
/// As [`free_seats`].
pub async fn free_seat(work: &Work<'_>, batch: impl Into<Uuid>) -> Result<()> {
    free_seats(work, batch, 1).await
}

/// Gives `seats` seats of `batch` back; nothing for none.
///
/// # Errors
/// `internal` when fewer were taken: enrolments and seats would no longer add up.
pub async fn free_seats(work: &Work<'_>, batch: impl Into<Uuid>, seats: i32) -> Result<()> {
    if seats == 0 {
        return Ok(());
    }
    let batch = batch.into();
    let done = Entity::update_many()
        .col_expr(Column::Taken, Expr::col(Column::Taken).sub(seats))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::Id.eq(batch))
        .filter(Expr::col(Column::Taken).gte(seats))
        .exec(work.db())
        .await?;
    if done.rows_affected == 1 {
        return Ok(());
    }
    Err(Error::internal("free seats", format!("{seats} of batch {batch} are not taken")))
}
