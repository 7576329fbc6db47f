//! Changing the register of breaches.

mod record;
mod step;

pub use record::{RecordBreach, UpdateBreach};
pub use step::{
    CloseBreach, ContainBreach, NotifyBreachAuthority, NotifyBreachPersons, ReopenBreach, WarnOfBreach,
};

use entity::{
    breach::{ActiveModel, Column, Model},
    region,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QuerySelect};
use serde_json::json;

use super::{
    rule,
    view::{Breach, BreachId},
};
use crate::{
    access::{actor::Permit, context::Work, scope},
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
    },
};

/// The row, locked until the transaction ends.
async fn lock(work: &Work<'_>, id: BreachId) -> Result<Model> {
    scope::breaches(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("breach"))
}

/// The regions of a breach, each once; notes those that there are not.
async fn regions(work: &Work<'_>, given: &[String], faults: &mut Faults) -> Result<Vec<String>> {
    if given.len() > rule::REGIONS {
        faults.push(Fault::new("/regionCodes", "breach_regions_too_many").with("max", rule::REGIONS));
        return Ok(Vec::new());
    }
    let known: Vec<String> = scope::regions()
        .filter(region::Column::Code.is_in(given.iter().map(String::as_str)))
        .select_only()
        .column(region::Column::Code)
        .into_tuple()
        .all(work.db())
        .await?;
    for (at, code) in given.iter().enumerate() {
        faults.require(known.contains(code), &format!("/regionCodes/{at}"), "reference_unknown");
    }
    let mut codes = given.to_vec();
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    found: &Model,
    mut change: ActiveModel,
    kind: &'static str,
) -> Result<Breach> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    announced(work, kind, row).await
}

/// The event of a change: where it stands and what came out; what happened is for the register alone.
async fn announced(work: &Work<'_>, kind: &'static str, row: Model) -> Result<Breach> {
    let (id, version) = (row.id, row.version);
    let shown = Breach::at(row, work.now())?;
    let told = json!({
        "status": shown.status, "cause": shown.cause, "dataClasses": shown.data_classes, "dueAt": shown.due_at,
        "notifiedLate": shown.notified_late,
    });
    work.emit(Event::new(kind, "breach", id, version).with(told)).await?;
    Ok(shown)
}
