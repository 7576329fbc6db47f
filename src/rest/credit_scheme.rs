//! `/v1/credit-schemes`

use actix_web::{get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::credit::scheme::{
        input::{CreateCreditSchemeInput, UpdateCreditSchemeInput},
        read::{self, CreditSchemeFilter},
        state::CreditSchemeStatus,
        view::{CreditScheme, CreditSchemeId},
        write::{CreateCreditScheme, PublishCreditScheme, RetireCreditScheme, UpdateCreditScheme},
    },
    directory::organisation::view::OrganisationId,
    foundation::page::{MAX_LIMIT, PageRequest},
    training::program::view::ProgramId,
};

const TAG: &str = "Community credit";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_credit_schemes)
        .service(create_credit_scheme)
        .service(get_credit_scheme)
        .service(update_credit_scheme)
        .service(publish_credit_scheme)
        .service(retire_credit_scheme);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those of this program.
    #[param(value_type = Option<String>, format = "uuid")]
    program_id: Option<ProgramId>,
    /// Only those of this organisation.
    #[param(value_type = Option<String>, format = "uuid")]
    provider_id: Option<OrganisationId>,
    /// Only those that stand here.
    status: Option<CreditSchemeStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List credit schemes
///
/// The rules by which what communities do adds up to credit hours, by code; each edition is a row of its own.
/// Drafts are shown to their provider's staff only.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of credit schemes", body = Items<CreditScheme>)))]
#[get("/v1/credit-schemes")]
async fn list_credit_schemes(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = CreditSchemeFilter {
        program_id: params.program_id,
        provider_id: params.provider_id,
        status: params.status,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get a credit scheme
///
/// One edition of a credit scheme by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The scheme's id")),
    responses((status = 200, description = "The credit scheme", body = CreditScheme)))]
#[get("/v1/credit-schemes/{id}")]
async fn get_credit_scheme(call: Call, id: Path<CreditSchemeId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Draft a credit scheme
///
/// For a program of your organisation: what must be done in one cycle, and for how many JP it counts. A new
/// edition names the one it follows in `supersedes`. It is shown to its provider's staff only, until it is published.
#[utoipa::path(tag = TAG, request_body = CreateCreditSchemeInput,
    responses((status = 201, description = "Drafted", body = CreditScheme)))]
#[post("/v1/credit-schemes")]
async fn create_credit_scheme(call: Write<CreateCreditSchemeInput>) -> Answer {
    let made = call.ctx.write(CreateCreditScheme(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/credit-schemes/{}", made.id))
}

/// Change a credit scheme
///
/// JSON merge patch of a draft. What was published never changes: write a new edition. Send the version you
/// read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The scheme's id")), request_body = UpdateCreditSchemeInput,
    responses((status = 200, description = "Changed", body = CreditScheme)))]
#[patch("/v1/credit-schemes/{id}")]
async fn update_credit_scheme(call: Write<UpdateCreditSchemeInput>, id: Path<CreditSchemeId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateCreditScheme { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Publish a credit scheme
///
/// From its first day on, cycles may begin by it; what it says never changes again. Its program must be published.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The scheme's id")), request_body = Nothing,
    responses((status = 200, description = "Published", body = CreditScheme)))]
#[post("/v1/credit-schemes/{id}/publish")]
async fn publish_credit_scheme(call: Write<Nothing>, id: Path<CreditSchemeId>) -> Answer {
    let changed = call.ctx.write(PublishCreditScheme { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Retire a credit scheme
///
/// From today on no cycle begins by it; those that had begun are finished by it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The scheme's id")), request_body = Nothing,
    responses((status = 200, description = "Retired", body = CreditScheme)))]
#[post("/v1/credit-schemes/{id}/retire")]
async fn retire_credit_scheme(call: Write<Nothing>, id: Path<CreditSchemeId>) -> Answer {
    let changed = call.ctx.write(RetireCreditScheme { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
