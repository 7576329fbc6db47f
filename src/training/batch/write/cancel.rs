//! Cancelling a batch. Everyone who still hoped for it is told: an enrolment with a seat is
//! withdrawn, one without is rejected, both with the batch's reason. Completions that were
//! decided stand. Resource persons of sessions that will not be taught are released from their ledger.

use std::collections::HashSet;

use entity::{attendance, batch::Model, session, session_teacher};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::{announce, dissolve::dissolve, update_row};
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
            read,
            state::BatchStatus,
            view::{Batch, BatchId},
        },
        enrolment::rule::EnrolmentStatus,
        session::write::happened as session_happened,
    },
};

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

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let reason = Reason::parse(&self.input.reason)
            .map_err(|fault| Error::Invalid(vec![Fault { pointer: "/reason".to_owned(), ..fault }]))?;
        let stands = status(&found)?;
        let next = stands.cancel(&reason)?;
        let dissolved = dissolve(work, &permit, &found, OPEN, &reason).await?;
        let released = release(work, &permit, &found, stands).await?;
        // The seats were freed meanwhile: the row has a newer version than the one that was locked.
        let row = crate::training::batch::lock::lock_owner(work, found.id).await?;
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(Some(reason.as_str().to_owned()));
        let row = update_row(work, &permit, &row, change).await?;
        let view = read::view_of(work.db(), row.id).await?;
        announce(work, "batch.cancelled", &row).await?;
        for event in dissolved.into_iter().chain(released) {
            work.emit(event).await?;
        }
        Ok(view)
    }
}

/// Enrolments that have not been decided for good.
const OPEN: &[EnrolmentStatus] =
    &[EnrolmentStatus::Applied, EnrolmentStatus::Waitlisted, EnrolmentStatus::Accepted];

/// Frees whoever was to teach sessions that will not be taught: all of them when the batch never started,
/// else those to come and those nobody attended. Answers what is to be told.
async fn release(work: &Work<'_>, _: &Permit, batch: &Model, status: BatchStatus) -> Result<Vec<Event>> {
    let untaught = session::Entity::find()
        .filter(session::Column::BatchId.eq(batch.id))
        .order_by_asc(session::Column::Id);
    let untaught = if status == BatchStatus::Running {
        let attended = attendance::Entity::find()
            .select_only()
            .column(attendance::Column::SessionId)
            .join(JoinType::InnerJoin, attendance::Relation::Session.def())
            .filter(session::Column::BatchId.eq(batch.id))
            .into_query();
        untaught.filter(session::Column::Id.not_in_subquery(attended))
    } else {
        untaught
    };
    let sessions = untaught.lock_exclusive().all(work.db()).await?;
    let entries = session_teacher::Entity::find()
        .filter(session_teacher::Column::SessionId.is_in(sessions.iter().map(|row| row.id)))
        .order_by_asc(session_teacher::Column::ResourcePersonId)
        .all(work.db())
        .await?;
    let freed: HashSet<Uuid> = entries.iter().map(|entry| entry.session_id).collect();
    session_teacher::Entity::delete_many()
        .filter(session_teacher::Column::SessionId.is_in(freed.iter().copied()))
        .exec(work.db())
        .await?;
    session::Entity::update_many()
        .col_expr(session::Column::Version, Expr::col(session::Column::Version).add(1))
        .col_expr(session::Column::UpdatedAt, Expr::value(work.now()))
        .filter(session::Column::Id.is_in(freed.iter().copied()))
        .exec(work.db())
        .await?;
    let mut told = Vec::with_capacity(entries.len());
    for mut row in sessions {
        row.version += 1;
        for entry in entries.iter().filter(|entry| entry.session_id == row.id) {
            let who = json!({ "resourcePersonId": entry.resource_person_id });
            told.push(session_happened("session.unassigned", batch, &row, who));
        }
    }
    Ok(told)
}
