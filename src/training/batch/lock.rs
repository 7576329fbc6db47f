//! A batch held still while something about it is decided. Every command that
//! touches a batch, its sessions or its seats takes this lock first, so that no
//! two of them wait for each other.

use entity::batch::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{state::BatchStatus, view::BatchId};
use crate::{
    access::{actor::Place, context::Work, scope},
    foundation::error::{Error, Result},
};

/// The row, within the caller's reach, locked until the transaction ends (SQLite has one writer anyway).
///
/// # Errors
/// `not_found`.
pub async fn lock(work: &Work<'_>, id: BatchId) -> Result<Model> {
    scope::batches(work.actor)
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("batch"))
}

/// The row that something within the caller's reach belongs to (an enrolment's, a session's), locked.
///
/// # Errors
/// `internal` when it is missing: whatever belongs to it refers to it.
pub async fn lock_owner(work: &Work<'_>, id: Uuid) -> Result<Model> {
    Entity::find_by_id(id)
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or_else(|| Error::internal("lock a batch", format!("{id} is missing")))
}

/// Where a batch belongs.
pub fn place(row: &Model) -> Place {
    Place { region: Some(row.region_code.clone()), organisation: Some(row.provider_id), ..Place::default() }
}

/// Where a batch stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &Model) -> Result<BatchStatus> {
    BatchStatus::parse(&row.status).map_err(|f| Error::internal("batch.status", f.code))
}
