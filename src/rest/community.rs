//! `/v1/communities`

use actix_web::{get, patch, post, web::Path};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::group::{
        input::{CloseCommunityInput, CreateCommunityInput, UpdateCommunityInput},
        read::{self, CommunityFilter, CommunityPlan},
        rule::{CommunityKind, Openness},
        state::CommunityStatus,
        view::{Community, CommunityId},
        write::{ActivateCommunity, CloseCommunity, CreateCommunity, RestCommunity, UpdateCommunity},
    },
    directory::school::{rule::SchoolLevel, view::SchoolId},
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Communities";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_communities)
        .service(create_community)
        .service(get_community)
        .service(update_community)
        .service(activate_community)
        .service(rest_community)
        .service(close_community);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only this sort.
    kind: Option<CommunityKind>,
    /// Only those of this subject; small and capital letters are the same.
    #[param(example = "Matematika", max_length = 60)]
    subject: Option<String>,
    /// Only those of schools of this level.
    level: Option<SchoolLevel>,
    /// Only those of this region or one below it.
    #[param(example = "33.23", max_length = 8)]
    region_code: Option<String>,
    /// Only those that one joins in this way.
    openness: Option<Openness>,
    /// Only those that stand here.
    status: Option<CommunityStatus>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "kkg", max_length = 100)]
    q: Option<String>,
    /// Only those that somebody of this school could join: of the school, of a cluster it is in, and of its
    /// district, regency or province, as far as they are meant for its level. Closed ones are left out.
    #[param(value_type = Option<String>, format = "uuid")]
    near_school_id: Option<SchoolId>,
    /// Only those with a planned activity that starts between now and this instant.
    #[param(example = "2026-12-31T00:00:00Z")]
    meets_before: Option<DateTime<Utc>>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List communities
///
/// Work groups of teachers (KKG, MGMP, MGBK, KKKS, MKKS, PLC, book clubs), by name. To find one to join, name
/// your school in `nearSchoolId`.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of communities", body = Items<Community>)))]
#[get("/v1/communities")]
async fn list_communities(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = CommunityFilter {
        kind: params.kind,
        subject: params.subject,
        level: params.level,
        region_code: params.region_code,
        openness: params.openness,
        status: params.status,
        q: params.q,
        near_school_id: params.near_school_id,
        meets_before: params.meets_before,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, CommunityPlan::default(), &page).await?)
}

/// Found a community
///
/// For yourself: you become its first member and its chair. A principal may found one of the school, an officer
/// one of the region, both naming in `chairId` who chairs it. It starts as one that forms: gather members, then
/// activate it.
#[utoipa::path(tag = TAG, request_body = CreateCommunityInput,
    responses((status = 201, description = "Founded", body = Community)))]
#[post("/v1/communities")]
async fn create_community(call: Write<CreateCommunityInput>) -> Answer {
    let made = call.ctx.write(CreateCommunity(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/communities/{}", made.id))
}

/// Get a community
///
/// One community by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")),
    responses((status = 200, description = "The community", body = Community)))]
#[get("/v1/communities/{id}")]
async fn get_community(call: Call, id: Path<CommunityId>) -> Answer {
    let found = read::find(&call.ctx, *id, CommunityPlan::default()).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change a community
///
/// JSON merge patch of its name, charter, how one joins it, and the schools of its cluster. Send the version you
/// read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = UpdateCommunityInput,
    responses((status = 200, description = "Changed", body = Community)))]
#[patch("/v1/communities/{id}")]
async fn update_community(call: Write<UpdateCommunityInput>, id: Path<CommunityId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateCommunity { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Activate a community
///
/// Begins its work, or takes it up again after it was dormant. It needs a chair and at least two members.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = Nothing,
    responses((status = 200, description = "Active", body = Community)))]
#[post("/v1/communities/{id}/activate")]
async fn activate_community(call: Write<Nothing>, id: Path<CommunityId>) -> Answer {
    let changed = call.ctx.write(ActivateCommunity { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Note that a community is dormant
///
/// Only where nothing was held for three times the days its charter names; `dormancy` tells when that is. The
/// service notes it by itself, within an hour or so.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = Nothing,
    responses((status = 200, description = "Dormant", body = Community)))]
#[post("/v1/communities/{id}/rest")]
async fn rest_community(call: Write<Nothing>, id: Path<CommunityId>) -> Answer {
    let changed = call.ctx.write(RestCommunity { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Close a community
///
/// For good, for a stated reason. What it planned is cancelled, requests and invitations are answered with a
/// refusal, and its offices end. What took place is reported first.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CloseCommunityInput,
    responses((status = 200, description = "Closed", body = Community)))]
#[post("/v1/communities/{id}/close")]
async fn close_community(call: Write<CloseCommunityInput>, id: Path<CommunityId>) -> Answer {
    let changed = call.ctx.write(CloseCommunity { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
