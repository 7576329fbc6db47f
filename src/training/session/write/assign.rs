//! Who teaches a session: the competence gate, one place at a time, and the burden ledger.

use entity::{
    batch, competence, person, session,
    session_teacher::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, PaginatorTrait, QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::{Locked, announce, has_attendance, lock, lock_resource_persons, update, view};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
    },
    directory::resource_person::rule::{CompetenceStatus, may_teach},
    foundation::{
        error::{Error, Fault, Result},
        language::Language,
        text::Reason,
    },
    training::{
        batch::{
            lock::{place, status},
            rule::BatchKind,
            state::BatchStatus,
        },
        session::{
            burden::{self, Burden, BurdenOverride, Term},
            clash,
            input::{AssignSessionTeacherInput, UnassignSessionTeacherInput},
            ledger,
            read::times,
            rule::SessionTimes,
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
        status(&batch)?.require_planning()?;
        let reason = self.reason()?;
        let teacher = self.teacher(work).await?;
        self.require_competence(work, &batch).await?;
        if Entity::find_by_id((row.id, self.resource_person())).one(work.db()).await?.is_some() {
            return Err(Error::conflict("teacher_already_assigned"));
        }
        let times = times(&row)?;
        let load = Load { session: row.id, times: &times, person: &teacher };
        let named = self.named_override(work, &load, reason).await?;
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

    fn reason(&self) -> Result<Option<Reason>> {
        let parsed = self.input.override_reason.as_deref().map(Reason::parse).transpose();
        parsed.map_err(|fault| Error::Invalid(vec![Fault { pointer: "/overrideReason".to_owned(), ..fault }]))
    }

    /// The human behind the resource person, whose ledger is held still from now on.
    async fn teacher(&self, work: &Work<'_>) -> Result<person::Model> {
        let found = lock_resource_persons(work, vec![self.resource_person()]).await?.pop();
        let Some(found) = found else {
            return Err(Error::invalid("/resourcePersonId", "reference_unknown"));
        };
        let person = person::Entity::find_by_id(found.person_id).one(work.db()).await?;
        person.ok_or_else(|| Error::internal("the person of a resource person", "is missing"))
    }

    async fn require_competence(&self, work: &Work<'_>, batch: &batch::Model) -> Result<()> {
        let found = competence::Entity::find()
            .filter(competence::Column::ResourcePersonId.eq(self.resource_person()))
            .filter(competence::Column::ProgramId.eq(batch.program_id))
            .one(work.db())
            .await?;
        let stands = found
            .map(|row| CompetenceStatus::parse(&row.status))
            .transpose()
            .map_err(|f| Error::internal("competence.status", f.code))?;
        may_teach(self.resource_person(), stands)
    }

    /// The caller's override, where it gave a reason and one is needed; then it must have the right to.
    async fn named_override(
        &self,
        work: &Work<'_>,
        load: &Load<'_>,
        reason: Option<Reason>,
    ) -> Result<Option<BurdenOverride>> {
        let Some(reason) = reason else { return Ok(None) };
        if !load.exceeds(work).await? {
            return Ok(None);
        }
        let place = Place {
            region: load.person.region_code.clone(),
            school: load.person.school_id,
            ..Place::default()
        };
        work.permit(Action::BurdenOverride, &place)?;
        let named = BurdenOverride::new(&work.actor.subject, reason);
        named.map(Some).map_err(|fault| Error::Invalid(vec![fault]))
    }
}

/// What a session at these times means for the ledger of a person.
pub(super) struct Load<'a> {
    /// Which session.
    pub session: Uuid,
    /// When it takes place.
    pub times: &'a SessionTimes,
    /// Who teaches it.
    pub person: &'a person::Model,
}

impl Load<'_> {
    /// The term its minutes count in.
    pub fn term(&self) -> Term {
        Term::of(self.times.day())
    }

    /// Refuses a second place at the same time, and more than twice the cap without an override.
    /// Answers what it means for the ledger of a serving teacher; none for others.
    pub async fn check(&self, work: &Work<'_>, named: Option<&BurdenOverride>) -> Result<Option<Burden>> {
        if let Some(other) = ledger::overlapping(work.db(), self.person.id, self.times, self.session).await? {
            let busy = Fault::new("", "resource_person_busy").with("session", other.title);
            let at = other.starts_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            return Err(Error::conflict_with(busy.with("at", at)));
        }
        if !ledger::is_counted(self.person)? {
            return Ok(None);
        }
        let so_far = self.so_far(work).await?;
        let cap = ledger::cap(&work.services.settings)?;
        burden::add(so_far, self.times.minutes(), cap, named).map(Some)
    }

    async fn exceeds(&self, work: &Work<'_>) -> Result<bool> {
        if !ledger::is_counted(self.person)? {
            return Ok(false);
        }
        let cap = ledger::cap(&work.services.settings)?;
        Ok(burden::add(self.so_far(work).await?, self.times.minutes(), cap, None).is_err())
    }

    async fn so_far(&self, work: &Work<'_>) -> Result<i64> {
        ledger::minutes_besides(work.db(), self.person.id, self.term(), self.session).await
    }
}

/// The override that an entry of the ledger carries.
pub(super) fn kept_override(entry: &Model) -> Result<Option<BurdenOverride>> {
    let (Some(by), Some(reason)) = (&entry.override_by, &entry.override_reason) else { return Ok(None) };
    let made = Reason::parse(reason).and_then(|reason| BurdenOverride::new(by, reason));
    made.map(Some).map_err(|fault| Error::internal("a kept override", fault.code))
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
        let status = status(&batch)?;
        status.require_planning()?;
        let entry = Entity::find_by_id((row.id, self.input.resource_person_id.uuid())).one(work.db()).await?;
        let Some(entry) = entry else { return Err(Error::conflict("teacher_not_assigned")) };
        if has_attendance(work, row.id).await? {
            return Err(Error::conflict("session_has_attendance"));
        }
        if status == BatchStatus::Running && batch.kind == BatchKind::Direct.as_str() {
            let teachers = Entity::find().filter(Column::SessionId.eq(row.id)).count(work.db()).await?;
            if teachers == 1 {
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
