//! Completing a whole batch in one transaction.

use entity::enrolment::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{CaseStatement, Expr},
};

use super::{
    CHUNK,
    assess::{Outcome, require_taught},
    happened,
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    foundation::error::Result,
    training::{
        batch::{lock as batch_lock, view::BatchId},
        enrolment::{
            completion,
            record::{self, Minutes},
            rule::EnrolmentStatus,
            standing,
            view::{BatchCompletion, CompletionOutcome, status},
        },
    },
};

/// Decides about every accepted enrolment of a batch.
pub struct CompleteBatch(pub BatchId);

/// A row as it will be, with the event that tells of it.
struct Decided {
    row: Model,
    event: &'static str,
}

impl Command for CompleteBatch {
    type Output = BatchCompletion;
    const ACTION: Action = Action::BatchComplete;

    async fn run(&self, work: &Work<'_>) -> Result<BatchCompletion> {
        let batch = batch_lock::lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &batch_lock::place(&batch))?;
        require_taught(work, &batch).await?;
        let mut rows = standing::lock_rows(work.db(), batch.id, &[EnrolmentStatus::Accepted]).await?;
        rows.sort_by_key(|row| (row.applied_at, row.id));
        let program = record::program_of(work.db(), batch.id).await?;
        let (rule, minutes) = (record::pass_rule(&program)?, Minutes::of_batch(work.db(), batch.id).await?);
        let decide = |mut row: Model| {
            let recorded = minutes.recorded(&row)?;
            let outcome = Outcome::of(status(&row)?, &completion::assess(&rule, &recorded))?;
            row.jp_earned = match outcome.next {
                EnrolmentStatus::Completed => Some(record::earned(&program, &recorded)?),
                _ => None,
            };
            row.status = outcome.next.as_str().to_owned();
            row.reason = outcome.reason;
            row.version += 1;
            Ok(Decided { row, event: outcome.event })
        };
        let decided: Vec<Decided> = rows.into_iter().map(decide).collect::<Result<_>>()?;
        store(work, &permit, &decided).await?;
        for Decided { row, event } in &decided {
            work.emit(happened(event, row)).await?;
        }
        Ok(answer(self.0, &decided))
    }
}

/// Writes what was decided, some hundred rows a statement.
async fn store(work: &Work<'_>, _: &Permit, decided: &[Decided]) -> Result<()> {
    for next in [EnrolmentStatus::Completed, EnrolmentStatus::NotCompleted] {
        let these: Vec<&Model> =
            decided.iter().map(|d| &d.row).filter(|row| row.status == next.as_str()).collect();
        for chunk in these.chunks(CHUNK) {
            let (mut jp, mut reason) = (CaseStatement::new(), CaseStatement::new());
            for row in chunk {
                jp = jp.case(Expr::col(Column::Id).eq(row.id), Expr::value(row.jp_earned));
                reason = reason.case(Expr::col(Column::Id).eq(row.id), Expr::value(row.reason.clone()));
            }
            let update = Entity::update_many()
                .col_expr(Column::Status, Expr::value(next))
                .col_expr(Column::DecidedAt, Expr::value(work.now()))
                .col_expr(Column::UpdatedAt, Expr::value(work.now()))
                .col_expr(Column::Version, Expr::col(Column::Version).add(1))
                .filter(Column::Id.is_in(chunk.iter().map(|row| row.id)));
            let update = match next {
                EnrolmentStatus::Completed => update
                    .col_expr(Column::JpEarned, jp.into())
                    .col_expr(Column::Completions, Expr::col(Column::Completions).add(1))
                    .col_expr(Column::Reason, Expr::value(Option::<String>::None)),
                _ => update.col_expr(Column::Reason, reason.into()),
            };
            update.exec(work.db()).await?;
        }
    }
    Ok(())
}

fn answer(batch: BatchId, decided: &[Decided]) -> BatchCompletion {
    let of = |wanted: EnrolmentStatus| -> Vec<CompletionOutcome> {
        let these = decided.iter().map(|d| &d.row).filter(|row| row.status == wanted.as_str());
        these
            .map(|row| CompletionOutcome {
                enrolment_id: row.id.into(),
                person_id: row.person_id.into(),
                jp_earned: row.jp_earned,
                reason: row.reason.clone(),
            })
            .collect()
    };
    let (completed, not_completed) = (of(EnrolmentStatus::Completed), of(EnrolmentStatus::NotCompleted));
    BatchCompletion {
        batch_id: batch,
        completed_count: i32::try_from(completed.len()).unwrap_or(i32::MAX),
        not_completed_count: i32::try_from(not_completed.len()).unwrap_or(i32::MAX),
        completed,
        not_completed,
    }
}
