//! Changing a session; whoever teaches it moves along.

use std::collections::HashMap;

use async_graphql::MaybeUndefined;
use entity::{
    batch, person,
    session::{ActiveModel, Model},
    session_teacher,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Locked, announce, has_attendance,
    load::{self, Load},
    lock, lock_resource_persons, notices,
    plan::{checked_times, whole_minutes},
    require_undecided, update, view,
};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        language::Language,
        patch,
        text::{self, Reason},
        version,
    },
    training::{
        batch::lock::{place, status},
        session::{
            input::UpdateSessionInput,
            rule::{self, SessionTimes, SessionZone},
            view::{Session, SessionId},
        },
        warning::Warning,
    },
};

/// Changes a session of a batch that has not finished.
pub struct UpdateSession {
    /// Which one.
    pub id: SessionId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateSessionInput,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for UpdateSession {
    type Output = Session;
    const ACTION: Action = Action::SessionUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Session> {
        let Locked { batch, row } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&batch))?;
        version::check(self.version, row.version)?;
        status(&batch)?.require_planning()?;
        let mut faults = Faults::new();
        let mut change = row.clone().into_active_model();
        let times = self.apply(&batch, &row, &mut change, &mut faults);
        let reason = faults
            .take("/overrideReason", self.input.override_reason.as_deref().map(Reason::parse).transpose());
        faults.done()?;
        let (Some(times), Some(reason)) = (times, reason) else { return Err(Error::invalid("", "invalid")) };
        if !change.is_changed() {
            return view(work, row).await;
        }
        let mut moved = Moved::default();
        if (times.starts_at, times.ends_at) != (row.starts_at, row.ends_at)
            || times.zone.as_str() != row.timezone
        {
            if has_attendance(work, row.id).await? {
                return Err(Error::conflict("session_has_attendance"));
            }
            require_undecided(work, &batch).await?;
            change.minutes = Set(whole_minutes(&times)?);
            moved = Move { batch: &batch, row: &row, times: &times, reason }.run(work).await?;
        }
        let row = update(work, &permit, &row, change).await?;
        moved.warnings.extend(notices(work, &batch, &row).await?);
        let mut view = view(work, row.clone()).await?;
        view.warnings = moved.warnings.iter().map(|fault| Warning::of(fault, self.language)).collect();
        let more = if moved.overridden { json!({ "overrideBy": work.actor.subject }) } else { json!({}) };
        announce(work, "session.updated", &batch, &row, more).await?;
        Ok(view)
    }
}

impl UpdateSession {
    /// Puts what is said and sound into `change`, and what is not into `faults`.
    fn apply(
        &self,
        batch: &batch::Model,
        row: &Model,
        change: &mut ActiveModel,
        faults: &mut Faults,
    ) -> Option<SessionTimes> {
        let input = &self.input;
        if let Some(title) = patch::required(faults, "/title", &input.title, |raw| rule::title(raw)) {
            change.title.set_if_not_equals(title);
        }
        if let Some(place) = patch::optional(faults, "/place", &input.place, |raw| text::line(raw, 200)) {
            change.place.set_if_not_equals(place);
        }
        let stays = |field: &MaybeUndefined<_>, at| field.is_undefined().then_some(at);
        let starts = patch::required(faults, "/startsAt", &input.starts_at, |at| dates::instant(*at))
            .or(stays(&input.starts_at, row.starts_at));
        let ends = patch::required(faults, "/endsAt", &input.ends_at, |at| dates::instant(*at))
            .or(stays(&input.ends_at, row.ends_at));
        let kept = MaybeUndefined::Value(row.timezone.clone());
        let zone = if input.timezone.is_undefined() { &kept } else { &input.timezone };
        let zone = patch::required(faults, "/timezone", zone, |raw| SessionZone::parse(raw));
        let times = checked_times(batch, starts, ends, zone, faults)?;
        change.starts_at.set_if_not_equals(times.starts_at);
        change.ends_at.set_if_not_equals(times.ends_at);
        change.timezone.set_if_not_equals(times.zone.as_str().to_owned());
        Some(times)
    }
}

/// A session that gets other times, and whoever teaches it.
struct Move<'a> {
    batch: &'a batch::Model,
    row: &'a Model,
    times: &'a SessionTimes,
    reason: Option<Reason>,
}

/// What came of it.
#[derive(Default)]
struct Moved {
    warnings: Vec<Fault>,
    /// Whether the caller's override was needed.
    overridden: bool,
}

impl Move<'_> {
    /// Brings the ledger of everyone who teaches the session in line with its new times.
    async fn run(&self, work: &Work<'_>) -> Result<Moved> {
        let mut moved = Moved::default();
        for (entry, person) in self.held(work).await? {
            load::require_competence(work, self.batch, entry.resource_person_id).await?;
            let load = Load { session: self.row.id, times: self.times, person: &person };
            let kept = load::kept_override(&entry, &load)?;
            let renewed = match kept {
                None => load.named_override(work, self.reason.as_ref()).await?,
                Some(_) => None,
            };
            moved.overridden |= renewed.is_some();
            let named = kept.or(renewed);
            let burden = load.check(work, named.as_ref()).await?;
            let named = named.filter(|_| burden.is_some_and(|burden| burden.overridden));
            moved.warnings.extend(burden.and_then(|burden| burden.warning()));
            let mut change = entry.into_active_model();
            change.term = Set(load.term().to_string());
            change.minutes = Set(whole_minutes(self.times)?);
            change.override_by = Set(named.as_ref().map(|named| named.by.clone()));
            change.override_reason = Set(named.map(|named| named.reason.as_str().to_owned()));
            change.update(work.db()).await?;
        }
        Ok(moved)
    }

    /// Who teaches it, read after their ledgers are held still: a merge of records may have moved them.
    async fn held(&self, work: &Work<'_>) -> Result<Vec<(session_teacher::Model, person::Model)>> {
        let of = || {
            session_teacher::Entity::find()
                .filter(session_teacher::Column::SessionId.eq(self.row.id))
                .order_by_asc(session_teacher::Column::ResourcePersonId)
        };
        let ids: Vec<Uuid> = of()
            .select_only()
            .column(session_teacher::Column::ResourcePersonId)
            .into_tuple()
            .all(work.db())
            .await?;
        lock_resource_persons(work, ids).await?;
        let entries = of().all(work.db()).await?;
        let persons = person::Entity::find()
            .filter(person::Column::Id.is_in(entries.iter().map(|entry| entry.person_id)))
            .all(work.db())
            .await?;
        let persons: HashMap<Uuid, person::Model> = persons.into_iter().map(|row| (row.id, row)).collect();
        let with_person = |entry: session_teacher::Model| {
            let person = persons.get(&entry.person_id).cloned();
            Ok((entry, person.ok_or_else(|| Error::internal("who teaches a session", "is missing"))?))
        };
        entries.into_iter().map(with_person).collect()
    }
}
