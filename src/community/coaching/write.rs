//! What the two write down, and whether the members of their community may read it. Each command locks the
//! community, then the activity; it answers whoever is not one of the two alike, whether there is anything or not.

use entity::coaching::{ActiveModel, Entity, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, TryIntoModel};
use serde_json::json;
use uuid::Uuid;

use super::{
    input::RecordCoachingInput,
    rule::{FOCUS, NEXT_STEPS, Pair},
    view::CoachingDetail,
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        activity::{
            detail::view::Colleague,
            lock::{HeldActivity, lock},
            rule::ActivityKind,
            view::ActivityId,
        },
        colleague, identity,
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
    },
};

/// The two of a row, and who of them shares.
fn pair(row: &Model) -> Pair {
    Pair {
        coach: row.coach_id,
        coachee: row.coachee_id,
        coach_shares: row.coach_shared_at.is_some(),
        coachee_shares: row.coachee_shared_at.is_some(),
    }
}

/// Writes down what two colleagues work on; one of them does.
pub struct RecordCoaching {
    /// At which activity.
    pub id: ActivityId,
    /// Who, and what.
    pub input: RecordCoachingInput,
}

impl Command for RecordCoaching {
    type Output = CoachingDetail;
    const ACTION: Action = Action::CoachingRecord;

    async fn run(&self, work: &Work<'_>) -> Result<CoachingDetail> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        let (coach, coachee) = (self.input.coach_id.uuid(), self.input.coachee_id.uuid());
        let two = Pair { coach, coachee, coach_shares: false, coachee_shares: false };
        let found = Entity::find_by_id(held.row.id).one(work.db()).await?;
        found.as_ref().map_or(two, pair).require(work.actor.person())?;
        require_coaching(&held)?;
        held.status.require_detail_open()?;
        let mut faults = Faults::new();
        faults.require(coach != coachee, "/coacheeId", "coaching_of_oneself");
        match &found {
            Some(row) => {
                let same = (row.coach_id, row.coachee_id) == (coach, coachee);
                faults.require(same, "/coachId", "coaching_pair_fixed");
            }
            None => {
                let members =
                    colleague::active(work.db(), held.row.community_id, vec![coach, coachee]).await?;
                faults.require(members.contains(&coach), "/coachId", "colleague_not_a_member");
                faults.require(members.contains(&coachee), "/coacheeId", "colleague_not_a_member");
            }
        }
        let focus = faults.take("/focus", identity::several_lines(&self.input.focus, FOCUS));
        let next = self.input.next_steps.as_deref().filter(|said| !said.trim().is_empty());
        let next =
            faults.take("/nextSteps", next.map(|said| identity::several_lines(said, NEXT_STEPS)).transpose());
        faults.done()?;
        let (Some(focus), Some(next_steps)) = (focus, next) else {
            return Err(Error::invalid("", "invalid"));
        };
        let row = match found {
            Some(row) => {
                let mut change = row.clone().into_active_model();
                change.focus.set_if_not_equals(focus);
                change.next_steps.set_if_not_equals(next_steps);
                if !change.is_changed() {
                    return shown(work, row).await;
                }
                // Whoever shared it shared other words: both are asked anew.
                change.coach_shared_at = Set(None);
                change.coachee_shared_at = Set(None);
                update(work, &permit, &row, change).await?
            }
            None => insert(work, &permit, &held, (coach, coachee), focus, next_steps).await?,
        };
        announced(work, "coaching.recorded", &held, row).await
    }
}

fn require_coaching(held: &HeldActivity) -> Result<()> {
    let is = held.row.kind == ActivityKind::Coaching.as_str();
    if is { Ok(()) } else { Err(Error::conflict("activity_not_coaching")) }
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    held: &HeldActivity,
    (coach_id, coachee_id): (Uuid, Uuid),
    focus: String,
    next_steps: Option<String>,
) -> Result<Model> {
    let row = Model {
        activity_id: held.row.id,
        coach_id,
        coachee_id,
        focus,
        next_steps,
        coach_shared_at: None,
        coachee_shared_at: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    Ok(row)
}

async fn update(work: &Work<'_>, _: &Permit, row: &Model, mut change: ActiveModel) -> Result<Model> {
    change.version = Set(row.version + 1);
    change.updated_at = Set(work.now());
    Ok(change.update(work.db()).await?)
}

/// Lets the members read it, as far as the caller is concerned.
pub struct ShareCoaching(pub ActivityId);

impl Command for ShareCoaching {
    type Output = CoachingDetail;
    const ACTION: Action = Action::CoachingShare;

    async fn run(&self, work: &Work<'_>) -> Result<CoachingDetail> {
        consent(work, self.0, Self::ACTION, true).await
    }
}

/// Takes that back; one of the two is enough.
pub struct UnshareCoaching(pub ActivityId);

impl Command for UnshareCoaching {
    type Output = CoachingDetail;
    const ACTION: Action = Action::CoachingUnshare;

    async fn run(&self, work: &Work<'_>) -> Result<CoachingDetail> {
        consent(work, self.0, Self::ACTION, false).await
    }
}

/// What the caller agrees to. Saying what stands there already is no fault and no event.
async fn consent(work: &Work<'_>, id: ActivityId, action: Action, shares: bool) -> Result<CoachingDetail> {
    let held = lock(work, id).await?;
    let permit = work.permit(action, &held.community.place)?;
    let found = Entity::find_by_id(held.row.id).one(work.db()).await?;
    let row = found.ok_or_else(|| Error::conflict("coaching_not_yours"))?;
    let two = pair(&row);
    two.require(work.actor.person())?;
    let mut change = row.clone().into_active_model();
    let at = |before: Option<_>| if shares { before.or(Some(work.now())) } else { None };
    if work.actor.person() == Some(two.coach) {
        change.coach_shared_at = Set(at(row.coach_shared_at));
    } else {
        change.coachee_shared_at = Set(at(row.coachee_shared_at));
    }
    if change.clone().try_into_model()? == row {
        return shown(work, row).await;
    }
    let row = update(work, &permit, &row, change).await?;
    announced(work, if shares { "coaching.shared" } else { "coaching.unshared" }, &held, row).await
}

/// Tells that something was written down: neither by whom nor what.
async fn announced(
    work: &Work<'_>,
    kind: &'static str,
    held: &HeldActivity,
    row: Model,
) -> Result<CoachingDetail> {
    let event = Event::new(kind, "coaching", row.activity_id, row.version)
        .in_region(Some(held.row.region_code.clone()))
        .with(json!({ "communityId": held.row.community_id, "activityId": row.activity_id }));
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}

/// What one of the two sees of it.
async fn shown(work: &Work<'_>, row: Model) -> Result<CoachingDetail> {
    let names = colleague::names(work.db(), vec![row.coach_id, row.coachee_id]).await?;
    let named = |id: Uuid| {
        Some(Colleague { person_id: id.into(), person_name: names.get(&id).cloned().unwrap_or_default() })
    };
    let two = pair(&row);
    Ok(CoachingDetail {
        kind: ActivityKind::Coaching,
        is_shared: two.is_shared(),
        coach_shares: two.coach_shares,
        coachee_shares: two.coachee_shares,
        coach: named(row.coach_id),
        coachee: named(row.coachee_id),
        focus: Some(row.focus),
        next_steps: row.next_steps,
    })
}
