//! `/v1/communities/{id}/offices`, `/v1/offices`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::{
        group::{rule::Office, view::CommunityId},
        office::{
            input::AppointOfficeInput,
            read::{self, OfficeFilter},
            view::{CommunityOffice, CommunityOfficeId},
            write::{AppointOffice, EndOffice},
        },
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Memberships";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_offices).service(get_office).service(appoint_office).service(end_office);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only this one.
    office: Option<Office>,
    /// Also those that were passed on or given up.
    include_former: Option<bool>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the offices of a community
///
/// Who chairs it, who keeps its papers and its money, in the order in which the offices were given; to its members
/// and to those who look after its region or school.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of offices", body = Items<CommunityOffice>)))]
#[get("/v1/communities/{id}/offices")]
async fn list_offices(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = OfficeFilter { office: params.office, include_former: params.include_former };
    reply::page(&call.http, read::list(&call.ctx, *id, &filter, &page).await?)
}

/// Get an office
///
/// One office by its id.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The office's id")),
    responses((status = 200, description = "The office", body = CommunityOffice)))]
#[get("/v1/offices/{id}")]
async fn get_office(call: Call, id: Path<CommunityOfficeId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Give an office
///
/// To a member; a patron need not be one. Of chair, secretary and treasurer there is one: whoever held the office
/// gives it up in the same step.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = AppointOfficeInput,
    responses((status = 201, description = "Appointed", body = CommunityOffice)))]
#[post("/v1/communities/{id}/offices")]
async fn appoint_office(call: Write<AppointOfficeInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(AppointOffice { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/offices/{}", made.id))
}

/// End an office
///
/// The chair's is passed on by appointing another chair; it cannot be ended before.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The office's id")), request_body = Nothing,
    responses((status = 200, description = "Ended", body = CommunityOffice)))]
#[post("/v1/offices/{id}/end")]
async fn end_office(call: Write<Nothing>, id: Path<CommunityOfficeId>) -> Answer {
    let changed = call.ctx.write(EndOffice(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}
