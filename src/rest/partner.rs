//! `/v1/communities/{id}/partners`, `/v1/partners`

use actix_web::{delete, get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::{
        group::view::CommunityId,
        partner::{
            input::{CreatePartnerInput, UpdatePartnerInput},
            read,
            view::{Partner, PartnerId},
            write::{CreatePartner, DeletePartner, UpdatePartner},
        },
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Communities";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_partners)
        .service(get_partner)
        .service(create_partner)
        .service(update_partner)
        .service(delete_partner);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the partners of a community
///
/// Organisations that stand by it, and with what, in the order in which they were written down.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of partners", body = Items<Partner>)))]
#[get("/v1/communities/{id}/partners")]
async fn list_partners(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Write down a partner
///
/// An organisation that stands by the community with expertise, money, a place, materials or time.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreatePartnerInput,
    responses((status = 201, description = "Written down", body = Partner)))]
#[post("/v1/communities/{id}/partners")]
async fn create_partner(call: Write<CreatePartnerInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(CreatePartner { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/partners/{}", made.id))
}

/// Get a partner
///
/// One partner by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The partner's id")),
    responses((status = 200, description = "The partner", body = Partner)))]
#[get("/v1/partners/{id}")]
async fn get_partner(call: Call, id: Path<PartnerId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change a partner
///
/// JSON merge patch. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The partner's id")), request_body = UpdatePartnerInput,
    responses((status = 200, description = "Changed", body = Partner)))]
#[patch("/v1/partners/{id}")]
async fn update_partner(call: Write<UpdatePartnerInput>, id: Path<PartnerId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdatePartner { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Strike a partner off
///
/// Answers with the partner as it was. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The partner's id")),
    responses((status = 200, description = "Struck off", body = Partner)))]
#[delete("/v1/partners/{id}")]
async fn delete_partner(call: Write<Nothing>, id: Path<PartnerId>) -> Answer {
    let version = call.version()?;
    let deleted = call.ctx.write(DeletePartner { id: *id, version }).await?;
    reply::plain(&deleted)
}
