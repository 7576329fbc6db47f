//! `/v1/regions`

use actix_web::{get, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params},
    reply::{self, Answer, Items},
};
use crate::{
    directory::region::{
        code::RegionLevel,
        read::{self, RegionFilter},
        view::Region,
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Regions";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_regions).service(get_region);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only provinces, only regencies, or only districts.
    level: Option<RegionLevel>,
    /// Only those right below this region.
    #[param(example = "32", max_length = 8)]
    parent_code: Option<String>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "kota", min_length = 1, max_length = 100)]
    q: Option<String>,
    /// Also those that are no longer, or not yet, in force.
    include_former: Option<bool>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List regions
///
/// Provinces, regencies and districts by official code; those in force unless `includeFormer`
/// asks for the others too. Start at the top with `level=province`, then go down with `parentCode`.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of regions", body = Items<Region>)))]
#[get("/v1/regions")]
async fn list_regions(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = RegionFilter {
        level: params.level,
        parent_code: params.parent_code,
        q: params.q,
        include_former: params.include_former,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get a region
///
/// One region by its code, also one that is no longer in force: `successorCode` then says what replaced it.
#[utoipa::path(tag = TAG, params(("code" = String, Path, description = "The region's code", example = "32.73", max_length = 8)),
    responses((status = 200, description = "The region", body = Region)))]
#[get("/v1/regions/{code}")]
async fn get_region(call: Call, code: Path<String>) -> Answer {
    let found = read::find(&call.ctx, &code).await?;
    reply::resource(&call.http, &found, found.version)
}
