//! Changing activities. Each command locks the community, then the activity.

mod plan;
mod step;

pub use plan::{CreateActivity, UpdateActivity};
pub use step::{CancelActivity, HoldActivity, ReopenActivity, ReportActivity};

use entity::activity::{ActiveModel, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

use crate::{
    access::{actor::Permit, context::Work},
    foundation::{error::Result, event::Event},
};

/// The changed row, one version on.
pub(in crate::community::activity) async fn update(
    work: &Work<'_>,
    _: &Permit,
    found: &Model,
    mut change: ActiveModel,
) -> Result<Model> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    Ok(change.update(work.db()).await?)
}

/// What is told of a change to an activity, with what `more` adds.
pub(in crate::community::activity) fn happened(kind: &'static str, row: &Model, more: Value) -> Event {
    let mut payload = json!({
        "communityId": row.community_id,
        "kind": row.kind,
        "startsAt": row.starts_at,
        "endsAt": row.ends_at,
        "status": row.status,
        "revision": row.revision,
    });
    if let (Some(payload), Value::Object(more)) = (payload.as_object_mut(), more) {
        payload.extend(more);
    }
    Event::new(kind, "activity", row.id, row.version).in_region(Some(row.region_code.clone())).with(payload)
}
