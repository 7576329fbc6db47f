//! Asking to be erased, and deciding on it. No command here gives its reason to the audit trail: it may name whom the
//! trail is to forget.

use entity::{
    erasure::{self, Column, Entity, Model},
    person,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;

use super::{
    deed, hindrance,
    input::{RejectErasureInput, RequestErasureInput},
    rule::{self, ErasureStatus, Parties},
    view::{self, Erasure, ErasureId},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::person::{merged, rule as person_rule},
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// Asks that somebody be erased.
pub struct RequestErasure(pub RequestErasureInput);

impl Command for RequestErasure {
    type Output = Erasure;
    const ACTION: Action = Action::ErasureRequest;

    async fn run(&self, work: &Work<'_>) -> Result<Erasure> {
        let own = work.actor.person();
        let wanted = self.0.person_id.map(|id| id.uuid()).or(own);
        let wanted = wanted.ok_or_else(|| Error::invalid("/personId", "field_missing"))?;
        let found = scope::persons_to_erase(work.actor)?
            .filter(person::Column::Id.eq(wanted))
            .lock_exclusive()
            .one(work.db())
            .await?
            .ok_or(Error::NotFound("person"))?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        require_there(work, &found).await?;
        let mut faults = Faults::new();
        let reason = match self.0.reason.as_deref() {
            None if own == Some(found.id) => None,
            said => faults.take("/reason", Reason::parse(said.unwrap_or_default())),
        };
        faults.done()?;
        let open = Entity::find().filter(Column::PersonId.eq(found.id));
        let open = open.filter(Column::Status.eq(ErasureStatus::Requested)).count(work.db()).await?;
        if open > 0 {
            return Err(Error::conflict("erasure_open"));
        }
        insert(work, &permit, &found, reason).await
    }
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    found: &person::Model,
    reason: Option<Reason>,
) -> Result<Erasure> {
    let now = work.now();
    let row = Model {
        id: work.new_id(),
        person_id: found.id,
        status: ErasureStatus::Requested.as_str().to_owned(),
        reason: reason.map(|reason| reason.as_str().to_owned()),
        requested_by: work.actor.subject.clone(),
        requested_at: now,
        due_at: rule::due(now),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    announce(work, told_of(ErasureStatus::Requested), &row, found.region_code.clone()).await?;
    row.try_into()
}

/// Takes the request back.
pub struct WithdrawErasure {
    /// Which.
    pub id: ErasureId,
}

impl Command for WithdrawErasure {
    type Output = Erasure;
    const ACTION: Action = Action::ErasureWithdraw;

    async fn run(&self, work: &Work<'_>) -> Result<Erasure> {
        let (row, found) = hold(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(row.version)?;
        view::status(&row)?.require_open()?;
        settle(work, &permit, row, &found, ErasureStatus::Withdrawn, None).await
    }
}

/// Turns the request down.
pub struct RejectErasure {
    /// Which.
    pub id: ErasureId,
    /// Why.
    pub input: RejectErasureInput,
}

impl Command for RejectErasure {
    type Output = Erasure;
    const ACTION: Action = Action::ErasureReject;

    async fn run(&self, work: &Work<'_>) -> Result<Erasure> {
        let (row, found) = hold(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        require_other(work, &row)?;
        work.expect(row.version)?;
        view::status(&row)?.require_open()?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        settle(work, &permit, row, &found, ErasureStatus::Rejected, reason).await
    }
}

/// Erases whom the request is about.
pub struct ApproveErasure {
    /// Which.
    pub id: ErasureId,
}

impl Command for ApproveErasure {
    type Output = Erasure;
    const ACTION: Action = Action::ErasureApprove;

    async fn run(&self, work: &Work<'_>) -> Result<Erasure> {
        let (row, found) = hold(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        require_other(work, &row)?;
        work.expect(row.version)?;
        view::status(&row)?.require_open()?;
        require_there(work, &found).await?;
        let records = deed::records(work, &found).await?;
        hindrance::require_none(hindrance::of(work, &records).await?)?;
        deed::erase(work, &permit, &found, &records).await?;
        settle(work, &permit, row, &found, ErasureStatus::Done, None).await
    }
}

/// That there is somebody to erase. That the use of the record is restricted does not stand in the way.
pub(super) async fn require_there(work: &Work<'_>, row: &person::Model) -> Result<()> {
    person_rule::require_held(row.erased_at)?;
    merged::require_current(work.db(), row.id).await
}

fn require_other(work: &Work<'_>, row: &Model) -> Result<()> {
    rule::require_other(Parties {
        requester: &row.requested_by,
        person: row.person_id,
        decider: &work.actor.subject,
        as_person: work.actor.person(),
    })
}

/// The request and the person it is about, both locked until the transaction ends; the person first, as everywhere.
pub(super) async fn hold(work: &Work<'_>, id: ErasureId) -> Result<(Model, person::Model)> {
    let one = scope::erasures(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let seen = one.clone().one(work.db()).await?.ok_or(Error::NotFound("erasure"))?;
    let found = person::Entity::find_by_id(seen.person_id).lock_exclusive().one(work.db()).await?;
    let found = found.ok_or_else(|| Error::internal("erasure.person_id", "leads nowhere"))?;
    let row = Entity::find_by_id(seen.id).lock_exclusive().one(work.db()).await?;
    let row = row.ok_or(Error::NotFound("erasure"))?;
    if row.person_id != found.id {
        // It followed a merge between the look and the lock: look again.
        return Err(Error::Internal { what: "the request moved on".to_owned(), transient: true });
    }
    Ok((row, found))
}

/// Where a person belongs.
pub(super) fn place(row: &person::Model) -> Place {
    Place { region: row.region_code.clone(), school: row.school_id, person: Some(row.id), ..Place::default() }
}

async fn settle(
    work: &Work<'_>,
    _: &Permit,
    found: Model,
    person: &person::Model,
    to: ErasureStatus,
    reason: Option<Reason>,
) -> Result<Erasure> {
    let mut change: erasure::ActiveModel = found.clone().into_active_model();
    if to == ErasureStatus::Done {
        change.reason = Set(None);
    }
    change.status = Set(to.as_str().to_owned());
    change.decided_by = Set(Some(work.actor.subject.clone()));
    change.decided_at = Set(Some(work.now()));
    change.decision_reason = Set(reason.map(|reason| reason.as_str().to_owned()));
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(&found, change).await?;
    announce(work, told_of(to), &row, person.region_code.clone()).await?;
    row.try_into()
}

/// The event by which a request comes to stand there.
const fn told_of(status: ErasureStatus) -> &'static str {
    match status {
        ErasureStatus::Requested => "erasure.requested",
        ErasureStatus::Done => "erasure.approved",
        ErasureStatus::Rejected => "erasure.rejected",
        ErasureStatus::Withdrawn => "erasure.withdrawn",
    }
}

/// That something became of a request; the words stay in it.
async fn announce(work: &Work<'_>, kind: &'static str, row: &Model, region: Option<String>) -> Result<()> {
    let event = Event::new(kind, "erasure", row.id, row.version)
        .in_region(region)
        .with(json!({ "personId": row.person_id, "status": row.status, "dueAt": row.due_at }));
    work.emit(event).await?;
    Ok(())
}
