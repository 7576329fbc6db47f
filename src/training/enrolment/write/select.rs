//! Giving the seats of a batch by its selection rule.

use std::collections::HashMap;

use entity::enrolment::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{CHUNK, happened};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    foundation::{
        error::{Error, Result},
        event::Event,
    },
    training::{
        batch::{
            lock as batch_lock,
            ranking::{self, Ranked},
            seats,
            view::BatchId,
        },
        enrolment::{
            rule::EnrolmentStatus,
            standing::{self, AWAITING, number},
            view::{BatchSelection, SelectionOutcome, status},
        },
    },
};

/// Gives the free seats of a batch to those who applied and those who wait, in the order of the
/// batch's rule; whoever gets none waits.
pub struct SelectBatch(pub BatchId);

impl Command for SelectBatch {
    type Output = BatchSelection;
    const ACTION: Action = Action::BatchSelect;

    async fn run(&self, work: &Work<'_>) -> Result<BatchSelection> {
        let batch = batch_lock::lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &batch_lock::place(&batch))?;
        batch_lock::status(&batch)?.require_decisions()?;
        let rows = standing::lock_rows(work.db(), batch.id, AWAITING).await?;
        let from = ranking::window_from(work.now().date_naive());
        let applicants = standing::applicants(work.db(), &batch, &rows, AWAITING, from).await?;
        let seats = usize::try_from(batch.capacity - batch.taken).unwrap_or_default();
        let chosen = ranking::select(standing::rule_of(&batch)?, &applicants, from, seats);
        let mut rows: HashMap<Uuid, Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        let accepted = EnrolmentStatus::Accepted;
        let accepted = decided(&mut rows, &chosen.accepted, accepted)?;
        let waitlisted = decided(&mut rows, &chosen.waitlisted, EnrolmentStatus::Waitlisted)?;
        if !seats::take_seats(work, batch.id, number(accepted.len().try_into().unwrap_or(u32::MAX))).await? {
            return Err(Error::conflict("seats_exhausted"));
        }
        store(work, &permit, &accepted, EnrolmentStatus::Accepted).await?;
        store(work, &permit, &waitlisted, EnrolmentStatus::Waitlisted).await?;
        for row in accepted.iter().filter(|d| d.changed) {
            work.emit(happened("enrolment.accepted", &row.row)).await?;
        }
        for row in waitlisted.iter().filter(|d| d.changed) {
            work.emit(happened("enrolment.waitlisted", &row.row)).await?;
        }
        Ok(answer(self.0, &accepted, &waitlisted))
    }
}

/// Gives up to `seats` free seats of a batch to the first of its waiting list. Answers what is to be told.
///
/// # Errors
/// `seats_exhausted` when fewer seats are free.
pub(in crate::training) async fn promote_waiting(
    work: &Work<'_>,
    permit: &Permit,
    batch: &entity::batch::Model,
    seats: usize,
) -> Result<Vec<Event>> {
    const WAITING: &[EnrolmentStatus] = &[EnrolmentStatus::Waitlisted];
    let rows = standing::lock_rows(work.db(), batch.id, WAITING).await?;
    let from = ranking::window_from(work.now().date_naive());
    let applicants = standing::applicants(work.db(), batch, &rows, WAITING, from).await?;
    let chosen = ranking::select(standing::rule_of(batch)?, &applicants, from, seats);
    let mut rows: HashMap<Uuid, Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let accepted = decided(&mut rows, &chosen.accepted, EnrolmentStatus::Accepted)?;
    if !seats::take_seats(work, batch.id, number(accepted.len().try_into().unwrap_or(u32::MAX))).await? {
        return Err(Error::conflict("seats_exhausted"));
    }
    store(work, permit, &accepted, EnrolmentStatus::Accepted).await?;
    Ok(accepted.iter().map(|d| happened("enrolment.accepted", &d.row)).collect())
}

/// A row as it will be, and its place in the order.
struct Decided {
    row: Model,
    ranked: Ranked,
    changed: bool,
}

/// The rows of `ranked` in their next state, in the same order.
fn decided(
    rows: &mut HashMap<Uuid, Model>,
    ranked: &[Ranked],
    next: EnrolmentStatus,
) -> Result<Vec<Decided>> {
    let decide = |ranked: &Ranked| {
        let mut row = rows.remove(&ranked.enrolment_id).ok_or(Error::NotFound("enrolment"))?;
        let now = status(&row)?;
        if now == next {
            return Ok(Decided { row, ranked: *ranked, changed: false });
        }
        let next = if next == EnrolmentStatus::Accepted { now.accept()? } else { now.waitlist()? };
        row.status = next.as_str().to_owned();
        row.version += 1;
        Ok(Decided { row, ranked: *ranked, changed: true })
    };
    ranked.iter().map(decide).collect()
}

async fn store(work: &Work<'_>, _: &Permit, decided: &[Decided], next: EnrolmentStatus) -> Result<()> {
    let changed: Vec<Uuid> = decided.iter().filter(|d| d.changed).map(|d| d.row.id).collect();
    for chunk in changed.chunks(CHUNK) {
        Entity::update_many()
            .col_expr(Column::Status, Expr::value(next))
            .col_expr(Column::DecidedAt, Expr::value(work.now()))
            .col_expr(Column::UpdatedAt, Expr::value(work.now()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.is_in(chunk.iter().copied()))
            .exec(work.db())
            .await?;
    }
    Ok(())
}

fn answer(batch: BatchId, accepted: &[Decided], waitlisted: &[Decided]) -> BatchSelection {
    let told = |decided: &[Decided]| -> Vec<SelectionOutcome> {
        decided
            .iter()
            .map(|d| SelectionOutcome {
                position: number(d.ranked.position),
                enrolment_id: d.row.id.into(),
                person_id: d.row.person_id.into(),
                direct_jp: d.ranked.direct_jp.map(number),
            })
            .collect()
    };
    let (accepted, waitlisted) = (told(accepted), told(waitlisted));
    BatchSelection {
        batch_id: batch,
        accepted_count: i32::try_from(accepted.len()).unwrap_or(i32::MAX),
        waitlisted_count: i32::try_from(waitlisted.len()).unwrap_or(i32::MAX),
        accepted,
        waitlisted,
    }
}
