//! Changing communities. Each command locks the community, asks for a permit, lets the rule decide, takes its
//! step, and tells of it last.

mod anchor;
mod change;
mod close;
mod found;
mod step;

pub use change::UpdateCommunity;
pub use close::CloseCommunity;
pub use found::CreateCommunity;
pub use step::{ActivateCommunity, RestCommunity};

use entity::{
    community::{ActiveModel, Model},
    community_office, membership,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{read, rule::Office, view::Community};
use crate::{
    access::{actor::Permit, context::Work},
    foundation::{error::Result, event::Event},
};

/// Changes the row and answers with the view; the event comes last.
async fn update(
    work: &Work<'_>,
    permit: &Permit,
    found: &Model,
    change: ActiveModel,
    event: &'static str,
) -> Result<Community> {
    let row = update_row(work, permit, found, change).await?;
    let view = view(work, row.id).await?;
    work.emit(happened(event, &row)).await?;
    Ok(view)
}

async fn update_row(work: &Work<'_>, _: &Permit, found: &Model, mut change: ActiveModel) -> Result<Model> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    work.save(found, change).await
}

async fn view(work: &Work<'_>, id: Uuid) -> Result<Community> {
    read::view_of(work.db(), work.actor, work.now(), id).await
}

/// What is told of a change to a community.
fn happened(kind: &'static str, row: &Model) -> Event {
    Event::new(kind, "community", row.id, row.version).in_region(Some(row.region_code.clone())).with(json!({
        "kind": row.kind,
        "name": row.name,
        "schoolId": row.school_id,
        "status": row.status,
        "reason": row.status_reason,
    }))
}

/// Whether somebody chairs the community.
async fn has_chair(work: &Work<'_>, community: Uuid) -> Result<bool> {
    let chairs = community_office::Entity::find()
        .filter(community_office::Column::CommunityId.eq(community))
        .filter(community_office::Column::Office.eq(Office::Chair))
        .filter(community_office::Column::EndedAt.is_null());
    Ok(chairs.count(work.db()).await? > 0)
}

async fn members(work: &Work<'_>, community: Uuid) -> Result<u64> {
    let active = membership::Entity::find()
        .filter(membership::Column::CommunityId.eq(community))
        .filter(membership::Column::Status.eq("active"));
    Ok(active.count(work.db()).await?)
}
