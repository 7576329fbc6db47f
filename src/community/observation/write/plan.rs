//! Proposing a peer observation, agreeing to it, changing it, and calling it off.

use chrono::{DateTime, Utc};
use entity::{
    activity,
    observation::{Entity, Model},
    observation_instrument,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, TryIntoModel,
};
use serde_json::json;
use uuid::Uuid;

use super::{announced, lock, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{
        activity::rule::ActivityKind,
        group::{
            lock::{self as community_lock, is_member},
            view::CommunityId,
        },
        identity,
        observation::{
            input::{CancelObservationInput, PlanObservationInput, UpdateObservationInput},
            instrument::{state::InstrumentStatus, view as instrument_view},
            rule::{FOCUS, GRADE, SUBJECT},
            state::ObservationStatus,
            view::{Observation, ObservationId},
        },
    },
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        patch,
        text::Reason,
        version,
    },
};

/// Proposes a peer observation.
pub struct PlanObservation {
    /// In which community.
    pub community: CommunityId,
    /// What is proposed.
    pub input: PlanObservationInput,
}

impl Command for PlanObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationPlan;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let held = community_lock::lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let (input, community) = (&self.input, held.row.id);
        let (observer, observed) = (input.observer_id.uuid(), input.observed_id.uuid());
        let mut faults = Faults::new();
        faults.require(observer != observed, "/observedId", "observation_of_oneself");
        let caller = work.actor.person().filter(|caller| [observer, observed].contains(caller));
        faults.require(caller.is_some(), "/observerId", "observation_of_others");
        for (pointer, person) in [("/observerId", observer), ("/observedId", observed)] {
            faults.require(is_member(work.db(), community, person).await?, pointer, "colleague_not_a_member");
        }
        let focus = faults.take("/focus", identity::several_lines(&input.focus, FOCUS));
        let lesson_at = faults.take("/lessonAt", dates::instant(input.lesson_at));
        let subject = faults.take("/subject", identity::line(&input.subject, SUBJECT));
        let grade = faults.take("/grade", identity::line(&input.grade, GRADE));
        let links = Links {
            school: input.school_id.map(Into::into),
            instrument: input.instrument_id.map(Into::into),
            activity: input.activity_id.map(Into::into),
        };
        links.check(work, community, &mut faults).await?;
        faults.done()?;
        let (Some(caller), Some(focus), Some(lesson_at), Some(subject), Some(grade)) =
            (caller, focus, lesson_at, subject, grade)
        else {
            return Err(Error::invalid("", "invalid"));
        };
        let row = Model {
            id: work.new_id(),
            community_id: community,
            activity_id: links.activity,
            observer_id: observer,
            observed_id: observed,
            proposed_by_id: caller,
            agreed_at: None,
            instrument_id: links.instrument,
            school_id: links.school,
            lesson_at,
            subject,
            grade,
            focus,
            status: ObservationStatus::Planned.as_str().to_owned(),
            status_reason: None,
            evidence: None,
            ratings: json!([]),
            feedback: None,
            reflection: None,
            observer_shared_at: None,
            observed_shared_at: None,
            reflection_shared_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, held.row.region_code, row).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, region: String, row: Model) -> Result<Observation> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    announced(work, "observation.planned", region, row).await
}

/// What a plan refers to.
#[derive(Default)]
struct Links {
    school: Option<Uuid>,
    instrument: Option<Uuid>,
    activity: Option<Uuid>,
}

impl Links {
    /// That each is there, and fits.
    async fn check(&self, work: &Work<'_>, community: Uuid, faults: &mut Faults) -> Result<()> {
        if let Some(id) = self.school {
            let known = scope::schools().filter(entity::school::Column::Id.eq(id)).count(work.db()).await?;
            faults.require(known > 0, "/schoolId", "reference_unknown");
        }
        if let Some(id) = self.instrument {
            let seen = scope::observation_instruments(work.actor)?
                .filter(observation_instrument::Column::Id.eq(id))
                .one(work.db())
                .await?
                .filter(|row| row.community_id.is_none_or(|owner| owner == community));
            match seen {
                None => faults.push(Fault::new("/instrumentId", "reference_unknown")),
                Some(row) => {
                    let status = instrument_view::status(&row)?;
                    if status != InstrumentStatus::Published {
                        let fault = Fault::new("/instrumentId", "instrument_not_published");
                        faults.push(fault.with("status", status));
                    }
                }
            }
        }
        if let Some(id) = self.activity {
            match activity_of(work.db(), community, id).await? {
                None => faults.push(Fault::new("/activityId", "reference_unknown")),
                Some(kind) => faults.require(
                    kind == ActivityKind::PeerObservation.as_str(),
                    "/activityId",
                    "activity_not_peer_observation",
                ),
            }
        }
        Ok(())
    }
}

/// The kind of an activity of this community; members see all of its activities.
async fn activity_of(db: &impl ConnectionTrait, community: Uuid, id: Uuid) -> Result<Option<String>> {
    let found =
        activity::Entity::find_by_id(id).filter(activity::Column::CommunityId.eq(community)).one(db).await?;
    Ok(found.map(|row| row.kind))
}

/// Agrees to what the other of the two proposed.
pub struct AcceptObservation(pub ObservationId);

impl Command for AcceptObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationAccept;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        work.expect(locked.row.version)?;
        locked.status.require_planned()?;
        if locked.row.agreed_at.is_some() {
            return Err(Error::conflict("observation_already_agreed"));
        }
        if work.actor.person() == Some(locked.row.proposed_by_id) {
            return Err(Error::conflict("observation_own_proposal"));
        }
        let mut change = locked.row.clone().into_active_model();
        change.agreed_at = Set(Some(work.now()));
        update(work, &permit, &locked, change, "observation.accepted").await
    }
}

/// Changes a plan. The other of the two agrees anew: a yes is to a plan as it was.
pub struct UpdateObservation {
    /// Which one.
    pub id: ObservationId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateObservationInput,
}

impl Command for UpdateObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        version::check(self.version, locked.row.version)?;
        locked.status.require_planned()?;
        let mut change = locked.row.clone().into_active_model();
        self.apply(work, locked.row.community_id, &mut change).await?;
        if change.clone().try_into_model()? == locked.row {
            let shown = super::read::shown(work.db(), work.actor, vec![locked.row]).await?.pop();
            return shown.ok_or(Error::NotFound("observation"));
        }
        change.agreed_at = Set(None);
        if let Some(caller) = work.actor.person() {
            change.proposed_by_id = Set(caller);
        }
        update(work, &permit, &locked, change, "observation.updated").await
    }
}

impl UpdateObservation {
    async fn apply(
        &self,
        work: &Work<'_>,
        community: Uuid,
        change: &mut entity::observation::ActiveModel,
    ) -> Result<()> {
        let (input, mut faults) = (&self.input, Faults::new());
        let focus =
            patch::required(&mut faults, "/focus", &input.focus, |raw| identity::several_lines(raw, FOCUS));
        let lesson_at: Option<DateTime<Utc>> =
            patch::required(&mut faults, "/lessonAt", &input.lesson_at, |at| dates::instant(*at));
        let subject =
            patch::required(&mut faults, "/subject", &input.subject, |raw| identity::line(raw, SUBJECT));
        let grade = patch::required(&mut faults, "/grade", &input.grade, |raw| identity::line(raw, GRADE));
        let school = patch::optional(&mut faults, "/schoolId", &input.school_id, |id| Ok(id.uuid()));
        let instrument =
            patch::optional(&mut faults, "/instrumentId", &input.instrument_id, |id| Ok(id.uuid()));
        let activity = patch::optional(&mut faults, "/activityId", &input.activity_id, |id| Ok(id.uuid()));
        let links = Links {
            school: school.flatten(),
            instrument: instrument.flatten(),
            activity: activity.flatten(),
        };
        links.check(work, community, &mut faults).await?;
        faults.done()?;
        if let Some(focus) = focus {
            change.focus = Set(focus);
        }
        if let Some(lesson_at) = lesson_at {
            change.lesson_at = Set(lesson_at);
        }
        if let Some(subject) = subject {
            change.subject = Set(subject);
        }
        if let Some(grade) = grade {
            change.grade = Set(grade);
        }
        if let Some(school) = school {
            change.school_id = Set(school);
        }
        if let Some(instrument) = instrument {
            change.instrument_id = Set(instrument);
        }
        if let Some(activity) = activity {
            change.activity_id = Set(activity);
        }
        Ok(())
    }
}

/// Calls a planned observation off.
pub struct CancelObservation {
    /// Which one.
    pub id: ObservationId,
    /// Why.
    pub input: CancelObservationInput,
}

impl Command for CancelObservation {
    type Output = Observation;
    const ACTION: Action = Action::ObservationCancel;

    async fn run(&self, work: &Work<'_>) -> Result<Observation> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place)?;
        work.expect(locked.row.version)?;
        let next = locked.status.cancel()?;
        let mut faults = Faults::new();
        let reason = Reason::parse(&self.input.reason).and_then(|reason| {
            if identity::suspects(reason.as_str()) {
                return Err(Fault::new("", "child_identity_suspected"));
            }
            Ok(reason)
        });
        let reason = faults.take("/reason", reason);
        faults.done()?;
        let mut change = locked.row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(reason.map(|reason| reason.as_str().to_owned()));
        update(work, &permit, &locked, change, "observation.cancelled").await
    }
}
