//! `/v1/schools`

use actix_web::{get, patch, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::school::{
        read::{self, SchoolFilter, SchoolPlan},
        rule::{Ownership, SchoolLevel},
        view::{School, SchoolId},
        write::{UpdateSchool, UpdateSchoolInput},
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Schools";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_schools).service(get_school_by_npsn).service(get_school).service(update_school);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those of this region or one below it.
    #[param(example = "32.73", max_length = 8)]
    region_code: Option<String>,
    /// Only this sort.
    level: Option<SchoolLevel>,
    /// Only public, or only private ones.
    ownership: Option<Ownership>,
    /// Only the one with this national number.
    #[param(example = "20219180", min_length = 8, max_length = 8)]
    npsn: Option<String>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "smp negeri", min_length = 1, max_length = 100)]
    q: Option<String>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List schools
///
/// Schools by name. Everyone may read them; contacts are shown to signed-in callers only.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of schools", body = Items<School>)))]
#[get("/v1/schools")]
async fn list_schools(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = SchoolFilter {
        region_code: params.region_code,
        level: params.level,
        ownership: params.ownership,
        npsn: params.npsn,
        q: params.q,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, SchoolPlan::default(), &page).await?)
}

/// Get a school by its national number
///
/// One school by its NPSN, the number that is printed on its documents.
#[utoipa::path(tag = TAG, params(("npsn" = String, Path, description = "National school number", example = "20219180", min_length = 8, max_length = 8)),
    responses((status = 200, description = "The school", body = School), (status = 422, description = "Not such a number", body = super::problem::Problem, content_type = "application/problem+json")))]
#[get("/v1/schools/by-npsn/{npsn}")]
async fn get_school_by_npsn(call: Call, npsn: Path<String>) -> Answer {
    let found = read::find_by_npsn(&call.ctx, &npsn, SchoolPlan::default()).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Get a school
///
/// One school by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The school's id")),
    responses((status = 200, description = "The school", body = School)))]
#[get("/v1/schools/{id}")]
async fn get_school(call: Call, id: Path<SchoolId>) -> Answer {
    let found = read::find(&call.ctx, *id, SchoolPlan::default()).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change a school
///
/// JSON merge patch of its contacts and teaching hours. Everything else about a school comes
/// from the national directory through imports. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The school's id")), request_body = UpdateSchoolInput,
    responses((status = 200, description = "Changed", body = School)))]
#[patch("/v1/schools/{id}")]
async fn update_school(call: Write<UpdateSchoolInput>, id: Path<SchoolId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateSchool { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
