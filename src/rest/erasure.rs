//! `/v1/erasures`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::person::view::PersonId,
    foundation::page::{MAX_LIMIT, PageRequest},
    privacy::erasure::{
        input::{RejectErasureInput, RequestErasureInput},
        preview,
        read::{self, ErasureFilter},
        rule::ErasureStatus,
        view::{Erasure, ErasureId, ErasurePreview},
        write::{ApproveErasure, RejectErasure, RequestErasure, WithdrawErasure},
    },
};

const TAG: &str = "Erasure";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_erasures)
        .service(request_erasure)
        .service(get_erasure)
        .service(get_erasure_preview)
        .service(withdraw_erasure)
        .service(approve_erasure)
        .service(reject_erasure);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those about this person.
    #[param(value_type = Option<String>, format = "uuid")]
    person_id: Option<PersonId>,
    /// Only those that stand there.
    status: Option<ErasureStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List requests to be erased
///
/// Who asked that somebody be erased, within your reach and about yourself, and what came of it; the newest first.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of requests", body = Items<Erasure>)))]
#[get("/v1/erasures")]
async fn list_erasures(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = ErasureFilter { person_id: params.person_id, status: params.status };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get a request to be erased
///
/// One request by its id. Its `ETag` is what `If-Match` of a decision takes.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The request's id")),
    responses((status = 200, description = "The request", body = Erasure)))]
#[get("/v1/erasures/{id}")]
async fn get_erasure(call: Call, id: Path<ErasureId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Get what an erasure would do
///
/// What stands in the way, what would go, and what would stay and why. It is done, looked at and undone: nothing
/// changes, and what you read is what approving it now would do.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The request's id")),
    responses((status = 200, description = "What it would do", body = ErasurePreview)))]
#[get("/v1/erasures/{id}/preview")]
async fn get_erasure_preview(call: Call, id: Path<ErasureId>) -> Answer {
    reply::plain(&preview::of(&call.ctx, *id).await?)
}

/// Ask to be erased
///
/// For yourself without a reason, or for somebody within your reach, saying how they asked. The ministry answers within
/// three times 24 hours.
#[utoipa::path(tag = TAG, request_body = RequestErasureInput,
    responses((status = 201, description = "Asked", body = Erasure)))]
#[post("/v1/erasures")]
async fn request_erasure(call: Write<RequestErasureInput>) -> Answer {
    let made = call.ctx.write(RequestErasure(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/erasures/{}", made.id))
}

/// Take back a request to be erased
///
/// As long as nothing was decided. It can be asked anew.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The request's id")),
    responses((status = 200, description = "Taken back", body = Erasure)))]
#[post("/v1/erasures/{id}/withdraw")]
async fn withdraw_erasure(call: Write<Nothing>, id: Path<ErasureId>) -> Answer {
    let withdrawn = call.ctx.write(WithdrawErasure { id: *id }).await?;
    reply::resource(&call.http, &withdrawn, withdrawn.version)
}

/// Erase somebody
///
/// Everything that says who they are goes, in one step that nobody can undo; look at the preview first. Their
/// certificates stay worth what they were, without the name. Refused with everything that must be ended first, and to
/// whoever asked or is erased.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The request's id")),
    responses((status = 200, description = "Erased", body = Erasure)))]
#[post("/v1/erasures/{id}/approve")]
async fn approve_erasure(call: Write<Nothing>, id: Path<ErasureId>) -> Answer {
    let done = call.ctx.write(ApproveErasure { id: *id }).await?;
    reply::resource(&call.http, &done, done.version)
}

/// Turn down a request to be erased
///
/// With a reason for whoever asked: the law knows exceptions, such as an investigation that is under way.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The request's id")), request_body = RejectErasureInput,
    responses((status = 200, description = "Turned down", body = Erasure)))]
#[post("/v1/erasures/{id}/reject")]
async fn reject_erasure(call: Write<RejectErasureInput>, id: Path<ErasureId>) -> Answer {
    let rejected = call.ctx.write(RejectErasure { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &rejected, rejected.version)
}
