//! What a session means for whoever teaches it: the competence gate, one place at a time, the burden ledger.

use entity::{batch, competence, person, session_teacher::Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    access::{action::Action, actor::Place, context::Work},
    directory::resource_person::rule::{CompetenceStatus, may_teach},
    foundation::{
        error::{Error, Fault, Result},
        text::Reason,
    },
    training::session::{
        burden::{self, Burden, BurdenOverride, Term},
        ledger,
        rule::SessionTimes,
    },
};

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

    /// The caller's override, where it gave a reason and one is needed; then it must have the right to.
    pub async fn named_override(
        &self,
        work: &Work<'_>,
        reason: Option<&Reason>,
    ) -> Result<Option<BurdenOverride>> {
        let Some(reason) = reason else { return Ok(None) };
        if !self.exceeds(work).await? {
            return Ok(None);
        }
        let place = Place {
            region: self.person.region_code.clone(),
            school: self.person.school_id,
            ..Place::default()
        };
        work.permit(Action::BurdenOverride, &place)?;
        let named = BurdenOverride::new(&work.actor.subject, reason.clone());
        named.map(Some).map_err(|fault| Error::Invalid(vec![fault]))
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

/// The override that an entry of the ledger carries, where it covers what the entry shall be now.
pub(super) fn kept_override(entry: &Model, load: &Load<'_>) -> Result<Option<BurdenOverride>> {
    let (Some(by), Some(reason)) = (&entry.override_by, &entry.override_reason) else { return Ok(None) };
    let term =
        Term::parse(&entry.term).map_err(|fault| Error::internal("session_teacher.term", fault.code))?;
    if !burden::covers((term, i64::from(entry.minutes)), (load.term(), load.times.minutes())) {
        return Ok(None);
    }
    let made = Reason::parse(reason).and_then(|reason| BurdenOverride::new(by, reason));
    made.map(Some).map_err(|fault| Error::internal("a kept override", fault.code))
}

/// The reason of an override, where the caller gave one.
pub(super) fn reason(raw: Option<&str>) -> Result<Option<Reason>> {
    let parsed = raw.map(Reason::parse).transpose();
    parsed.map_err(|fault| Error::Invalid(vec![Fault { pointer: "/overrideReason".to_owned(), ..fault }]))
}

/// That a resource person has verified competence for the program of a batch now.
pub(super) async fn require_competence(
    work: &Work<'_>,
    batch: &batch::Model,
    resource_person: Uuid,
) -> Result<()> {
    let found = competence::Entity::find()
        .filter(competence::Column::ResourcePersonId.eq(resource_person))
        .filter(competence::Column::ProgramId.eq(batch.program_id))
        .one(work.db())
        .await?;
    let stands = found
        .map(|row| CompetenceStatus::parse(&row.status))
        .transpose()
        .map_err(|f| Error::internal("competence.status", f.code))?;
    may_teach(resource_person, stands)
}
