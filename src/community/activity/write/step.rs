//! The steps of an activity: cancelled, held, reported, and opened again.

use entity::{activity::Model, community};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use super::{happened, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        activity::{
            attendance::record::present,
            detail::rule::guard,
            input::{CancelActivityInput, ReopenActivityInput, ReportActivityInput},
            lock::{HeldActivity, lock},
            rule::{self, ActivityKind},
            view::{Activity, ActivityId},
        },
        group::{lock::Held, state::CommunityStatus},
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// Takes an activity off the plan; its members read why.
pub struct CancelActivity {
    /// Which one.
    pub id: ActivityId,
    /// Why.
    pub input: CancelActivityInput,
}

impl Command for CancelActivity {
    type Output = Activity;
    const ACTION: Action = Action::ActivityCancel;

    async fn run(&self, work: &Work<'_>) -> Result<Activity> {
        let HeldActivity { community, row, status } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        work.expect(row.version)?;
        let next = status.cancel()?;
        let reason = reason(&row, &self.input.reason)?;
        if present(work.db(), row.id).await? > 0 {
            return Err(Error::conflict("activity_has_attendance"));
        }
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(Some(reason.as_str().to_owned()));
        change.revision = Set(row.revision + 1);
        let row = update(work, &permit, &row, change).await?;
        work.emit(happened("activity.cancelled", &row, json!({ "reason": reason.as_str() }))).await?;
        row.try_into()
    }
}

/// Notes that an activity takes or took place; a dormant community wakes.
pub struct HoldActivity(pub ActivityId);

impl Command for HoldActivity {
    type Output = Activity;
    const ACTION: Action = Action::ActivityHold;

    async fn run(&self, work: &Work<'_>) -> Result<Activity> {
        let HeldActivity { community, row, status } = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        work.expect(row.version)?;
        community.status.require_alive()?;
        let next = status.hold()?;
        rule::require_begun(row.starts_at, work.now())?;
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.held_at = Set(Some(work.now()));
        let row = update(work, &permit, &row, change).await?;
        let woken = note_held(work, &permit, community, &row).await?;
        if let Some(event) = woken {
            work.emit(event).await?;
        }
        work.emit(happened("activity.held", &row, json!({}))).await?;
        row.try_into()
    }
}

/// Completes the report of an activity: its minutes, beside the attendance that is in.
pub struct ReportActivity {
    /// Which one.
    pub id: ActivityId,
    /// What came of it.
    pub input: ReportActivityInput,
}

impl Command for ReportActivity {
    type Output = Activity;
    const ACTION: Action = Action::ActivityReport;

    async fn run(&self, work: &Work<'_>) -> Result<Activity> {
        let HeldActivity { community, row, status } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        work.expect(row.version)?;
        let next = status.report()?;
        rule::require_over(row.ends_at, work.now())?;
        let mut faults = Faults::new();
        let notes = faults.take("/notes", rule::notes(&self.input.notes));
        guard(kind(&row)?, &[("/notes", notes.as_deref())], &mut faults);
        faults.done()?;
        if present(work.db(), row.id).await? == 0 {
            return Err(Error::conflict("activity_without_attendance"));
        }
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(None);
        change.notes = Set(notes);
        change.reported_at = Set(Some(work.now()));
        change.reported_by = Set(Some(work.actor.subject.clone()));
        let row = update(work, &permit, &row, change).await?;
        work.emit(happened("activity.reported", &row, json!({ "attended": row.attended }))).await?;
        row.try_into()
    }
}

/// Opens the report of an activity again, so that attendance and minutes can be put right.
pub struct ReopenActivity {
    /// Which one.
    pub id: ActivityId,
    /// Why.
    pub input: ReopenActivityInput,
}

impl Command for ReopenActivity {
    type Output = Activity;
    const ACTION: Action = Action::ActivityReopen;

    async fn run(&self, work: &Work<'_>) -> Result<Activity> {
        let HeldActivity { community, row, status } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        work.expect(row.version)?;
        let next = status.reopen()?;
        let reason = reason(&row, &self.input.reason)?;
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(Some(reason.as_str().to_owned()));
        change.reported_at = Set(None);
        change.reported_by = Set(None);
        let row = update(work, &permit, &row, change).await?;
        work.emit(happened("activity.reopened", &row, json!({ "reason": reason.as_str() }))).await?;
        row.try_into()
    }
}

fn kind(row: &Model) -> Result<ActivityKind> {
    ActivityKind::parse(&row.kind).map_err(|f| Error::internal("activity.kind", f.code))
}

fn reason(row: &Model, raw: &str) -> Result<Reason> {
    let mut faults = Faults::new();
    let reason = faults.take("/reason", Reason::parse(raw));
    guard(kind(row)?, &[("/reason", Some(raw))], &mut faults);
    faults.done()?;
    reason.ok_or_else(|| Error::invalid("/reason", "reason_missing"))
}

/// Notes on the community when its latest activity ended. One that is dormant wakes: then its own event is
/// answered. One that is forming stays so: it becomes active when its members say so.
async fn note_held(work: &Work<'_>, _: &Permit, held: Held, row: &Model) -> Result<Option<Event>> {
    let latest = held.row.last_held_at.map_or(row.ends_at, |before| before.max(row.ends_at));
    let version = held.row.version;
    let mut change = held.row.into_active_model();
    change.last_held_at = Set(Some(latest));
    let wakes = held.status == CommunityStatus::Dormant;
    if wakes {
        change.status = Set(held.status.activate()?.as_str().to_owned());
        change.status_since = Set(work.now());
        change.version = Set(version + 1);
        change.updated_at = Set(work.now());
    }
    let community: community::Model = change.update(work.db()).await?;
    Ok(wakes.then(|| {
        Event::new("community.woken", "community", community.id, community.version)
            .in_region(Some(community.region_code))
            .with(json!({ "kind": community.kind, "status": community.status, "activityId": row.id }))
    }))
}
