//! Who teaches a session: the competence gate, one place at a time, and the burden ledger.

use entity::{
    person, session,
    session_teacher::{ActiveModel, Entity, Model},
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, ModelTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    Locked, announce, has_attendance,
    load::{self, Load},
    lock, lock_resource_persons, update, view,
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    directory::{person::rule::require_held, restriction},
    foundation::{
        error::{Error, Fault, Result},
        language::Language,
    },
    training::{
        batch::{
            lock::{place, status},
            rule::BatchKind,
            state::BatchStatus,
        },
        enrolment::read::require_no_participant,
        session::{
            clash,
            gate::Gate,
            input::{AssignSessionTeacherInput, UnassignSessionTeacherInput},
            read::times,
            view::{Session, SessionId},
        },
        warning::Warning,
    },
};

/// Lets a resource person teach a session.
pub struct AssignSessionTeacher {
    /// Which session.
    pub id: SessionId,
    /// Who.
    pub input: AssignSessionTeacherInput,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for AssignSessionTeacher {
    type Output = Session;
    const ACTION: Action = Action::SessionAssign;

    async fn run(&self, work: &Work<'_>) -> Result<Session> {
        let Locked { batch, row } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&batch))?;
        work.expect(row.version)?;
        status(&batch)?.require_planning()?;
        let reason = load::reason(self.input.override_reason.as_deref())?;
        let teacher = self.teacher(work).await?;
        load::require_competence(work, &batch, self.resource_person()).await?;
        require_no_participant(work.db(), batch.id, teacher.id).await?;
        if Entity::find_by_id((row.id, self.resource_person())).one(work.db()).await?.is_some() {
            return Err(Error::conflict("teacher_already_assigned"));
        }
        let times = times(&row)?;
        let load = Load { session: row.id, times: &times, person: &teacher };
        let named = load.named_override(work, reason.as_ref()).await?;
        let burden = load.check(work, named.as_ref()).await?;
        let kept = named.filter(|_| burden.is_some_and(|burden| burden.overridden));
        let entry = Model {
            session_id: row.id,
            resource_person_id: self.resource_person(),
            person_id: teacher.id,
            term: load.term().to_string(),
            minutes: row.minutes,
            override_by: kept.as_ref().map(|o| o.by.clone()),
            override_reason: kept.map(|o| o.reason.as_str().to_owned()),
            created_at: work.now(),
        };
        let (row, entry) = insert(work, &permit, &row, entry).await?;
        let past_cap = burden.and_then(|burden| burden.warning());
        let clashes = clash::warning(work.db(), batch.id, std::slice::from_ref(&row)).await?;
        let mut view = view(work, row.clone()).await?;
        view.warnings = [past_cap, clashes].iter().flatten().map(|f| Warning::of(f, self.language)).collect();
        let more = json!({ "resourcePersonId": entry.resource_person_id, "overrideBy": entry.override_by });
        announce(work, "session.assigned", &batch, &row, more).await?;
        Ok(view)
    }
}

impl AssignSessionTeacher {
    fn resource_person(&self) -> Uuid {
        self.input.resource_person_id.uuid()
    }

    /// The human behind the resource person, whose ledger is held still from now on.
    async fn teacher(&self, work: &Work<'_>) -> Result<person::Model> {
        let found = lock_resource_persons(work, vec![self.resource_person()]).await?.pop();
        let Some(found) = found else {
            return Err(Error::invalid("/resourcePersonId", "reference_unknown"));
        };
        let person = person::Entity::find_by_id(found.person_id).one(work.db()).await?;
        let person =
            person.ok_or_else(|| Error::internal("the person of a resource person", "is missing"))?;
        require_held(person.erased_at)?;
        restriction::require_use(work.actor, &person)?;
        Ok(person)
    }
}

/// Takes a resource person off a session.
pub struct UnassignSessionTeacher {
    /// Which session.
    pub id: SessionId,
    /// Who.
    pub input: UnassignSessionTeacherInput,
}

impl Command for UnassignSessionTeacher {
    type Output = Session;
    const ACTION: Action = Action::SessionUnassign;

    async fn run(&self, work: &Work<'_>) -> Result<Session> {
        let Locked { batch, row } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&batch))?;
        work.expect(row.version)?;
        let status = status(&batch)?;
        status.require_planning()?;
        let entry = Entity::find_by_id((row.id, self.input.resource_person_id.uuid())).one(work.db()).await?;
        let Some(entry) = entry else { return Err(Error::conflict("teacher_not_assigned")) };
        if has_attendance(work, row.id).await? {
            return Err(Error::conflict("session_has_attendance"));
        }
        if status == BatchStatus::Running && batch.kind == BatchKind::Direct.as_str() {
            let gate = Gate::of(work.db(), &batch, std::slice::from_ref(&row), work.now()).await?;
            if gate.hangs_on(row.id, entry.resource_person_id) {
                return Err(Error::conflict_with(
                    Fault::new("", "session_without_resource_person").with("sessions", 1),
                ));
            }
        }
        let more = json!({ "resourcePersonId": entry.resource_person_id });
        let row = delete(work, &permit, &row, entry).await?;
        let view = view(work, row.clone()).await?;
        announce(work, "session.unassigned", &batch, &row, more).await?;
        Ok(view)
    }
}

async fn insert(
    work: &Work<'_>,
    permit: &Permit,
    row: &session::Model,
    entry: Model,
) -> Result<(session::Model, Model)> {
    Entity::insert(ActiveModel::from(entry.clone())).exec_without_returning(work.db()).await?;
    Ok((renew(work, permit, row).await?, entry))
}

async fn delete(
    work: &Work<'_>,
    permit: &Permit,
    row: &session::Model,
    entry: Model,
) -> Result<session::Model> {
    entry.delete(work.db()).await?;
    renew(work, permit, row).await
}

/// A new version of a session whose row stays but whose teachers changed.
async fn renew(work: &Work<'_>, permit: &Permit, row: &session::Model) -> Result<session::Model> {
    let mut change = row.clone().into_active_model();
    change.title = Set(row.title.clone());
    update(work, permit, row, change).await
}
