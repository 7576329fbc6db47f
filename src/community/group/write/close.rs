//! Ending a community. Nothing ends silently with it: what was planned is cancelled, who asked or was invited
//! is answered, and offices end, each with its own event.

use entity::{activity, community_office, meeting_series, membership};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::{happened, update_row, view};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        group::{
            input::CloseCommunityInput,
            lock::lock,
            view::{Community, CommunityId},
        },
        membership::{state::MembershipStatus, write::happened as membership_happened},
        office::write::happened as office_happened,
        series::input::Draft,
    },
    foundation::{
        error::{Error, Fault, Result},
        event::Event,
        text::Reason,
    },
};

/// Ends a community for good.
pub struct CloseCommunity {
    /// Which one.
    pub id: CommunityId,
    /// Why.
    pub input: CloseCommunityInput,
}

impl Command for CloseCommunity {
    type Output = Community;
    const ACTION: Action = Action::CommunityClose;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Community> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place_of_chair(work).await?)?;
        work.expect(held.row.version)?;
        let next = held.status.close()?;
        let reason = Reason::parse(&self.input.reason)
            .map_err(|fault| Error::Invalid(vec![Fault { pointer: "/reason".to_owned(), ..fault }]))?;
        require_reported(work, held.row.id).await?;
        let mut change = held.row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(Some(reason.as_str().to_owned()));
        change.status_since = Set(work.now());
        let mut told = cancel_activities(work, &permit, held.row.id, &reason).await?;
        told.extend(end_series(work, &permit, held.row.id, &held.row.region_code).await?);
        told.extend(answer(work, &permit, held.row.id, &held.row.region_code, &reason).await?);
        told.extend(end_offices(work, &permit, held.row.id, &held.row.region_code).await?);
        let row = update_row(work, &permit, &held.row, change).await?;
        let view = view(work, row.id).await?;
        work.emit(happened("community.closed", &row)).await?;
        for event in told {
            work.emit(event).await?;
        }
        Ok(view)
    }
}

/// That nothing which took place waits for its report: with the offices the right to write it ends, and those who
/// were there would have been there for nothing.
async fn require_reported(work: &Work<'_>, of: Uuid) -> Result<()> {
    let begun =
        Condition::all().add(activity::Column::Status.eq("planned")).add(activity::Column::Attended.gt(0));
    let due = activity::Entity::find()
        .filter(activity::Column::CommunityId.eq(of))
        .filter(Condition::any().add(activity::Column::Status.eq("held")).add(begun))
        .count(work.db())
        .await?;
    if due == 0 {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "community_reports_due").with("count", due)))
}

async fn cancel_activities(work: &Work<'_>, _: &Permit, of: Uuid, reason: &Reason) -> Result<Vec<Event>> {
    let planned = activity::Entity::find()
        .filter(activity::Column::CommunityId.eq(of))
        .filter(activity::Column::Status.eq("planned"))
        .order_by_asc(activity::Column::Id)
        .all(work.db())
        .await?;
    activity::Entity::update_many()
        .col_expr(activity::Column::Status, Expr::value("cancelled"))
        .col_expr(activity::Column::StatusReason, Expr::value(reason.as_str()))
        .col_expr(activity::Column::Revision, Expr::col(activity::Column::Revision).add(1))
        .col_expr(activity::Column::Version, Expr::col(activity::Column::Version).add(1))
        .col_expr(activity::Column::UpdatedAt, Expr::value(work.now()))
        .filter(activity::Column::CommunityId.eq(of))
        .filter(activity::Column::Status.eq("planned"))
        .exec(work.db())
        .await?;
    let event = |row: activity::Model| {
        Event::new("activity.cancelled", "activity", row.id, row.version + 1)
            .in_region(Some(row.region_code))
            .with(json!({
                "communityId": row.community_id,
                "kind": row.kind,
                "title": row.title,
                "startsAt": row.starts_at,
                "status": "cancelled",
                "reason": reason.as_str(),
            }))
    };
    Ok(planned.into_iter().map(event).collect())
}

async fn end_series(work: &Work<'_>, _: &Permit, of: Uuid, region: &str) -> Result<Vec<Event>> {
    let running = meeting_series::Entity::find()
        .filter(meeting_series::Column::CommunityId.eq(of))
        .filter(meeting_series::Column::Status.ne("ended"))
        .order_by_asc(meeting_series::Column::Id)
        .all(work.db())
        .await?;
    let mut told = Vec::with_capacity(running.len());
    for row in running {
        let version = row.version + 1;
        // Calendars that people subscribed to go by the rule.
        let rule = Draft::stored(&row)?.rhythm.rule().ending(work.now()).to_string();
        let mut change = row.into_active_model();
        change.rule = Set(rule);
        change.status = Set("ended".to_owned());
        change.version = Set(version);
        change.updated_at = Set(work.now());
        let row = change.update(work.db()).await?;
        let event = Event::new("meeting_series.ended", "meeting_series", row.id, row.version);
        told.push(
            event
                .in_region(Some(region))
                .with(json!({ "communityId": row.community_id, "title": row.title, "status": row.status })),
        );
    }
    Ok(told)
}

/// Refuses who asked, and takes invitations back.
async fn answer(work: &Work<'_>, _: &Permit, of: Uuid, region: &str, reason: &Reason) -> Result<Vec<Event>> {
    let open = membership::Entity::find()
        .filter(membership::Column::CommunityId.eq(of))
        .filter(membership::Column::Status.is_in([MembershipStatus::Requested, MembershipStatus::Invited]))
        .order_by_asc(membership::Column::Id)
        .all(work.db())
        .await?;
    let mut told = Vec::with_capacity(open.len());
    for row in open {
        let mut change = row.clone().into_active_model();
        change.status = Set(MembershipStatus::Refused.as_str().to_owned());
        change.reason = Set(Some(reason.as_str().to_owned()));
        change.ended_at = Set(Some(work.now()));
        change.version = Set(row.version + 1);
        change.updated_at = Set(work.now());
        let row = work.save(&row, change).await?;
        told.push(membership_happened("membership.refused", region, &row));
    }
    Ok(told)
}

async fn end_offices(work: &Work<'_>, _: &Permit, of: Uuid, region: &str) -> Result<Vec<Event>> {
    let held = community_office::Entity::find()
        .filter(community_office::Column::CommunityId.eq(of))
        .filter(community_office::Column::EndedAt.is_null())
        .order_by_asc(community_office::Column::Id)
        .all(work.db())
        .await?;
    let mut told = Vec::with_capacity(held.len());
    for row in held {
        let mut change = row.clone().into_active_model();
        change.ended_at = Set(Some(work.now()));
        change.version = Set(row.version + 1);
        change.updated_at = Set(work.now());
        let row = work.save(&row, change).await?;
        told.push(office_happened("office.ended", region, &row));
    }
    Ok(told)
}
