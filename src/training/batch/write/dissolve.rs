//! Ending enrolments together with what they were for.

use entity::{
    batch::Model,
    enrolment::{self, Column, Entity},
};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::{
    access::{actor::Permit, context::Work},
    foundation::{
        error::{Error, Result},
        event::Event,
        text::Reason,
    },
    training::{
        batch::seats,
        enrolment::{rule::EnrolmentStatus, write::happened},
    },
};

/// Ids of one statement that changes many.
const CHUNK: usize = 500;

/// Ends every enrolment of a batch that stands at one of `statuses`: one with a seat is withdrawn, one
/// without is rejected, both for `reason`. Answers what is to be told.
pub(super) async fn dissolve(
    work: &Work<'_>,
    _: &Permit,
    batch: &Model,
    statuses: &[EnrolmentStatus],
    reason: &Reason,
) -> Result<Vec<Event>> {
    let rows = Entity::find()
        .filter(Column::BatchId.eq(batch.id))
        .filter(Column::Status.is_in(statuses.iter().copied()))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    let (mut withdrawn, mut rejected) = (Vec::new(), Vec::new());
    for row in rows {
        let stands =
            EnrolmentStatus::parse(&row.status).map_err(|f| Error::internal("enrolment.status", f.code))?;
        if stands.holds_seat() {
            withdrawn.push((stands.withdraw(Some(reason))?, row));
        } else {
            rejected.push((stands.reject(reason, false)?, row));
        }
    }
    let seats = i32::try_from(withdrawn.len()).map_err(|e| Error::internal("count seats", e))?;
    seats::free_seats(work, batch.id, seats).await?;
    let mut told = Vec::new();
    for (event, rows) in [("enrolment.withdrawn", withdrawn), ("enrolment.rejected", rejected)] {
        for chunk in rows.chunks(CHUNK) {
            told.extend(end(work, event, chunk, reason).await?);
        }
    }
    Ok(told)
}

async fn end(
    work: &Work<'_>,
    event: &'static str,
    rows: &[(EnrolmentStatus, enrolment::Model)],
    reason: &Reason,
) -> Result<Vec<Event>> {
    let Some((next, _)) = rows.first() else { return Ok(Vec::new()) };
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(next.as_str()))
        .col_expr(Column::Reason, Expr::value(reason.as_str()))
        .col_expr(Column::DecidedAt, Expr::value(work.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::Id.is_in(rows.iter().map(|(_, row)| row.id)))
        .exec(work.db())
        .await?;
    let ended = |(next, row): &(EnrolmentStatus, enrolment::Model)| {
        let version = row.version + 1;
        happened(event, &enrolment::Model { status: next.as_str().to_owned(), version, ..row.clone() })
    };
    Ok(rows.iter().map(ended).collect())
}
