//! Whether whoever was erased stayed so: no record of theirs says anything again, and none was blanked but by a command.

use std::collections::HashSet;

use entity::{event, person};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use crate::foundation::error::Result;

/// That every record of somebody who was erased is blank, and that exactly those are blank of whom an event tells.
pub async fn persons(db: &impl ConnectionTrait, found: &mut impl FnMut(String)) -> Result<()> {
    use person::Column as C;
    let says = [C::Nuptk, C::Nip, C::NikSealed, C::NikIndex, C::Sex, C::BirthDate, C::Subject, C::SchoolId];
    let says = says.into_iter().chain([C::RegionCode, C::Phone, C::Email]);
    let says = says.fold(Condition::any().add(C::Name.ne("")), |any, column| any.add(column.is_not_null()));
    for id in ids(db, Condition::all().add(C::ErasedAt.is_not_null()).add(says)).await? {
        found(format!("person {id}: they were erased, but their record says something again"));
    }
    // Those who write meanwhile are in the events that are read last.
    let blank = ids(db, Condition::all().add(C::ErasedAt.is_not_null())).await?;
    let told = told(db).await?;
    for id in blank.iter().filter(|id| !told.contains(*id)) {
        found(format!("person {id}: their record says that they were erased, but no event does"));
    }
    let known: HashSet<Uuid> = blank.into_iter().collect();
    for id in told.iter().filter(|id| !known.contains(*id)) {
        let now = person::Entity::find_by_id(*id).filter(C::ErasedAt.is_not_null()).into_query();
        if db.query_one(&now).await?.is_none() {
            found(format!("person {id}: they were erased, but their record does not say so"));
        }
    }
    Ok(())
}

async fn ids(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<Uuid>> {
    let query = person::Entity::find().select_only().column(person::Column::Id).filter(which);
    Ok(query.order_by_asc(person::Column::Id).into_tuple().all(db).await?)
}

/// Every record of which an event says that it was erased.
async fn told(db: &impl ConnectionTrait) -> Result<HashSet<Uuid>> {
    let query = event::Entity::find()
        .select_only()
        .column(event::Column::Payload)
        .filter(event::Column::SubjectKind.eq("person"))
        .filter(event::Column::Kind.eq("person.erased"));
    let rows = db.query_all(&query.into_query()).await?;
    // What cannot be read, the walk of the trail has told.
    let read = |row: &QueryResult| row.try_get::<serde_json::Value>("", "payload").ok();
    let records = |payload: serde_json::Value| payload.get("ids").and_then(|ids| ids.as_array().cloned());
    let all = rows.iter().filter_map(read).filter_map(records).flatten();
    Ok(all.filter_map(|id| id.as_str()?.parse().ok()).collect())
}
