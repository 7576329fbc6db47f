//! Planning activities, and changing what is still to come.

use async_graphql::MaybeUndefined;
use chrono::{DateTime, Utc};
use entity::{
    activity::{ActiveModel, Entity, Model},
    activity_attendance,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
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
            input::{CreateActivityInput, UpdateActivityInput},
            lock::lock,
            rule,
            state::ActivityStatus,
            view::{Activity, ActivityId},
        },
        group::{lock::lock as lock_community, view::CommunityId},
    },
    foundation::{
        dates,
        error::{Error, Faults, Result},
        patch, version,
    },
    training::session::rule::{SessionTimes, SessionZone},
};

/// Puts an activity into a community's plan.
pub struct CreateActivity {
    /// Of which community.
    pub community: CommunityId,
    /// What it is.
    pub input: CreateActivityInput,
}

impl Command for CreateActivity {
    type Output = Activity;
    const ACTION: Action = Action::ActivityCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Activity> {
        let held = lock_community(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let input = &self.input;
        let mut faults = Faults::new();
        let title = faults.take("/title", rule::title(&input.title));
        let description =
            faults.take("/description", rule::description(input.description.as_deref().unwrap_or_default()));
        let place = faults.take("/place", input.place.as_deref().map(rule::place).transpose());
        let starts = faults.take("/startsAt", dates::instant(input.starts_at));
        let ends = faults.take("/endsAt", dates::instant(input.ends_at));
        let zone = input.timezone.as_deref().unwrap_or(&held.row.timezone);
        let zone = faults.take("/timezone", SessionZone::parse(zone));
        let times = checked(starts, ends, zone, work.now(), &mut faults);
        faults.done()?;
        let (Some(title), Some(description), Some(place), Some(times)) = (title, description, place, times)
        else {
            return Err(Error::invalid("", "invalid"));
        };
        let row = Model {
            id: work.new_id(),
            community_id: held.row.id,
            region_code: held.row.region_code,
            series_id: None,
            occurrence: None,
            kind: input.kind.as_str().to_owned(),
            title,
            description,
            starts_at: times.starts_at,
            ends_at: times.ends_at,
            timezone: times.zone.as_str().to_owned(),
            minutes: whole_minutes(&times)?,
            place,
            mode: input.mode.as_str().to_owned(),
            status: ActivityStatus::Planned.as_str().to_owned(),
            status_reason: None,
            revision: 0,
            notes: None,
            held_at: None,
            reported_at: None,
            reported_by: None,
            attended: 0,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, row).await
    }
}

/// Changes an activity that is still to come.
pub struct UpdateActivity {
    /// Which one.
    pub id: ActivityId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateActivityInput,
}

impl Command for UpdateActivity {
    type Output = Activity;
    const ACTION: Action = Action::ActivityUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Activity> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &found.community.place)?;
        version::check(self.version, found.row.version)?;
        found.community.status.require_alive()?;
        found.status.require_planned()?;
        let row = found.row;
        let mut faults = Faults::new();
        let mut change = row.clone().into_active_model();
        let times = self.apply(&row, &mut change, work.now(), &mut faults);
        faults.done()?;
        let Some(times) = times else { return Err(Error::invalid("", "invalid")) };
        if !change.is_changed() {
            return row.try_into();
        }
        let retimed = (times.starts_at, times.ends_at) != (row.starts_at, row.ends_at);
        if retimed {
            require_nobody_there(work, &row).await?;
            change.minutes = Set(whole_minutes(&times)?);
        }
        if retimed || change.place.is_set() || change.timezone.is_set() {
            change.revision = Set(row.revision + 1);
        }
        let row = update(work, &permit, &row, change).await?;
        work.emit(happened("activity.updated", &row, json!({}))).await?;
        row.try_into()
    }
}

impl UpdateActivity {
    /// Puts what is said and sound into `change`, and what is not into `faults`. Times that stay are not
    /// held to the plan's limits again.
    fn apply(
        &self,
        row: &Model,
        change: &mut ActiveModel,
        now: DateTime<Utc>,
        faults: &mut Faults,
    ) -> Option<SessionTimes> {
        let input = &self.input;
        if let Some(kind) = patch::required(faults, "/kind", &input.kind, |kind| Ok(*kind)) {
            change.kind.set_if_not_equals(kind.as_str().to_owned());
        }
        if let Some(title) = patch::required(faults, "/title", &input.title, |raw| rule::title(raw)) {
            change.title.set_if_not_equals(title);
        }
        let description = |raw: &String| rule::description(raw);
        if let Some(said) = patch::optional(faults, "/description", &input.description, description) {
            change.description.set_if_not_equals(said.flatten());
        }
        if let Some(place) = patch::optional(faults, "/place", &input.place, |raw| rule::place(raw)) {
            change.place.set_if_not_equals(place);
        }
        if let Some(mode) = patch::required(faults, "/mode", &input.mode, |mode| Ok(*mode)) {
            change.mode.set_if_not_equals(mode.as_str().to_owned());
        }
        let stays = |field: &MaybeUndefined<_>, at| field.is_undefined().then_some(at);
        let starts = patch::required(faults, "/startsAt", &input.starts_at, |at| dates::instant(*at))
            .or(stays(&input.starts_at, row.starts_at));
        let ends = patch::required(faults, "/endsAt", &input.ends_at, |at| dates::instant(*at))
            .or(stays(&input.ends_at, row.ends_at));
        let kept = MaybeUndefined::Value(row.timezone.clone());
        let zone = if input.timezone.is_undefined() { &kept } else { &input.timezone };
        let zone = patch::required(faults, "/timezone", zone, |raw| SessionZone::parse(raw))?;
        let times = if (starts, ends) == (Some(row.starts_at), Some(row.ends_at)) {
            SessionTimes { starts_at: row.starts_at, ends_at: row.ends_at, zone }
        } else {
            checked(starts, ends, Some(zone), now, faults)?
        };
        change.starts_at.set_if_not_equals(times.starts_at);
        change.ends_at.set_if_not_equals(times.ends_at);
        change.timezone.set_if_not_equals(times.zone.as_str().to_owned());
        Some(times)
    }
}

/// Sound times; none when a part is unknown or they make no sense: why is then among the faults.
fn checked(
    starts: Option<DateTime<Utc>>,
    ends: Option<DateTime<Utc>>,
    zone: Option<SessionZone>,
    now: DateTime<Utc>,
    faults: &mut Faults,
) -> Option<SessionTimes> {
    match rule::times(starts?, ends?, zone?, now) {
        Ok(times) => Some(times),
        Err(found) => {
            found.into_iter().for_each(|fault| faults.push(fault));
            None
        }
    }
}

fn whole_minutes(times: &SessionTimes) -> Result<i32> {
    i32::try_from(times.minutes()).map_err(|e| Error::internal("the minutes of an activity", e))
}

/// Whoever is recorded was there at the times as they are.
async fn require_nobody_there(work: &Work<'_>, row: &Model) -> Result<()> {
    let recorded = activity_attendance::Entity::find()
        .filter(activity_attendance::Column::ActivityId.eq(row.id))
        .count(work.db())
        .await?;
    if recorded == 0 { Ok(()) } else { Err(Error::conflict("activity_has_attendance")) }
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<Activity> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    work.emit(happened("activity.created", &row, json!({}))).await?;
    row.try_into()
}
