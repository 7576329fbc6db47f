//! `/v1/programs`

use actix_web::{get, patch, post, web::Path};
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
    training::program::{
        input::{CreateProgramInput, UnpublishProgramInput, UpdateProgramInput},
        read::{self, ProgramFilter, ProgramPlan},
        rule::{PdForm, ProgramStatus},
        view::{Program, ProgramId},
        write::{ArchiveProgram, CreateProgram, PublishProgram, UnpublishProgram, UpdateProgram},
    },
};

const TAG: &str = "Programs";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_programs)
        .service(create_program)
        .service(get_program)
        .service(update_program)
        .service(publish_program)
        .service(unpublish_program)
        .service(archive_program);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those of this organisation.
    #[param(value_type = Option<String>, format = "uuid")]
    provider_id: Option<OrganisationId>,
    /// Only this form.
    form: Option<PdForm>,
    /// Only those that stand here.
    status: Option<ProgramStatus>,
    /// Only titles that begin like this, letter case aside.
    #[param(example = "guru belajar", max_length = 100)]
    q: Option<String>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List programs
///
/// Curricula with their form, hours, audience and pass rule, by title. Drafts are shown to their
/// provider's staff only.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of programs", body = Items<Program>)))]
#[get("/v1/programs")]
async fn list_programs(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = ProgramFilter {
        provider_id: params.provider_id,
        form: params.form,
        status: params.status,
        q: params.q,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, ProgramPlan::default(), &page).await?)
}

/// Get a program
///
/// One program by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The program's id")),
    responses((status = 200, description = "The program", body = Program)))]
#[get("/v1/programs/{id}")]
async fn get_program(call: Call, id: Path<ProgramId>) -> Answer {
    let found = read::find(&call.ctx, *id, ProgramPlan::default()).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Draft a program
///
/// It is shown to its provider's staff only, until it is published.
#[utoipa::path(tag = TAG, request_body = CreateProgramInput,
    responses((status = 201, description = "Drafted", body = Program)))]
#[post("/v1/programs")]
async fn create_program(call: Write<CreateProgramInput>) -> Answer {
    let made = call.ctx.write(CreateProgram(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/programs/{}", made.id))
}

/// Change a program
///
/// JSON merge patch of a draft; of a published program only the description. Send the version you
/// read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The program's id")), request_body = UpdateProgramInput,
    responses((status = 200, description = "Changed", body = Program)))]
#[patch("/v1/programs/{id}")]
async fn update_program(call: Write<UpdateProgramInput>, id: Path<ProgramId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateProgram { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Publish a program
///
/// Batches of it may be planned from now on; its curriculum is fixed.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The program's id")), request_body = Nothing,
    responses((status = 200, description = "Published", body = Program)))]
#[post("/v1/programs/{id}/publish")]
async fn publish_program(call: Write<Nothing>, id: Path<ProgramId>) -> Answer {
    let changed = call.ctx.write(PublishProgram { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take a program back to the draft
///
/// Possible as long as no batch of it was planned, for a stated reason.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The program's id")), request_body = UnpublishProgramInput,
    responses((status = 200, description = "A draft again", body = Program)))]
#[post("/v1/programs/{id}/unpublish")]
async fn unpublish_program(call: Write<UnpublishProgramInput>, id: Path<ProgramId>) -> Answer {
    let changed = call.ctx.write(UnpublishProgram { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Archive a program
///
/// No new batch is planned any more; those there are go on.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The program's id")), request_body = Nothing,
    responses((status = 200, description = "Archived", body = Program)))]
#[post("/v1/programs/{id}/archive")]
async fn archive_program(call: Write<Nothing>, id: Path<ProgramId>) -> Answer {
    let changed = call.ctx.write(ArchiveProgram { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
