//! Whether every certificate is what was issued and decided: `sanggar fsck`'s half that
//! knows certificates. Reads in chunks, so memory does not grow with the registry.

use std::{collections::HashMap, sync::Arc};

use entity::{certificate, certificate_payload, event};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::certificate::{
    integrity,
    stored::{self, Rows},
};
use crate::{
    access::context::Services,
    directory::person::merged,
    foundation::error::{Error, Result},
};

/// Certificates examined at once.
const CHUNK: u64 = 1_000;

/// Examines every certificate, telling `found` what is wrong. Answers how many there are.
pub async fn certificates(services: &Arc<Services>, found: &mut impl FnMut(String)) -> Result<u64> {
    let db = services.store.reader();
    let (mut count, mut after) = (0, None);
    loop {
        let mut query = certificate::Entity::find().order_by_asc(certificate::Column::Id).limit(CHUNK);
        if let Some(after) = after {
            query = query.filter(certificate::Column::Id.gt::<Uuid>(after));
        }
        let rows = db.query_all(&stored::with_all(query).into_query()).await?;
        let mut chunk = Vec::with_capacity(rows.len());
        for row in &rows {
            chunk.push(Rows::read(db, row).await?);
        }
        let Some(last) = chunk.last().map(|rows| rows.row.id) else { break };
        (count, after) = (count + chunk.len() as u64, Some(last));
        examine(services, chunk).await?.into_iter().for_each(&mut *found);
    }
    Ok(count)
}

/// Proves signatures on every processor there is.
async fn examine(services: &Arc<Services>, mut chunk: Vec<Rows>) -> Result<Vec<String>> {
    let width = std::thread::available_parallelism().map_or(1, usize::from);
    let share = chunk.len().div_ceil(width).max(1);
    let mut running = Vec::with_capacity(width);
    while !chunk.is_empty() {
        let part = chunk.split_off(chunk.len().saturating_sub(share));
        let services = services.clone();
        running.push(tokio::task::spawn_blocking(move || {
            let breach = |rows: &Rows| integrity::examine(&services.keyring, rows.stored()).err();
            let told = |rows: &Rows| {
                breach(rows)
                    .map(|breach| format!("certificate {} ({}): {breach}", rows.row.id, rows.row.number))
            };
            part.iter().filter_map(told).collect::<Vec<_>>()
        }));
    }
    let mut all = Vec::new();
    for part in running {
        all.extend(part.await.map_err(|e| Error::internal("examine certificates", e))?);
    }
    Ok(all)
}

/// Holds every issue that ever happened against the certificate it made: that it is still
/// there, and still about the same things.
pub async fn issues(services: &Services, found: &mut impl FnMut(String)) -> Result<()> {
    let db = services.store.reader();
    let mut after = 0;
    loop {
        let events = event::Entity::find()
            .filter(event::Column::Pos.gt(after))
            .filter(event::Column::Kind.eq("certificate.issued"))
            .order_by_asc(event::Column::Pos)
            .limit(CHUNK)
            .all(db)
            .await?;
        let Some(last) = events.last().map(|event| event.pos) else { break };
        after = last;
        let ids: Vec<Uuid> = events.iter().filter_map(|e| e.subject_id.parse().ok()).collect();
        let rows = certificate::Entity::find().filter(certificate::Column::Id.is_in(ids.clone()));
        let rows: HashMap<Uuid, certificate::Model> =
            rows.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
        let hashes = hashes(db, ids).await?;
        for event in &events {
            let id: Option<Uuid> = event.subject_id.parse().ok();
            match id.and_then(|id| rows.get(&id)) {
                None => found(format!(
                    "certificate {}: it was issued (event {}), but is gone",
                    event.subject_id, event.pos
                )),
                Some(row) => {
                    if let Some(what) = differing(db, event, row, hashes.get(&row.id)).await? {
                        found(format!(
                            "certificate {} ({}): its {what} is not what was issued",
                            row.id, row.number
                        ));
                    }
                }
            }
        }
    }
    Ok(())
}

async fn hashes(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    let rows: Vec<(Uuid, String)> = certificate_payload::Entity::find()
        .select_only()
        .columns([certificate_payload::Column::CertificateId, certificate_payload::Column::Hash])
        .filter(certificate_payload::Column::CertificateId.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// What of a row, or of its payload's `hash`, is no longer as the event of its issue says.
async fn differing(
    db: &impl ConnectionTrait,
    issued: &event::Model,
    row: &certificate::Model,
    hash: Option<&String>,
) -> Result<Option<&'static str>> {
    let text = |name: &str| issued.payload.get(name).and_then(serde_json::Value::as_str);
    let id = |name: &str| text(name).and_then(|text| text.parse::<Uuid>().ok());
    let pairs = [
        ("number", text("number") == Some(row.number.as_str())),
        ("source", row.source == "training"),
        ("enrolment", id("enrolmentId") == row.enrolment_id),
        ("school", id("schoolId") == row.school_id),
        ("region", issued.region_code == row.region_code),
        ("hash", text("hash") == hash.map(String::as_str)),
    ];
    if let Some((what, _)) = pairs.into_iter().find(|(_, same)| !same) {
        return Ok(Some(what));
    }
    let holder = id("personId");
    if holder == Some(row.person_id) {
        return Ok(None);
    }
    // Another record may stand for the same person by now; then theirs leads to it.
    let Some(holder) = holder else { return Ok(Some("holder")) };
    Ok((merged::resolve(db, holder).await? != row.person_id).then_some("holder"))
}

/// What no two certificates may share, and payloads of no certificate. The database keeps
/// these rules; this asks whether they were switched off.
pub async fn uniqueness(services: &Services, found: &mut impl FnMut(String)) -> Result<()> {
    let db = services.store.reader();
    for (column, what) in
        [(certificate::Column::Number, "number"), (certificate::Column::VerificationId, "verification id")]
    {
        for value in shared::<String>(db, certificate::Entity::find(), column).await? {
            found(format!("several certificates have the {what} {value}"));
        }
    }
    let live = certificate::Entity::find().filter(certificate::Column::Status.is_in(["valid", "suspended"]));
    let live = live.filter(certificate::Column::EnrolmentId.is_not_null());
    for enrolment in shared::<Uuid>(db, live, certificate::Column::EnrolmentId).await? {
        found(format!("enrolment {enrolment} has several certificates in force"));
    }
    let orphans: Vec<Uuid> = certificate_payload::Entity::find()
        .select_only()
        .column(certificate_payload::Column::CertificateId)
        .join(JoinType::LeftJoin, certificate_payload::Relation::Certificate.def())
        .filter(certificate::Column::Id.is_null())
        .limit(CHUNK)
        .into_tuple()
        .all(db)
        .await?;
    for id in orphans {
        found(format!("certificate {id}: there is a payload, but no certificate"));
    }
    Ok(())
}

async fn shared<T: sea_orm::TryGetable>(
    db: &impl ConnectionTrait,
    of: Select<certificate::Entity>,
    column: certificate::Column,
) -> Result<Vec<T>> {
    let values: Vec<(T,)> = of
        .select_only()
        .column(column)
        .group_by(column)
        .having(Expr::col((certificate::Entity, column)).count().gt(1))
        .limit(CHUNK)
        .into_tuple()
        .all(db)
        .await?;
    Ok(values.into_iter().map(|(value,)| value).collect())
}
