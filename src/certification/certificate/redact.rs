//! Certificates of somebody who was erased. In the place of the signed payload stands one of the same fields in which
//! the holder is their id and nothing else, signed anew as a message of its own media type, so that neither is ever
//! taken for the other. Number, program, hours and dates stay, so whoever holds the signed copy can still ask what it
//! is worth. This is the law's one exception to a payload that never changes: an event of each certificate tells of it,
//! and without that event no redacted payload is believed.

use entity::{
    certificate::{self, Column, Entity},
    certificate_payload,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{CaseStatement, Expr},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    integrity,
    payload::{self, Holder, Payload, Proven, Signed},
    stored::{self, Rows},
};
use crate::{
    access::{actor::Permit, context::Work, jws::Flaw, keys::Keyring},
    foundation::{
        error::{Error, Fault, Result},
        event::Event,
        transaction::Stamp,
    },
};

/// The media type in the header of a redacted payload.
pub const TYP: &str = "sanggar-certificate-redacted+jws";
/// The event of a certificate whose holder was erased.
pub const ERASED: &str = "certificate.holder_erased";
/// Certificates read, or rows changed, in one statement.
const CHUNK: usize = 500;

/// What a payload says once its holder was erased.
fn redacted(said: Payload) -> Payload {
    let holder = Holder {
        id: said.holder.id,
        person_kind: said.holder.person_kind,
        name: String::new(),
        employment: None,
        school_name: None,
        npsn: None,
        region_code: None,
    };
    Payload { holder, ..said }
}

/// Whether nothing of the holder is left but the id. No certificate is issued without a name.
pub fn is_redacted(said: &Payload) -> bool {
    let Holder { id: _, person_kind: _, name, employment, school_name, npsn, region_code } = &said.holder;
    name.is_empty() && [employment, school_name, npsn, region_code].into_iter().all(Option::is_none)
}

/// The payload of a redacted certificate, once signature, form and what it leaves out hold.
///
/// # Errors
/// The first [`Flaw`]: nothing of what is unproven is handed out.
pub fn verify(ring: &Keyring, jws: &str) -> std::result::Result<Proven, Flaw> {
    let proven = payload::verify_as(ring, jws, TYP)?;
    if is_redacted(&proven.payload) { Ok(proven) } else { Err(Flaw::Malformed) }
}

/// Certificates that are to lose their holder, each with the payload that takes the place of its own.
pub struct Redactions(Vec<(certificate::Model, Signed)>);

impl Redactions {
    /// How many.
    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }
}

/// Locks the certificates of these persons and signs what shall stand in place of their payloads. Each is proven
/// first: what was changed behind the service's back is not signed again, which would hide it. Does what is slow, and
/// no event yet.
///
/// # Errors
/// `certificate_integrity_failed`, naming the certificate.
pub async fn prepare(work: &Work<'_>, persons: &[Uuid]) -> Result<Redactions> {
    let (mut signed, mut after) = (Vec::new(), None);
    loop {
        let mut query = Entity::find()
            .filter(Column::PersonId.is_in(persons.iter().copied()))
            .order_by_asc(Column::Id)
            .limit(CHUNK as u64);
        if let Some(after) = after {
            query = query.filter(Column::Id.gt::<Uuid>(after));
        }
        let ids: Vec<Uuid> =
            query.clone().lock_exclusive().all(work.db()).await?.iter().map(|c| c.id).collect();
        let Some(last) = ids.last().copied() else { return Ok(Redactions(signed)) };
        after = Some(last);
        let answer = work.db().query_all(&stored::with_payload(query).into_query()).await?;
        let mut rows = answer.iter().map(Rows::read).collect::<Result<Vec<_>>>()?;
        stored::bring_events(work.db(), &mut rows).await?;
        signed.extend(sign(work, rows).await?);
    }
}

async fn sign(work: &Work<'_>, rows: Vec<Rows>) -> Result<Vec<(certificate::Model, Signed)>> {
    let services = work.services.clone();
    let signing = tokio::task::spawn_blocking(move || {
        let ring = &services.keyring;
        let one = |rows: Rows| {
            let said = integrity::examine(ring, rows.stored()).map_err(|breach| {
                tracing::error!(certificate = %rows.row.id, %breach, "not redacted: it was changed before");
                let fault = Fault::new("", "certificate_integrity_failed");
                Error::conflict_with(fault.with("number", &rows.row.number))
            })?;
            Ok((rows.row, redacted(said).sign_as(ring, TYP)?))
        };
        rows.into_iter().map(one).collect::<Result<Vec<_>>>()
    });
    signing.await.map_err(|e| Error::internal("sign redacted certificates", e))?
}

/// Puts the redacted payloads in place, and tells of each certificate that its holder is gone: it gets a new place in
/// the order of changes, so that whoever pulls changes learns of it. `person`: who was erased.
pub async fn finish(work: &Work<'_>, _: &Permit, person: Uuid, redactions: Redactions) -> Result<()> {
    let mut all = redactions.0.into_iter();
    loop {
        let chunk: Vec<(certificate::Model, Signed)> = all.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        let mut stamps = Vec::with_capacity(chunk.len());
        for (row, signed) in &chunk {
            stamps.push((row.id, work.emit(erased(row, person, signed)).await?));
        }
        rows_without_holder(work, &stamps).await?;
        let ids = stamps.iter().map(|(id, _)| *id);
        certificate_payload::Entity::delete_many()
            .filter(certificate_payload::Column::CertificateId.is_in(ids))
            .exec(work.db())
            .await?;
        let payloads = chunk.into_iter().map(|(row, signed)| certificate_payload::ActiveModel {
            certificate_id: Set(row.id),
            payload: Set(signed.canonical),
            hash: Set(signed.hash),
            jws: Set(signed.jws),
            kid: Set(signed.kid),
        });
        certificate_payload::Entity::insert_many(payloads).exec_without_returning(work.db()).await?;
    }
}

/// Where it was issued stays: the event of the issue says it too, and receivers there are to hear of this.
async fn rows_without_holder(work: &Work<'_>, stamps: &[(Uuid, Stamp)]) -> Result<()> {
    let Some((_, last)) = stamps.last() else { return Ok(()) };
    let place = stamps.iter().fold(CaseStatement::new(), |case, (id, stamp)| {
        case.case(Expr::col(Column::Id).eq(*id), Expr::value(stamp.pos))
    });
    Entity::update_many()
        .col_expr(Column::HolderName, Expr::value(""))
        .col_expr(Column::SchoolId, Expr::value(None::<Uuid>))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::ChangedAt, Expr::value(last.at))
        .col_expr(Column::ChangedPos, place.finally(Expr::col(Column::ChangedPos)).into())
        .filter(Column::Id.is_in(stamps.iter().map(|(id, _)| *id)))
        .exec(work.db())
        .await?;
    Ok(())
}

fn erased(row: &certificate::Model, person: Uuid, signed: &Signed) -> Event {
    Event::new(ERASED, "certificate", row.id, row.version + 1)
        .in_region(row.region_code.clone())
        .with(json!({ "personId": row.person_id, "erasedId": person, "hash": signed.hash }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_says_nothing_of_the_holder_and_is_no_certificate() {
        let ring = Keyring::ephemeral(1);
        let whole = payload::sample();
        let left = redacted(whole.clone());
        assert!(is_redacted(&left) && !is_redacted(&whole));
        assert_eq!((left.number.clone(), left.holder.id), (whole.number.clone(), whole.holder.id));
        let text = left.canonical().unwrap();
        assert!(!text.contains("Siti") && !text.contains("20219321") && !text.contains("32.73"), "{text}");
        let signed = left.sign_as(&ring, TYP).unwrap();
        assert_eq!(verify(&ring, &signed.jws).unwrap().payload, left);
        assert_eq!(payload::verify(&ring, &signed.jws), Err(Flaw::Type));
        // Nor is a certificate taken for what is left of one, under whichever name it is signed.
        assert_eq!(verify(&ring, &whole.sign(&ring).unwrap().jws), Err(Flaw::Type));
        assert_eq!(verify(&ring, &whole.sign_as(&ring, TYP).unwrap().jws), Err(Flaw::Malformed));
    }

    #[test]
    fn the_mark_of_a_hash_is_the_services_alone() {
        let (ours, theirs) = (Keyring::ephemeral(1), Keyring::ephemeral(2));
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let hash = payload::hash("{}");
        assert_eq!(payload::mark(&ours, one, &hash), payload::mark(&ours, one, &hash));
        assert_ne!(payload::mark(&ours, one, &hash), payload::mark(&ours, other, &hash));
        assert_ne!(payload::mark(&ours, one, &hash), payload::mark(&theirs, one, &hash));
    }
}
