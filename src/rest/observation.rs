//! `/v1/communities/{id}/observations`, `/v1/observations`

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
        observation::{
            input::{
                CancelObservationInput, CloseObservationInput, GiveObservationFeedbackInput,
                PlanObservationInput, RecordObservationInput, ReflectObservationInput, ShareObservationInput,
                UpdateObservationInput,
            },
            read::{self, ObservationFilter},
            state::ObservationStatus,
            view::{Observation, ObservationId},
            write::{
                AcceptObservation, CancelObservation, CloseObservation, GiveObservationFeedback,
                PlanObservation, RecordObservation, ReflectObservation, ShareObservation, UnshareObservation,
                UpdateObservation,
            },
        },
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Peer observations";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(plan_observation)
        .service(list_observations)
        .service(get_observation)
        .service(update_observation)
        .service(accept_observation)
        .service(cancel_observation)
        .service(record_observation)
        .service(give_observation_feedback)
        .service(reflect_observation)
        .service(close_observation)
        .service(share_observation)
        .service(unshare_observation);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those of this community.
    #[param(value_type = Option<String>, format = "uuid")]
    community_id: Option<CommunityId>,
    /// Only those that stand here.
    status: Option<ObservationStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List your peer observations
///
/// Those in which you are one of the two, and those of your communities that both of the two share; the
/// latest lesson first. Nobody else's are there for anybody: not for officers, principals or the ministry.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of peer observations", body = Items<Observation>)))]
#[get("/v1/observations")]
async fn list_observations(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = ObservationFilter { community_id: params.community_id, status: params.status };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Propose a peer observation
///
/// Between you and a colleague, both active members of the community; either may propose. It is held once the
/// other agrees. Only the two of you see it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = PlanObservationInput,
    responses((status = 201, description = "Proposed", body = Observation)))]
#[post("/v1/communities/{id}/observations")]
async fn plan_observation(call: Write<PlanObservationInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(PlanObservation { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/observations/{}", made.id))
}

/// Get a peer observation
///
/// One of your own, or one that both of the two share with your community. Its `ETag` is what `If-Match` of
/// an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")),
    responses((status = 200, description = "The peer observation", body = Observation)))]
#[get("/v1/observations/{id}")]
async fn get_observation(call: Call, id: Path<ObservationId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change a planned peer observation
///
/// JSON merge patch, while it is planned. The other of the two agrees anew. Send the version you read in
/// `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = UpdateObservationInput,
    responses((status = 200, description = "Changed", body = Observation)))]
#[patch("/v1/observations/{id}")]
async fn update_observation(call: Write<UpdateObservationInput>, id: Path<ObservationId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateObservation { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Agree to a peer observation
///
/// To what the other of the two proposed. Nothing is recorded before.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = Nothing,
    responses((status = 200, description = "Agreed", body = Observation)))]
#[post("/v1/observations/{id}/accept")]
async fn accept_observation(call: Write<Nothing>, id: Path<ObservationId>) -> Answer {
    let changed = call.ctx.write(AcceptObservation(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Call a peer observation off
///
/// Either of the two may, while it is planned, for a reason that only the two read.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = CancelObservationInput,
    responses((status = 200, description = "Called off", body = Observation)))]
#[post("/v1/observations/{id}/cancel")]
async fn cancel_observation(call: Write<CancelObservationInput>, id: Path<ObservationId>) -> Answer {
    let changed = call.ctx.write(CancelObservation { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Record a peer observation
///
/// What the observer saw and heard, and a level for each criterion that was to be seen. From the beginning of
/// the lesson on; again, to put it right, until feedback was given. A text with what looks like a pupil's
/// number or how to reach one is refused (`child_identity_suspected`): no child is named here.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = RecordObservationInput,
    responses((status = 200, description = "Recorded", body = Observation)))]
#[post("/v1/observations/{id}/record")]
async fn record_observation(call: Write<RecordObservationInput>, id: Path<ObservationId>) -> Answer {
    let changed = call.ctx.write(RecordObservation { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Give feedback on a peer observation
///
/// What the observer says to the observed teacher. Again, to put it right, until the teacher reflected; then
/// both are asked anew whether they share it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = GiveObservationFeedbackInput,
    responses((status = 200, description = "Given", body = Observation)))]
#[post("/v1/observations/{id}/feedback")]
async fn give_observation_feedback(
    call: Write<GiveObservationFeedbackInput>,
    id: Path<ObservationId>,
) -> Answer {
    let changed = call.ctx.write(GiveObservationFeedback { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Reflect on a peer observation
///
/// What the observed teacher makes of it. Only its author reads it, not even the observer, until its author
/// shares it. Again, to put it right, until it is closed.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = ReflectObservationInput,
    responses((status = 200, description = "Written", body = Observation)))]
#[post("/v1/observations/{id}/reflect")]
async fn reflect_observation(call: Write<ReflectObservationInput>, id: Path<ObservationId>) -> Answer {
    let changed = call.ctx.write(ReflectObservation { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Close a peer observation
///
/// Either of the two ends it, once the observed teacher reflected. Without a reflection the observed teacher ends
/// it, with a reason. Final; sharing may still change.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = CloseObservationInput,
    responses((status = 200, description = "Closed", body = Observation)))]
#[post("/v1/observations/{id}/close")]
async fn close_observation(call: Write<CloseObservationInput>, id: Path<ObservationId>) -> Answer {
    let changed = call.ctx.write(CloseObservation { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Share a peer observation
///
/// Your yes to letting the members of the community read it; they do while both of you say so. Levels stay
/// between the two of you. The reflection is shared only if its author says so, with `withReflection`; the
/// observer then reads it at once, members while both share.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = ShareObservationInput,
    responses((status = 200, description = "Shared on your part", body = Observation)))]
#[post("/v1/observations/{id}/share")]
async fn share_observation(call: Write<ShareObservationInput>, id: Path<ObservationId>) -> Answer {
    let changed = call.ctx.write(ShareObservation { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take your sharing of a peer observation back
///
/// At any time. Members no longer see it; a reflection of yours is yours alone again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The observation's id")), request_body = Nothing,
    responses((status = 200, description = "Taken back", body = Observation)))]
#[post("/v1/observations/{id}/unshare")]
async fn unshare_observation(call: Write<Nothing>, id: Path<ObservationId>) -> Answer {
    let changed = call.ctx.write(UnshareObservation(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}
