//! Cancelling a batch. Everyone who still hoped for it is told: an enrolment with a seat is
//! withdrawn, one without is rejected, both with the batch's reason. Completions that were
//! decided stand. Resource persons of sessions yet to come are released from their ledger.

use entity::{
    batch::Model,
    enrolment::{self, Column, Entity},
    session, session_teacher,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::Expr,
};

use super::{announce, update_row};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    foundation::{
        error::{Error, Fault, Result},
        event::Event,
        text::Reason,
    },
    training::{
        batch::{
            input::CancelBatchInput,
            lock::{lock, place, status},
            read, seats,
            view::{Batch, BatchId},
        },
        enrolment::{rule::EnrolmentStatus, write::happened},
    },
};

/// Ids of one statement that changes many.
const CHUNK: usize = 500;

/// Cancels a batch that has not finished. It cannot be undone.
pub struct CancelBatch {
    /// Which one.
    pub id: BatchId,
    /// Why.
    pub input: CancelBatchInput,
}

impl Command for CancelBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchCancel;

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        let reason = Reason::parse(&self.input.reason)
            .map_err(|fault| Error::Invalid(vec![Fault { pointer: "/reason".to_owned(), ..fault }]))?;
        let next = status(&found)?.cancel(&reason)?;
        let dissolved = dissolve(work, &permit, &found, &reason).await?;
        release(work, &permit, &found).await?;
        // The seats were freed meanwhile: the row has a newer version than the one that was locked.
        let row = crate::training::batch::lock::lock_owner(work, found.id).await?;
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(Some(reason.as_str().to_owned()));
        let row = update_row(work, &permit, &row, change).await?;
        let view = read::view_of(work.db(), row.id).await?;
        announce(work, "batch.cancelled", &row).await?;
        for event in dissolved {
            work.emit(event).await?;
        }
        Ok(view)
    }
}

/// Ends every enrolment that has not been decided for good. Answers what is to be told.
async fn dissolve(work: &Work<'_>, _: &Permit, batch: &Model, reason: &Reason) -> Result<Vec<Event>> {
    let open = [EnrolmentStatus::Applied, EnrolmentStatus::Waitlisted, EnrolmentStatus::Accepted];
    let rows = Entity::find()
        .filter(Column::BatchId.eq(batch.id))
        .filter(Column::Status.is_in(open))
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

/// Frees whoever was to teach sessions that have not begun: the hours will not be spent.
async fn release(work: &Work<'_>, _: &Permit, batch: &Model) -> Result<()> {
    let to_come = || {
        session::Entity::find()
            .select_only()
            .column(session::Column::Id)
            .filter(session::Column::BatchId.eq(batch.id))
            .filter(session::Column::StartsAt.gt(work.now()))
            .into_query()
    };
    session_teacher::Entity::delete_many()
        .filter(session_teacher::Column::SessionId.in_subquery(to_come()))
        .exec(work.db())
        .await?;
    session::Entity::update_many()
        .col_expr(session::Column::Version, Expr::col(session::Column::Version).add(1))
        .col_expr(session::Column::UpdatedAt, Expr::value(work.now()))
        .filter(session::Column::BatchId.eq(batch.id))
        .filter(session::Column::StartsAt.gt(work.now()))
        .exec(work.db())
        .await?;
    Ok(())
}
