//! Numbering, signing and keeping certificates, wherever their hours were earned.

use entity::{
    certificate::{Entity, Model},
    certificate_payload,
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::{
    draft::{self, Deed, Letterhead},
    numbers,
};
use crate::{
    access::{actor::Permit, context::Work},
    certification::certificate::payload::{self, Signed},
    foundation::{error::Result, event::Event},
};

/// Rows of one insert; both engines bind at least 32,766 values a statement.
const CHUNK: usize = 500;

/// Issues the certificates of `deeds`, each of which has none. Everything slow is done before the
/// first event, for from then on all other commits wait.
pub async fn issue(
    work: &Work<'_>,
    permit: &Permit,
    letterhead: &Letterhead,
    deeds: Vec<Deed<'_>>,
) -> Result<Vec<Model>> {
    let schools = draft::schools(work, deeds.iter().map(|deed| deed.person)).await?;
    let numbers = numbers::reserve(work, &letterhead.facts(), deeds.len()).await?;
    let drafts = deeds
        .into_iter()
        .zip(numbers)
        .map(|(deed, number)| {
            let school = deed.person.school_id.and_then(|id| schools.get(&id));
            letterhead.draft(work, deed, school, number)
        })
        .collect::<Result<Vec<_>>>()?;
    let signed = draft::sign(work, drafts).await?;
    store(work, permit, signed).await
}

async fn store(work: &Work<'_>, _: &Permit, signed: Vec<(Model, Signed)>) -> Result<Vec<Model>> {
    let (mut rows, mut payloads) = (Vec::with_capacity(signed.len()), Vec::with_capacity(signed.len()));
    for (mut row, signed) in signed {
        let stamp = work.emit(issued(&row, &mark(work, &row, &signed.hash))).await?;
        (row.changed_pos, row.changed_at) = (stamp.pos, stamp.at);
        payloads.push(certificate_payload::ActiveModel {
            certificate_id: Set(row.id),
            payload: Set(signed.canonical),
            hash: Set(signed.hash),
            jws: Set(signed.jws),
            kid: Set(signed.kid),
        });
        rows.push(row);
    }
    for chunk in rows.chunks(CHUNK) {
        let models = chunk.iter().map(|row| row.clone().into_active_model());
        Entity::insert_many(models).exec_without_returning(work.db()).await?;
    }
    while !payloads.is_empty() {
        let chunk = payloads.drain(..payloads.len().min(CHUNK)).collect::<Vec<_>>();
        certificate_payload::Entity::insert_many(chunk).exec_without_returning(work.db()).await?;
    }
    Ok(rows)
}

fn mark(work: &Work<'_>, row: &Model, hash: &str) -> String {
    payload::mark(&work.services.keyring, row.id, hash)
}

fn issued(row: &Model, mark: &str) -> Event {
    Event::new("certificate.issued", "certificate", row.id, row.version)
        .in_region(row.region_code.clone())
        .with(json!({
            "number": row.number,
            "source": row.source,
            "communityId": row.community_id,
            "claimId": row.claim_id,
            "enrolmentId": row.enrolment_id,
            "completion": row.completion,
            "personId": row.person_id,
            "programId": row.program_id,
            "batchId": row.batch_id,
            "providerId": row.provider_id,
            "schoolId": row.school_id,
            "hoursJp": row.hours_jp,
            "kind": row.kind,
            "validUntil": row.valid_until,
            "mark": mark,
        }))
}
