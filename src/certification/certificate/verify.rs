//! What anyone is told who asks whether a certificate is genuine.

use entity::certificate;
use sea_orm::{ConnectionTrait, EntityTrait, QueryTrait};

use super::{
    integrity,
    mask::{mask, whole},
    payload::Payload,
    redact,
    state::{CertificateStatus, State},
    stored::{self, Rows},
    verification_id::VerificationId,
    view::Verification,
};
use crate::{
    access::{context::Ctx, scope},
    directory::sharing_consent::{read::in_force, rule::SharingPurpose},
    foundation::error::{Error, Result},
};

/// How often a certificate is read that changes meanwhile.
const TRIES: u32 = 3;

/// What the certificate with this verification id is worth now.
///
/// Reads the primary, so that no node says "valid" after a revocation was acknowledged, and
/// says nothing before the signature is proven and everything stored beside it agrees.
///
/// # Errors
/// `not_found`; `certificate_integrity_failed` when what is stored is not what was issued.
pub async fn find(ctx: &Ctx, id: VerificationId) -> Result<Verification> {
    let found = load(ctx, id).await?.ok_or(Error::NotFound("verification"))?;
    let payload = integrity::examine(&ctx.services.keyring, found.stored())
        .map_err(|breach| failed(&found.row.id, &breach))?;
    let successor = match found.row.superseded_by {
        Some(id) => certificate::Entity::find_by_id(id).one(ctx.db()).await?.map(|row| row.verification_id),
        None => None,
    };
    // Asked last, of whose it is now: a consent that was taken back before this answer is not in it.
    let named = in_force(ctx.db(), found.row.person_id, SharingPurpose::NameOnVerification).await?;
    view(ctx, &found, payload, successor, named)
}

/// The certificate with all its events: two statements, and two more for one that changed
/// between them. Events that still lead further than the row are no such accident.
async fn load(ctx: &Ctx, id: VerificationId) -> Result<Option<Rows>> {
    let query = stored::with_payload(scope::verifiable(&id.to_string())).into_query();
    let mut tries = 0;
    loop {
        let Some(row) = ctx.db().query_one(&query).await? else { return Ok(None) };
        let mut rows = Rows::read(&row).map_err(|unreadable| failed(&id, &unreadable))?;
        stored::bring_events(ctx.db(), std::slice::from_mut(&mut rows)).await?;
        tries += 1;
        if !rows.is_behind() || tries == TRIES {
            return Ok(Some(rows));
        }
    }
}

/// Counts, logs and refuses what was changed behind the service's back.
fn failed(which: &impl std::fmt::Display, why: &impl std::fmt::Display) -> Error {
    metrics::counter!("sanggar_integrity_failures_total").increment(1);
    tracing::error!(certificate = %which, %why, "a certificate was changed behind the service's back");
    Error::conflict("certificate_integrity_failed")
}

fn view(
    ctx: &Ctx,
    found: &Rows,
    said: Payload,
    superseded_by: Option<String>,
    named: bool,
) -> Result<Verification> {
    let row = &found.row;
    let status = State::of(&row.status)?.shown(row.valid_until, ctx.issuer_today());
    let kind = said.kind();
    let decided = !matches!(status, CertificateStatus::Valid | CertificateStatus::Expired);
    Ok(Verification {
        verification_id: row.verification_id.clone(),
        status,
        holder_erased: redact::is_redacted(&said),
        number: said.number,
        holder_name: if named { whole(&said.holder.name) } else { mask(&said.holder.name) },
        holder_name_is_whole: named,
        title: said.program.title,
        provider_name: said.issuer.name,
        hours_jp: row.hours_jp,
        kind,
        community_name: said.community.map(|community| community.name),
        starts_on: said.start_date,
        ends_on: said.end_date,
        issued_at: said.issued_at.instant(),
        valid_until: said.valid_until,
        status_since: found.status_since().filter(|_| decided),
        superseded_by,
        checked_at: ctx.now(),
    })
}
