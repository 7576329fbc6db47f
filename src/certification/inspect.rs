//! Whether every certificate is what was issued and decided: `sanggar fsck`'s half that
//! knows certificates. Reads in chunks, so memory does not grow with the registry.

use std::{collections::HashSet, sync::Arc};

use entity::{certificate, certificate_payload, event};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait, RelationTrait, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::certificate::{
    integrity::{self, Breach},
    stored::{self, Rows},
};
use crate::{
    access::context::Services,
    foundation::error::{Error, Result},
};

pub mod erased;
pub mod tally;

/// How often a certificate that changed while it was read is looked at again.
const LOOKS: u32 = 3;
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
        let answer = db.query_all(&stored::with_payload(query).into_query()).await?;
        let (mut chunk, mut last) = (Vec::with_capacity(answer.len()), None);
        for row in &answer {
            let id = row.try_get::<Uuid>("", "id").ok();
            last = id.or(last);
            match Rows::read(row) {
                Ok(rows) => chunk.push(rows),
                Err(why) => found(format!("certificate {}: {why}", id.unwrap_or_default())),
            }
        }
        count += answer.len() as u64;
        stored::bring_events(db, &mut chunk).await?;
        let counters = tally::Counters::read(db).await?;
        chunk.iter().filter_map(|rows| counters.against(&rows.row)).for_each(&mut *found);
        for suspect in examine(services, chunk).await? {
            if let Some(breach) = confirm(services, &suspect).await? {
                found(format!("certificate {} ({}): {breach}", suspect.id, suspect.number));
            }
        }
        let Some(last) = last else { break };
        after = Some(last);
    }
    Ok(count)
}

/// A certificate that is not what it should be, unless it changed while it was read.
struct Suspect {
    id: Uuid,
    number: String,
    breach: Breach,
    behind: bool,
}

/// Proves signatures on every processor there is.
async fn examine(services: &Arc<Services>, mut chunk: Vec<Rows>) -> Result<Vec<Suspect>> {
    let width = std::thread::available_parallelism().map_or(1, usize::from);
    let share = chunk.len().div_ceil(width).max(1);
    let mut running = Vec::with_capacity(width);
    while !chunk.is_empty() {
        let part = chunk.split_off(chunk.len().saturating_sub(share));
        let services = services.clone();
        running.push(tokio::task::spawn_blocking(move || {
            let suspect = |rows: Rows| {
                let breach = integrity::examine(&services.keyring, rows.stored()).err()?;
                let behind = rows.is_behind();
                Some(Suspect { id: rows.row.id, number: rows.row.number, breach, behind })
            };
            part.into_iter().filter_map(suspect).collect::<Vec<_>>()
        }));
    }
    let mut all = Vec::new();
    for part in running {
        all.extend(part.await.map_err(|e| Error::internal("examine certificates", e))?);
    }
    Ok(all)
}

/// The breach, unless it was a change between two reads.
async fn confirm(services: &Services, suspect: &Suspect) -> Result<Option<Breach>> {
    let (mut breach, mut behind) = (suspect.breach, suspect.behind);
    for _ in 0..LOOKS {
        if !behind {
            break;
        }
        let Some(rows) = stored::again(services.store.reader(), suspect.id).await? else { break };
        match integrity::examine(&services.keyring, rows.stored()) {
            Ok(_) => return Ok(None),
            Err(again) => (breach, behind) = (again, rows.is_behind()),
        }
    }
    Ok(Some(breach))
}

/// Holds every issue that ever happened against the certificates: that what it made is
/// still there. Whether it still says the same, [`certificates`] finds.
pub async fn issues(services: &Services, found: &mut impl FnMut(String)) -> Result<()> {
    let db = services.store.reader();
    let mut after = 0;
    loop {
        let query = event::Entity::find()
            .select_only()
            .columns([event::Column::Pos, event::Column::SubjectId])
            .filter(event::Column::Pos.gt(after))
            .filter(event::Column::Kind.eq("certificate.issued"))
            .order_by_asc(event::Column::Pos)
            .limit(CHUNK);
        let rows = db.query_all(&query.into_query()).await?;
        // What cannot be read, the walk of the trail has told.
        let read =
            |row: &QueryResult| Some((row.try_get("", "pos").ok()?, row.try_get("", "subject_id").ok()?));
        let issued: Vec<(i64, String)> = rows.iter().filter_map(read).collect();
        let Some((last, _)) = issued.last() else { break };
        after = *last;
        let ids = issued.iter().filter_map(|(_, id)| id.parse::<Uuid>().ok());
        let there = certificate::Entity::find()
            .select_only()
            .column(certificate::Column::Id)
            .filter(certificate::Column::Id.is_in(ids));
        let there: HashSet<Uuid> = there.into_tuple().all(db).await?.into_iter().collect();
        for (pos, id) in &issued {
            if !id.parse().is_ok_and(|id| there.contains(&id)) {
                found(format!("certificate {id}: it was issued (event {pos}), but is gone"));
            }
        }
    }
    Ok(())
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
    let live = certificate::Entity::find().filter(certificate::Column::Status.is_in(["valid", "suspended"]));
    let live = live.filter(certificate::Column::ClaimId.is_not_null());
    for claim in shared::<Uuid>(db, live, certificate::Column::ClaimId).await? {
        found(format!("credit claim {claim} has several certificates in force"));
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
