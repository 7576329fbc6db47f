//! Accounts at a merge. A human signs in as before: where the surviving record has no account, that of the retired one
//! goes along. Where both have one, both stay as they are, for neither password is the other's: that of the retired
//! record acts, at each use, for the surviving one, as every grant does that names a retired record.

use entity::{
    account::{ActiveModel, Column, Entity},
    person,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;

use crate::{
    access::context::Work,
    foundation::{error::Result, event::Event},
};

/// Gives the account of one record to the other, where that has none; answers what is to be told of it.
pub(super) async fn carry(work: &Work<'_>, from: &person::Model, into: &person::Model) -> Result<Vec<Event>> {
    if Entity::find().filter(Column::PersonId.eq(into.id)).count(work.db()).await? > 0 {
        return Ok(Vec::new());
    }
    let moved = Entity::find().filter(Column::PersonId.eq(from.id)).lock_exclusive().all(work.db()).await?;
    let mut told = Vec::with_capacity(moved.len());
    for row in moved {
        let mut change: ActiveModel = row.clone().into_active_model();
        change.person_id = Set(Some(into.id));
        change.version = Set(row.version + 1);
        change.updated_at = Set(work.now());
        let row = work.save(&row, change).await?;
        let event = Event::new("account.moved", "account", row.id, row.version)
            .in_region(into.region_code.clone())
            .with(json!({ "fromPersonId": from.id, "personId": into.id }));
        told.push(event);
    }
    Ok(told)
}
