//! Asking for a correction, taking it back, and deciding.

use entity::{
    correction::{Column, Entity, Model},
    person,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;

use super::{
    input::{DecideCorrectionInput, RequestCorrectionInput},
    rule::{self, CorrectionStatus, WORDS},
    view::{Correction, CorrectionId, status},
    wishes,
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    directory::person::{merged, view::PersonId, write as person_write},
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        text::{self, Reason},
    },
};

/// Asks that one's record be corrected.
pub struct RequestCorrection {
    /// Whose record.
    pub id: PersonId,
    /// What is wrong, and why.
    pub input: RequestCorrectionInput,
}

impl Command for RequestCorrection {
    type Output = Correction;
    const ACTION: Action = Action::CorrectionRequest;

    async fn run(&self, work: &Work<'_>) -> Result<Correction> {
        let person = asked_for(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &person_write::place(&person))?;
        person_write::require_current(work, &person).await?;
        let row = wished(work, &person, &self.input).await?;
        let open = Entity::find()
            .filter(Column::PersonId.eq(person.id))
            .filter(Column::Status.eq(CorrectionStatus::Requested));
        rule::may_ask(open.count(work.db()).await?)?;
        let made = insert(work, &permit, &person, row).await?;
        // An answer is kept to be repeated, in the clear: what was wished is sealed, and said in no other place.
        Ok(Correction { changes: Vec::new(), words: None, reason: None, ..made })
    }
}

/// The record, locked, so that nobody asks for more at once than they may.
async fn asked_for(work: &Work<'_>, id: PersonId) -> Result<person::Model> {
    let own = scope::correctable(work.actor)?.filter(person::Column::Id.eq(id.uuid())).lock_exclusive();
    own.one(work.db()).await?.ok_or(Error::NotFound("person"))
}

/// The row of what is asked for, once nothing is wrong with it.
async fn wished(work: &Work<'_>, person: &person::Model, input: &RequestCorrectionInput) -> Result<Model> {
    let mut faults = Faults::new();
    let changes = input.changes.clone().unwrap_or_default();
    let fields = wishes::fields(&changes)?;
    let wrong = person_write::faults(work, person, &changes.clone().into()).await?;
    faults.extend(wrong.under("/changes"));
    let words = input.words.as_deref().and_then(|raw| faults.take("/words", text::as_given(raw, WORDS)));
    if fields.is_empty() && input.words.is_none() {
        faults.push(Fault::new("/changes", "correction_empty"));
    }
    let reason = faults.take("/reason", Reason::parse(&input.reason));
    faults.done()?;
    let id = work.new_id();
    let sealed = if fields.is_empty() {
        None
    } else {
        Some(wishes::seal(&work.services.keyring, id, &changes, work.tx.random())?)
    };
    Ok(Model {
        id,
        person_id: person.id,
        status: CorrectionStatus::Requested.as_str().to_owned(),
        fields: json!(fields),
        changes_sealed: sealed,
        words,
        reason: reason.map(|reason| reason.as_str().to_owned()),
        due_at: rule::due_at(work.now()),
        decision_reason: None,
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    })
}

async fn insert(work: &Work<'_>, _: &Permit, person: &person::Model, row: Model) -> Result<Correction> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    tell(work, "correction.requested", person, row).await
}

/// Changes the record as it was asked for.
pub struct AcceptCorrection {
    /// Which one.
    pub id: CorrectionId,
    /// Why.
    pub input: DecideCorrectionInput,
}

impl Command for AcceptCorrection {
    type Output = Correction;
    const ACTION: Action = Action::CorrectionAccept;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Correction> {
        let (person, found) = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &person_write::place(&person))?;
        work.expect(found.version)?;
        let next = status(&found)?.accept()?;
        let reason = decided(work, &found, &self.input)?;
        // Asked for by the person: accepting it is no other use of the record. Into an erased one nothing is put back.
        merged::require_current(work.db(), person.id).await?;
        if person.erased_at.is_some() {
            return Err(Error::conflict("person_erased"));
        }
        let changes = wishes::changes(&work.services.keyring, &found)?;
        let row = end(work, &permit, found, next, Some(&reason)).await?;
        if let Some(changes) = changes {
            person_write::change(work, &permit, &person, &changes.into()).await?;
        }
        tell(work, "correction.accepted", &person, row).await
    }
}

/// Leaves the record as it is.
pub struct RejectCorrection {
    /// Which one.
    pub id: CorrectionId,
    /// Why.
    pub input: DecideCorrectionInput,
}

impl Command for RejectCorrection {
    type Output = Correction;
    const ACTION: Action = Action::CorrectionReject;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Correction> {
        let (person, found) = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &person_write::place(&person))?;
        work.expect(found.version)?;
        let next = status(&found)?.reject()?;
        let reason = decided(work, &found, &self.input)?;
        let row = end(work, &permit, found, next, Some(&reason)).await?;
        tell(work, "correction.rejected", &person, row).await
    }
}

/// Takes back what one asked for.
pub struct WithdrawCorrection(pub CorrectionId);

impl Command for WithdrawCorrection {
    type Output = Correction;
    const ACTION: Action = Action::CorrectionWithdraw;

    async fn run(&self, work: &Work<'_>) -> Result<Correction> {
        let (person, found) = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &person_write::place(&person))?;
        work.expect(found.version)?;
        let next = status(&found)?.withdraw()?;
        let row = end(work, &permit, found, next, None).await?;
        tell(work, "correction.withdrawn", &person, row).await
    }
}

/// A correction with the record it is about, both locked: the record first, as whoever changes or merges it does.
async fn lock(work: &Work<'_>, id: CorrectionId) -> Result<(person::Model, Model)> {
    let seen = scope::corrections(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let missing = || Error::NotFound("correction");
    let about = seen.clone().one(work.db()).await?.ok_or_else(missing)?.person_id;
    let person = scope::corrected(about).lock_exclusive().one(work.db()).await?;
    let person = person.ok_or_else(|| Error::internal("correction.person_id", about))?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or_else(missing)?;
    if row.person_id != about {
        // A merge took it along between the two looks: look again.
        return Err(Error::Internal { what: "the correction moved on".to_owned(), transient: true });
    }
    Ok((person, row))
}

/// That it is somebody else's, and why it is decided so.
fn decided(work: &Work<'_>, found: &Model, input: &DecideCorrectionInput) -> Result<Reason> {
    rule::may_decide(work.actor.person() == Some(found.person_id))?;
    let mut faults = Faults::new();
    let reason = faults.take("/reason", Reason::parse(&input.reason));
    faults.done()?;
    reason.ok_or_else(|| Error::invalid("/reason", "reason_missing"))
}

/// Ends it; what was wished goes.
async fn end(
    work: &Work<'_>,
    _: &Permit,
    found: Model,
    next: CorrectionStatus,
    reason: Option<&Reason>,
) -> Result<Model> {
    let mut change = found.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.changes_sealed = Set(None);
    change.words = Set(None);
    change.reason = Set(None);
    if let Some(reason) = reason {
        change.decision_reason = Set(Some(reason.as_str().to_owned()));
        change.decided_by = Set(Some(work.actor.subject.clone()));
    }
    change.decided_at = Set(Some(work.now()));
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    work.save(&found, change).await
}

/// Tells what a consumer needs to count by; what is wished stands in no event.
async fn tell(work: &Work<'_>, kind: &'static str, person: &person::Model, row: Model) -> Result<Correction> {
    let event = Event::new(kind, "correction", row.id, row.version)
        .in_region(person.region_code.clone())
        .with(json!({ "personId": row.person_id, "status": row.status, "fields": row.fields }));
    work.emit(event).await?;
    Correction::seen_by(work.actor, &work.services.keyring, work.now(), row)
}
