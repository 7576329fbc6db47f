//! Applying for a batch, and applying again.

use async_graphql::InputObject;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    batch,
    enrolment::{Column, Entity, Model},
    person,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{happened, lock, place, teachers, update};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::person::{merged, rule::require_held, view::PersonId},
    foundation::{
        error::{Error, Result},
        language::Language,
    },
    training::{
        batch::{
            lock as batch_lock,
            rule::{Schedule, SelectionRule},
            seats,
            view::BatchId,
        },
        enrolment::{
            read,
            rule::{self, Application, EnrolmentStatus},
            standing,
            view::{Enrolment, EnrolmentId, status},
        },
    },
};

/// Who applies.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplyEnrolmentInput {
    /// The person to enrol; leave out for yourself.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
}

/// Applies for a batch.
pub struct ApplyEnrolment {
    /// The batch.
    pub batch_id: BatchId,
    /// Who.
    pub input: ApplyEnrolmentInput,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for ApplyEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentApply;

    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        if !work.actor.may(Self::ACTION) {
            work.permit(Self::ACTION, &Place::default())?;
        }
        let person = lock_person(work, self.input.person_id).await?;
        let batch = batch_lock::lock(work, self.batch_id).await?;
        let permit = work.permit(Self::ACTION, &person_place(&person))?;
        batch_lock::status(&batch)?.require_applications(&schedule(&batch), work.now())?;
        require_not_teaching(work, &batch, &person).await?;
        let earlier = earlier(work, batch.id, person.id).await?;
        let seen: Vec<(Uuid, EnrolmentStatus)> =
            earlier.iter().map(|row| Ok((row.id, status(row)?))).collect::<Result<_>>()?;
        let application = rule::application(&seen)?;
        let next = outcome(work, &batch, rule::was_turned_down(&seen)).await?;
        let row = match application {
            Application::New => create(work, &permit, &batch, &person, next).await?,
            Application::Again(id) => {
                let row = earlier.into_iter().find(|row| row.id == id).ok_or(Error::NotFound("enrolment"))?;
                again(work, &permit, &batch, &person, row, next).await?
            }
        };
        shown(work, &batch, &person, row, ("enrolment.applied", self.language)).await
    }
}

/// Takes a withdrawn enrolment up again, while the batch still takes applications.
pub struct ReapplyEnrolment {
    /// Which enrolment.
    pub id: EnrolmentId,
    /// The language of the warnings.
    pub language: Language,
}

impl Command for ReapplyEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentReapply;

    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        let seen = scope::enrolments(work.actor)?.filter(Column::Id.eq(self.id.uuid()));
        let of = seen.one(work.db()).await?.ok_or(Error::NotFound("enrolment"))?.person_id;
        let person = person::Entity::find_by_id(of).lock_shared().one(work.db()).await?;
        let person = person.ok_or(Error::NotFound("enrolment"))?;
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(work, Self::ACTION, &locked).await?)?;
        work.expect(locked.row.version)?;
        if locked.row.person_id != person.id {
            // Merged between the two reads: run again with the person it moved to.
            return Err(Error::Internal { what: "the person changed meanwhile".to_owned(), transient: true });
        }
        require_current(work, &person).await?;
        let stands = batch_lock::status(&locked.batch)?;
        locked.status.apply_again(stands, &schedule(&locked.batch), work.now())?;
        require_not_teaching(work, &locked.batch, &person).await?;
        // A rejected or another withdrawn enrolment does not stand in the way; a live one does.
        let others = earlier(work, locked.batch.id, person.id).await?;
        let others: Vec<(Uuid, EnrolmentStatus)> =
            others.iter().map(|row| Ok((row.id, status(row)?))).collect::<Result<_>>()?;
        rule::application(&others)?;
        let next = outcome(work, &locked.batch, rule::was_turned_down(&others)).await?;
        let row = again(work, &permit, &locked.batch, &person, locked.row, next).await?;
        shown(work, &locked.batch, &person, row, ("enrolment.reapplied", self.language)).await
    }
}

/// Nobody is taught by themselves.
async fn require_not_teaching(work: &Work<'_>, batch: &batch::Model, person: &person::Model) -> Result<()> {
    match teachers(work, batch.id).await?.contains(&person.id) {
        true => Err(Error::conflict("teaches_in_batch")),
        false => Ok(()),
    }
}

/// The person who applies, held against a merge meanwhile. Persons are locked before batches:
/// a merge takes them in this order too.
async fn lock_person(work: &Work<'_>, wanted: Option<PersonId>) -> Result<person::Model> {
    let id = wanted.map(|id| id.uuid()).or_else(|| work.actor.person());
    let id = id.ok_or_else(|| Error::invalid("/personId", "field_missing"))?;
    let found = scope::persons(work.actor)?
        .filter(person::Column::Id.eq(id))
        .lock_shared()
        .one(work.db())
        .await?
        .ok_or_else(|| Error::invalid("/personId", "reference_unknown"))?;
    require_current(work, &found).await?;
    Ok(found)
}

/// Refuses somebody who was erased, and a record that was merged into another, naming the one to use.
async fn require_current(work: &Work<'_>, person: &person::Model) -> Result<()> {
    require_held(person.erased_at)?;
    match person.merged_into {
        Some(_) => merged::require_current(work.db(), person.id).await,
        None => Ok(()),
    }
}

fn person_place(person: &person::Model) -> Place {
    Place {
        region: person.region_code.clone(),
        school: person.school_id,
        person: Some(person.id),
        ..Place::default()
    }
}

fn schedule(batch: &batch::Model) -> Schedule {
    Schedule {
        registration_opens_at: batch.registration_opens_at,
        registration_closes_at: batch.registration_closes_at,
        starts_on: batch.starts_on,
        ends_on: batch.ends_on,
    }
}

/// The person's enrolments in the batch so far, oldest first.
async fn earlier(work: &Work<'_>, batch: Uuid, person: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::BatchId.eq(batch))
        .order_by_asc(Column::AppliedAt)
        .order_by_asc(Column::Id)
        .lock_exclusive();
    Ok(rows.all(work.db()).await?)
}

/// The moment of an application: now, but after every other of the batch, so that no two
/// are at the same moment and the order is the one in which they got the batch's lock,
/// whatever the clocks of several nodes say.
async fn application_time(work: &Work<'_>, batch: Uuid) -> Result<DateTime<Utc>> {
    let latest: Option<Option<DateTime<Utc>>> = Entity::find()
        .select_only()
        .column_as(Column::AppliedAt.max(), "latest")
        .filter(Column::BatchId.eq(batch))
        .into_tuple()
        .one(work.db())
        .await?;
    let after = latest.flatten().map(|latest| latest + TimeDelta::microseconds(1));
    Ok(after.map_or(work.now(), |after| after.max(work.now())))
}

/// What the application becomes at once: a seat if there is one and the batch gives them so.
async fn outcome(work: &Work<'_>, batch: &batch::Model, turned_down: bool) -> Result<EnrolmentStatus> {
    let rule = standing::rule_of(batch)?;
    // The batch is locked, so a full one is known to be full; the update is what decides.
    let at_once = rule == SelectionRule::FirstCome && !turned_down;
    let free = at_once && batch.taken < batch.capacity;
    let seated = free && seats::take_seat(work, batch.id).await?;
    Ok(EnrolmentStatus::on_application(rule, turned_down, seated))
}

async fn create(
    work: &Work<'_>,
    _: &Permit,
    batch: &batch::Model,
    person: &person::Model,
    next: EnrolmentStatus,
) -> Result<Model> {
    let applied_at = application_time(work, batch.id).await?;
    let row = Model {
        id: work.new_id(),
        batch_id: batch.id,
        person_id: person.id,
        school_id: person.school_id,
        region_code: person.region_code.clone(),
        status: next.as_str().to_owned(),
        reason: None,
        applied_at,
        decided_at: (next != EnrolmentStatus::Applied).then_some(work.now()),
        score: None,
        jp_earned: None,
        completions: 0,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    Ok(row)
}

async fn again(
    work: &Work<'_>,
    permit: &Permit,
    batch: &batch::Model,
    person: &person::Model,
    row: Model,
    next: EnrolmentStatus,
) -> Result<Model> {
    let applied_at = application_time(work, batch.id).await?;
    let mut change = row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.reason = Set(None);
    change.applied_at = Set(applied_at);
    change.decided_at = Set((next != EnrolmentStatus::Applied).then_some(work.now()));
    change.score = Set(None);
    change.school_id = Set(person.school_id);
    change.region_code = Set(person.region_code.clone());
    update(work, permit, &row, change).await
}

/// The application as the applicant gets to see it: with the place on the waiting list, and whether the
/// program is meant for others.
async fn shown(
    work: &Work<'_>,
    batch: &batch::Model,
    person: &person::Model,
    row: Model,
    (event, language): (&'static str, Language),
) -> Result<Enrolment> {
    let mut shown = Enrolment::of(row.clone(), person.name.clone())?;
    if shown.status == EnrolmentStatus::Waitlisted {
        let (key, today) = ((row.applied_at, row.id), work.now().date_naive());
        shown.waitlist_position = standing::waitlist_position(work.db(), batch, key, today).await?;
    }
    shown.warnings = read::warnings(work.db(), batch.id, &person.kind, language).await?;
    work.emit(happened(event, &row)).await?;
    Ok(shown)
}
