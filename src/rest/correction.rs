//! `/v1/corrections`, and what persons ask for in their records

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::{
        correction::{
            input::{DecideCorrectionInput, RequestCorrectionInput},
            read::{self, CorrectionFilter},
            rule::CorrectionStatus,
            view::{Correction, CorrectionId},
            write::{AcceptCorrection, RejectCorrection, RequestCorrection, WithdrawCorrection},
        },
        person::view::PersonId,
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Corrections";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_corrections)
        .service(request_correction)
        .service(get_correction)
        .service(accept_correction)
        .service(reject_correction)
        .service(withdraw_correction);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those of this person.
    #[param(value_type = Option<String>, format = "uuid")]
    person_id: Option<PersonId>,
    /// Only those that stand there.
    status: Option<CorrectionStatus>,
    /// Only those that wait longer than they may, or only the others.
    overdue: Option<bool>,
    /// Only those of persons of this region or one below it.
    #[param(example = "32.73", max_length = 13)]
    region_code: Option<String>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List corrections
///
/// Your own, and those that you decide about: the ministry everywhere, a regional officer in the region. What must be
/// answered first comes first; `status=requested` are those that wait, `overdue=true` those that wait too long.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of corrections", body = Items<Correction>)))]
#[get("/v1/corrections")]
async fn list_corrections(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = CorrectionFilter {
        person_id: params.person_id,
        status: params.status,
        overdue: params.overdue,
        region_code: params.region_code,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Ask for a correction
///
/// Of your own record: field by field in `changes`, or in `words` where something else is wrong. It is answered within
/// 72 hours (`dueAt`) by whoever looks after the record. At most three wait at once. Once it is answered, what you wished
/// is no longer kept; the names of the fields are.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id")), request_body = RequestCorrectionInput,
    responses((status = 201, description = "Asked for", body = Correction)))]
#[post("/v1/persons/{id}/corrections")]
async fn request_correction(call: Write<RequestCorrectionInput>, id: Path<PersonId>) -> Answer {
    let made = call.ctx.write(RequestCorrection { id: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/corrections/{}", made.id))
}

/// Get a correction
///
/// One correction by its id: yours, or one that you decide about. Its `ETag` is what `If-Match` of a decision takes.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The correction's id")),
    responses((status = 200, description = "The correction", body = Correction)))]
#[get("/v1/corrections/{id}")]
async fn get_correction(call: Call, id: Path<CorrectionId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Accept a correction
///
/// The record is changed as it was asked for, field by field, under the same rules as a change by hand: all of it or
/// nothing. A number that another record has is refused with `person_already_known`, and nobody is moved to where you may
/// not decide. Nobody decides about their own. The person reads the reason.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The correction's id")), request_body = DecideCorrectionInput,
    responses((status = 200, description = "Accepted: the record is changed", body = Correction)))]
#[post("/v1/corrections/{id}/accept")]
async fn accept_correction(call: Write<DecideCorrectionInput>, id: Path<CorrectionId>) -> Answer {
    let changed = call.ctx.write(AcceptCorrection { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Reject a correction
///
/// The record stays as it is, for a reason that the person reads. They may ask again. Nobody decides about their own.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The correction's id")), request_body = DecideCorrectionInput,
    responses((status = 200, description = "Rejected", body = Correction)))]
#[post("/v1/corrections/{id}/reject")]
async fn reject_correction(call: Write<DecideCorrectionInput>, id: Path<CorrectionId>) -> Answer {
    let changed = call.ctx.write(RejectCorrection { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take a correction back
///
/// While it waits; whoever asked for it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The correction's id")), request_body = Nothing,
    responses((status = 200, description = "Withdrawn", body = Correction)))]
#[post("/v1/corrections/{id}/withdraw")]
async fn withdraw_correction(call: Write<Nothing>, id: Path<CorrectionId>) -> Answer {
    let changed = call.ctx.write(WithdrawCorrection(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}
