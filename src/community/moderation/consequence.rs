//! What hiding, removing, showing again and taking back mean for reports and appeals; and as what somebody moderates.

use entity::{appeal, report};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    rule::ModeratedAs,
    state::{AppealStatus, ReportStatus},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::Work,
    },
    foundation::error::Result,
};

/// As what the caller moderates at a place: whoever decides appeals there is its moderator.
pub(in crate::community) fn acting_as(work: &Work<'_>, place: &Place) -> ModeratedAs {
    match work.permit(Action::AppealDecide, place) {
        Ok(_) => ModeratedAs::Moderator,
        Err(_) => ModeratedAs::Officer,
    }
}

/// Whether the moderator dismissed an appeal against this step, and so said that it stands.
pub(in crate::community) async fn is_confirmed(work: &Work<'_>, step: Uuid) -> Result<bool> {
    use appeal::Column;
    let dismissed = appeal::Entity::find()
        .filter(Column::StepId.eq(step))
        .filter(Column::Status.eq(AppealStatus::Dismissed));
    Ok(dismissed.count(work.db()).await? > 0)
}

/// Settles the open reports of what was hidden, removed or taken back.
pub(in crate::community) async fn settle_reports(work: &Work<'_>, _: &Permit, subject: Uuid) -> Result<()> {
    use report::Column;
    report::Entity::update_many()
        .col_expr(Column::Status, Expr::value(ReportStatus::Settled))
        .col_expr(Column::ClosedBy, Expr::value(work.actor.subject.clone()))
        .col_expr(Column::ClosedAt, Expr::value(work.now()))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::SubjectId.eq(subject))
        .filter(Column::Status.eq(ReportStatus::Open))
        .exec(work.db())
        .await?;
    Ok(())
}

/// Ends the open appeal about what was shown again or taken back: there is nothing left to decide.
pub(in crate::community) async fn lapse_appeals(work: &Work<'_>, _: &Permit, subject: Uuid) -> Result<()> {
    use appeal::Column;
    appeal::Entity::update_many()
        .col_expr(Column::Status, Expr::value(AppealStatus::Lapsed))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::SubjectId.eq(subject))
        .filter(Column::Status.eq(AppealStatus::Open))
        .exec(work.db())
        .await?;
    Ok(())
}
