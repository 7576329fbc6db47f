//! Changing batches.

mod cancel;
mod dissolve;
mod plan;
mod step;

pub use cancel::CancelBatch;
pub use plan::{CreateBatch, UpdateBatch};
pub use step::{CloseBatch, ExtendBatch, FinishBatch, OpenBatch, StartBatch};

use entity::batch::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use super::{read, rule::Schedule, view::Batch};
use crate::{
    access::{actor::Permit, context::Work},
    foundation::{error::Result, event::Event},
};

/// The dates of a row.
fn schedule(row: &Model) -> Schedule {
    Schedule {
        registration_opens_at: row.registration_opens_at,
        registration_closes_at: row.registration_closes_at,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
    }
}

/// Changes the row and answers with the view; the event comes last.
async fn update(
    work: &Work<'_>,
    permit: &Permit,
    found: &Model,
    change: ActiveModel,
    event: &'static str,
) -> Result<Batch> {
    let row = update_row(work, permit, found, change).await?;
    let view = read::view_of(work.db(), row.id).await?;
    announce(work, event, &row).await?;
    Ok(view)
}

async fn update_row(work: &Work<'_>, _: &Permit, found: &Model, mut change: ActiveModel) -> Result<Model> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    work.save(found, change).await
}

async fn announce(work: &Work<'_>, kind: &'static str, row: &Model) -> Result<()> {
    let event =
        Event::new(kind, "batch", row.id, row.version).in_region(Some(row.region_code.clone())).with(json!({
            "programId": row.program_id,
            "providerId": row.provider_id,
            "name": row.name,
            "kind": row.kind,
            "status": row.status,
            "reason": row.status_reason,
            "startsOn": row.starts_on,
            "endsOn": row.ends_on,
            "capacity": row.capacity,
        }));
    work.emit(event).await?;
    Ok(())
}

/// A new version of a batch whose row stays but whose sessions change: its view counts them.
///
/// # Errors
/// `unavailable` and the like; never a rule.
pub async fn touch(work: &Work<'_>, batch: Uuid) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::Id.eq(batch))
        .exec(work.db())
        .await?;
    Ok(())
}
