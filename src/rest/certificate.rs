//! `/v1/certificates`

use actix_web::{HttpResponse, get, http::header, post, web::Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer},
};
use crate::{
    certification::certificate::{
        filter::CertificateFilter,
        read::{self, CertificatePlan, DEFAULT_LIMIT},
        state::CertificateStatus,
        view::{Certificate, CertificateId, IssuedCertificates},
        write::{
            IssueBatchCertificates, IssueCertificate, IssueCertificateInput, RevokeCertificate,
            RevokeCertificateInput,
        },
    },
    directory::{organisation::view::OrganisationId, person::view::PersonId},
    foundation::{
        error::Error,
        page::{MAX_EXCHANGE_LIMIT, PageRequest},
    },
    training::{batch::view::BatchId, program::view::ProgramId},
};

const TAG: &str = "Certificates";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_certificates)
        .service(issue_certificate)
        .service(get_certificate)
        .service(revoke_certificate)
        .service(issue_batch_certificates);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those issued, or changed in status, after this instant, and a little before it: whoever keeps
    /// the greatest `changedAt` seen and asks from there misses nothing, but sees some rows again.
    #[param(example = "2026-11-22T13:44:00Z", format = "date-time")]
    changed_after: Option<DateTime<Utc>>,
    /// Only those whose holder was in this region, or one below it, on the day of issue.
    #[param(example = "32.73", max_length = 13)]
    region_code: Option<String>,
    /// Only those of this program.
    #[param(value_type = Option<String>, format = "uuid")]
    program_id: Option<ProgramId>,
    /// Only those of this batch.
    #[param(value_type = Option<String>, format = "uuid")]
    batch_id: Option<BatchId>,
    /// Only those that this organisation issued.
    #[param(value_type = Option<String>, format = "uuid")]
    provider_id: Option<OrganisationId>,
    /// Only those of this person.
    #[param(value_type = Option<String>, format = "uuid")]
    person_id: Option<PersonId>,
    /// Only those worth this today. Leave it out to hear of revocations: a revoked certificate leaves a
    /// list of valid ones without a word.
    status: Option<CertificateStatus>,
    /// Only the one with this printed number.
    #[param(example = "000042/BGTKJABAR/2026", max_length = 80)]
    number: Option<String>,
    /// The cursor to go on from: the `next` of the page before, or the `resume` of an earlier visit.
    after: Option<String>,
    /// Rows wanted, 100 unless said.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    limit: Option<u64>,
}

/// A page of certificates in the order in which they changed.
#[derive(Debug, Serialize, ToSchema)]
struct ChangedCertificates {
    /// The rows, in the order in which they were issued or last changed status.
    items: Vec<Certificate>,
    /// Pass it as `after` to get the next page; null when there is no more for now.
    #[schema(required = true)]
    next: Option<String>,
    /// Keep it, and pass it as `after` when you come back: you get exactly what was issued or
    /// changed since. Always there, also on an empty page.
    #[schema(required = true)]
    resume: Option<String>,
}

/// List certificates
///
/// The certificates within your reach, in the order in which they were issued or last changed status.
/// To keep a copy up to date: follow `next` until it is null, keep `resume`, and come back with it as
/// `after`. That never skips a certificate, whoever writes meanwhile, and repeats none. `changedAfter`
/// is the simpler, rougher way: it repeats some. A status of `expired` follows from `validUntil` alone:
/// the day that passes is no change, so no row comes for it.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of certificates", body = ChangedCertificates)))]
#[get("/v1/certificates")]
async fn list_certificates(call: Call, Params(params): Params<ListParams>) -> Answer {
    let limit = params.limit.unwrap_or(DEFAULT_LIMIT);
    let page = PageRequest::forward(params.after, Some(limit), MAX_EXCHANGE_LIMIT)?;
    let filter = CertificateFilter {
        changed_after: params.changed_after,
        region_code: params.region_code,
        program_id: params.program_id,
        batch_id: params.batch_id,
        provider_id: params.provider_id,
        person_id: params.person_id,
        status: params.status,
        number: params.number,
    };
    let found = read::stretch(&call.ctx, &filter, &page).await?;
    let mut builder = HttpResponse::Ok();
    if let Some(cursor) = &found.next {
        builder.insert_header((header::LINK, reply::next_link(&call.http, cursor)?));
    }
    let page = ChangedCertificates { items: found.rows, next: found.next, resume: found.resume };
    let body = serde_json::to_vec(&page).map_err(|e| Error::internal("write a page", e))?;
    Ok(builder.content_type("application/json").body(body))
}

/// Get a certificate
///
/// One certificate by its id, with its signed form: a compact JWS that proves it by itself, also offline,
/// with the keys of `/.well-known/jwks.json`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The certificate's id")),
    responses((status = 200, description = "The certificate", body = Certificate)))]
#[get("/v1/certificates/{id}")]
async fn get_certificate(call: Call, id: Path<CertificateId>) -> Answer {
    let plan = CertificatePlan { signed: true, program: false };
    let found = read::find(&call.ctx, *id, plan).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Issue a certificate
///
/// Certifies a completed enrolment: freezes and signs what it says, and gives it the next number. Once per
/// completion: a second call is refused with `certificate_already_issued`, which names the certificate.
#[utoipa::path(tag = TAG, request_body = IssueCertificateInput,
    responses((status = 201, description = "Issued", body = Certificate)))]
#[post("/v1/certificates")]
async fn issue_certificate(call: Write<IssueCertificateInput>) -> Answer {
    let made = call.ctx.write(IssueCertificate(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/certificates/{}", made.id))
}

/// Revoke a certificate
///
/// Takes a certificate back, for a reason and for ever. Verification says so as soon as this is answered.
/// What was signed stays as it is.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The certificate's id")), request_body = RevokeCertificateInput,
    responses((status = 200, description = "Revoked", body = Certificate)))]
#[post("/v1/certificates/{id}/revoke")]
async fn revoke_certificate(call: Write<RevokeCertificateInput>, id: Path<CertificateId>) -> Answer {
    let revoked = call.ctx.write(RevokeCertificate { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &revoked, revoked.version)
}

/// Issue the certificates of a batch
///
/// Certifies everyone who completed the batch and has no certificate for it yet, all together or not at
/// all. Who had one that was revoked is passed over. Calling it again is safe: it then issues to whoever
/// completed since.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = Nothing,
    responses((status = 200, description = "What was issued", body = IssuedCertificates)))]
#[post("/v1/batches/{id}/certificates")]
async fn issue_batch_certificates(call: Write<Nothing>, id: Path<BatchId>) -> Answer {
    reply::plain(&call.ctx.write(IssueBatchCertificates(*id)).await?)
}
