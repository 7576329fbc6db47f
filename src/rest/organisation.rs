//! `/v1/organisations`

use actix_web::{get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::organisation::{
        read::{self, OrganisationFilter},
        view::{Organisation, OrganisationId},
        write::{CreateOrganisation, CreateOrganisationInput, UpdateOrganisation, UpdateOrganisationInput},
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Organisations";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_organisations)
        .service(create_organisation)
        .service(get_organisation)
        .service(update_organisation);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only this sort.
    kind: Option<crate::directory::organisation::rule::OrganisationKind>,
    /// Only those of this region or one below it.
    #[param(example = "32")]
    region_code: Option<String>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List organisations
///
/// Whoever offers trainings, verifies competence or looks after a region, by name.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of organisations", body = Items<Organisation>)))]
#[get("/v1/organisations")]
async fn list_organisations(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = OrganisationFilter { kind: params.kind, region_code: params.region_code };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get an organisation
///
/// One organisation by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The organisation's id")),
    responses((status = 200, description = "The organisation", body = Organisation)))]
#[get("/v1/organisations/{id}")]
async fn get_organisation(call: Call, id: Path<OrganisationId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Register an organisation
///
/// Adds a provider, office or association. Its code becomes part of certificate numbers and never changes.
#[utoipa::path(tag = TAG, request_body = CreateOrganisationInput,
    responses((status = 201, description = "Registered", body = Organisation)))]
#[post("/v1/organisations")]
async fn create_organisation(call: Write<CreateOrganisationInput>) -> Answer {
    let made = call.ctx.write(CreateOrganisation(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/organisations/{}", made.id))
}

/// Change an organisation
///
/// JSON merge patch of its name or kind. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The organisation's id")), request_body = UpdateOrganisationInput,
    responses((status = 200, description = "Changed", body = Organisation)))]
#[patch("/v1/organisations/{id}")]
async fn update_organisation(call: Write<UpdateOrganisationInput>, id: Path<OrganisationId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateOrganisation { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
