//! Planning activities, and changing what is still to come.

use async_graphql::MaybeUndefined;
use chrono::{DateTime, Utc};
use entity::{
    activity::{ActiveModel, Column, Entity, Model},
    activity_attendance, article, coaching,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Value, json};

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
            input::{CreateActivityInput, UpdateActivityInput},
            lock::lock,
            rule::{self, ActivityKind},
            state::ActivityStatus,
            view::{Activity, ActivityId},
        },
        group::{lock::lock as lock_community, view::CommunityId},
        series::{clash, engagements::Engagements},
    },
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        patch,
        text::Reason,
        version,
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
        let times = times.filter(|times| founded(times, &held.row, &mut faults));
        let despite = despite(input.despite_clashes.as_deref(), &mut faults);
        let texts = [
            ("/title", Some(input.title.as_str())),
            ("/description", input.description.as_deref()),
            ("/place", input.place.as_deref()),
        ];
        guard(input.kind, &texts, &mut faults);
        faults.done()?;
        let (Some(title), Some(description), Some(place), Some(times)) = (title, description, place, times)
        else {
            return Err(Error::invalid("", "invalid"));
        };
        require_free(work, &held.row, Slot { id: None, kind: input.kind, times: &times }, despite.as_ref())
            .await?;
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
            detail: None,
            held_at: None,
            reported_at: None,
            reported_by: None,
            attended: 0,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, row, despite).await
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
        let moves = |times: &SessionTimes| (times.starts_at, times.ends_at) != (row.starts_at, row.ends_at);
        let times = times.filter(|times| !moves(times) || founded(times, &found.community.row, &mut faults));
        let despite = despite(self.input.despite_clashes.as_deref(), &mut faults);
        self.check_kind(work, &row, &change, &mut faults).await?;
        faults.done()?;
        let Some(times) = times else { return Err(Error::invalid("", "invalid")) };
        if !change.is_changed() {
            return row.try_into();
        }
        let retimed = moves(&times);
        if retimed {
            require_nobody_there(work, &row).await?;
            change.minutes = Set(whole_minutes(&times)?);
        }
        // A lesson that is watched asks for no free time; what it becomes does.
        if retimed || (change.kind.is_set() && row.kind == ActivityKind::PeerObservation.as_str()) {
            let kind = change.kind.try_as_ref().map_or(Ok(row.kind.as_str()), |kind| Ok(kind.as_str()));
            let kind = kind.and_then(ActivityKind::parse);
            let kind = kind.map_err(|f| Error::internal("activity.kind", f.code))?;
            let slot = Slot { id: Some(row.id), kind, times: &times };
            require_free(work, &found.community.row, slot, despite.as_ref()).await?;
        }
        if retimed || change.place.is_set() || change.timezone.is_set() {
            change.revision = Set(row.revision + 1);
        }
        let row = update(work, &permit, &row, change).await?;
        work.emit(happened("activity.updated", &row, in_spite(despite))).await?;
        row.try_into()
    }
}

impl UpdateActivity {
    /// That another kind leaves nothing behind that was particular to the one before, and that no text names a
    /// pupil where pupils lead.
    async fn check_kind(
        &self,
        work: &Work<'_>,
        row: &Model,
        change: &ActiveModel,
        faults: &mut Faults,
    ) -> Result<()> {
        let kind = ActivityKind::parse(change.kind.as_ref())
            .map_err(|f| Error::internal("activity.kind", f.code))?;
        if kind.as_str() != row.kind {
            let is_bare = row.detail.is_none() && !has_more(work, row).await?;
            faults.require(is_bare, "/kind", "activity_has_detail");
        }
        let texts = [
            ("/title", Some(change.title.as_ref().as_str())),
            ("/description", change.description.as_ref().as_deref()),
            ("/place", change.place.as_ref().as_deref()),
        ];
        guard(kind, &texts, faults);
        Ok(())
    }

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

/// Whether articles were shared at it, a coaching was written down, or somebody came to a coaching: who did is for the
/// two alone.
async fn has_more(work: &Work<'_>, row: &Model) -> Result<bool> {
    if row.kind == ActivityKind::Coaching.as_str() && present(work.db(), row.id).await? > 0 {
        return Ok(true);
    }
    let articles =
        article::Entity::find().filter(article::Column::ActivityId.eq(row.id)).count(work.db()).await?;
    Ok(articles > 0 || coaching::Entity::find_by_id(row.id).count(work.db()).await? > 0)
}

/// Whoever is recorded was there at the times as they are.
async fn require_nobody_there(work: &Work<'_>, row: &Model) -> Result<()> {
    let recorded = activity_attendance::Entity::find()
        .filter(activity_attendance::Column::ActivityId.eq(row.id))
        .count(work.db())
        .await?;
    if recorded == 0 { Ok(()) } else { Err(Error::conflict("activity_has_attendance")) }
}

/// Whether it takes place after its community was founded; why not is then among the faults.
fn founded(times: &SessionTimes, community: &entity::community::Model, faults: &mut Faults) -> bool {
    match rule::require_founded(times, community.created_at) {
        Ok(()) => true,
        Err(fault) => {
            faults.push(fault);
            false
        }
    }
}

/// Why it takes place although members teach then; none where nobody said.
fn despite(raw: Option<&str>, faults: &mut Faults) -> Option<Reason> {
    faults.take("/despiteClashes", raw.map(Reason::parse).transpose()).flatten()
}

/// What is told of a reason in spite of clashes.
fn in_spite(despite: Option<Reason>) -> Value {
    despite.map_or_else(|| json!({}), |reason| json!({ "despiteClashes": reason.as_str() }))
}

/// When an activity shall take place.
struct Slot<'a> {
    /// Which one; none for a new one.
    id: Option<uuid::Uuid>,
    kind: ActivityKind,
    times: &'a SessionTimes,
}

/// That the community has nothing else to do then, and that nobody misses lessons for what is still to come,
/// unless a reason was given, as for a series. Lessons are watched in lessons, by two: neither is asked of them.
///
/// # Errors
/// `activity_double_booked` with its `title`; `meetings_clash_with_teaching`.
async fn require_free(
    work: &Work<'_>,
    community: &entity::community::Model,
    slot: Slot<'_>,
    despite: Option<&Reason>,
) -> Result<()> {
    let observation = ActivityKind::PeerObservation;
    if slot.kind == observation {
        return Ok(());
    }
    let meanwhile = Entity::find()
        .filter(Column::CommunityId.eq(community.id))
        .filter(Column::Status.ne(ActivityStatus::Cancelled))
        .filter(Column::Kind.ne(observation))
        .filter(Column::StartsAt.lt(slot.times.ends_at))
        .filter(Column::EndsAt.gt(slot.times.starts_at))
        .order_by_asc(Column::StartsAt)
        .limit(2)
        .all(work.db())
        .await?;
    if let Some(other) = meanwhile.iter().find(|other| Some(other.id) != slot.id) {
        let fault = Fault::new("", "activity_double_booked").with("title", &other.title);
        return Err(Error::conflict_with(fault));
    }
    if slot.times.starts_at <= work.now() || despite.is_some() {
        return Ok(());
    }
    let window = (slot.times.starts_at, slot.times.ends_at);
    let clashes = Engagements::of(work.db(), community, window).await?.clashes(slot.times);
    match clash::refusal(&[clashes], slot.times.zone) {
        Some(fault) => Err(Error::conflict_with(fault)),
        None => Ok(()),
    }
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model, despite: Option<Reason>) -> Result<Activity> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    work.emit(happened("activity.created", &row, in_spite(despite))).await?;
    row.try_into()
}
