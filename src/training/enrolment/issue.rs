//! What issuing certificates needs to know of enrolments: held still, with everything a
//! certificate freezes joined. Persons and programs are held as a reference to them will
//! hold them: inserting a certificate locks what it refers to, and were that only after the
//! ledger's lock is taken, two transactions could wait for each other.

use entity::{
    batch,
    enrolment::{Column, Entity, Model},
    person, program,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::LockType,
};

use super::{
    rule::EnrolmentStatus,
    standing,
    view::{EnrolmentId, status},
};
use crate::{
    access::{context::Work, scope},
    foundation::error::{Error, Result},
    training::batch::{lock, view::BatchId},
};

/// An enrolment, held still until the transaction ends, with what a certificate freezes of it.
#[derive(Debug, Clone)]
pub struct Issuable {
    /// The enrolment.
    pub enrolment: Model,
    /// Where it stands; only a completed one is certified.
    pub status: EnrolmentStatus,
    /// Who.
    pub person: person::Model,
}

/// The batch and its program that [`Issuable`]s belong to. The batch is held still.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The batch.
    pub batch: batch::Model,
    /// Its program.
    pub program: program::Model,
}

/// Locks the batch of an enrolment within the caller's reach, then the enrolment.
/// The caller still permits, and checks the state.
///
/// # Errors
/// `not_found`.
pub async fn lock_one(work: &Work<'_>, id: EnrolmentId) -> Result<(Origin, Issuable)> {
    let seen = scope::enrolments(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let found = seen.clone().one(work.db()).await?.ok_or(Error::NotFound("enrolment"))?;
    let batch = lock::lock_owner(work, found.batch_id).await?;
    let enrolment = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("enrolment"))?;
    let person = person::Entity::find_by_id(enrolment.person_id).lock(LockType::KeyShare);
    let person = person.one(work.db()).await?;
    let person = person.ok_or_else(|| Error::internal("the person of an enrolment", "is missing"))?;
    let program = hold_program(work, &batch).await?;
    Ok((Origin { batch, program }, Issuable { status: status(&enrolment)?, enrolment, person }))
}

/// Locks a batch within the caller's reach, then its completed enrolments; answers them in the order
/// of their applications. Four statements, however many there are.
///
/// # Errors
/// `not_found`.
pub async fn lock_completed(work: &Work<'_>, id: BatchId) -> Result<(Origin, Vec<Issuable>)> {
    let batch = lock::lock(work, id).await?;
    let program = hold_program(work, &batch).await?;
    let mut rows = standing::lock_rows(work.db(), batch.id, &[EnrolmentStatus::Completed]).await?;
    rows.sort_by_key(|row| (row.applied_at, row.id));
    let of = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::BatchId.eq(batch.id))
        .filter(Column::Status.eq(EnrolmentStatus::Completed))
        .into_query();
    let persons = person::Entity::find()
        .filter(person::Column::Id.in_subquery(of))
        .order_by_asc(person::Column::Id)
        .lock(LockType::KeyShare);
    let persons = persons.all(work.db()).await?;
    let mut persons: std::collections::HashMap<_, _> = persons.into_iter().map(|p| (p.id, p)).collect();
    let issuable = |enrolment: Model| {
        let person = persons
            .remove(&enrolment.person_id)
            .ok_or_else(|| Error::internal("the person of an enrolment", "is missing"))?;
        Ok(Issuable { status: EnrolmentStatus::Completed, enrolment, person })
    };
    let issuables = rows.into_iter().map(issuable).collect::<Result<_>>()?;
    Ok((Origin { batch, program }, issuables))
}

async fn hold_program(work: &Work<'_>, batch: &batch::Model) -> Result<program::Model> {
    let program = program::Entity::find_by_id(batch.program_id).lock(LockType::KeyShare);
    let program = program.one(work.db()).await?;
    program.ok_or_else(|| Error::internal("the program of a batch", "is missing"))
}
