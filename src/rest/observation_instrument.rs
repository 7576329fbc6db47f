//! `/v1/observation-instruments`

use actix_web::{get, patch, post, web::Path};
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
        observation::instrument::{
            input::{CreateObservationInstrumentInput, UpdateObservationInstrumentInput},
            read::{self, ObservationInstrumentFilter},
            state::InstrumentStatus,
            view::{ObservationInstrument, ObservationInstrumentId},
            write::{
                CreateObservationInstrument, PublishObservationInstrument, RetireObservationInstrument,
                UpdateObservationInstrument,
            },
        },
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Peer observations";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_observation_instruments)
        .service(create_observation_instrument)
        .service(get_observation_instrument)
        .service(update_observation_instrument)
        .service(publish_observation_instrument)
        .service(retire_observation_instrument);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those of this community.
    #[param(value_type = Option<String>, format = "uuid")]
    community_id: Option<CommunityId>,
    /// `true`: only national ones; `false`: only those of communities.
    national: Option<bool>,
    /// Only the editions of this code.
    #[param(example = "BERTANYA")]
    code: Option<String>,
    /// Only those that stand here.
    status: Option<InstrumentStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List observation instruments
///
/// What colleagues agreed to look at when they watch a lesson, by title: national ones and those of
/// communities. Drafts are shown to those who may write them.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of instruments", body = Items<ObservationInstrument>)))]
#[get("/v1/observation-instruments")]
async fn list_observation_instruments(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = ObservationInstrumentFilter {
        community_id: params.community_id,
        national: params.national,
        code: params.code,
        status: params.status,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get an observation instrument
///
/// One edition by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The instrument's id")),
    responses((status = 200, description = "The instrument", body = ObservationInstrument)))]
#[get("/v1/observation-instruments/{id}")]
async fn get_observation_instrument(call: Call, id: Path<ObservationInstrumentId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Write an observation instrument
///
/// A draft: for a community by its officers, for everybody by the ministry. With `supersedesId` it is a new
/// edition of one that is there.
#[utoipa::path(tag = TAG, request_body = CreateObservationInstrumentInput,
    responses((status = 201, description = "Written", body = ObservationInstrument)))]
#[post("/v1/observation-instruments")]
async fn create_observation_instrument(call: Write<CreateObservationInstrumentInput>) -> Answer {
    let made = call.ctx.write(CreateObservationInstrument(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/observation-instruments/{}", made.id))
}

/// Change a draft of an instrument
///
/// JSON merge patch; `criteria` replaces all of them. What was published is never changed: write a new
/// edition. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The instrument's id")), request_body = UpdateObservationInstrumentInput,
    responses((status = 200, description = "Changed", body = ObservationInstrument)))]
#[patch("/v1/observation-instruments/{id}")]
async fn update_observation_instrument(
    call: Write<UpdateObservationInstrumentInput>,
    id: Path<ObservationInstrumentId>,
) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateObservationInstrument { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Publish an observation instrument
///
/// From now on it stays as it is, and observations are planned with it. The edition it supersedes retires.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The instrument's id")), request_body = Nothing,
    responses((status = 200, description = "Published", body = ObservationInstrument)))]
#[post("/v1/observation-instruments/{id}/publish")]
async fn publish_observation_instrument(call: Write<Nothing>, id: Path<ObservationInstrumentId>) -> Answer {
    let changed = call.ctx.write(PublishObservationInstrument(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Retire an observation instrument
///
/// Nothing is planned with it any more; what was observed with it stays. Final.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The instrument's id")), request_body = Nothing,
    responses((status = 200, description = "Retired", body = ObservationInstrument)))]
#[post("/v1/observation-instruments/{id}/retire")]
async fn retire_observation_instrument(call: Write<Nothing>, id: Path<ObservationInstrumentId>) -> Answer {
    let changed = call.ctx.write(RetireObservationInstrument(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}
