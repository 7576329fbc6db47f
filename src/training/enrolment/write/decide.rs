//! Giving seats by hand, turning down, and giving up.

use async_graphql::InputObject;
use entity::attendance;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Marks, lock, place, reason, step};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    foundation::error::Result,
    training::{
        batch::lock as batch_lock,
        enrolment::view::{Enrolment, EnrolmentId},
    },
};

/// Gives a seat to one who applied or waits.
pub struct AcceptEnrolment(pub EnrolmentId);

impl Command for AcceptEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentAccept;

    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &place(work, Self::ACTION, &locked).await?)?;
        work.expect(locked.row.version)?;
        batch_lock::status(&locked.batch)?.require_decisions()?;
        let next = locked.status.accept()?;
        step(work, &permit, locked, next, Marks::default(), "enrolment.accepted").await
    }
}

/// Puts one who applied on the waiting list.
pub struct WaitlistEnrolment(pub EnrolmentId);

impl Command for WaitlistEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentWaitlist;

    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &place(work, Self::ACTION, &locked).await?)?;
        work.expect(locked.row.version)?;
        batch_lock::status(&locked.batch)?.require_decisions()?;
        let next = locked.status.waitlist()?;
        step(work, &permit, locked, next, Marks::default(), "enrolment.waitlisted").await
    }
}

/// Why someone is turned down.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RejectEnrolmentInput {
    /// The reason, told to the applicant; 1 to 500 characters.
    #[schema(example = "Sudah mengikuti pelatihan yang sama tahun lalu", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Turns someone down. One who has a seat only while nothing of their attendance was recorded.
pub struct RejectEnrolment {
    /// Which enrolment.
    pub id: EnrolmentId,
    /// Why.
    pub input: RejectEnrolmentInput,
}

impl Command for RejectEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentReject;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(work, Self::ACTION, &locked).await?)?;
        work.expect(locked.row.version)?;
        let reason = reason(&self.input.reason)?;
        batch_lock::status(&locked.batch)?.require_decisions()?;
        let recorded = attendance::Entity::find()
            .filter(attendance::Column::EnrolmentId.eq(locked.row.id))
            .count(work.db())
            .await?;
        let next = locked.status.reject(&reason, recorded > 0)?;
        let marks = Marks { reason: Some(reason.as_str().to_owned()), ..Marks::default() };
        step(work, &permit, locked, next, marks, "enrolment.rejected").await
    }
}

/// Why a place is given up.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WithdrawEnrolmentInput {
    /// The reason; needed when a seat is given up, 1 to 500 characters.
    #[schema(example = "Pindah tugas", min_length = 1, max_length = 500)]
    pub reason: Option<String>,
}

/// Gives a place up. A seat goes to the first of the waiting list in the same breath.
pub struct WithdrawEnrolment {
    /// Which enrolment.
    pub id: EnrolmentId,
    /// Why.
    pub input: WithdrawEnrolmentInput,
}

impl Command for WithdrawEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentWithdraw;

    // Their own words why they cannot come stand in the enrolment alone: the trail keeps a reason for ever.
    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(work, Self::ACTION, &locked).await?)?;
        work.expect(locked.row.version)?;
        let reason = self.input.reason.as_deref().map(reason).transpose()?;
        batch_lock::status(&locked.batch)?.require_decisions()?;
        let next = locked.status.withdraw(reason.as_ref())?;
        let marks = Marks { reason: reason.map(|r| r.as_str().to_owned()), ..Marks::default() };
        step(work, &permit, locked, next, marks, "enrolment.withdrawn").await
    }
}
