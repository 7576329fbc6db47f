//! `/v1/batches`

use actix_web::{get, patch, post, web::Path};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::organisation::view::OrganisationId,
    foundation::page::{MAX_LIMIT, PageRequest},
    training::{
        batch::{
            input::{CancelBatchInput, CreateBatchInput, ExtendBatchInput, UpdateBatchInput},
            read::{self, BatchFilter, BatchPlan},
            rule::BatchKind,
            state::BatchStatus,
            view::{Batch, BatchId},
            write::{
                CancelBatch, CloseBatch, CreateBatch, ExtendBatch, FinishBatch, OpenBatch, StartBatch,
                UpdateBatch,
            },
        },
        program::view::ProgramId,
        session::clash::{self, BatchClashes},
    },
};

const TAG: &str = "Batches";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_batches)
        .service(create_batch)
        .service(get_batch)
        .service(update_batch)
        .service(open_batch)
        .service(close_batch)
        .service(extend_batch)
        .service(start_batch)
        .service(finish_batch)
        .service(cancel_batch)
        .service(get_batch_clashes);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those that stand here.
    status: Option<BatchStatus>,
    /// Only those of this program.
    #[param(value_type = Option<String>, format = "uuid")]
    program_id: Option<ProgramId>,
    /// Only those of this organisation.
    #[param(value_type = Option<String>, format = "uuid")]
    provider_id: Option<OrganisationId>,
    /// Only those in this region or one below it.
    #[param(example = "32", max_length = 8)]
    region_code: Option<String>,
    /// Only direct ones, or only cascades.
    kind: Option<BatchKind>,
    /// Only those whose first day is this one or later.
    #[param(example = "2026-08-01")]
    starts_from: Option<NaiveDate>,
    /// Only those whose first day is this one or earlier.
    #[param(example = "2026-12-31")]
    starts_until: Option<NaiveDate>,
    /// `true`: only those one can apply for right now; `false`: only the others.
    open_now: Option<bool>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List batches
///
/// Runnings of programs with place, dates and seats, by first day. Without a token only open ones
/// are shown, drafts to their provider's staff only.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of batches", body = Items<Batch>)))]
#[get("/v1/batches")]
async fn list_batches(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = BatchFilter {
        status: params.status,
        program_id: params.program_id,
        provider_id: params.provider_id,
        region_code: params.region_code,
        kind: params.kind,
        starts_from: params.starts_from,
        starts_until: params.starts_until,
        open_now: params.open_now,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, BatchPlan::default(), &page).await?)
}

/// Get a batch
///
/// One batch by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")),
    responses((status = 200, description = "The batch", body = Batch)))]
#[get("/v1/batches/{id}")]
async fn get_batch(call: Call, id: Path<BatchId>) -> Answer {
    let found = read::find(&call.ctx, *id, BatchPlan::default()).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Plan a batch
///
/// One running of a published program. It is shown to its provider's staff only, until it is opened.
#[utoipa::path(tag = TAG, request_body = CreateBatchInput,
    responses((status = 201, description = "Planned", body = Batch)))]
#[post("/v1/batches")]
async fn create_batch(call: Write<CreateBatchInput>) -> Answer {
    let made = call.ctx.write(CreateBatch(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/batches/{}", made.id))
}

/// Change a batch
///
/// JSON merge patch of a batch that has not finished. What people applied for stays once it was opened.
/// Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = UpdateBatchInput,
    responses((status = 200, description = "Changed", body = Batch)))]
#[patch("/v1/batches/{id}")]
async fn update_batch(call: Write<UpdateBatchInput>, id: Path<BatchId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateBatch { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Open a batch
///
/// Takes applications from now on, as soon as the window begins. `warnings` tell of clashes with
/// teaching hours (of those who enrolled, and of schools nearby) and of hours that do not add up.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = Nothing,
    responses((status = 200, description = "Open", body = Batch)))]
#[post("/v1/batches/{id}/open")]
async fn open_batch(call: Write<Nothing>, id: Path<BatchId>) -> Answer {
    let language = call.ctx.language;
    let changed = call.ctx.write(OpenBatch { id: *id, language }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Close a batch
///
/// Takes no more applications.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = Nothing,
    responses((status = 200, description = "Closed", body = Batch)))]
#[post("/v1/batches/{id}/close")]
async fn close_batch(call: Write<Nothing>, id: Path<BatchId>) -> Answer {
    let changed = call.ctx.write(CloseBatch { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Extend a batch
///
/// Takes applications for a closed batch again, until another instant, for a stated reason.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = ExtendBatchInput,
    responses((status = 200, description = "Open again", body = Batch)))]
#[post("/v1/batches/{id}/extend")]
async fn extend_batch(call: Write<ExtendBatchInput>, id: Path<BatchId>) -> Answer {
    let changed = call.ctx.write(ExtendBatch { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Start a batch
///
/// Begins teaching a closed batch: attendance is recorded from now on. Every session of a direct batch
/// needs a resource person whose competence is verified.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = Nothing,
    responses((status = 200, description = "Running", body = Batch)))]
#[post("/v1/batches/{id}/start")]
async fn start_batch(call: Write<Nothing>, id: Path<BatchId>) -> Answer {
    let changed = call.ctx.write(StartBatch { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Finish a batch
///
/// Ends teaching a running batch, once every session was held: delete or move those that were not. Every
/// session of a direct batch needs a resource person whose competence was verified when it began. Whoever
/// still awaits a seat is rejected.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = Nothing,
    responses((status = 200, description = "Finished", body = Batch)))]
#[post("/v1/batches/{id}/finish")]
async fn finish_batch(call: Write<Nothing>, id: Path<BatchId>) -> Answer {
    let changed = call.ctx.write(FinishBatch { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Cancel a batch
///
/// For good. Enrolments with a seat are withdrawn, those without are rejected, both with your reason;
/// resource persons of sessions that are not taught are released.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = CancelBatchInput,
    responses((status = 200, description = "Cancelled", body = Batch)))]
#[post("/v1/batches/{id}/cancel")]
async fn cancel_batch(call: Write<CancelBatchInput>, id: Path<BatchId>) -> Answer {
    let changed = call.ctx.write(CancelBatch { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Get a batch's clashes
///
/// Which schools' teaching hours its sessions fall into: look before you open it. Persons are counted by
/// school, never named.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")),
    responses((status = 200, description = "The clashes", body = BatchClashes)))]
#[get("/v1/batches/{id}/clashes")]
async fn get_batch_clashes(call: Call, id: Path<BatchId>) -> Answer {
    reply::plain(&clash::batch_clashes(&call.ctx, *id).await?)
}
